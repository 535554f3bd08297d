"""Streams of bytes → lines of text. A line that is no text, or longer than any row, is told as a bad row.

Belongs here: encodings, damaged ends. Does not: what a line holds (`rows`, `csv_rows`).
"""

import codecs
import io
from collections.abc import Iterator
from typing import IO, Any, NamedTuple

LONGEST = 32 * 1024 * 1024
_OF_PACKERS = ("zlib", "zstd", "zstandard", "zstandard.backend_c")


class Bad(NamedTuple):
    """A row that cannot be read, and why; never what it holds."""

    reason: str


class _Tolerant(io.RawIOBase):
    """A stream that ends where it breaks off, and remembers that it did: what was read before is not lost."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._read = getattr(stream, "read1", stream.read)
        self.broken = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._read(min(len(buffer), 1 << 16))
        except Exception as error:
            if not isinstance(error, EOFError | OSError | ValueError | RuntimeError) and type(error).__module__ not in _OF_PACKERS:
                raise
            self.broken, data = True, b""
        buffer[: len(data)] = data
        return len(data)


def lines(stream: IO[bytes]) -> Iterator["str | Bad"]:
    """Lines as text: UTF-8, or UTF-16 with its mark. A damaged end of a packed file is one bad row, with the torn line before it."""
    raw = _Tolerant(stream)
    reader = io.BufferedReader(raw, 1 << 17)
    head = reader.peek(4)[:3]
    if head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        yield from io.TextIOWrapper(reader, "utf-16", errors="replace", newline="\n")
    else:
        if head == codecs.BOM_UTF8:
            reader.read(3)
        while line := reader.readline(LONGEST):
            if raw.broken and line[-1:] != b"\n":
                break
            yield _text(line, reader)
    if raw.broken:
        yield Bad("stream_broken")


def _text(line: bytes, reader: IO[bytes]) -> "str | Bad":
    if len(line) == LONGEST:
        while line and line[-1:] != b"\n":
            line = reader.readline(LONGEST)
        return Bad("too_large")
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return Bad("not_utf8")
