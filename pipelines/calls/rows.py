"""Log files → rows as dictionaries, one by one: NDJSON, a JSON array, CSV, Parquet, plain or packed with gzip or zstd.

Belongs here: containers, encodings, and what is no row. Does not: what a row says (`reading`). Nothing raised by a bad row leaves here.
"""

import gzip
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

import orjson

from pipelines.calls.csv_rows import csv_log
from pipelines.calls.lines import Bad, lines
from pipelines.errors import InputError


@dataclass
class Log:
    """An open log: `form`, the columns of its header or of its first rows, and its rows."""

    form: str
    columns: list[str]
    rows: Iterator[dict[str, Any] | Bad]


def opened(path: Path, stack: ExitStack) -> Log:
    """The log at `path`; closed with `stack`. Raises InputError if it is none of the containers."""
    file = stack.enter_context(path.open("rb"))
    head = file.read(4)
    file.seek(0)
    if head == b"PAR1":
        return _parquet(path, stack)
    stream: IO[bytes] = file
    if head[:2] == b"\x1f\x8b":
        stream = cast("IO[bytes]", stack.enter_context(gzip.GzipFile(fileobj=file)))
    elif head == b"\x28\xb5\x2f\xfd":
        import zstandard

        stream = cast("IO[bytes]", stack.enter_context(zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True)))
    elif head[:2] == b"PK":
        raise InputError(f"{path}: an archive or workbook is not read as a log; give the NDJSON, CSV or Parquet file itself.")
    text = lines(stream)
    waiting = deque(line for _, line in zip(range(1), text, strict=False))
    first = waiting[0].lstrip() if waiting and isinstance(waiting[0], str) else ""
    if first[:1] == "{":
        return _peeked("ndjson", _ndjson(_chain(waiting, text)))
    if first[:1] == "[":
        return _peeked("json", _array(_chain(waiting, text)))
    columns, rows = csv_log(path, _chain(waiting, text))
    return Log("csv", columns, rows)


def _chain(waiting: "deque[str | Bad]", rest: Iterator["str | Bad"]) -> Iterator["str | Bad"]:
    yield from waiting
    yield from rest


def _ndjson(text: Iterator["str | Bad"]) -> Iterator[dict[str, Any] | Bad]:
    for line in text:
        if isinstance(line, Bad):
            yield line
        elif line.strip():
            yield _object(line)


def _object(line: str) -> dict[str, Any] | Bad:
    try:
        row = orjson.loads(line)
    except orjson.JSONDecodeError:
        return Bad("not_json")
    return row if isinstance(row, dict) else Bad("not_an_object")


def _array(text: Iterator["str | Bad"]) -> Iterator[dict[str, Any] | Bad]:
    """A JSON array is held in memory; a log that large comes as NDJSON."""
    whole = "".join(line for line in text if isinstance(line, str))
    try:
        rows = orjson.loads(whole)
    except orjson.JSONDecodeError:
        yield Bad("not_json")
        return
    for row in rows:
        yield row if isinstance(row, dict) else Bad("not_an_object")


def _peeked(form: str, rows: Iterator[dict[str, Any] | Bad]) -> Log:
    """The columns are those of the first rows, nested ones as `a.b` too."""
    first = [row for _, row in zip(range(200), rows, strict=False)]
    columns: dict[str, None] = {}
    for row in first:
        if isinstance(row, dict):
            columns |= dict.fromkeys(row)

    def every() -> Iterator[dict[str, Any] | Bad]:
        yield from first
        yield from rows

    return Log(form, list(columns), every())


def _parquet(path: Path, stack: ExitStack) -> Log:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = stack.enter_context(pq.ParquetFile(path))
    except (pa.ArrowException, OSError) as error:
        raise InputError(f"{path}: is no readable Parquet file.") from error

    def rows() -> Iterator[dict[str, Any] | Bad]:
        for group in range(table.metadata.num_row_groups):
            try:
                for batch in table.iter_batches(5000, [group]):
                    yield from batch.to_pylist()
            except (pa.ArrowException, OSError, UnicodeDecodeError):
                yield Bad("damaged_row_group")

    return Log("parquet", table.schema_arrow.names, rows())
