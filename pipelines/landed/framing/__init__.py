"""Files → frames: one frame a message, with where it stood and what its envelope says. Containers are found by content.

Belongs here: the choice of container. Each container is a module with `frames(...)`; nothing here parses a message, and
nothing in an archive is ever written to disk.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import IO

from pipelines.landed.framing import archives, lines, tables, xml_stream
from pipelines.landed.framing.frame import BrokenFrame, Frame, file_name_envelope
from pipelines.landed.framing.streams import Stream, opened
from pipelines.landed.manifest import Columns

TABLE_SUFFIXES = (".csv", ".tsv", ".txt")
LINE_SUFFIXES = (".ndjson", ".jsonl")


def frames(path: Path, columns: Columns) -> Iterator[Frame | BrokenFrame]:
    """Every message of one file, in order. A stream that breaks off yields one BrokenFrame and ends; no exception leaves."""
    with path.open("rb") as file:
        head = file.read(512)
        file.seek(0)
        if head[:4] == b"PAR1":
            yield from tables.parquet_frames(path, columns)
        elif head[:2] == b"PK":
            yield from archives.zip_frames(file, lambda name, stream: _inner(name, stream, columns))
        else:
            name, stream = opened(path.name, file, head)
            if stream.peek(512)[257:262] == b"ustar":
                yield from archives.tar_frames(stream, lambda name, inner: _inner(name, inner, columns))
            else:
                yield from _inner(name, stream, columns, outermost=True)
            if stream.broken:
                yield BrokenFrame("", stream.offset, "stream_broken", stream.broken)


def _inner(name: str, stream: Stream, columns: Columns, outermost: bool = False) -> Iterator[Frame | BrokenFrame]:
    """Messages of an unpacked file: lines, a table, one big XML, or a single message. Archives inside archives are refused."""
    head = stream.peek(4096)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n\0")
    suffix = Path(name).suffix.lower()
    entry = "" if outermost else name
    if head[:2] in (b"PK", b"\x1f\x8b") or head[:4] == b"PAR1":
        yield BrokenFrame(entry, 0, "nested_archive", "an archive inside an archive is not opened")
    elif suffix in LINE_SUFFIXES or lines.looks_like_lines(start):
        yield from lines.frames(entry, stream, columns)
    elif start[:1] == b"[":
        yield from lines.array_frames(entry, stream, columns)
    elif start[:1] == b"<" and xml_stream.holds_many(head):
        yield from xml_stream.frames(entry, stream, columns)
    elif suffix in TABLE_SUFFIXES and start[:1] not in (b"<", b"{"):
        yield from tables.csv_frames(entry, stream, columns, suffix)
    else:
        yield _single(name, entry, stream)


def _single(name: str, entry: str, stream: Stream) -> Frame | BrokenFrame:
    """The whole of a small file as one message; a bigger one than any message is refused without reading it all."""
    data = stream.read_all()
    if data is None:
        return BrokenFrame(entry, 0, "too_large", "larger than any message")
    return Frame(entry, 0, data, file_name_envelope(name))


__all__ = ["IO", "BrokenFrame", "Frame", "frames"]
