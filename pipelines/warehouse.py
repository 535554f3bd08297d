"""DuckDB, opened one way only: limits set, nothing fetched from a network, `regexp_like` known. And reading SQL files.

Belongs here: connections and partition writing (the `Engine` seam: what another engine would have to offer). Does not: queries.
"""

import contextlib
import shutil
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.errors import NotBuiltError, UserError
from pipelines.settings import Home, memory_limit, threads
from pipelines.sqlite_engine import SqliteEngine

if TYPE_CHECKING:
    import duckdb

    Engine = duckdb.DuckDBPyConnection | SqliteEngine

FEW_ROWS = 300
_MACROS = "create or replace temp macro regexp_like(s, p) as regexp_matches(s, p)"


def connect(path: Path | None = None, read_only: bool = False, spill: Path | None = None) -> "duckdb.DuckDBPyConnection":
    """A connection to a file or to memory. All connections have equal settings (DuckDB refuses unequal ones in one process)."""
    import duckdb

    config: dict[str, Any] = {
        "memory_limit": memory_limit(), "threads": threads(), "autoinstall_known_extensions": False, "autoload_known_extensions": False,
    }  # fmt: skip
    con = duckdb.connect(str(path) if path else ":memory:", read_only=read_only, config=config)
    if spill is not None:
        spill.mkdir(parents=True, exist_ok=True)
        con.execute(f"set temp_directory = {literal(str(spill))}")
    con.execute("set preserve_insertion_order = true")
    con.execute("set enable_progress_bar = false")  # it writes to stdout, where answers stand
    con.execute(_MACROS)
    return con


@contextlib.contextmanager
def reading(home: Home) -> Iterator["duckdb.DuckDBPyConnection"]:
    """The warehouse, read-only. NotBuiltError says which command makes it."""
    if not home.warehouse.exists():
        raise NotBuiltError(f"{home.warehouse} does not exist yet. Run: sepas-dq ingest PATH, then sepas-dq build (or: sepas-dq demo).")
    con = connect(home.warehouse, read_only=True)
    # A query reaches the files of the data folder, which the views read, and nothing else on this machine or beyond.
    con.execute(f"set allowed_directories = [{literal(str(home.root))}]")
    con.execute("set enable_external_access = false")
    try:
        yield con
    finally:
        con.close()


def sql(folder: str | Path, name: str) -> str:
    """The text of `<folder>/<name>.sql`; `folder` is usually the `__file__` of the layer."""
    place = Path(folder)
    return ((place if place.is_dir() else place.parent) / f"{name}.sql").read_text(encoding="utf-8")


def literal(text: str) -> str:
    """A SQL text literal."""
    return "'" + text.replace("'", "''") + "'"


def files(paths: list[str]) -> str:
    """A relation over Parquet files."""
    return f"read_parquet([{', '.join(literal(path) for path in paths)}], union_by_name = true)"


def table_of(con: "Engine", name: str, rows: list[tuple], columns: dict[str, str]) -> None:
    """A temp table from Python rows; `columns` is name → SQL type. Few rows go as SQL text: registering Arrow imports pandas, a second."""
    if isinstance(con, SqliteEngine):
        con.fill(name, rows, columns)
        return
    if len(rows) <= FEW_ROWS:
        typed = ", ".join(f'cast("{column}" as {kind}) as "{column}"' for column, kind in columns.items())
        blank = f"({', '.join(['null'] * len(columns))})"
        values = ", ".join(f"({', '.join(_value(v) for v in row)})" for row in rows)
        names = ", ".join(f'"{column}"' for column in columns)
        where = "" if rows else " where false"
        con.execute(f"create or replace temp table {name} as select {typed} from (values {values or blank}) as t({names}){where}")
        return
    import pyarrow as pa

    types = {"varchar": pa.string(), "date": pa.date32(), "integer": pa.int32(), "bigint": pa.int64(), "boolean": pa.bool_(), "double": pa.float64()}
    arrays = [pa.array([row[i] for row in rows], types[kind]) for i, kind in enumerate(columns.values())]
    con.register(f"{name}__rows", pa.Table.from_arrays(arrays, names=list(columns)))
    con.execute(f"create or replace temp table {name} as select * from {name}__rows")
    con.unregister(f"{name}__rows")


def _value(value: Any) -> str:
    """A SQL literal of a text, number, truth value, day or None."""
    if value is None:
        return "null"
    if isinstance(value, bool | int | float):
        return str(value).lower()
    return literal(str(value)).replace("\0", "' || chr(0) || '")


def write_partitions(con: "duckdb.DuckDBPyConnection", query: str, home: Home, layer: str, table: str) -> list[tuple[str, str, Path]]:
    """Write a query by university_id and jalali_month, one new file a partition; (university, month, path) of each.

    Nothing becomes current by this: the caller names the new files in `state`, in one transaction.
    """
    stage = home.staging / f"{table}-{uuid.uuid4().hex}"
    stage.mkdir(parents=True, exist_ok=True)
    con.execute(
        f"copy ({query}) to {literal(str(stage))} (format parquet, compression zstd, partition_by (university_id, jalali_month), "
        "write_partition_columns true, overwrite_or_ignore true, filename_pattern 'part_{i}')"
    )
    written = []
    for path in sorted(stage.rglob("*.parquet")):
        university, month = (part.split("=", 1)[1] for part in path.relative_to(stage).parts[:2])
        target = home.root / "partitions" / layer / table / f"university={university}" / f"month={month}" / f"{uuid.uuid4().hex}.parquet"
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
        written.append((_unescaped(university), month, target))
    shutil.rmtree(stage, ignore_errors=True)
    return written


def _unescaped(text: str) -> str:
    from urllib.parse import unquote

    return unquote(text)


def write_file(con: "duckdb.DuckDBPyConnection", query: str, home: Home, table: str) -> Path:
    """Write a query as one new file of an unpartitioned, growing table."""
    target = home.root / "shared" / table / f"{uuid.uuid4().hex}.parquet"
    target.parent.mkdir(parents=True, exist_ok=True)
    con.execute(f"copy ({query}) to {literal(str(target))} (format parquet, compression zstd)")
    return target


def swap(new: Path, current: Path) -> None:
    """Put a file built beside in place of the current one. On Windows a reader can hold the old one: said, not raised raw."""
    for _ in range(20):
        try:
            new.replace(current)
            return
        except PermissionError:
            time.sleep(0.25)
    raise UserError(f"{current} is held open by a reader. Close notebooks and queries that use it, then run: sepas-dq build")
