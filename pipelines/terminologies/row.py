"""The neutral shape of a release, and what single cells of a row say: titles, status, days.

Belongs here: one row. Does not: rows beside each other (`neutral`).
"""

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from pipelines import jalali, persian
from pipelines.errors import InputError
from pipelines.terminologies import facts
from pipelines.terminologies.cells import Row, plain

COLUMNS = ("code", "title_fa", "title_en", "status", "valid_from", "valid_to", "successor")
STORED = (*COLUMNS, "facts")
_PERSIAN = re.compile("[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufefc]")
_RVU_DELETED = "حذفشدهوقابلگزارش"  # how the book itself says that a code is deleted, in match_key form
_MIDNIGHT = re.compile("[ T]0?0:00(:00)?([.]0+)?Z?$")
_NO = {"0", "false", "no", "n", "خیر", "غیرفعال"}
DELETED = {"delete", "deleted", "remove", "removed", "d", "حذف", "حذف شده"}
_CHANGES = {"new", "update", "updated", "جدید", "ویرایش"} | DELETED


@dataclass
class Neutral:
    """Columns of equal length in the neutral shape, and what happened to the rows of the source."""

    columns: dict[str, list[Any]] = field(default_factory=lambda: {name: [] for name in STORED})
    rejected: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)  # reason → first few codes or row numbers
    notes: list[str] = field(default_factory=list)
    rejects: list[tuple[str, int, str, str, str]] = field(default_factory=list)  # sheet, row, code, title, reason
    actions: Counter[str] = field(default_factory=Counter)  # what the column Action says, '' where it says nothing
    held: int = 0  # rows that were there before
    changed: int = 0  # of those, how many were completed

    @property
    def rows(self) -> int:
        """Rows that are new."""
        return len(self.columns["code"]) - self.held

    @property
    def is_delta(self) -> bool:
        """True if a column Action names changes only: no row is old or unmarked."""
        return bool(self.actions) and set(self.actions) <= _CHANGES

    def reject(self, reason: str, example: str) -> None:
        """Counts one row left out."""
        self.rejected[reason] += 1
        shown = self.examples.setdefault(reason, [])
        if len(shown) < 5:
            shown.append(example)


def titles_of(cells: dict[str, str | None]) -> tuple[str | None, str | None]:
    title_fa, title_en, title = cells.get("title_fa"), cells.get("title_en"), cells.get("title")
    described = cells.get("description")
    title = title or (None if title_fa or title_en else described)
    if title and _PERSIAN.search(title):
        title_fa = title_fa or title
    else:
        title_en = title_en or title
    if title_fa is None and described and _PERSIAN.search(described):
        title_fa = described
    return title_fa, title_en


def status_of(cells: dict[str, str | None], terminology: str, title: str | None) -> str | None:
    if cells.get("status"):
        return cells["status"]
    said = f"{title or ''} {cells.get('description') or ''}"
    if terminology == "RVU3" and "حذف" in said and _RVU_DELETED in persian.match_key(said):
        return "deleted"
    active = cells.get("active")
    return None if active is None else "inactive" if persian.clean(active).casefold() in _NO else "active"


def day_of(text: str | None, column: str, where: str, number: int) -> dt.date | None:
    if text is None:
        return None
    try:
        return jalali.parse_day(_MIDNIGHT.sub("", text))
    except InputError as error:
        raise InputError(
            f"{where}, row {number}, column {column}: {error} Correct it and add the file again."
        ) from None


def raw(row: Row, place: int) -> str | None:
    """A cell as it stands; None beyond the end of a short row."""
    return row[place] if place < len(row) else None


def cell(row: Row, place: int, part: str) -> str | None:
    """A cell; the marks of what a spreadsheet did to it matter to codes only."""
    text = raw(row, place)
    return text if part == "code" else plain(text)


def new_row(
    cells: dict[str, str | None], code: str | None, mark: str | None, terminology: str, sheet: str
) -> tuple[dict[str, Any], list[str]]:
    """(a row of the neutral shape but for its days, names of facts that were left out)."""
    title_fa, title_en = titles_of(cells)
    status = status_of(cells, terminology, title_fa or title_en)
    if status is None:
        deleted = (cells.get("action") or "").casefold() in DELETED
        status = "deleted" if deleted else "asterisk" if mark == "asterisk" else None
    row_facts, spilled = facts.of_row(cells, mark, terminology, sheet)
    row = {"code": code, "title_fa": title_fa, "title_en": title_en, "status": status}
    return row | {"successor": cells.get("successor"), "facts": row_facts}, spilled
