"""`landed/messages`, `coded/items`, `coded/codings`: one partition a university and Jalali month."""

from collections.abc import Iterator

import dagster as dg

from pipelines.defs.partitions import chosen, university_month
from pipelines.defs.resources import DataFolder

KEYS = [dg.AssetKey(["landed", "messages"]), dg.AssetKey(["coded", "items"]), dg.AssetKey(["coded", "codings"])]
_TEXTS = (
    "One row a message, with university, facility, system and vendor looked up in the dated registers.",
    "One row a coded item, with the rule that judges it.",
    "Distinct (rule, terminology id, code, title, list epoch): what the rules judge.",
)


@dg.multi_asset(
    name="coded",
    specs=[
        dg.AssetSpec(key, deps=[["landed", "extracts"]], group_name="coded", kinds={"duckdb", "parquet"}, description=text)
        for key, text in zip(KEYS, _TEXTS, strict=True)
    ],
    partitions_def=university_month,
    backfill_policy=dg.BackfillPolicy.single_run(),
    can_subset=False,
)
def coded(context: dg.AssetExecutionContext, data: DataFolder) -> Iterator[dg.MaterializeResult]:
    """Build the chosen partitions, whether stale or not."""
    from pipelines import flow

    built = flow.code(data.home, chosen(context), force=True)
    for key in KEYS:
        yield dg.MaterializeResult(asset_key=key, metadata={"partitions built": len(built)})
