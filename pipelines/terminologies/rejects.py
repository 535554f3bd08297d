"""Rows that were left out, listed one by one with their reasons, for whoever has to put a list right.

Belongs here: the list in a file, reasons and gaps in sentences. Does not: deciding what is left out (`neutral`).
"""

import csv
import datetime as dt
from pathlib import Path
from typing import Any

from pipelines import jalali
from pipelines.settings import Home
from pipelines.terminologies import parquet, store
from pipelines.terminologies.neutral import Neutral

HEADER = ("file", "sheet", "row", "code", "title", "reason")


def path_of(home: Home, terminology: str, release: str) -> Path:
    """`reference/rejected/<terminology>/<release>.csv`."""
    return home.reference / "rejected" / store.slug(terminology) / f"{store.slug(release)}.csv"


def write(home: Home, meta: dict[str, Any], read: Neutral, file: str) -> Path | None:
    """Lists what was left out of a release, behind what was left out of its earlier files."""
    target = path_of(home, meta["terminology"], meta["release"])
    rows = [list(row) for row in _held(target, file)] if len(meta["sources"]) > 1 else []
    rows += [[file, sheet, str(line), code, title, reason] for sheet, line, code, title, reason in read.rejects]
    if not rows:
        target.unlink(missing_ok=True)
        return None

    def dump(beside: Path) -> None:
        with beside.open("w", encoding="utf-8-sig", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerows([HEADER, *rows])

    parquet.swap_in(target, dump)
    return target


def _held(target: Path, file: str) -> list[list[str]]:
    if not target.is_file():
        return []
    with target.open(encoding="utf-8-sig", newline="") as stream:
        return [row for row in list(csv.reader(stream))[1:] if row and row[0] != file]


def reasons(read: Neutral) -> str:
    """All reasons with their counts, in one line."""
    return "; ".join(f"{reason}: {rows}" for reason, rows in read.rejected.items()) or "it has no rows"


def note_gaps(read: Neutral, terminology: str, given: list[dict[str, Any]], day: dt.date, replace: bool) -> None:
    """Notes what people tend to find out too late."""
    untitled = sum(
        1
        for fa, en, status in zip(
            read.columns["title_fa"], read.columns["title_en"], read.columns["status"], strict=True
        )
        if fa is None and en is None and status != "retired"
    )
    if untitled:
        read.notes.append(f"{untitled} codes have no title: titles sent with them are not compared")
    if replace or not any(m["valid_from"] < day.isoformat() for m in given):
        read.notes.append(
            f"before {jalali.jdate(day)} ({day}) no code of {terminology} is in force, but for rows with an earlier valid_from"
        )
