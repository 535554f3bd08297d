"""Opens a table somebody gave us (CSV, TSV, XLSX, Parquet) as sheets of text cells, exactly as written.

Belongs here: encodings, delimiters, spreadsheet cells. Does not: what a column means.
A number is never trusted to be one: codes are text, so cells become the text a person sees.
"""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipelines.errors import InputError
from pipelines.terminologies.parquet import database, quoted

KINDS = ".csv, .tsv, .txt, .xlsx, .parquet"
LOST_DIGITS = "\ufffdnumber"  # a numeric cell longer than the 15 digits a spreadsheet keeps
A_DATE = "\ufffddate"  # a cell that a spreadsheet has turned into a date; only wrong in a column of codes

Row = list[str | None]


@dataclass
class Sheet:
    """One table of a file: its name ('' if the file has but one) and its rows, the header row among them."""

    name: str
    rows: list[Row]
    numeric: set[int] = field(default_factory=set)  # columns that held cells stored as numbers


def read_sheets(path: Path) -> list[Sheet]:
    """Every sheet of a file. Cells are stripped text or None; wholly blank rows are left out. Raises InputError."""
    if not path.is_file():
        raise InputError(f"{path}: there is no such file.")
    suffix = path.suffix.lower()
    try:
        if suffix in (".csv", ".tsv", ".txt"):
            return [Sheet("", list(_text_rows(path.read_bytes(), suffix)))]
        if suffix in (".xlsx", ".xlsm"):
            return _workbook(path)
        if suffix in (".parquet", ".pq"):
            return [_parquet(path)]
    except Exception as error:  # whatever a broken file makes a reader raise, the user hears one line
        raise InputError(
            f"{path}: cannot be read as {suffix} ({type(error).__name__}: {str(error).partition(chr(10))[0]}). Save it again as CSV (UTF-8) or XLSX."
        ) from error
    raise InputError(f"{path}: '{suffix or 'no suffix'}' is not a kind of file read here. Accepted: {KINDS}.")


def decode(data: bytes) -> str:
    """Text of UTF-16 with a mark, UTF-8 with or without one, else Windows-1256 (Persian Windows)."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("windows-1256")


def _text_rows(data: bytes, suffix: str) -> Iterator[Row]:
    text = decode(data)
    if "\0" in text:
        raise ValueError("it holds NUL characters: not a text file")
    head = text[: text.find("\n") + 1] or text
    delimiter = "\t" if suffix == ".tsv" else max(",\t;|", key=head.count)
    csv.field_size_limit(1 << 24)
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        cells: Row = [cell.strip() or None for cell in row]
        if any(cells):
            yield cells


def _workbook(path: Path) -> list[Sheet]:
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    sheets = []
    try:
        for page in book.worksheets:
            # hidden sheets too: the official drug workbook hides its prescribing lists
            page.reset_dimensions()  # written wrong by some exporters
            numeric: set[int] = set()
            rows = [row for cells in page.iter_rows() if any(row := _cells(cells, numeric))]
            sheets.append(Sheet(page.title, rows, numeric))
    finally:
        book.close()
    return sheets


def _cells(cells: Iterable[Any], numeric: set[int]) -> Row:
    row: Row = []
    for place, cell in enumerate(cells):
        value = cell.value
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            numeric.add(place)
            value = number_text(value, str(cell.number_format or ""))
        row.append(cell_text(value))
    return row


def number_text(value: int | float, number_format: str = "") -> str:
    """A numeric cell as a person sees it: `90.1`, `36` with format `000` is `036`; LOST_DIGITS beyond 15 digits."""
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


def _parquet(path: Path) -> Sheet:
    with database() as db:
        found = db.execute(f"FROM read_parquet({quoted(path)})")
        headers: Row = [column[0] for column in found.description]
        numeric: set[int] = set()
        body = [[_exact(value, place, numeric) for place, value in enumerate(row)] for row in found.fetchall()]
    return Sheet("", [headers, *body], numeric)


def _exact(value: object, place: int, numeric: set[int]) -> str | None:
    """A value of a typed file: whole numbers there are exact, whatever their length."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        numeric.add(place)
        return str(value) if isinstance(value, int) else number_text(value)
    return cell_text(value)
