"""The flow as plain functions: land, code, find, publish. The command line and the Dagster assets call these and nothing else.

Belongs here: the order of the layers and what connects them. Does not: any layer's work, printing, Dagster.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.partitions import Inputs, Partition
from pipelines.settings import Home
from pipelines.state import State, writing

if TYPE_CHECKING:
    import duckdb

    from expectations.gx.judge import SuiteVerdict
    from pipelines.landed.landing import Landed

Progress = Callable[[str, int, int], None]


@dataclass
class Built:
    """What a build did: the partitions it coded and judged, and GX's verdict on every suite."""

    coded: list[Partition] = field(default_factory=list)
    judged: list[Partition] = field(default_factory=list)
    warehouse: Path | None = None


def ensure_reference(home: Home) -> None:
    """Stand-ins for lists and registers nobody gave; cheap when nothing is missing."""
    from pipelines import organisations, terminologies

    terminologies.ensure(home)
    organisations.ensure(home)


def inputs(home: Home) -> Inputs:
    """The fingerprints of rules, lists and registers as they are now."""
    from expectations.catalogue import fingerprint
    from pipelines import organisations, terminologies

    return Inputs(fingerprint(), terminologies.fingerprint(home), organisations.fingerprint(home))


def ingest(
    home: Home, paths: Iterable[Path], university_id: str | None = None, gate: str | None = None, progress: Progress = lambda *_: None
) -> "list[Landed]":
    """Land every extract below `paths`, code the partitions they touch, publish. Idempotent."""
    from pipelines.landed.landing import land
    from pipelines.landed.sources import sources

    ensure_reference(home)
    done = []
    with writing(home) as state:
        for source in sources(paths):
            done.append(land(state, source, university_id, gate, lambda n: progress("landing", n, 0)))
        if any(not landed.already for landed in done) or not home.warehouse.exists():
            _code(state, progress)
            _publish(state)
    return done


def build(home: Home, only: list[Partition] | None = None, progress: Progress = lambda *_: None) -> Built:
    """Judge what changed and rebuild what depends on it. Nothing to do costs nothing but the check."""
    from pipelines.findings.build import find

    ensure_reference(home)
    with writing(home) as state:
        known = inputs(home)
        con = _connection(state)
        try:
            done = Built()
            if state.extracts():
                done.coded = _code(state, progress, con, only)
                done.judged = find(con, state, known, only, lambda n, size: progress("judging", n, size))
            if done.coded or done.judged or state.fact("published") != known.all or not home.warehouse.exists():
                _publish(state)
            done.warehouse = home.warehouse
        finally:
            con.close()
    return done


def _code(state: State, progress: Progress, con: "duckdb.DuckDBPyConnection | None" = None, only: list[Partition] | None = None) -> list[Partition]:
    from pipelines.coded.build import attach_reference, code

    if not state.extracts():
        return []
    own = con or _connection(state)
    try:
        attach_reference(own, state)
        return code(own, state, inputs(state.home), only, lambda n, size: progress("coding", n, size))
    finally:
        if con is None:
            own.close()


def _publish(state: State) -> Path:
    from pipelines import terminologies
    from pipelines.marts.build import publish

    known = inputs(state.home)
    path = publish(state, known, terminologies.list_releases(state.home))
    state.set_fact("published", known.all)
    return path


def _connection(state: State) -> "duckdb.DuckDBPyConnection":
    from pipelines.warehouse import connect

    return connect(spill=state.home.staging / "spill")


def outcome_counts(home: Home) -> list[dict[str, Any]]:
    """Items by rule, outcome and cause, all partitions together: what GX validates the suites on."""
    from pipelines.warehouse import reading

    with reading(home) as con:
        found = con.execute("select rule_id, outcome, cause, sum(items) as items from marts.outcome_counts group by all order by all")
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def validate(home: Home) -> "list[SuiteVerdict]":
    """GX's verdict on every rule's suite, over all partitions; kept as JSON beside the warehouse for auditors."""
    import json

    from expectations.catalogue import catalogue
    from expectations.gx.judge import validate as judge

    verdicts = judge(catalogue(), outcome_counts(home))
    kept = home.root / "validation_results.json"
    kept.write_text(json.dumps([v.result for v in verdicts if v.result], ensure_ascii=False, sort_keys=True, indent=1), encoding="utf-8")
    return verdicts
