"""The service under load, and held against the pipeline: `uv run python benchmarks/serve.py [--messages 20000] [--real FOLDER]`.

Load: 50 requests a second, open loop (a late answer does not delay the next question; latency counts from the moment a question was
due), every message different, about 20 kB, generator and service on the same cores. Floor: parsing the same messages, nothing else.
Agreement: `--messages` invented messages through ingest and build, and through /v1/batch; every finding and count compared.
`--real` names a folder of real lists (columns as `terminology add` takes them): the figures are then for lists of real size.
"""

import argparse
import asyncio
import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import orjson

from pipelines import flow, organisations, terminologies
from pipelines.generator import generate
from pipelines.settings import Home

REAL = {"IRC": ("irc_chemical.csv", "irc_medical_supplies.csv"), "eRx": ("erx_chemical.csv",), "RVU3": ("rvu3_clean.csv", "rvu3_visits_1404.csv"), "LNC": ("loinc_core_codes.csv",)}
RATE, SIZE = 50, 20_000
_ROWS = re.compile(r"<(VM:)?BillServices[^>]*>(.*?)</(?:VM:)?BillServices>", re.DOTALL)


def big_bills(extracts: Path, size: int) -> list[bytes]:
    """Invented bills of about `size` bytes: each carries the service rows of others of its dialect; no two share a row."""
    waiting: dict[str, list[str]] = {}
    made = []
    for file in sorted(extracts.rglob("*.ndjson")):
        for line in file.read_bytes().splitlines():
            text = orjson.loads(line)["message"]
            if not isinstance(text, str) or "PatientBill" not in text[:300] or not (found := _ROWS.search(text)):
                continue
            rows = waiting.setdefault(found[1] or "", [])
            if len(text.encode()) + sum(len(row.encode()) for row in rows) < size:
                rows.append(found[2])
                continue
            made.append((text[: found.end(2)] + "".join(rows) + text[found.end(2) :]).strip("\0").encode())
            rows.clear()
    return made


@contextlib.contextmanager
def service(home: Home, *options: str) -> Iterator[tuple[int, int]]:
    """(port, process id) of a running service."""
    process = subprocess.Popen(
        [sys.executable, "-c", "from pipelines.cli import main; main()", "serve", "--port", "0", "--rate", "0", *options],
        env=os.environ | {"SEPAS_DQ_HOME": str(home.root)}, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stderr is not None
        line = next(line for line in process.stderr if "answers" in line)
        drain = subprocess.Popen([sys.executable, "-c", "import sys\nfor _ in sys.stdin: pass"], stdin=process.stderr)
        yield int(line.split("/")[2].rsplit(":", 1)[1]), process.pid
    finally:
        process.terminate()
        process.wait(15)
        drain.wait(15)


class Caller:
    """Connections kept open, one question at a time on each."""

    def __init__(self, port: int) -> None:
        self.port, self.late, self.failed = port, [], 0
        self.free: list[tuple] = []

    async def ask(self, body: bytes, due: float) -> None:
        reader, writer, last = self.free.pop() if self.free else (None, None, 0.0)
        if time.perf_counter() - last > 3:  # the service closes idle connections after five seconds
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(b"POST /v1/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/xml\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
        head = await reader.readuntil(b"\r\n\r\n")
        size = int(re.search(rb"content-length: (\d+)", head)[1])  # type: ignore[index]
        await reader.readexactly(size)
        self.late.append(time.perf_counter() - due)
        self.failed += b" 200 " not in head[:20]
        self.free.append((reader, writer, time.perf_counter()))


async def load(port: int, bodies: list[bytes], rate: float) -> Caller:
    """All bodies, one every 1/rate seconds whatever happens."""
    caller, started, tasks = Caller(port), time.perf_counter() + 0.05, []
    for number, body in enumerate(bodies):
        due = started + number / rate
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        tasks.append(asyncio.create_task(caller.ask(body, due)))
    await asyncio.gather(*tasks)
    return caller


def cpu_of(pid: int) -> float:
    """CPU seconds of a process so far."""
    import psutil

    times = psutil.Process(pid).cpu_times()
    return times.user + times.system


def measured_load(home: Home, bodies: list[bytes], warm: int) -> None:
    """Latency and CPU of the service; the first `warm` messages are not counted."""
    with service(home, "--on", "1401/12/25") as (port, pid):
        asyncio.run(load(port, bodies[:warm], RATE))
        cpu, started = cpu_of(pid), time.perf_counter()
        mine = time.process_time()
        done = asyncio.run(load(port, bodies[warm:], RATE))
        cpu, mine, seconds = cpu_of(pid) - cpu, time.process_time() - mine, time.perf_counter() - started
        import psutil

        memory = psutil.Process(pid).memory_info().rss / 1e6
    late = sorted(done.late)
    at = {share: 1000 * late[min(len(late) - 1, int(share * len(late)))] for share in (0.5, 0.95, 0.99, 1.0)}
    print(f"load: {len(late)} messages of {sum(map(len, bodies)) / len(bodies) / 1000:.1f} kB in {seconds:.0f} s, {RATE} a second, {done.failed} failed; machine's load {os.getloadavg()[0]:.1f}")
    print(f"  p50 {at[0.5]:.1f} ms · p95 {at[0.95]:.1f} ms · p99 {at[0.99]:.1f} ms · longest {at[1.0]:.1f} ms")
    print(f"  service {1000 * cpu / len(late):.1f} ms CPU a message ({100 * cpu / seconds:.0f} % of a core), generator {1000 * mine / len(late):.1f} ms, memory {memory:.0f} MB")


def measured_ratio(home: Home, bodies: list[bytes]) -> None:
    """CPU of answering against CPU of parsing alone, in one process: codings never seen, and remembered."""
    from pipelines.jalali import parse_day
    from pipelines.serve.desk import Asking, Desk

    desk, asking = Desk(home), Asking(parse_day("1401/12/25"))
    orjson.dumps(desk.answered(bodies[0], asking))

    def cpu(work) -> float:  # type: ignore[no-untyped-def]
        started = time.process_time()
        for body in bodies[1:]:
            work(body)
        return (time.process_time() - started) / (len(bodies) - 1) * 1000

    parse = cpu(ET.fromstring)
    new = cpu(lambda body: orjson.dumps(desk.answered(body, asking)))
    known = cpu(lambda body: orjson.dumps(desk.answered(body, asking)))
    print(f"a message: parsing alone {parse:.2f} ms · answered {new:.2f} ms, {new / parse:.1f} × · with all its verdicts remembered {known:.2f} ms, {known / parse:.1f} ×")


def agreement(home: Home, extracts: Path) -> int:
    """How many messages the service and the pipeline differ on."""
    from pipelines.warehouse import reading

    with reading(home) as con:
        days = dict(con.execute("select message_id, exchange_on from landed.messages where exchange_on is not null").fetchall())
        expected: dict[str, list] = {}
        for message_id, *finding in con.execute("select message_id, item_no, rule_id, outcome, cause, suggested_code from findings.findings order by message_id, item_no").fetchall():
            expected.setdefault(message_id, []).append(finding)
        passed = dict(
            con.execute("select i.message_id, count(*) from coded.items as i join findings.verdicts as v on v.coding_id = i.coding_id where v.outcome = 'passed' group by 1").fetchall()
        )
    from pipelines.landed.content import content

    different = compared = findings = 0
    with service(home, "--on", "1401/12/25") as (port, _):
        for file in sorted(extracts.rglob("*.ndjson")):
            rows, ids = [], []
            for line in file.read_bytes().splitlines():
                row = orjson.loads(line)
                message_id = content(row["message"]).digest().hex()
                if message_id in days:
                    ids.append(message_id)
                    rows.append(orjson.dumps({"message": row["message"], "operation": row.get("operation"), "on": days[message_id].isoformat()}))
            for start in range(0, len(rows), 500):
                request = urllib.request.Request(f"http://127.0.0.1:{port}/v1/batch", b"\n".join(rows[start : start + 500]), {"content-type": "application/x-ndjson"})
                for message_id, line in zip(ids[start : start + 500], urllib.request.urlopen(request, timeout=600), strict=True):
                    said = orjson.loads(line)["answer"]
                    found = [[f["item_no"], f["rule"]["id"], f["outcome"], f["cause"], f["suggested_code"]] for f in said["findings"]]
                    compared, findings = compared + 1, findings + len(found)
                    different += found != expected.get(message_id, []) or said["counts"]["passed"] != passed.get(message_id, 0)
    print(f"agreement with the pipeline: {compared} messages, {findings} findings, {different} messages differ")
    return different


def main() -> None:
    """Agreement, load, ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=20_000, help="held against the pipeline; 0 leaves that out")
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--warm", type=int, default=5, help="seconds before the counted ones")
    parser.add_argument("--real", type=Path, help="a folder of real lists")
    arguments = parser.parse_args()
    root = Path(tempfile.mkdtemp(prefix="sepas-dq-bench-"))
    different = 0
    try:
        home = Home((root / "home").resolve())
        flow.ensure_reference(home)
        for terminology, names in (REAL if arguments.real else {}).items():
            for name in names:
                terminologies.add_release(home, terminology, arguments.real / name, "real", "1390/01/01", append=True)
        wanted = RATE * (arguments.seconds + arguments.warm)
        generate(home, root / "big", 16 * wanted, 5, "ndjson")
        bodies = big_bills(root / "big" / "extracts", SIZE)[:wanted]
        if len(bodies) < wanted:
            print(f"beware: {len(bodies)} large bills only")
        measured_ratio(home, bodies[:300])
        measured_load(home, bodies, RATE * arguments.warm)
        if arguments.messages:
            generate(home, root / "out", arguments.messages, 1, "ndjson")
            organisations.add(home, root / "out" / "organisations")
            flow.ingest(home, [root / "out"])
            flow.build(home)
            different = agreement(home, root / "out" / "extracts")
    finally:
        shutil.rmtree(root, ignore_errors=True)
    sys.exit(1 if different else 0)


if __name__ == "__main__":
    main()
