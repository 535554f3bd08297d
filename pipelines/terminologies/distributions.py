"""Official files, by the columns they have together: which lists a sheet holds, and in words which column a file lacks.

Belongs here: likeness to `distributions` of columns.yaml. A column counts as there under any header that fills the same part.
Does not: which column is which (`layout`).
"""

import itertools
from dataclasses import dataclass

from pipelines import persian
from pipelines.terminologies import names
from pipelines.terminologies.cells import Sheet
from pipelines.terminologies.layout import DEPTH, aliases, distributions, in_brackets, layout, wanted

_ENOUGH = 3  # columns in common before a file is said to look like another


@dataclass
class _Likeness:
    """How far the header of a sheet is that of an official file."""

    name: str
    there: int
    lacks: list[str]


def terminologies_of(sheet: Sheet) -> list[str]:
    """Which code lists a sheet holds: by a known set of columns, by a column that only one has, or by the sheet's own name."""
    rows = _headers(sheet)
    for known in distributions():
        if any({persian.match_key(c) for c in known["columns"]} <= row for row in rows):
            return list(known["terminologies"])
    own = [
        name
        for name in names.known()
        if any(persian.match_key(h) in row for h in aliases().get(name, {}).get("code", []) for row in rows)
    ]
    said = names.find(sheet.name)
    return own or ([said] if said and layout(sheet, said) else []) or _by_other_headers(rows)


def _by_other_headers(rows: list[set[str]]) -> list[str]:
    """Lists whose columns are all there under other accepted headers, if three of them say something that only this list says."""
    for known in distributions():
        for name in known["terminologies"]:
            parts = [part for part in aliases().get(name, {}) if part.startswith(("fact.", "map."))]
            for row in rows:
                own = sum(any(h in row for h in wanted(name)[part]) for part in parts)
                if own >= _ENOUGH and not _likeness(row, known, name).lacks:
                    return [name]
    return []


def missing(sheets: list[Sheet], terminology: str) -> str:
    """In words, what a file lacks to be a list of the terminology: columns of the distribution it resembles most; '' if it lacks none."""
    best, where = _Likeness("", _ENOUGH - 1, []), ""
    for sheet in sheets:
        for row in _headers(sheet):
            for known in distributions():
                if terminology in known["terminologies"]:
                    found = _likeness(row, known, terminology)
                    if found.there >= _ENOUGH and not found.lacks:
                        return ""
                    if found.there > best.there:
                        best, where = found, f", sheet {sheet.name}," if sheet.name else ""
    return f" It looks like «{best.name}»{where} without the column{'s' * (len(best.lacks) > 1)} {', '.join(best.lacks)}." if best.lacks else ""


def _headers(sheet: Sheet) -> list[set[str]]:
    """What stands in each of the first rows, and in two that follow each other: a header may have two rows."""
    keys = [{key for cell in row if cell for key in (persian.match_key(cell), in_brackets(cell)) if key} for row in sheet.rows[:DEPTH]]
    return keys + [one | next_ for one, next_ in itertools.pairwise(keys)]


def _likeness(row: set[str], known: dict, terminology: str) -> _Likeness:
    lacks = [column for column in known["columns"] if not _is_there(persian.match_key(column), row, terminology)]
    return _Likeness(known["name"], len(known["columns"]) - len(lacks), lacks)


def _is_there(key: str, row: set[str], terminology: str) -> bool:
    parts = (headers for headers in wanted(terminology).values() if key in headers)
    return key in row or any(header in row for headers in parts for header in headers)
