"""The same messages in every container, held against the generator's truth: `uv run python benchmarks/containers.py [--messages 20000]`.

Prints for each container: books of the landing, items whose rule, path or outcome differ from truth, messages whose sender or day
differ, a digest of all findings, wall seconds. Exit code 1 if anything differs. The tests do the same at 400 messages.
"""

import argparse
import contextlib
import hashlib
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from pipelines import flow, organisations
from pipelines.generator import FORMATS, generate
from pipelines.settings import Home

DIFFERING_ITEMS = """
    with got as (select i.message_id, i.item_no, i.path, i.rule_id, v.outcome from coded.items i join findings.verdicts v using (coding_id)),
         said as (select * from truth where item_no is not null)
    select count(*) from said s full join got g using (message_id, item_no)
    where s.outcome is distinct from g.outcome or s.rule_id is distinct from g.rule_id or s.path is distinct from g.path"""
DIFFERING_SENDERS = """
    select count(*) from truth t join landed.messages m using (message_id)
    where t.university_id <> m.university_id or t.vendor_id <> m.vendor_id or t.exchange_on <> m.exchange_on"""
FINDINGS = "select * exclude (coding_id) from findings.findings order by message_id, item_no"


def measure(form: str, messages: int, seed: int = 5) -> tuple[int, str]:
    """(how much differs, digest of the findings) of one container; prints its line."""
    with tempfile.TemporaryDirectory(prefix="sepas-dq-containers-", ignore_cleanup_errors=True) as folder:
        root = Path(folder)
        home, out = Home((root / "home").resolve()), root / "out"
        flow.ensure_reference(home)
        generate(home, out, messages, seed, form)
        organisations.add(home, out / "organisations")
        start = time.perf_counter()
        landed = flow.ingest(home, [out])
        flow.build(home)
        seconds = time.perf_counter() - start
        with contextlib.closing(duckdb.connect(str(home.warehouse), read_only=True)) as con:
            con.execute(f"create temp view truth as select * from read_parquet('{(out / 'truth.parquet').as_posix()}')")
            items, senders = (con.execute(query).fetchall()[0][0] for query in (DIFFERING_ITEMS, DIFFERING_SENDERS))
            digest = hashlib.sha256(repr(con.execute(FINDINGS).fetchall()).encode()).hexdigest()[:16]
        books = [sum(getattr(one, part) for one in landed) for part in ("messages", "landed", "quarantined", "duplicates")]
        print(f"{form:12} {books}  items differing {items}, senders differing {senders}, findings {digest}, ingest and build {seconds:.0f} s", flush=True)
        return items + senders + abs(books[1] - messages), digest


def main() -> None:
    """Every container, one after another."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=20_000)
    arguments = parser.parse_args()
    found = [measure(form, arguments.messages) for form in FORMATS if form != "mixed"]
    sys.exit(any(differing for differing, _ in found) or len({digest for _, digest in found}) > 1)


if __name__ == "__main__":
    main()
