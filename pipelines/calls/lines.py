"""Streams of bytes → lines of text. A line that is no text, or longer than any row, is told as a bad row.

Belongs here: encodings, damaged ends. Does not: what a line holds (`rows`, `csv_rows`).
"""

import codecs
import io
from collections.abc import Iterator
from typing import IO, NamedTuple, cast

LONGEST = 32 * 1024 * 1024
_OF_PACKERS = ("zlib", "zstd", "zstandard", "zstandard.backend_c")


class Bad(NamedTuple):
    """A row that cannot be read, and why; never what it holds."""

    reason: str


def lines(stream: IO[bytes]) -> Iterator["str | Bad"]:
    """Lines as text: UTF-8, or UTF-16 with its mark. A damaged end of a packed file is one bad row."""
    reader = io.BufferedReader(cast("io.RawIOBase", stream), 1 << 20) if not isinstance(stream, io.BufferedReader) else stream
    try:
        head = reader.peek(4)[:3]
        if head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            yield from io.TextIOWrapper(reader, "utf-16", errors="replace", newline="\n")
            return
        if head == codecs.BOM_UTF8:
            reader.read(3)
        while line := reader.readline(LONGEST):
            if len(line) == LONGEST:
                while line and line[-1:] != b"\n":
                    line = reader.readline(LONGEST)
                yield Bad("too_large")
                continue
            try:
                yield line.decode("utf-8")
            except UnicodeDecodeError:
                yield Bad("not_utf8")
    except (EOFError, OSError, ValueError, RuntimeError):
        yield Bad("stream_broken")
    except Exception as error:  # zlib and zstandard have errors of their own
        if type(error).__module__ not in _OF_PACKERS:
            raise
        yield Bad("stream_broken")
