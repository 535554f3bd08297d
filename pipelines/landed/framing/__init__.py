"""Files → frames: one frame a message, with where it stood and what its envelope says. Containers are found by content.

Belongs here: the choice of container. Each container is a module with `…frames(...)`; nothing here parses a message, and
nothing in an archive is ever written to disk.
"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from pipelines.landed.columns import Columns
from pipelines.landed.framing import csv_rows, lines, parquet_rows, tars, xml_stream, zips
from pipelines.landed.framing.frame import BrokenFrame, Frame, file_name_envelope
from pipelines.landed.framing.streams import CHUNK, Stream, in_utf8, opened

TABLE_SUFFIXES = (".csv", ".tsv", ".txt")
LINE_SUFFIXES = (".ndjson", ".jsonl")
_DECLARED = re.compile(rb"(?<=>)(?:\s|\0)*(?=<\?xml\s)")  # a second XML declaration begins a second document
_ARCHIVES = (b"PK\3\4", b"PK\5\6", b"\x1f\x8b", b"PAR1", b"\x28\xb5\x2f\xfd")


def frames(path: Path, columns: Columns) -> Iterator[Frame | BrokenFrame]:
    """Every message of one file, in order. A stream that breaks off yields one BrokenFrame and ends; no exception leaves."""
    with path.open("rb") as file:
        head = file.read(512)
        if head[:4] == b"PAR1":
            yield from parquet_rows.frames(path, columns)
        elif head[:4] in _ARCHIVES[:2] or (path.suffix.lower() == ".zip" and zipfile.is_zipfile(file)):
            yield from zips.zip_frames(file, lambda name, stream: _inner(name, name, stream, columns))
        else:
            file.seek(0)
            name, stream = opened(path.name, file, head)
            if tars.looks_like_tar(stream.peek(tars.BLOCK)) or (name.lower().endswith(".tar") and stream.peek(1) not in (b"<", b"{", b"[")):
                yield from tars.tar_frames(stream, lambda name, inner: _inner(name, name, inner, columns))
            else:
                stream = in_utf8(stream)
                yield from _inner(name, "", stream, columns)
            if stream.broken:
                yield BrokenFrame("", stream.offset, "stream_broken", stream.broken)


def _inner(name: str, entry: str, stream: Stream, columns: Columns) -> Iterator[Frame | BrokenFrame]:
    """Messages of an unpacked file: lines, a table, one big XML, or a single message. Archives inside archives are refused."""
    head = stream.peek(tars.BLOCK)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n\0")
    suffix = Path(name).suffix.lower()
    if head.startswith(_ARCHIVES) or tars.looks_like_tar(head):
        yield BrokenFrame(entry, 0, "nested_archive", "an archive inside an archive is not opened")
    elif suffix in LINE_SUFFIXES or (start[:1] == b"{" and lines.looks_like_lines(stream.peek(CHUNK))):
        yield from lines.frames(entry, stream, columns)
    elif start[:1] == b"[":
        yield from lines.array_frames(entry, stream, columns)
    elif start[:1] == b"<" and xml_stream.holds_many(stream.peek(xml_stream.HEAD)):
        yield from xml_stream.frames(entry, stream, columns)
    elif suffix in TABLE_SUFFIXES and start[:1] not in (b"<", b"{"):
        yield from csv_rows.frames(entry, stream, columns, suffix)
    else:
        yield from _single(name, entry, stream)


def _single(name: str, entry: str, stream: Stream) -> Iterator[Frame | BrokenFrame]:
    """A small file as one message, or as documents one after another; a bigger one is refused without reading it all."""
    data = stream.read_all()
    if data is None:
        yield BrokenFrame(entry, 0, "too_large", "larger than any message")
    elif not stream.broken:
        offset = 0
        for document in _DECLARED.split(data) if data.lstrip(b"\xef\xbb\xbf \t\r\n\0")[:1] == b"<" else [data]:
            if document or offset == 0 == len(data):
                yield Frame(entry, offset, document, file_name_envelope(name))
            offset += len(document)


__all__ = ["BrokenFrame", "Frame", "frames"]
