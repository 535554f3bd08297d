"""`landed/extracts`: everything in the extracts folder (or at the configured paths), landed once."""

from pathlib import Path

import dagster as dg

from pipelines.defs.partitions import known
from pipelines.defs.resources import DataFolder


class Ingest(dg.Config):
    """`paths`: files or folders; empty means the extracts folder. `gate`, `university_id`: where the extracts do not say."""

    paths: list[str] = []
    university_id: str = ""
    gate: str = ""


@dg.asset(
    key=["landed", "extracts"], group_name="landed", kinds={"python", "parquet"},
    description="Extracts as delivered: messages, coded items, quarantine. Landing twice changes nothing.",
)  # fmt: skip
def extracts(context: dg.AssetExecutionContext, config: Ingest, data: DataFolder) -> dg.MaterializeResult:
    """Land what is new; every message in is landed, quarantined or a duplicate."""
    from pipelines import flow

    data.inbox.mkdir(parents=True, exist_ok=True)
    paths = [Path(path) for path in config.paths] or [data.inbox]
    done = [d for d in flow.ingest(data.home, paths, config.university_id or None, config.gate or None) if not d.already]
    universities = sorted({university for university, _ in known(data.home)})
    context.instance.add_dynamic_partitions("universities", universities)
    counts = {part: sum(getattr(d, part) for d in done) for part in ("messages", "landed", "quarantined", "duplicates")}
    reasons: dict[str, int] = {}
    for landed in done:
        for reason, count in landed.reasons.items():
            reasons[reason] = reasons.get(reason, 0) + count
    return dg.MaterializeResult(metadata={"extracts": len(done), **counts, "quarantine reasons": reasons})


@dg.asset_check(asset=["landed", "extracts"], name="nothing_lost", blocking=True, description="messages in = landed + quarantined + duplicates, in every extract")
def nothing_lost(data: DataFolder) -> dg.AssetCheckResult:
    """The books of every extract balance."""
    from pipelines.state import State

    with State(data.home) as state:
        wrong = [e["file"] for e in state.extracts() if e["messages"] != e["landed"] + e["quarantined"] + e["duplicates"]]
    return dg.AssetCheckResult(passed=not wrong, metadata={"extracts that do not balance": len(wrong)})
