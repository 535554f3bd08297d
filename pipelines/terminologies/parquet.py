"""Writes rows as a Parquet file with a note in it, and reads such notes: DuckDB fed by a CSV file beside.

Belongs here: files. Does not: what the rows mean. (Neither pyarrow nor DuckDB take Python lists without importing pandas, a second.)
"""

import csv
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

NOTE = "sepas_dq"  # key of the note in the file's metadata
_SHARED: "ContextVar[duckdb.DuckDBPyConnection | None]" = ContextVar("shared", default=None)


@contextmanager
def database() -> Iterator["duckdb.DuckDBPyConnection"]:
    """An empty database in memory; one inside another is the same (opening one takes 10 ms): so make no named tables two may make."""
    import duckdb

    shared = _SHARED.get()
    if shared is not None:
        yield shared
        return
    with duckdb.connect() as db:
        db.execute("SET enable_progress_bar = false")  # it writes to stdout
        token = _SHARED.set(db)
        try:
            yield db
        finally:
            _SHARED.reset(token)


def write_rows(target: Path, types: dict[str, str], rows: Iterable[Sequence[object]], note: str = "") -> None:
    """Writes rows (text, numbers, dates, None; never an empty text) in columns of the given SQL types, swapped in."""

    def write(beside: Path) -> None:
        table = beside.with_suffix(".csv")
        try:
            with table.open("w", encoding="utf-8", newline="") as stream:
                csv.writer(stream, lineterminator="\n").writerows(rows)
            columns = ", ".join(f"{quoted(name)}: {quoted(kind)}" for name, kind in types.items())
            with database() as db:
                db.execute(
                    f"COPY (FROM read_csv({quoted(table)}, header = false, auto_detect = false, delim = ',', quote = '\"', escape = '\"', "
                    f"new_line = '\\n', max_line_size = 16777216, parallel = false, columns = {{{columns}}})) "
                    f"TO {quoted(beside)} (FORMAT parquet, COMPRESSION zstd, KV_METADATA {{{NOTE}: {quoted(note)}}})"
                )
        finally:
            table.unlink(missing_ok=True)

    swap_in(target, write)


def notes(files: Sequence[Path]) -> dict[str, str]:
    """The note of each file that has one, by path."""
    if not files:
        return {}
    listed = ", ".join(quoted(file) for file in files)
    with database() as db:
        found = db.execute(
            f"SELECT file_name, value FROM parquet_kv_metadata([{listed}]) WHERE key = '{NOTE}'::BLOB"
        ).fetchall()
    return {name: value.decode() for name, value in found}


def swap_in(target: Path, write_to: Callable[[Path], object]) -> None:
    """Calls `write_to(path)` with a path beside `target` and renames it over `target`: readers see the old file or the new."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.{os.getpid()}.{threading.get_ident()}.tmp")
    try:
        write_to(beside)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def quoted(text: object) -> str:
    """A text as a literal of SQL."""
    return "'" + str(text).replace("'", "''") + "'"
