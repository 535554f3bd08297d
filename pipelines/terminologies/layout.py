"""Which column of a sheet is which: `columns.yaml`, headers below titles, headers of two rows, lists without a header.

Belongs here: headers. Does not: what stands below them.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pipelines import persian
from pipelines.terminologies import names, shapes
from pipelines.terminologies.cells import Row
from pipelines.terminologies.source import Sheet

DEPTH = 20  # rows among which a header is looked for
_NOT_LISTS = ("signatures", "distributions")


@dataclass
class Layout:
    """A sheet that holds codes of a terminology: where its data begin and which part stands in which column."""

    sheet: Sheet
    start: int
    places: dict[str, int]

    @property
    def titled(self) -> bool:
        return bool({"title", "title_fa", "title_en", "description"} & self.places.keys())


@cache
def distributions() -> list[dict[str, Any]]:
    """What official files hold together: name, terminologies, columns."""
    return _yaml()["distributions"]


@cache
def _yaml() -> dict[str, Any]:
    import yaml

    return yaml.safe_load((Path(__file__).parent / "columns.yaml").read_text("utf-8"))


def aliases() -> dict[str, dict[str, list[str]]]:
    """`columns.yaml`: terminology (or `any`) → part of the neutral release → accepted headers."""
    return {name: parts for name, parts in _yaml().items() if name not in _NOT_LISTS}


def accepted(terminology: str) -> dict[str, list[str]]:
    """Part of the neutral release → accepted headers of one terminology, its own first."""
    own, common = aliases().get(terminology, {}), aliases()["any"]
    return {part: [*own.get(part, []), *common.get(part, [])] for part in {**common, **own}}


@cache
def wanted(terminology: str) -> dict[str, list[str]]:
    """The same as `accepted`, in the form headers are compared in."""
    return {part: [persian.match_key(h) for h in headers] for part, headers in accepted(terminology).items()}


@cache
def _every_header() -> frozenset[str]:
    return frozenset(key for name in names.known() for keys in wanted(name).values() for key in keys)


def known_headers(row: Row) -> list[bool]:
    """For each cell of a header row, whether some terminology knows it; empty if the row is no header."""
    known = [persian.match_key(cell) in _every_header() for cell in row]
    return known if sum(known) > 1 else []


def layout(sheet: Sheet, terminology: str) -> Layout | None:
    """How a sheet is laid out: its header is the first of 20 rows that names a code, with the row above or below where cells were merged."""
    for number, row in enumerate(sheet.rows[:DEPTH]):
        places = _places(row, terminology)
        if "code" in places:
            return _with_neighbours(sheet, number, places, terminology)
    return _without_header(sheet, terminology)


def _places(row: Row, terminology: str) -> dict[str, int]:
    keys = [persian.match_key(cell) for cell in row]
    bracketed = [in_brackets(cell) for cell in row]
    places = {}
    for part, headers in wanted(terminology).items():
        found = next((h for h in headers if h in keys), None)
        if found is not None:
            places[part] = keys.index(found)
        elif found := next((h for h in headers if h in bracketed), None):
            places[part] = bracketed.index(found)
    for known in _yaml()["signatures"].get(terminology, []):
        if {persian.match_key(h) for h in known["needs"]} <= set(keys):
            places |= {part: keys.index(persian.match_key(h)) for part, h in known["as"].items()}
    return places


def in_brackets(cell: str | None) -> str:
    """The Latin name that a Persian header gives in brackets: `کد فرآورده (IRC)`."""
    found = re.search(r"[(\[]([A-Za-z_ ]+)[)\]]", cell or "")
    return persian.match_key(found[1]) if found else ""


def _with_neighbours(sheet: Sheet, number: int, places: dict[str, int], terminology: str) -> Layout:
    """Joins a header of two rows: in a merged cell only the first row, or only the first column, has the text."""
    row, code = sheet.rows[number], places["code"]
    below = sheet.rows[number + 1] if number + 1 < len(sheet.rows) else []
    start = number + 1
    if _is_header_part(below, _every_header()) and (code >= len(below) or below[code] is None):
        row, start = _over(below, row), number + 2
    elif number and _is_header_part(sheet.rows[number - 1], {key for keys in wanted(terminology).values() for key in keys}):
        row = _over(row, sheet.rows[number - 1])
    return Layout(sheet, start, _places(row, terminology))


def _is_header_part(row: Row, known: Collection[str]) -> bool:
    return any(persian.match_key(cell) in known for cell in row if cell)


def _over(low: Row, high: Row) -> Row:
    width = max(len(low), len(high))
    low, high = [*low, *[None] * (width - len(low))], [*high, *[None] * (width - len(high))]
    return [under or above for under, above in zip(low, high, strict=True)]


def _without_header(sheet: Sheet, terminology: str) -> Layout | None:
    """A plain list: the first column holds codes from the first row on."""
    first = [row[0] for row in sheet.rows if row]
    if not first or not shapes.fits(terminology, first[0]) or not shapes.mostly(terminology, first):
        return None
    return Layout(sheet, 0, {"code": 0} | ({"title": 1} if max(map(len, sheet.rows)) > 1 else {}))
