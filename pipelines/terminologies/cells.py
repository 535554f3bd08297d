"""Cells and sheets of a table: text as a person sees it, and marks of what a spreadsheet did to it.

Belongs here: bytes, numbers, dates as text; what a sheet is. Does not: files (`source`), what a column means (`layout`).
A number is never trusted to be one: codes are text.
"""

import codecs
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

LOST_DIGITS = "\ufffdnumber"  # a numeric cell longer than the 15 digits a spreadsheet keeps; what it shows may follow
A_DATE = "\ufffddate"  # a cell that a spreadsheet has turned into a date; only wrong in a column of codes

Row = list[str | None]


@dataclass
class Sheet:
    """One table of a file: its name ('' if the file has but one) and its rows, the header row among them."""

    name: str
    rows: list[Row]
    numeric: set[int] = field(default_factory=set)  # columns that held cells stored as numbers
    lines: list[int] = field(default_factory=list)  # row → its number in the file, where blank rows were dropped

    def line(self, place: int) -> int:
        """The number a person finds a row by."""
        return self.lines[place] if place < len(self.lines) else place + 1


def number_text(value: int | float, number_format: str = "") -> str:
    """A numeric cell as a person sees it: `90.1`, `36` with format `000` is `036`; LOST_DIGITS beyond 15 digits."""
    if value != value or value in (float("inf"), float("-inf")):
        return "NULL"
    if abs(value) >= 10**15:
        return LOST_DIGITS
    if value == int(value):
        text = str(int(value))
        return text.zfill(len(number_format)) if number_format and set(number_format) == {"0"} else text
    return format(value, ".15g")


def cell_text(value: object) -> str | None:
    """One cell as text: dates as ISO, marked A_DATE if they carry a time of day or came as dates; None if blank."""
    if value is None:
        return None
    if isinstance(value, (dt.datetime, dt.date)):
        return A_DATE + value.isoformat()[:10]
    return str(value).strip() or None


def spreadsheet_row(cells: Iterable[Any], numeric: set[int]) -> Row:
    """A row of a workbook; `numeric` collects the places of numbers. Digits beyond 15 are kept behind their mark."""
    row: Row = []
    for place, cell in enumerate(cells):
        value = cell.value
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            numeric.add(place)
            text = number_text(value, str(cell.number_format or ""))
            value = f"{text}{int(value)}" if text == LOST_DIGITS else text
        row.append(cell_text(value))
    return row


def exact(value: object, place: int, numeric: set[int]) -> str | None:
    """A value of a typed file (Parquet, JSON): whole numbers there are exact, whatever their length."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        numeric.add(place)
        return str(value) if isinstance(value, int) else number_text(value)
    return cell_text(value)


def plain(text: str | None) -> str | None:
    """A cell that is no code: the marks of a spreadsheet taken off."""
    if text is None or text[0] != "\ufffd":
        return text
    return None if text.startswith(LOST_DIGITS) else text.removeprefix(A_DATE)


def decode(data: bytes) -> str:
    """Text of UTF-16 with a mark, UTF-8 with or without one, else Windows-1256 (Persian Windows)."""
    return data.decode(encoding_of(data))


def encoding_of(data: bytes) -> str:
    """Found a piece at a time: a large file is not held twice."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), 1 << 20):
            decoder.decode(data[start : start + (1 << 20)])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "windows-1256"
    return "utf-8-sig"
