"""The four tables under `reference/`: where they are, empty ones, their rows, writing them, their fingerprint.

Belongs here: Parquet. Does not: what may stand in them (`upsert`).
"""

import hashlib
import os
from pathlib import Path
from typing import Any

from pipelines.organisations.registers import REGISTERS, Register
from pipelines.settings import Home

Row = dict[str, Any]


def table_path(home: Home, register: str) -> Path:
    """The Parquet file of a register (`universities`, `facilities`, `vendors`, `systems`)."""
    return home.reference / f"{register}.parquet"


def ensure(home: Home) -> bool:
    """Writes an empty table with the right columns for every register that has none. True if any was missing."""
    missing = [register for register in REGISTERS.values() if not table_path(home, register.name).is_file()]
    for register in missing:
        write(home, register, [])
    return bool(missing)


def read(home: Home, register: Register) -> list[Row]:
    """The rows of a register, in the order of its key; none if it was never written."""
    import duckdb

    path = table_path(home, register.name)
    if not path.is_file():
        return []
    with duckdb.connect() as db:
        rows = db.execute(f"SELECT {', '.join(register.columns)} FROM read_parquet({_quoted(path)})").fetchall()
    return [dict(zip(register.columns, row, strict=True)) for row in rows]


def write(home: Home, register: Register, rows: list[Row]) -> None:
    """Writes a register, sorted by its key, beside and swapped in."""
    import duckdb

    target = table_path(home, register.name)
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    columns = ", ".join(f"{name} {kind}" for name, kind in register.types().items())
    try:
        with duckdb.connect() as db:
            db.execute(f"CREATE TABLE rows ({columns})")
            ordered = sorted(rows, key=lambda row: [str(row[name] or "") for name in register.key])
            for start in range(0, len(ordered), 1000):
                values = ", ".join(
                    f"({', '.join(_literal(row[name]) for name in register.columns)})"
                    for row in ordered[start : start + 1000]
                )
                db.execute(f"INSERT INTO rows VALUES {values}")
            db.execute(f"COPY rows TO {_quoted(beside)} (FORMAT parquet, COMPRESSION zstd)")
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def fingerprint(home: Home) -> str:
    """One hash over the rows of all registers: equal content gives an equal hash anywhere."""
    digest = hashlib.sha256()
    for register in REGISTERS.values():
        digest.update(f"\x1c{register.name}".encode())
        for row in read(home, register):
            digest.update(
                ("\x1e" + "\x1f".join("\0" if row[c] is None else str(row[c]) for c in register.columns)).encode()
            )
    return digest.hexdigest()[:32]


def _literal(value: object) -> str:
    """A value as a literal of SQL (DuckDB imports pandas for parameters, which takes a second)."""
    return "NULL" if value is None else str(value).upper() if isinstance(value, bool) else _quoted(value)


def _quoted(text: object) -> str:
    return "'" + str(text).replace("'", "''") + "'"
