"""A landed log: its Parquet files below `calls/<log_id>/`, and its row in the state, which alone makes it count.

Belongs here: writing, committing, removing what a kill left. Does not: reading of logs.
"""

import hashlib
import os
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.calls.reading import Call
from pipelines.settings import Home
from pipelines.state import State

_TEXT, _TIME = pa.string(), pa.timestamp("ms")
SCHEMAS = {
    "calls": pa.schema(
        [("call_id", _TEXT), ("log_id", _TEXT), ("at", _TIME), ("on", pa.date32()), ("system_id", _TEXT), ("facility_id", _TEXT), ("composition_uid", _TEXT),
         ("message_uid", _TEXT), ("message_id", _TEXT), ("content_sha256", _TEXT), ("service", _TEXT), ("passed", pa.bool_()), ("answers", pa.int32()), ("row", pa.int64())]
    ),
    "answers": pa.schema(
        [("call_id", _TEXT), ("row", pa.int64()), ("place", pa.int32()), ("service", _TEXT), ("error_category_type", _TEXT), ("critical", pa.bool_()), ("source", _TEXT),
         ("text_key", _TEXT), ("code_named", _TEXT)]
    ),
    "quarantine": pa.schema([("log_id", _TEXT), ("row", pa.int64()), ("reason", _TEXT)]),
}  # fmt: skip
_AT_ONCE = 100_000
_STATE = """
create table if not exists call_logs (
  log_id text primary key, folder text, file text, kind text, format text, bytes integer, rows integer, landed integer, quarantined integer, skipped integer,
  first_on text, last_on text, university_id text, settings text, made_by text, added_at text, sequence integer)
"""


def logs(state: State) -> list[dict[str, Any]]:
    """Every landed log, in order of landing."""
    state.db.execute(_STATE)
    return state.rows("select * from call_logs order by sequence")


def folder_of(home: Home, log: dict[str, Any]) -> Path:
    return home.root / log["folder"]


class LogWriter:
    """Collects calls and writes them in groups; until `close` and the commit nobody sees them."""

    def __init__(self, home: Home, log_id: str, grouped: bool) -> None:
        self.log_id, self._grouped = log_id, grouped
        self.stage = home.staging / f"call-log-{log_id}.{os.getpid()}"
        shutil.rmtree(self.stage, ignore_errors=True)
        self.stage.mkdir(parents=True)
        self._writers = {name: pq.ParquetWriter(self.stage / f"{name}.parquet", schema, compression="zstd") for name, schema in SCHEMAS.items()}
        self._rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in SCHEMAS}

    def call(self, number: int, call: Call) -> None:
        """One call, with its row's number in the log."""
        call_id = f"{self.log_id[:12]}-{self._digest(call.call_key) if self._grouped and call.call_key else number}"
        self._add(
            "calls", (call_id, self.log_id, call.at, call.at.date(), call.system_id, call.facility_id, call.composition_uid, call.message_uid, call.message_id,
                      call.content_sha256, call.service, call.passed, len(call.answers), number),
        )  # fmt: skip
        for place, said in enumerate(call.answers, start=1):
            self._add("answers", (call_id, number, place, call.service, said.error_category_type, said.critical, said.source, said.text_key, said.code_named))

    def quarantine(self, number: int, reason: str) -> None:
        self._add("quarantine", (self.log_id, number, reason))

    def _digest(self, text: str) -> str:
        """Their id of a call might be anything; ours is made of it and tells nothing."""
        return hashlib.blake2b(f"{self.log_id}/{text}".encode(), digest_size=8).hexdigest()

    def _add(self, table: str, row: tuple[Any, ...]) -> None:
        rows = self._rows[table]
        rows.append(row)
        if len(rows) >= _AT_ONCE:
            self._flush(table)

    def _flush(self, table: str) -> None:
        rows, schema = self._rows[table], SCHEMAS[table]
        if rows:
            arrays = [pa.array(column, field.type) for column, field in zip(zip(*rows, strict=True), schema, strict=True)]
            self._writers[table].write_table(pa.Table.from_arrays(arrays, schema=schema))
            rows.clear()

    def close(self) -> None:
        """Everything is in the files, down to the disk."""
        for name, writer in self._writers.items():
            self._flush(name)
            writer.close()
            with (self.stage / f"{name}.parquet").open("rb+") as file:
                os.fsync(file.fileno())

    def abandon(self) -> None:
        for writer in self._writers.values():
            writer.close()
        shutil.rmtree(self.stage, ignore_errors=True)


def commit(state: State, writer: LogWriter, log: dict[str, Any]) -> None:
    """The log becomes visible. One that was there before under another mapping is replaced."""
    import datetime as dt

    folder = f"calls/{log['log_id']}/{log['made_by']}"
    target = state.home.root / folder
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(target, ignore_errors=True)
    writer.stage.replace(target)
    row = log | {"folder": folder, "added_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds")}
    with state.transaction() as db:
        sequence = db.execute("select coalesce(max(sequence), 0) + 1 from call_logs").fetchone()[0]
        names = [*row, "sequence"]
        db.execute(f"insert or replace into call_logs ({', '.join(names)}) values ({', '.join('?' * len(names))})", [*row.values(), sequence])
        _unpublished(db)


def drop(state: State, log_id: str) -> None:
    """The log counts no more; its files go with the next build of the tables."""
    with state.transaction() as db:
        db.execute("delete from call_logs where log_id = ?", [log_id])
        _unpublished(db)


def _unpublished(db: sqlite3.Connection) -> None:
    """Whatever happens next, the next build publishes anew."""
    db.execute("insert or replace into facts values ('published', '')")


def remove_unnamed(state: State) -> None:
    """Folders of logs that the state does not name: left by a kill, or of a mapping since replaced."""
    named = {(state.home.root / log["folder"]).resolve() for log in logs(state)}
    root = state.home.root / "calls"
    for folder in (inner for outer in root.iterdir() if outer.is_dir() for inner in outer.iterdir()) if root.is_dir() else ():
        if folder.resolve() not in named:
            shutil.rmtree(folder, ignore_errors=True)
