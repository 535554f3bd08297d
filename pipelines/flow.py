"""The flow as plain functions: land, code, find, publish. The command line and the Dagster assets call these and nothing else.

Belongs here: the order of the layers and what connects them. Does not: any layer's work, printing, Dagster.
"""

import contextlib
import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.partitions import Inputs, Partition
from pipelines.settings import Home
from pipelines.state import State, writing

if TYPE_CHECKING:
    import duckdb

    from expectations.gx.judge import SuiteVerdict
    from pipelines.findings.sensitivity import OtherLists
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
    """The fingerprints of rules, lists and registers as they are now. A change of a layer's SQL or code counts as one of the rules."""
    from expectations.catalogue import fingerprint
    from pipelines import organisations, terminologies

    return Inputs(f"{fingerprint()}/{_layers()}", terminologies.fingerprint(home), organisations.fingerprint(home))


@cache
def _layers(*layers: str) -> str:
    """Fingerprint of the code of layers, by default of those that partitions are made by."""
    digest = hashlib.blake2b(digest_size=8)
    here = Path(__file__).parent
    files = [p for layer in layers or ("coded", "findings") for p in (here / layer).rglob("*") if p.suffix in (".py", ".sql", ".yaml")]
    for path in sorted([*files, here / "persian.py", here / "epochs.sql"]):
        digest.update(path.relative_to(here).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def _publication(home: Home) -> str:
    """What the warehouse depends on: everything partitions do, the list policies, the marts, and where the data folder lies (views name its files)."""
    from pipelines import terminologies
    from pipelines.calls import answers

    policies = "/".join(p.name for p in terminologies.policies(home))
    return f"{inputs(home).all}/{policies}/{_layers('marts', 'supervision', 'calls')}/{answers.fingerprint()}/{home.root.as_posix()}"


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


def build(home: Home, only: list[Partition] | None = None, progress: Progress = lambda *_: None, force: bool = False) -> Built:
    """Code, judge and publish what changed. Nothing to do costs nothing but the check; `force` rebuilds `only` all the same."""
    done = Built(code(home, only, progress, force), find(home, only, progress, force))
    with writing(home) as state:
        if done.coded or done.judged or state.fact("published") != _publication(home) or not home.warehouse.exists():
            _publish(state)
    done.warehouse = home.warehouse
    return done


def code(home: Home, only: list[Partition] | None = None, progress: Progress = lambda *_: None, force: bool = False) -> list[Partition]:
    """The coded layer of the stale partitions (or of `only`)."""
    ensure_reference(home)
    with writing(home) as state:
        return _code(state, progress, only, force)


def find(home: Home, only: list[Partition] | None = None, progress: Progress = lambda *_: None, force: bool = False) -> list[Partition]:
    """The findings layer of the stale partitions (or of `only`), after their coded layer if that is stale too."""
    from pipelines import terminologies
    from pipelines.findings.build import find as find_
    from pipelines.findings.sensitivity import judge_under

    ensure_reference(home)
    with writing(home) as state:
        if not state.extracts():
            return []
        _code(state, progress, only)
        with _connected(state) as con:
            found = find_(con, state, inputs(home), terminologies.list_releases(home), only, lambda n, size: progress("judging", n, size), force)
        with _connected(state) as con:
            judge_under(con, state, inputs(home), _policies(home), only, lambda n, size: progress("other lists", n, size), force)
        return found


def _policies(home: Home) -> "list[OtherLists]":
    """The list policies beside the default, with their lists."""
    from pipelines import terminologies
    from pipelines.findings.sensitivity import OtherLists

    return [OtherLists(p.name, p.terminologies, terminologies.codes_under(home, p.name)) for p in terminologies.policies(home)]


def publish(home: Home) -> Path:
    """The warehouse, anew."""
    ensure_reference(home)
    with writing(home) as state:
        return _publish(state)


def _code(state: State, progress: Progress, only: list[Partition] | None = None, force: bool = False) -> list[Partition]:
    from pipelines.coded.build import attach_reference
    from pipelines.coded.build import code as code_

    if not state.extracts():
        return []
    with _connected(state) as con:
        attach_reference(con, state)
        return code_(con, state, inputs(state.home), only, lambda n, size: progress("coding", n, size), force)


def is_current(home: Home) -> bool:
    """True if the warehouse was published from the rules, lists and registers as they are now."""
    with State(home) as state:
        return state.fact("published") == _publication(home)


def _publish(state: State) -> Path:
    from pipelines import terminologies
    from pipelines.marts.build import publish
    from pipelines.supervision.audit import write_service_audit
    from pipelines.supervision.tables import write_bypass_evidence

    known = inputs(state.home)
    _match_calls(state, known)
    releases = terminologies.list_releases(state.home)
    path = publish(state, known, releases, terminologies.carried(state.home), [write_bypass_evidence, lambda con: write_service_audit(con, releases)])
    state.set_fact("published", _publication(state.home))
    return path


def _match_calls(state: State, known: Inputs) -> None:
    """The tables of the call log, if one was added."""
    from pipelines.calls.build import refresh
    from pipelines.calls.store import logs

    if logs(state) or state.fact("calls"):
        with _connected(state) as con:
            refresh(con, state, known)


@contextlib.contextmanager
def _connected(state: State) -> "Iterator[duckdb.DuckDBPyConnection]":
    from pipelines.warehouse import connect

    con = connect(spill=state.home.staging / "spill")
    try:
        yield con
    finally:
        con.close()


def outcome_counts(home: Home, only: list[Partition] | None = None) -> list[dict[str, Any]]:
    """Items by rule, outcome and cause, of all partitions or of some: what GX validates the suites on."""
    from pipelines.warehouse import connect, files

    chosen = set(only or ())
    with State(home) as state:
        paths = [
            str(home.root / row["path"])
            for row in state.rows("select * from files where \"table\" = 'outcome_counts' order by path")
            if only is None or (row["university_id"], row["jalali_month"]) in chosen
        ]
    if not paths:
        return []
    with contextlib.closing(connect()) as con:
        found = con.execute(f"select rule_id, outcome, cause, sum(items) as items from {files(paths)} group by all order by all")
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def validate(home: Home, only: list[Partition] | None = None) -> "list[SuiteVerdict]":
    """GX's verdict on every rule's suite, over all partitions or some; over all, kept as JSON beside the warehouse for auditors."""
    import json

    from expectations.catalogue import catalogue
    from expectations.gx.judge import validate as judge

    verdicts = judge(catalogue(), outcome_counts(home, only))
    if only is None:
        kept = home.root / "validation_results.json"
        kept.write_text(json.dumps([asdict(v) for v in verdicts], ensure_ascii=False, sort_keys=True, indent=1), encoding="utf-8")
    return verdicts


def directive_pages(home: Home, languages: Iterable[str] = ("fa", "en"), on: dt.date | None = None, months: int = 6) -> Path:
    """The pages of rules and letters, seen from a day (default: today), with the list releases that are loaded; returns their folder."""
    from pipelines import terminologies
    from pipelines.reports.directive import write_pages

    ensure_reference(home)
    return write_pages(home, terminologies.list_releases(home), on or dt.date.today(), languages, months)
