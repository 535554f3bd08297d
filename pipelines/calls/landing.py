"""One log file → one landed log: read, mask, quarantine, write, commit. Idempotent by the file's bytes and the mapping.

Belongs here: the loop and its books (rows = landed + quarantined + skipped). Does not: containers, fields, tables' types.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path

from pipelines.calls import answers
from pipelines.calls.fields import TELLING, key
from pipelines.calls.mapping import Mapping
from pipelines.calls.reading import Outside, Reader
from pipelines.calls.rows import Bad, Log, opened
from pipelines.calls.store import LogWriter, commit, logs
from pipelines.errors import InputError
from pipelines.state import State

Progress = Callable[[int], None]
SUFFIXES = (".ndjson", ".jsonl", ".json", ".csv", ".tsv", ".txt", ".parquet", ".gz", ".zst")
_STEP = 10_000


@dataclass
class LandedLog:
    """What became of one log. `already` is True if the same bytes had landed under the same mapping."""

    label: str
    log_id: str
    kind: str = ""
    rows: int = 0
    landed: int = 0
    quarantined: int = 0
    skipped: int = 0
    already: bool = False
    first: dt.date | None = None
    last: dt.date | None = None
    reasons: dict[str, int] = field(default_factory=dict)


def files(paths: Iterable[Path]) -> Iterator[Path]:
    """Log files below the given paths. Raises InputError for a path that does not exist or a folder without any."""
    for path in paths:
        if not path.exists():
            raise InputError(f"{path}: there is no such file or folder.")
        found = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in SUFFIXES and not p.name.startswith("."))
        if not found:
            raise InputError(f"{path}: holds no log; a log is an NDJSON, CSV or Parquet file.")
        yield from found


def land(
    state: State, path: Path, mapping: Mapping, kind: str | None, university_id: str | None, outside: Outside, progress: Progress = lambda _: None
) -> LandedLog:
    """Land one log. `kind` and `university_id`, if given, override the mapping."""
    log_id, made_by = _digests(path, mapping, kind, university_id)
    done = LandedLog(path.name, log_id)
    there = next((log for log in logs(state) if log["log_id"] == log_id), None)
    if there is not None and there["made_by"] == made_by:
        done.already, done.kind = True, there["kind"]
        return done
    with ExitStack() as stack:
        log = opened(path, stack)
        reader = Reader(mapping, log.columns, answers.table(), outside, path.name)
        done.kind = kind or mapping.kind or _kind(path, log, mapping)
        grouped = "call_id" in reader.columns.paths
        writer = LogWriter(state.home, log_id, grouped)
        try:
            _fill(log, reader, writer, done, progress)
            writer.close()
        except BaseException:
            writer.abandon()
            raise
    if done.rows != done.landed + done.quarantined + done.skipped:
        raise AssertionError(f"{path.name}: rows in are not landed + quarantined + skipped")
    settings = {"window": mapping.window, "from": str(mapping.covers.first or ""), "to": str(mapping.covers.last or ""), "systems": mapping.covers.systems, "grouped": grouped}
    commit(
        state, writer,
        {"log_id": log_id, "file": path.name, "kind": done.kind, "format": log.form, "bytes": path.stat().st_size, "rows": done.rows, "landed": done.landed,
         "quarantined": done.quarantined, "skipped": done.skipped, "first_on": done.first and str(done.first), "last_on": done.last and str(done.last),
         "university_id": university_id or mapping.university, "settings": json.dumps(settings), "made_by": made_by},
    )  # fmt: skip
    return done


def _digests(path: Path, mapping: Mapping, kind: str | None, university_id: str | None) -> tuple[str, str]:
    """(log id: SHA-256 of the bytes, 32 digits; what it is read by: mapping and options)."""
    with path.open("rb") as file:
        log_id = hashlib.file_digest(file, "sha256").hexdigest()[:32]
    said = asdict(mapping) | {"file": "", "kind": kind or mapping.kind, "university": university_id or mapping.university}
    said["rows"] = {name: sorted(values) for name, values in mapping.rows.items()}
    return log_id, hashlib.blake2b(json.dumps(said, sort_keys=True, default=str).encode(), digest_size=8).hexdigest()


def _kind(path: Path, log: Log, mapping: Mapping) -> str:
    """The kind that the columns tell. Raises InputError where they tell none or both."""
    present = {key(column) for column in log.columns} | {key(step) for steps in mapping.columns.values() for step in steps}
    told = [kind for kind, telling in TELLING.items() if telling & present]
    if len(told) != 1:
        raise InputError(f"{path.name}: its columns do not tell whether it is a log of validations or of sends; add --kind validation or --kind send.")
    return told[0]


def _fill(log: Log, reader: Reader, writer: LogWriter, done: LandedLog, progress: Progress) -> None:
    for number, row in enumerate(log.rows, start=1):
        done.rows += 1
        if number % _STEP == 0:
            progress(_STEP)
        if not isinstance(row, Bad) and not reader.columns.wanted(row):
            done.skipped += 1
            continue
        call = row if isinstance(row, Bad) else reader.call(row)
        if isinstance(call, Bad):
            done.quarantined += 1
            done.reasons[call.reason] = done.reasons.get(call.reason, 0) + 1
            writer.quarantine(number, call.reason)
            continue
        done.landed += 1
        day = call.at.date()
        done.first, done.last = min(done.first or day, day), max(done.last or day, day)
        writer.call(number, call)
    progress(done.rows % _STEP)
