"""CSV with the payload in a column. Everything is text; a bad row is one broken frame, however many lines it took.

Trap met: an unclosed quote swallows the rows behind it. Rows are therefore told apart by lines before `csv` sees them: inside a
quoted payload every quote is doubled, so a line with a lone quote before `<` or `{` in the payload's column begins a new row.
"""

import csv
import re
import sys
from collections.abc import Iterator
from typing import NamedTuple

from pipelines.landed.columns import Columns
from pipelines.landed.content import LARGEST
from pipelines.landed.framing.frame import BrokenFrame, Frame
from pipelines.landed.framing.streams import Stream

csv.field_size_limit(min(sys.maxsize, 2**31 - 1, LARGEST * 4))
Line = tuple[int, str]


class _Header(NamedTuple):
    columns: list[str]
    delimiter: str
    row_start: re.Pattern[str]

    def fields(self, text: str) -> list[str] | None:
        """The fields of a row, or None if the text is no row of this table."""
        try:
            found = list(csv.reader([text], delimiter=self.delimiter, strict=True))
        except csv.Error:
            return None
        return found[0] if len(found) == 1 and len(found[0]) == len(self.columns) else None


def frames(entry: str, stream: Stream, columns: Columns, suffix: str) -> Iterator[Frame | BrokenFrame]:
    """A frame a row. The header must name a payload column."""
    lines = _lines(stream)
    header = _header(next(lines, (0, ""))[1], columns, suffix)
    if header is None:
        yield BrokenFrame(entry, 0, "no_payload", f"no column {columns.accepted('message')} in the header")
        return
    waiting: list[Line] = []
    for row, last in _rows(lines, header):
        waiting = row
        while waiting:
            frame, waiting = _frame(entry, waiting, header, columns)
            if isinstance(frame, Frame) or not (last and stream.broken):
                yield frame


def _lines(stream: Stream) -> Iterator[Line]:
    """(offset, line with its end); bytes that are no UTF-8 and lines beyond all measure are left for the row to be refused."""
    for offset, line in stream.lines(LARGEST * 2):
        yield offset, _TOO_LONG if line is None else line.decode("utf-8", "surrogateescape").replace("\0", "").removeprefix("\ufeff")


_TOO_LONG = '"\udcff'


def _header(text: str, columns: Columns, suffix: str) -> _Header | None:
    delimiter = max("\t" if suffix == ".tsv" else ",", ",", ";", "\t", key=text.count)
    names = next(csv.reader([text.strip("\r\n")], delimiter=delimiter), [])
    payload = columns.find(names, "message")
    if payload is None:
        return None
    field = rf'(?:"(?:[^"]|"")*"|[^"{delimiter}]*){delimiter}'
    return _Header(names, delimiter, re.compile(rf'(?:{field}){{{names.index(payload)}}}"\s*[<{{]'))


def _rows(lines: Iterator[Line], header: _Header) -> Iterator[tuple[list[Line], bool]]:
    """(lines of one row, whether it is the last). A row ends where its quotes are closed, or where another begins."""
    row: list[Line] = []
    is_open = False
    for line in lines:
        if row and (not is_open or header.row_start.match(line[1])):
            yield row, False
            row, is_open = [], False
        if not row and not line[1].strip():
            continue
        row.append(line)
        is_open ^= line[1].count('"') % 2 == 1
        if is_open and len(row) == 1 and header.fields(line[1]) is not None:
            is_open = False  # a quote inside an unquoted field
    if row:
        yield row, True


def _frame(entry: str, row: list[Line], header: _Header, columns: Columns) -> tuple[Frame | BrokenFrame, list[Line]]:
    """The frame of a row, and the lines behind a broken one that are rows themselves."""
    offset, first = row[0]
    text = first if len(row) == 1 else "".join(line for _, line in row)
    if _TOO_LONG in text or len(text) > LARGEST * 3:
        return BrokenFrame(entry, offset, "too_large", f"a row longer than {LARGEST} bytes"), []
    fields = header.fields(text)
    if fields is None:
        following = next((n for n, (_, line) in enumerate(row) if n and header.fields(line)), len(row))
        return BrokenFrame(entry, offset, "bad_row", f"not {len(header.columns)} fields, or a quote that does not end"), row[following:]
    envelope = columns.envelope(dict(zip(header.columns, fields, strict=True)))
    return Frame(entry, offset, envelope.pop("message", ""), envelope), []
