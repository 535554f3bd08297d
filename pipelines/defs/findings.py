"""`findings/verdicts`, `findings/findings`, `findings/outcome_counts`, `findings/list_policy_counts`, with one check a rule and partition (see `checks.py`)."""

from collections.abc import Iterator

import dagster as dg

from pipelines.defs.checks import results, specs
from pipelines.defs.coded import KEYS as CODED
from pipelines.defs.partitions import chosen, university_month
from pipelines.defs.resources import DataFolder

COUNTS = dg.AssetKey(["findings", "outcome_counts"])
POLICIES = dg.AssetKey(["findings", "list_policy_counts"])
KEYS = [dg.AssetKey(["findings", "verdicts"]), dg.AssetKey(["findings", "findings"]), COUNTS, POLICIES]
_TEXTS = (
    "The outcome of every coding.", "Every item that failed its rule.", "Items by outcome, in every cell: the base of the marts.",
    "The same items under other list policies.",
)  # fmt: skip


@dg.multi_asset(
    name="findings",
    specs=[
        dg.AssetSpec(key, deps=CODED, group_name="findings", kinds={"duckdb", "greatexpectations"}, description=text)
        for key, text in zip(KEYS, _TEXTS, strict=True)
    ],
    check_specs=specs(COUNTS, university_month),
    partitions_def=university_month,
    backfill_policy=dg.BackfillPolicy.single_run(),
    can_subset=False,
)
def findings(context: dg.AssetExecutionContext, data: DataFolder) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
    """Judge the chosen partitions; GX validates every rule's suite on their outcome counts."""
    from pipelines import flow

    partitions = chosen(context)
    built = flow.find(data.home, partitions, force=True)
    verdicts = flow.validate(data.home, partitions)
    for key in KEYS:
        yield dg.MaterializeResult(asset_key=key, metadata={"partitions judged": len(built)})
    yield from results(COUNTS, verdicts)
