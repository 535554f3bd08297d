"""Supervision on whole messages and planted logs, through the real pipeline: `uv run python benchmarks/supervision.py [--messages 12000]`.

Invented messages of a few universities, taken behind the gate, with senders that validate and senders that go around (`pipelines/generator/calls`). First
without the log: do the bypass probabilities tell them apart? Then with it: does the audit find every planted disagreement of the service and no other?
The few senders of one run are no test of calibration; benchmarks/bypass.py is. Disagreements where our own verdict is not the generator's truth are
counted apart: there the audit is right to differ.
"""

import argparse
import contextlib
import shutil
import sys
import tempfile
from pathlib import Path
from unittest import mock

import duckdb

from pipelines import call_log, flow, organisations
from pipelines.generator import run as generator
from pipelines.generator.calls import CallOptions
from pipelines.settings import Home

VALIDATES = ("honest", "never_sends")


def made(root: Path, messages: int, universities: int, seed: int, ids: str = "all") -> Home:
    """Messages of the first universities, all taken behind the gate, landed and judged; their log lies in `<root>/out/calls`, not yet added."""
    home = Home(root / "home")
    flow.ensure_reference(home)
    everybody, systems = generator.registry()
    with mock.patch.object(generator, "registry", lambda: (everybody[:universities], systems)):
        generator.generate(home, root / "out", messages, seed, calls=CallOptions("ndjson", ids, seed))
    for manifest in (root / "out").rglob("manifest.yaml"):
        manifest.write_text(manifest.read_text(encoding="utf-8").replace("gate: before", "gate: after"), encoding="utf-8")
    organisations.add(home, root / "out" / "organisations")
    flow.ingest(home, [root / "out" / "extracts"], gate="after")
    flow.build(home)
    return home


def senders(home: Home, out: Path) -> list[tuple]:
    """(behaviour, probability or None, reason, messages, refusable messages) of every sender and quarter."""
    with contextlib.closing(duckdb.connect(str(home.warehouse), read_only=True)) as con:
        return con.execute(
            "select t.behaviour, e.probability, e.reason, e.messages, e.refusable_messages from marts.bypass_evidence e"
            f" join (select distinct facility_id, behaviour from '{(out / 'calls' / 'calls_truth.parquet').as_posix()}') t on t.facility_id = e.facility_id"
            " where e.period_kind = 'quarter' order by all"
        ).fetchall()


def add_log(home: Home, out: Path) -> None:
    """The log of calls, with its mapping."""
    folder = out / "calls"
    call_log.add(home, [folder / "validation_log.ndjson"], folder / "validation_log.columns.yaml")


def disagreements(home: Home, out: Path) -> dict[str, set[tuple]]:
    """`planted` and `found` sets of (message, time, kind, rule); those found where our verdict is not the truth's are in `ours` instead."""
    calls, truth = (out / "calls" / "service_faults.parquet").as_posix(), (out / "truth.parquet").as_posix()
    with contextlib.closing(duckdb.connect(str(home.warehouse), read_only=True)) as con:
        planted = con.execute(
            "select distinct message_id, cast(called_at as timestamp), case when kind = 'false_accept' then kind else 'false_refuse' end, rule_id"
            f" from '{calls}' where kind <> 'down'"
        ).fetchall()
        found = con.execute("select message_id, called_at, verdict, rule_id from marts.service_disagreements where verdict <> 'other_reason'").fetchall()
        differing = {
            row[0] for row in con.execute(
                f"select distinct t.message_id from '{truth}' t left join findings.findings f on f.message_id = t.message_id and f.item_no = t.item_no"
                " where t.item_no is not null and t.outcome not in ('not_applicable') and coalesce(f.outcome, 'passed') <> t.outcome"
            ).fetchall()
        }  # fmt: skip
    sets = {"planted": set(planted), "found": set(found)}
    return {"planted": {r for r in sets["planted"] if r[0] not in differing}, "found": {r for r in sets["found"] if r[0] not in differing},
            "ours": {r for r in sets["found"] if r[0] in differing}}  # fmt: skip


def days(home: Home) -> set[tuple]:
    """(rule or '', day, state) of every day that was not as ordered."""
    with contextlib.closing(duckdb.connect(str(home.warehouse), read_only=True)) as con:
        return set(con.execute("select rule_id, day, state from marts.service_days where state in ('not_enforced', 'enforced_early', 'down')").fetchall())


def main() -> None:
    """Both measures, once."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=12_000)
    parser.add_argument("--universities", type=int, default=5)
    parser.add_argument("--seed", type=int, default=5)
    arguments = parser.parse_args()
    root = Path(tempfile.mkdtemp(prefix="sepas-dq-bench-"))
    try:
        home = made(root, arguments.messages, arguments.universities, arguments.seed)
        rows = senders(home, root / "out")
        add_log(home, root / "out")
        sets, seen = disagreements(home, root / "out"), days(home)
    finally:
        shutil.rmtree(root, ignore_errors=True)
    given = [row for row in rows if row[1] is not None]
    print(f"\nbypass, without the log: {len(rows)} senders and quarters, {len(given)} with a probability")
    for behaviour in sorted({row[0] for row in rows}):
        own = [row for row in given if row[0] == behaviour]
        print(f"  {behaviour:18} {len(own):3} probabilities {' '.join(f'{row[1]:.2f}' for row in own)}")
    bad, good = [row[1] for row in given if row[0] not in VALIDATES], [row[1] for row in given if row[0] in VALIDATES]
    pairs = [(b > g) + (b == g) / 2 for b in bad for g in good]
    print(f"  AUC {sum(pairs) / len(pairs):.3f}" if pairs else "  AUC not estimable")
    missing, extra = sets["planted"] - sets["found"], sets["found"] - sets["planted"]
    print(f"\naudit, with the log: {len(sets['planted'])} planted, {len(missing)} missing, {len(extra)} more than planted, {len(sets['ours'])} where our verdict is not the truth's")
    print("\n".join(f"  {state:15} {day} {rule}" for rule, day, state in sorted(seen)))
    sys.exit(1 if missing or extra else 0)


if __name__ == "__main__":
    main()
