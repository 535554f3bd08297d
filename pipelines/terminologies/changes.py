"""`reference.release_changes`: what the newest real release of each terminology changes against the one before it.

Belongs here: the table that reports join with the traffic. Does not: comparing (`diff`), or any two releases somebody names.
"""

import hashlib
from pathlib import Path
from typing import Any

from pipelines.settings import Home
from pipelines.terminologies import parquet, store
from pipelines.terminologies.diff import COLUMNS, compare
from pipelines.terminologies.pairs import newest_pairs
from pipelines.terminologies.parquet import quoted

_ABOUT = ("terminology", "before", "after", "before_from", "after_from", "partial")
_DAYS = ("before_from", "after_from", "valid_from_before", "valid_from_after", "valid_to_before", "valid_to_after", "ends_on")
TYPES = {name: "DATE" if name in _DAYS else "BOOLEAN" if name == "partial" else "VARCHAR" for name in (*_ABOUT, *COLUMNS)}


def changes_path(home: Home) -> Path:
    """`release_changes.parquet`: terminology, before, after (names), before_from, after_from (first days), partial (either list is known to
    lack codes), then the columns of `diff.COLUMNS` with `changes` as words parted by blanks. Terminologies with one real release have no row."""
    return home.reference / "release_changes.parquet"


def is_current(home: Home, made_of: str) -> bool:
    """True if the table was made of these releases by this version of the comparison."""
    path = changes_path(home)
    return path.is_file() and set(parquet.notes([path]).values()) == {_note(made_of)}


def _note(made_of: str) -> str:
    return f"{_version()} {made_of}"


def _version() -> str:
    made_by = ((Path(__file__).parent / name).read_bytes() for name in ("diff.sql", "diff.py", "changes.py", "pairs.py"))
    return hashlib.sha256(b"".join(made_by)).hexdigest()[:16]


def build(home: Home, releases: list[dict[str, Any]], made_of: str) -> None:
    """Writes the table; empty if no terminology has two real releases. A terminology whose releases are as before is not compared again."""
    parts = [_part(home, releases, before, after) for before, after in newest_pairs(releases)]
    empty = ", ".join(f"NULL::{kind} AS {name}" for name, kind in TYPES.items())
    rows = f"FROM read_parquet([{', '.join(map(quoted, parts))}])" if parts else f"SELECT {empty} WHERE false"
    note = quoted(_note(made_of))
    with parquet.database() as db:
        parquet.swap_in(changes_path(home), lambda beside: db.execute(f"COPY ({rows}) TO {quoted(beside)} (FORMAT parquet, COMPRESSION zstd, KV_METADATA {{{parquet.NOTE}: {note}}})"))
    for old in set(_folder(home).glob("*.parquet")) - set(parts):
        old.unlink(missing_ok=True)


def _folder(home: Home) -> Path:
    return home.reference / "changes"


def _part(home: Home, releases: list[dict[str, Any]], before: dict[str, Any], after: dict[str, Any]) -> Path:
    """The file with one terminology's rows, written unless it is there."""
    own = [[m[name] for name in ("release", "valid_from", "content", "partial", "synthetic", "stand_in")] + [m.get("delta")] for m in releases if m["terminology"] == after["terminology"]]
    key = hashlib.sha256(f"{_version()} {own}".encode()).hexdigest()[:16]
    path = _folder(home) / f"{store.slug(after['terminology'])}-{key}.parquet"
    if not path.is_file():
        parquet.write_rows(path, TYPES, _rows(releases, before, after))
    return path


def _rows(releases: list[dict[str, Any]], before: dict[str, Any], after: dict[str, Any]) -> list[list[Any]]:
    about = [after["terminology"], before["release"], after["release"], before["valid_from"], after["valid_from"], bool(before["partial"] or after["partial"])]
    found = compare(releases, before, after)
    return [[*about, *((" ".join(row[name]) if name == "changes" else row[name]) for name in COLUMNS)] for row in found]
