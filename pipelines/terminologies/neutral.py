"""Turns a given file into the neutral release: code, title_fa, title_en, status, valid_from, valid_to, successor.

Belongs here: which column is which (`columns.yaml`), and which rows are left out and why. Does not: where releases are stored.
A row that cannot be used is counted with its reason; only a file without a column of codes is refused.
"""

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from pipelines import jalali, persian
from pipelines.errors import InputError
from pipelines.terminologies import names
from pipelines.terminologies.source import A_DATE, LOST_DIGITS, Row, Sheet, read_sheets

COLUMNS = ("code", "title_fa", "title_en", "status", "valid_from", "valid_to", "successor")
Key = tuple[str | None, dt.date | None]  # code and its own valid_from
_PERSIAN = re.compile("[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufefc]")
_RVU_DELETED = "حذفشدهوقابلگزارش"  # how the book itself says that a code is deleted, in match_key form
_MIDNIGHT = re.compile("[ T]0?0:00(:00)?([.]0+)?Z?$")
_NO = {"0", "false", "no", "n", "خیر", "غیرفعال"}


@dataclass
class Neutral:
    """Columns of equal length in the neutral shape, and what happened to the rows of the source."""

    columns: dict[str, list[Any]] = field(default_factory=lambda: {name: [] for name in COLUMNS})
    rejected: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)  # reason → first few codes or row numbers
    notes: list[str] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return len(self.columns["code"])

    def reject(self, reason: str, example: str) -> None:
        """Counts one row left out."""
        self.rejected[reason] += 1
        shown = self.examples.setdefault(reason, [])
        if len(shown) < 5:
            shown.append(example)


@cache
def aliases() -> dict[str, dict[str, list[str]]]:
    """`columns.yaml`: terminology (or `any`) → part of the neutral release → accepted headers."""
    import yaml

    return yaml.safe_load((Path(__file__).parent / "columns.yaml").read_text("utf-8"))


def accepted(terminology: str) -> dict[str, list[str]]:
    """Part of the neutral release → accepted headers of one terminology, its own first."""
    own, common = aliases().get(terminology, {}), aliases()["any"]
    return {part: [*own.get(part, []), *common.get(part, [])] for part in {**common, **own}}


def read_neutral(path: Path, terminology: str, known: set[Key] | None = None) -> Neutral:
    """Reads a file as a release of a terminology (canonical id). `known` are (code, valid_from) already held (`--append`).

    Raises InputError if the file cannot be read, has no column of codes, or holds a date that is none.
    """
    result = Neutral()
    sheets = read_sheets(path)
    laid_out = [(sheet, *layout) for sheet in sheets if (layout := _layout(sheet, terminology))]
    if not laid_out:
        headers = " | ".join(str(cell) for sheet in sheets for cell in (sheet.rows[0] if sheet.rows else []) if cell)
        raise InputError(
            f"{path}: no column of codes for {terminology}. Accepted headers: {', '.join(accepted(terminology)['code'])}; "
            f"found: {headers[:300] or 'nothing'}. Rename the column to 'code' and add the file again."
        )
    skipped = [sheet.name for sheet in sheets if all(sheet is not used for used, *_ in laid_out)]
    if skipped:
        result.notes.append(f"sheets without a column of codes were left out: {', '.join(skipped)}")
    titles: dict[Key, str | None] = dict.fromkeys(known or (), None)
    # sheets with titles first: a sheet that only mentions codes must not hide their titles
    for sheet, start, places in sorted(
        laid_out, key=lambda used: not {"title", "title_fa", "title_en"} & used[2].keys()
    ):
        _take(result, sheet, start, places, terminology, titles, path)
    return result


def _layout(sheet: Sheet, terminology: str) -> tuple[int, dict[str, int]] | None:
    """(number of the first data row, part → column) of a sheet: its header is the first of 20 rows that names a code."""
    wanted = {
        part: [persian.match_key(header) for header in headers] for part, headers in accepted(terminology).items()
    }
    for number, row in enumerate(sheet.rows[:20]):
        keys = [persian.match_key(cell) for cell in row]
        places = {
            part: keys.index(next(h for h in headers if h in keys))
            for part, headers in wanted.items()
            if any(h in keys for h in headers)
        }
        if "code" in places:
            return number + 1, places
    return None


def _take(
    result: Neutral,
    sheet: Sheet,
    start: int,
    places: dict[str, int],
    terminology: str,
    titles: dict[Key, str | None],
    path: Path,
) -> None:
    where = f"{path}, sheet {sheet.name}" if sheet.name else str(path)
    if places["code"] in sheet.numeric:
        result.notes.append(
            f"{where}: some codes are stored as numbers; leading zeros may be lost. Format the column as text."
        )
    columns = result.columns
    for number, row in enumerate(sheet.rows[start:], start + 1):
        cells = {part: _cell(row, place, part) for part, place in places.items()}
        code, reason = _code(cells, terminology)
        title_fa, title_en = _titles(cells)
        title = title_fa or title_en
        since, until = (_day(cells.get(part), part, where, number) for part in ("valid_from", "valid_to"))
        key = (code, since)  # a code may stand twice with different beginnings: its history
        if reason is None:
            reason = (
                _repeated(titles[key], title)
                if key in titles
                else "ends before it begins"
                if since and until and until < since
                else None
            )
        if reason:
            result.reject(reason, code or f"row {number}")
            continue
        titles[key] = title
        columns["code"].append(code)
        columns["title_fa"].append(title_fa)
        columns["title_en"].append(title_en)
        columns["status"].append(_status(cells, terminology, title))
        columns["valid_from"].append(since)
        columns["valid_to"].append(until)
        columns["successor"].append(cells.get("successor"))


def _cell(row: Row, place: int, part: str) -> str | None:
    """A cell; the marks of what a spreadsheet did to it matter to codes only."""
    text = row[place] if place < len(row) else None
    if text is None or part == "code" or text[0] != "\ufffd":
        return text
    return None if text == LOST_DIGITS else text.removeprefix(A_DATE)


def _repeated(first: str | None, title: str | None) -> str:
    return "repeated code" if first is None or title is None or first == title else "repeated code with another title"


def _code(cells: dict[str, str | None], terminology: str) -> tuple[str | None, str | None]:
    """(code, reason to leave the row out)."""
    said = cells.get("terminology")
    if said and names.find(said) != terminology:
        return cells["code"], "another terminology"
    code = cells["code"]
    if not code or code.upper() == "NULL":
        return None, "blank code"
    if code == LOST_DIGITS:
        return None, "code stored as a number of more than 15 digits: a spreadsheet loses its last digits"
    if code.startswith(A_DATE):
        return None, "code turned into a date by a spreadsheet"
    return code, None


def _titles(cells: dict[str, str | None]) -> tuple[str | None, str | None]:
    title_fa, title_en, title = cells.get("title_fa"), cells.get("title_en"), cells.get("title")
    if title and _PERSIAN.search(title):
        title_fa = title_fa or title
    else:
        title_en = title_en or title
    return title_fa, title_en


def _status(cells: dict[str, str | None], terminology: str, title: str | None) -> str | None:
    if cells.get("status"):
        return cells["status"]
    if terminology == "RVU3" and title and "حذف" in title and _RVU_DELETED in persian.match_key(title):
        return "deleted"
    active = cells.get("active")
    return None if active is None else "inactive" if persian.clean(active).casefold() in _NO else "active"


def _day(text: str | None, column: str, where: str, number: int) -> dt.date | None:
    if text is None:
        return None
    try:
        return jalali.parse_day(_MIDNIGHT.sub("", text))
    except InputError as error:
        raise InputError(
            f"{where}, row {number}, column {column}: {error} Correct it and add the file again."
        ) from None
