"""CSV and Parquet with the payload in a column. Everything is text; a bad row is one broken frame.

CSV trap met: an unclosed quote swallows the rows behind it. A record that took several lines and is no row is therefore given up
by its first line only; the other lines are read again.
"""

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

from pipelines.errors import InputError
from pipelines.landed.content import LARGEST
from pipelines.landed.framing.frame import BrokenFrame, Frame
from pipelines.landed.framing.streams import Stream
from pipelines.landed.manifest import Columns

csv.field_size_limit(min(sys.maxsize, 2**31 - 1, LARGEST * 4))


class _Lines:
    """Lines of a stream as text, with those of the record at hand kept, so that they can be given back."""

    def __init__(self, stream: Stream) -> None:
        self.source, self.taken, self.waiting = stream.lines(LARGEST), [], []  # type: ignore[var-annotated]
        self.at = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        self.at, line = self.waiting.pop(0) if self.waiting else next(self.source)
        text = "" if line is None else line.decode("utf-8", "surrogateescape").removeprefix("\ufeff").replace("\0", "")
        self.taken.append((self.at, line))
        return text + "\n"

    def give_back(self) -> None:
        """All lines of the record but its first are read again."""
        self.waiting = self.taken[1:] + self.waiting


def csv_frames(entry: str, stream: Stream, columns: Columns, suffix: str) -> Iterator[Frame | BrokenFrame]:
    """A frame a row. The header must name a payload column."""
    source = _Lines(stream)
    first = stream.peek(65536).split(b"\n", 1)[0].decode("utf-8", "replace")
    delimiter = "\t" if suffix == ".tsv" or first.count("\t") > first.count(",") else ";" if first.count(";") > first.count(",") else ","
    header = next(csv.reader(source, delimiter=delimiter), [])
    if columns.find(header, "message") is None:
        yield BrokenFrame(entry, 0, "no_payload", f"no column {columns.accepted('message')} in the header")
        return
    while True:
        source.taken = []
        try:
            row = next(csv.reader(source, delimiter=delimiter))
        except StopIteration:
            return
        except csv.Error as error:
            yield from _refused(entry, source, "bad_row", str(error).split("(")[0].strip())
            continue
        if row and any(row):
            yield from _row(entry, source, header, row, columns)


def _row(entry: str, source: _Lines, header: list[str], row: list[str], columns: Columns) -> Iterator[Frame | BrokenFrame]:
    line = source.taken[0][0]
    if len(row) != len(header):
        yield from _refused(entry, source, "bad_row", f"{len(row)} fields, {len(header)} expected")
        return
    envelope = columns.envelope(dict(zip(header, row, strict=True)))
    payload = envelope.pop("message", None) or ""
    if len(source.taken) > 1 and payload.rstrip("\0 \r\n\t")[-1:] not in (">", "}"):
        yield from _refused(entry, source, "bad_row", "a quoted field that does not end")
    elif any("\udc80" <= c <= "\udcff" for c in payload):
        yield BrokenFrame(entry, line, "not_utf8", "a row that is no UTF-8")
    else:
        yield Frame(entry, line, payload, envelope)


def _refused(entry: str, source: _Lines, reason: str, detail: str) -> Iterator[BrokenFrame]:
    offset = source.taken[0][0] if source.taken else 0
    source.give_back()
    yield BrokenFrame(entry, offset, reason, detail)


def parquet_frames(path: Path, columns: Columns) -> Iterator[Frame | BrokenFrame]:
    """A frame a row, read in batches of 1,000."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.ParquetFile(path)
    except (pa.ArrowException, OSError) as error:
        raise InputError(f"{path.name}: is no readable Parquet file. Export it again and ingest it anew.") from error
    names = [columns.find(table.schema_arrow.names, field) for field in columns.fields]
    wanted = [name for name in names if name is not None]
    if columns.find(table.schema_arrow.names, "message") is None:
        yield BrokenFrame("", 0, "no_payload", f"no column {columns.accepted('message')}")
        return
    number = 0
    for batch in table.iter_batches(batch_size=1000, columns=wanted):
        for row in batch.to_pylist():
            envelope = columns.envelope(row)
            payload = envelope.pop("message", None)
            yield Frame("", number, payload if isinstance(payload, (bytes, str, dict)) else "", envelope)
            number += 1
