"""The second engine: SQLite in memory, for a handful of rows in milliseconds. DuckDB plans every statement anew, which for one message
takes longer than all the rest; SQLite plans in microseconds. It runs the same SQL files, because they keep to the portable subset.

Belongs here: what the subset needs that SQLite lacks. Does not: queries, lists, or anything stored on disk.
"""

import datetime as dt
import re
import sqlite3
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

_REPLACE = re.compile(r"\s*create or replace temp (table|view) (\w+) as\s", re.IGNORECASE)
_DATE = re.compile(r"\bdate '([0-9]{4}-[0-9]{2}-[0-9]{2})'", re.IGNORECASE)


class SqliteEngine:
    """As much of a DuckDB connection as judging uses: `execute(sql)` in the portable subset, `fetchall()`, and `fill` for Python rows.

    Days are ISO texts, which sort as days do; truth values are 0 and 1. One thread at a time. Nothing is ever written to disk.
    """

    def __init__(self) -> None:
        self._db = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False, cached_statements=256)
        self._db.execute("pragma temp_store = memory")
        for name, arguments, function in _FUNCTIONS:
            self._db.create_function(name, arguments, function, deterministic=True)
        self._found: list[tuple] = []

    def execute(self, query: str, values: Sequence[Any] = ()) -> "SqliteEngine":
        """Run one statement of the subset; its rows wait in `fetchall()`."""
        replaced, query = _translated(query)
        if replaced:
            self._db.execute(f"drop {replaced}")
        self._found = self._db.execute(query, values).fetchall()
        return self

    def fetchall(self) -> list[tuple]:
        """The rows of the last statement."""
        return self._found

    def fill(self, name: str, rows: Sequence[tuple], columns: dict[str, str]) -> None:
        """A temp table from Python rows; `columns` is name → SQL type, as in `warehouse.table_of`."""
        named = ", ".join(f'"{column}" {"text" if kind == "date" else kind}' for column, kind in columns.items())
        self._db.execute(f"drop table if exists temp.{name}")
        self._db.execute(f"create temp table {name} ({named})")
        marks = ", ".join("?" * len(columns))
        self._db.executemany(f"insert into {name} values ({marks})", ([_stored(value) for value in row] for row in rows))

    def close(self) -> None:
        """Forget everything."""
        self._db.close()


@lru_cache(maxsize=256)
def _translated(query: str) -> tuple[str, str]:
    """(what to drop before, the statement as SQLite reads it)."""
    query = _DATE.sub(r"'\1'", query)
    found = _REPLACE.match(query)
    if not found:
        return "", query
    kind, name = found.groups()
    return f"{kind} if exists temp.{name}", f"create temp {kind} {name} as {query[found.end() :]}"


def _stored(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


@lru_cache(maxsize=256)
def _pattern(pattern: str) -> re.Pattern[str]:
    """A pattern whose `$` is the very end, as in every other engine."""
    return re.compile(re.sub(r"\$(?=$|\))", r"\\Z", pattern))


def _regexp_like(text: str | None, pattern: str) -> bool | None:
    return None if text is None else _pattern(pattern).search(text) is not None


def _split_part(text: str | None, separator: str, part: int) -> str | None:
    if text is None:
        return None
    parts = text.split(separator)
    return parts[part - 1] if part <= len(parts) else ""


def _lpad(text: str | None, width: int, filler: str) -> str | None:
    return None if text is None else text[:width] if len(text) >= width else (filler * width)[: width - len(text)] + text


def _ascii(text: str | None) -> int | None:
    return None if text is None else ord(text[0]) if text else 0


def _lower(text: str | None) -> str | None:
    """Letter by letter, so that no letter becomes two."""
    return text if text is None else "".join(c.lower()[0] for c in text)


_FUNCTIONS = (
    ("regexp_like", 2, _regexp_like), ("split_part", 3, _split_part), ("lpad", 3, _lpad), ("ascii", 1, _ascii), ("lower", 1, _lower),
    ("length", 1, lambda text: None if text is None else len(text)),
)  # fmt: skip
