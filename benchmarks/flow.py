"""Cost of each layer against a floor measured in the same run: `uv run python benchmarks/flow.py [--messages 20000]`.

Floors: for landing, parsing alone (read, decode, build the element tree, throw it away); for judging, one plain DuckDB query that
joins every judged item to its list and writes those that are not in it. CPU seconds, because machines are shared; ratios hold.
"""

import argparse
import contextlib
import shutil
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import orjson

from pipelines import flow, organisations
from pipelines.generator import generate
from pipelines.settings import Home
from pipelines.warehouse import connect, files


def cpu(work: Callable[[], object]) -> tuple[float, object]:
    """(CPU seconds of this process and its threads, result)."""
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def parse_only(extracts: Path) -> int:
    """The floor of landing: every payload parsed, nothing kept."""
    count = 0
    for file in sorted(extracts.rglob("*.ndjson")):
        for line in file.read_bytes().splitlines():
            payload = orjson.loads(line)["message"]
            if isinstance(payload, str):
                ET.fromstring(payload.strip("\0"))
            count += 1
    return count


def plain_query(home: Home) -> int:
    """The floor of judging: items that are in no list, by one anti-join, written to Parquet."""
    from pipelines.state import State

    with State(home) as state, contextlib.closing(connect()) as con:
        con.execute(f"create view items as select * from {files(state.paths('items'))}")
        con.execute(f"create view codes as select * from {files([str(home.reference / 'codes.parquet')])}")
        target = home.root / "floor.parquet"
        con.execute(
            "copy (select i.* from items i left join (select distinct code from codes) c on c.code = i.code"
            f" where i.rule_id is not null and c.code is null) to '{target.as_posix()}' (format parquet)"
        )
        return con.execute("select count(*) from items where rule_id is not null").fetchall()[0][0]


def peak_mb() -> float | None:
    """Peak memory of this process in MB; None where the system does not say."""
    try:
        import resource
    except ImportError:
        return None
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(root: Path, messages: int, seed: int = 1) -> dict[str, float]:
    """One size: CPU seconds of every step, and counts."""
    home = Home((root / "home").resolve())
    flow.ensure_reference(home)
    made, _ = cpu(lambda: generate(home, root / "out", messages, seed, "ndjson"))
    organisations.add(home, root / "out" / "organisations")
    floor, _ = cpu(lambda: parse_only(root / "out" / "extracts"))
    ingest, landed = cpu(lambda: flow.ingest(home, [root / "out"]))
    build, done = cpu(lambda: flow.build(home))
    again, _ = cpu(lambda: flow.build(home))
    plain, items = cpu(lambda: plain_query(home))
    return {
        "messages": messages, "items judged": float(str(items)), "partitions": len(done.judged), "generate": made, "parse only": floor,  # type: ignore[attr-defined]
        "ingest": ingest, "build": build, "build again": again, "plain query": plain, "extracts": len(landed),  # type: ignore[arg-type]
    }  # fmt: skip


def main() -> None:
    """Two sizes, so that growth shows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=20_000)
    arguments = parser.parse_args()
    for messages in (arguments.messages // 4, arguments.messages):
        root = Path(tempfile.mkdtemp(prefix="sepas-dq-bench-"))
        try:
            found = measure(root, messages)
        finally:
            shutil.rmtree(root, ignore_errors=True)
        print(f"\n{messages:,} messages, {found['items judged']:,.0f} judged items, {found['partitions']:.0f} partitions")
        for step in ("generate", "parse only", "ingest", "build", "build again", "plain query"):
            print(f"  {step:12} {found[step]:7.2f} CPU s  {1e6 * found[step] / messages:8.0f} µs a message")
        print(f"  ingest / parse only  {found['ingest'] / found['parse only']:.1f}")
        print(f"  build / plain query  {found['build'] / max(found['plain query'], 1e-9):.1f}")
        print(f"  peak memory          {peak_mb() or float('nan'):.0f} MB")
    sys.exit(0)


if __name__ == "__main__":
    main()
