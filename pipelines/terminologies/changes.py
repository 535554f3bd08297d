"""`reference.release_changes`: what the newest real release of each terminology changes against the one before it.

Belongs here: the table that reports join with the traffic. Does not: comparing (`diff`), or any two releases somebody names.
"""

import hashlib
import itertools
from pathlib import Path
from typing import Any

from pipelines.settings import Home
from pipelines.terminologies import parquet
from pipelines.terminologies.diff import COLUMNS, compare
from pipelines.terminologies.pairs import newest_pairs

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
    made_by = ((Path(__file__).parent / name).read_bytes() for name in ("diff.sql", "diff.py", "changes.py", "pairs.py"))
    return f"{hashlib.sha256(b''.join(made_by)).hexdigest()[:16]} {made_of}"


def build(home: Home, releases: list[dict[str, Any]], made_of: str) -> None:
    """Writes the table; empty if no terminology has two real releases."""
    rows = itertools.chain.from_iterable(_rows(releases, before, after) for before, after in newest_pairs(releases))
    parquet.write_rows(changes_path(home), TYPES, rows, _note(made_of))


def _rows(releases: list[dict[str, Any]], before: dict[str, Any], after: dict[str, Any]) -> list[list[Any]]:
    about = [after["terminology"], before["release"], after["release"], before["valid_from"], after["valid_from"], bool(before["partial"] or after["partial"])]
    found = compare(releases, before, after)
    return [[*about, *((" ".join(row[name]) if name == "changes" else row[name]) for name in COLUMNS)] for row in found]
