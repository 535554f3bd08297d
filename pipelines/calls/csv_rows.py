"""CSV with a header → rows. Everything is text.

Trap met: an unclosed quote swallows the rows behind it. Where a row's quotes never close, only its first line is lost.
"""

import csv
import io
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipelines.calls.lines import LONGEST, Bad
from pipelines.errors import InputError

LINES_OF_A_ROW = 200
csv.field_size_limit(LONGEST)


def csv_log(path: Path, lines: Iterator["str | Bad"]) -> tuple[list[str], Iterator[dict[str, Any] | Bad]]:
    head = next(lines, None)
    if not isinstance(head, str) or not head.strip():
        raise InputError(f"{path}: is empty, or not text; a log is NDJSON, CSV with a header, or Parquet.")
    delimiter = max(",", ";", "\t", "|", key=head.count)
    columns = [name.strip() for name in next(csv.reader([head.strip("\r\n")], delimiter=delimiter))]
    if len(columns) < 2:
        raise InputError(f"{path}: its first line is no header of columns; a log is NDJSON, CSV with a header, or Parquet.")
    return columns, _csv_rows(lines, columns, delimiter)


def _csv_rows(lines: Iterator["str | Bad"], columns: list[str], delimiter: str) -> Iterator[dict[str, Any] | Bad]:
    """A row is a line, or as many as its quotes hold open; where they never close, only the first line is lost."""
    waiting: deque[str | Bad] = deque()
    while True:
        line = waiting.popleft() if waiting else next(lines, None)
        if line is None:
            return
        if isinstance(line, Bad):
            yield line
            continue
        if not line.strip():
            continue
        held: list[str | Bad] = [line]
        text, is_open = line, line.count('"') % 2 == 1 and len(_fields(line, delimiter) or ()) != len(columns)
        while is_open and len(held) < LINES_OF_A_ROW:
            more = waiting.popleft() if waiting else next(lines, None)
            if more is None:
                break
            held.append(more)
            if isinstance(more, Bad):
                break
            text += more
            is_open ^= more.count('"') % 2 == 1
        values = _fields(text, delimiter) if isinstance(held[-1], str) else None
        if values is None or len(values) != len(columns):
            waiting.extendleft(reversed(held[1:]))
            yield Bad("bad_row")
        else:
            yield dict(zip(columns, values, strict=True))


def _fields(text: str, delimiter: str) -> list[str] | None:
    try:
        found = list(csv.reader([text.rstrip("\r\n")], delimiter=delimiter, strict=True)) if "\n" not in text.rstrip("\r\n") else list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return found[0] if len(found) == 1 else None
