"""A byte stream that can be peeked into, counts its offset, unpacks gzip and zstd, and remembers that it broke instead of raising.

Traps met (ingest-performance, section 11): a truncated .zst reads as complete unless the decompressor is asked; a cut .gz raises
only at the end. Both keep what came before and set `broken`. What unpacks beyond all measure is broken off too.
"""

import codecs
import re
import zlib
from collections.abc import Iterator
from typing import IO

from pipelines.landed.content import utf_16

CHUNK = 1 << 20
LARGEST_SINGLE = 32 * CHUNK
LARGEST_RATIO = 500
_SLACK = 64 * CHUNK
_BLANK = re.compile(rb"[\r\n]+")
_ZSTD_INPUT = 1 << 10  # a kilobyte of zstd may hold 32 MB; its library does not bound what one call gives


class Stream:
    """Reads from an iterator of chunks. `offset` counts bytes handed out; `broken` says why the stream ended early."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks, self._buffer, self._at, self._ended = chunks, b"", 0, False
        self.offset, self.broken = 0, ""

    def _more(self) -> bool:
        """One more chunk into the buffer; False at the end. Whatever a decoder raises over damaged bytes is the end, too."""
        if self._ended:
            return False
        try:
            chunk = next((chunk for chunk in self._chunks if chunk), b"")
        except Exception as error:
            self.broken, chunk = f"{type(error).__name__}: the stream is damaged or cut off", b""
        self._ended = not chunk
        self._buffer, self._at = self._buffer[self._at :] + chunk, 0
        return bool(chunk)

    def peek(self, size: int) -> bytes:
        """The next bytes, without taking them."""
        while len(self._buffer) - self._at < size and self._more():
            pass
        return self._buffer[self._at : self._at + size]

    def read(self, size: int) -> bytes:
        """As a file's read()."""
        pieces, left = [], size
        while left > 0 and (self._at < len(self._buffer) or self._more()):
            pieces.append(self._taken(min(left, len(self._buffer) - self._at)))
            left -= len(pieces[-1])
        return b"".join(pieces)

    def read_all(self, limit: int = LARGEST_SINGLE) -> bytes | None:
        """Everything, or None if there is more than `limit`."""
        data = self.read(limit + 1)
        return None if len(data) > limit else data

    def lines(self, limit: int, blank: bool = True) -> Iterator[tuple[int, bytes | None]]:
        """(offset, line with its end), or without the `blank` ones; the line is None where it is longer than `limit`, and is skipped unread."""
        while True:
            if not blank and (skipped := _BLANK.match(self._buffer, self._at)):
                self._taken(skipped.end() - self._at)
            start, length = self.offset, 0
            pieces: list[bytes] = []
            while True:
                end = self._buffer.find(b"\n", self._at) + 1
                piece = self._taken((end or len(self._buffer)) - self._at)
                length += len(piece)
                pieces = [*pieces, piece] if length <= limit else []
                if end or not self._more():
                    break
            if self.offset == start:
                return
            yield start, b"".join(pieces) if length <= limit else None

    def _taken(self, size: int) -> bytes:
        piece = self._buffer[self._at : self._at + size]
        self._at += size
        self.offset += size
        return piece


def opened(name: str, file: IO[bytes], head: bytes) -> tuple[str, Stream]:
    """(inner name, stream) of a file, unpacked if its first bytes say gzip or zstd."""
    if head[:2] == b"\x1f\x8b":
        return name.removesuffix(".gz").replace(".tgz", ".tar"), Stream(_bounded(file, _gunzip(file)))
    if head[:4] == b"\x28\xb5\x2f\xfd":
        return name.removesuffix(".zst"), Stream(_bounded(file, _unzstd(file)))
    return name, Stream(iter(lambda: file.read(CHUNK), b""))


def in_utf8(stream: Stream) -> Stream:
    """The stream, or its text as UTF-8 if its first bytes say UTF-16."""
    encoding = utf_16(stream.peek(4))
    return Stream(_transcoded(stream, encoding)) if encoding else stream


def _transcoded(stream: Stream, encoding: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)("surrogatepass")
    while data := stream.read(CHUNK):
        yield decoder.decode(data).encode("utf-8", "surrogatepass")
    if stream.broken or decoder.getstate()[0].strip(b"\0"):
        raise EOFError


def _bounded(file: IO[bytes], chunks: Iterator[bytes]) -> Iterator[bytes]:
    unpacked = 0
    for chunk in chunks:
        unpacked += len(chunk)
        if unpacked > _SLACK + LARGEST_RATIO * file.tell():
            raise OverflowError
        yield chunk


def _gunzip(file: IO[bytes]) -> Iterator[bytes]:
    """Members of a gzip stream one after another; EOFError if the last is cut off."""
    unpack, begun = zlib.decompressobj(31), False
    while data := file.read(CHUNK):
        while data:
            begun = True
            yield unpack.decompress(data, CHUNK * 4)
            data = unpack.unconsumed_tail
            if unpack.eof:
                data, begun = unpack.unused_data.lstrip(b"\0"), False
                unpack = zlib.decompressobj(31)
    if begun:
        yield unpack.flush()
        if not unpack.eof:
            raise EOFError


def _unzstd(file: IO[bytes]) -> Iterator[bytes]:
    """Frames of a zstd stream; EOFError if the last frame is cut off, which the library itself would not say."""
    import zstandard

    unpack, rest, begun = zstandard.ZstdDecompressor().decompressobj(), b"", False
    while data := rest or file.read(_ZSTD_INPUT):
        rest, begun = b"", True
        yield unpack.decompress(data)
        if unpack.eof:
            rest, begun = unpack.unused_data, False
            unpack = zstandard.ZstdDecompressor().decompressobj()
    if begun:
        raise EOFError
