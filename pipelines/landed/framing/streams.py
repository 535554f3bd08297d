"""A byte stream that can be peeked into, counts its offset, unpacks gzip and zstd, and remembers that it broke instead of raising.

Traps met (ingest-performance, section 11): a truncated .zst reads as complete unless the decompressor is asked; a cut .gz raises
only at the end. Both keep what came before and set `broken`.
"""

import zlib
from collections.abc import Iterator
from pathlib import PurePath
from typing import IO

CHUNK = 1 << 20
LARGEST_SINGLE = 32 * 1024 * 1024
LARGEST_RATIO = 1000


class Stream:
    """Reads from an iterator of chunks. `offset` counts bytes handed out; `broken` says why the stream ended early."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks, self._buffer, self.offset, self.broken = chunks, b"", 0, ""

    def _more(self) -> bool:
        try:
            chunk = next((chunk for chunk in self._chunks if chunk), b"")
        except (EOFError, OSError, zlib.error, ValueError, RuntimeError) as error:
            self.broken = f"{type(error).__name__}: the stream is damaged or cut off"
            chunk = b""
        self._buffer += chunk
        return bool(chunk)

    def peek(self, size: int) -> bytes:
        """The next bytes, without taking them."""
        while len(self._buffer) < size and self._more():
            pass
        return self._buffer[:size]

    def read(self, size: int = -1) -> bytes:
        """As a file's read(); -1 reads to the end."""
        if size < 0:
            while self._more():
                pass
            size = len(self._buffer)
        taken = self.peek(size)
        self._buffer = self._buffer[len(taken) :]
        self.offset += len(taken)
        return taken

    def read_all(self, limit: int = LARGEST_SINGLE) -> bytes | None:
        """Everything, or None if there is more than `limit`."""
        data = self.read(limit + 1)
        return None if len(data) > limit else data

    def lines(self, limit: int) -> Iterator[tuple[int, bytes | None]]:
        """(offset, line without its end); the line is None where it is longer than `limit`, and is skipped unread."""
        while True:
            start, line, whole = self.offset, b"", True
            while True:
                end = self._buffer.find(b"\n")
                piece = self._buffer[: end + 1] if end >= 0 else self._buffer
                self._buffer = self._buffer[len(piece) :]
                self.offset += len(piece)
                line, whole = (line + piece, whole) if len(line) + len(piece) <= limit + 2 else (b"", False)
                if end >= 0 or not self._more():
                    break
            if self.offset == start:
                return
            yield start, line.rstrip(b"\r\n") if whole else None


def opened(name: str, file: IO[bytes], head: bytes) -> tuple[str, Stream]:
    """(inner name, stream) of a file, unpacked if its first bytes say gzip or zstd."""
    if head[:2] == b"\x1f\x8b":
        return name.removesuffix(".gz").replace(".tgz", ".tar"), Stream(_gunzip(file))
    if head[:4] == b"\x28\xb5\x2f\xfd":
        return PurePath(name).name.removesuffix(".zst"), Stream(_unzstd(file))
    return name, Stream(iter(lambda: file.read(CHUNK), b""))


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

    unpack, rest = zstandard.ZstdDecompressor().decompressobj(), b""
    begun = False
    while data := rest or file.read(CHUNK):
        rest = b""
        begun = True
        try:
            yield unpack.decompress(data)
        except zstandard.ZstdError as error:
            raise EOFError from error
        if unpack.eof:
            rest, begun = unpack.unused_data, False
            unpack = zstandard.ZstdDecompressor().decompressobj()
    if begun:
        raise EOFError
