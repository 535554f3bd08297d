"""`marts/*`: one asset a mart, all published together into the warehouse file."""

import re
from collections.abc import Iterator

import dagster as dg

from pipelines.defs.checks import results, specs
from pipelines.defs.findings import KEYS as FINDINGS
from pipelines.defs.resources import DataFolder
from pipelines.marts.build import header, mart_order, marts
from pipelines.warehouse import sql


def _spec(name: str) -> dg.AssetSpec:
    from pipelines.marts import build

    body = "\n".join(line for line in sql(build.HERE, name).splitlines() if not line.startswith("--"))
    read = sorted(set(re.findall(r"marts[.](\w+)", body)) & set(marts()))
    deps = [dg.AssetKey(["marts", other]) for other in read] or FINDINGS
    said = header(name)
    return dg.AssetSpec(
        ["marts", name], deps=deps, group_name="marts", kinds={"duckdb"}, description=said["sentence"],
        metadata={part: said[part] for part in ("grain", "measures", "reads it", "beware") if part in said},
    )  # fmt: skip


KEYS = [dg.AssetKey(["marts", name]) for name in marts()]
COUNTS = dg.AssetKey(["marts", "outcome_counts"])


@dg.multi_asset(name="marts", specs=[_spec(name) for name in marts()], check_specs=specs(COUNTS), can_subset=False)
def marts_(data: DataFolder) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
    """Build the warehouse beside, swap it in; GX validates every rule's suite on the whole country's counts."""
    from pipelines import flow
    from pipelines.warehouse import reading

    path = flow.publish(data.home)
    with reading(data.home) as con:
        for name in mart_order():
            rows = con.execute(f"select count(*) from marts.{name}").fetchall()[0][0]
            yield dg.MaterializeResult(asset_key=["marts", name], metadata={"rows": rows, "warehouse": dg.MetadataValue.path(str(path))})
    yield from results(COUNTS, flow.validate(data.home))
