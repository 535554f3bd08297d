"""Opens a table somebody gave us as sheets of text cells, exactly as written. The content says what it is, not the name.

Belongs here: telling kinds of files apart, encodings, delimiters, workbooks. Does not: what a column means; JSON, XML (`records`, `claml`).
"""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from pipelines.errors import InputError
from pipelines.terminologies.cells import (
    A_DATE,
    LOST_DIGITS,
    Row,
    Sheet,
    cell_text,
    decode,
    encoding_of,
    exact,
    number_text,
    spreadsheet_row,
)
from pipelines.terminologies.parquet import database, quoted

__all__ = ["A_DATE", "KINDS", "LOST_DIGITS", "Row", "Sheet", "cell_text", "decode", "number_text", "read_sheets"]

KINDS = ".csv, .tsv, .txt, .xlsx, .parquet, .json, .xml (ClaML), .zip"
_TEXT = {".csv", ".tsv", ".txt", ".tab", ".json", ".jsonl", ".ndjson", ".xml", ".claml"}
_WIDE = 16  # of a wider text table only the columns that some terminology knows are kept
_WHO_META = re.compile(r"[345];[NT];[^;]*;\d{2};[A-Z]\d\d;[A-Z]\d\d")  # icd102019syst_codes.txt, which has no header
_WHO_HEADER: Row = ["level", "terminal", "place", "chapter", "block", "printed", "code", "without_dot", "title"]


def read_sheets(path: Path) -> list[Sheet]:
    """Every sheet of a file. Cells are stripped text or None; wholly blank rows are left out. Raises InputError."""
    if not path.is_file():
        raise InputError(f"{path}: there is no such file.")
    suffix = path.suffix.lower()
    try:
        return _read(path, suffix)
    except InputError:
        raise
    except Exception as error:  # whatever a broken file makes a reader raise, the user hears one line
        raise InputError(
            f"{path}: cannot be read as {suffix} ({type(error).__name__}: {str(error).partition(chr(10))[0]}). Save it again as CSV (UTF-8) or XLSX."
        ) from error


def _read(path: Path, suffix: str) -> list[Sheet]:
    from pipelines.terminologies import claml, records

    with path.open("rb") as stream:
        head = stream.read(4096)
    if head[:4] == b"PAR1" or suffix in (".parquet", ".pq"):
        return [_parquet(path)]
    if head[:4] == b"PK\3\4" or suffix in (".xlsx", ".xlsm"):
        return _workbook(path)
    if head[:4] == b"\xd0\xcf\x11\xe0":
        raise InputError(f"{path}: an old Excel workbook (.xls) is not read. Save it again as XLSX or CSV (UTF-8).")
    first = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if first == b"<":
        return claml.read(path)
    if suffix in (".json", ".jsonl", ".ndjson") or (first in (b"[", b"{") and suffix in _TEXT):
        return records.read(decode(path.read_bytes()))
    if suffix not in _TEXT:
        raise InputError(
            f"{path}: '{suffix or 'no suffix'}' is not a kind of file read here, and its content is none of them. Accepted: {KINDS}."
        )
    return [text_sheet(path.read_bytes(), suffix)]


def text_sheet(data: bytes, suffix: str = "") -> Sheet:
    """A text table; WHO's list of ICD-10 codes gets the header it lacks."""
    encoding = encoding_of(data)
    head = data[: 1 << 16].decode(encoding, "replace")
    if encoding != "utf-16" and b"\0" in data:
        raise ValueError("it holds NUL characters: not a text file")
    sheet = Sheet("", [])
    if _WHO_META.match(head):
        rows = ([cell.strip() or None for cell in line.split(";")[:9]] for line in decode(data).splitlines() if line)
        return Sheet("", [list(_WHO_HEADER), *rows])
    stream = io.TextIOWrapper(io.BytesIO(data), encoding, newline="")
    delimiter = "\t" if suffix == ".tsv" else max(",\t;|", key=(head[: head.find("\n") + 1] or head).count)
    for line, row in _text_rows(stream, delimiter):
        sheet.rows.append(row)
        sheet.lines.append(line)
    return sheet


def _text_rows(stream: io.TextIOWrapper, delimiter: str) -> Iterator[tuple[int, Row]]:
    from pipelines.terminologies.layout import known_headers

    csv.field_size_limit(1 << 24)
    keep: list[bool] | None = None
    reader = csv.reader(stream, delimiter=delimiter)
    line = 1
    for row in reader:
        cells: Row = [cell.strip() or None for cell in row]
        if keep:
            cells = [cell if kept else None for cell, kept in zip(cells, keep, strict=False)]
        elif keep is None:
            keep = known_headers(cells) if len(cells) > _WIDE else []
        if any(cells):
            yield line, cells
        line = reader.line_num + 1


def _workbook(path: Path) -> list[Sheet]:
    import openpyxl

    with path.open("rb") as stream:  # opened here: a name without .xlsx is no reason to refuse
        book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
        sheets = []
        for page in book.worksheets:
            # hidden sheets too: the official drug workbook hides its prescribing lists
            page.reset_dimensions()  # written wrong by some exporters
            sheet = Sheet(page.title, [])
            for line, cells in enumerate(page.iter_rows(), 1):
                if any(row := spreadsheet_row(cells, sheet.numeric)):
                    sheet.rows.append(row)
                    sheet.lines.append(line)
            sheets.append(sheet)
        book.close()
    return sheets


def _parquet(path: Path) -> Sheet:
    with database() as db:
        found = db.execute(f"FROM read_parquet({quoted(path)})")
        headers: Row = [column[0] for column in found.description]
        numeric: set[int] = set()
        body = [[exact(value, place, numeric) for place, value in enumerate(row)] for row in found.fetchall()]
    return Sheet("", [headers, *body], numeric)
