"""`marts/*`: one asset a mart, all published together into the warehouse file."""

import re
from collections.abc import Iterator

import dagster as dg

from pipelines.defs.findings import KEYS as FINDINGS
from pipelines.defs.resources import DataFolder
from pipelines.marts.build import header, marts
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


@dg.multi_asset(name="marts", specs=[_spec(name) for name in marts()], can_subset=False)
def marts_(data: DataFolder) -> Iterator[dg.MaterializeResult]:
    """Build the warehouse beside, swap it in."""
    from pipelines import flow
    from pipelines.warehouse import reading

    path = flow.publish(data.home)
    with reading(data.home) as con:
        for name in marts():
            rows = con.execute(f"select count(*) from marts.{name}").fetchall()[0][0]
            yield dg.MaterializeResult(asset_key=["marts", name], metadata={"rows": rows, "warehouse": dg.MetadataValue.path(str(path))})
