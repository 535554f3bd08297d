"""Tar: one entry after another from a stream. Where a header is damaged, reading goes on at the next sound one.

The standard library takes a damaged header for the end of the archive, which would lose every entry behind it in silence.
"""

import tarfile
from collections.abc import Iterator

from pipelines.landed.framing.entries import Inner, entry_frames, is_skipped
from pipelines.landed.framing.frame import BrokenFrame, Frame
from pipelines.landed.framing.streams import CHUNK, Stream

BLOCK = 512
_ZEROS = b"\0" * BLOCK
_LONGEST_NAME = 1 << 16
_TELLS_OF_NEXT = (tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK, tarfile.XHDTYPE, tarfile.XGLTYPE)


def looks_like_tar(head: bytes) -> bool:
    """True if the first block is a tar header, sound or damaged."""
    return head[257:262] == b"ustar" or (len(head) >= BLOCK and head[:BLOCK] != _ZEROS and _header(head[:BLOCK]) is not None)


def tar_frames(stream: Stream, inner: Inner) -> Iterator[Frame | BrokenFrame]:
    """Regular files; links and devices are refused; a cut stream keeps what came before and is told in one row, by the caller."""
    name, lost, ended = "", False, False
    while len(block := stream.read(BLOCK)) == BLOCK:
        if ended := block == _ZEROS:
            continue  # the end, unless archives were joined or a header was wiped out
        offset, header = stream.offset - BLOCK, _header(block)
        if header is None:
            if not lost:
                yield BrokenFrame("", offset, "damaged_entry", "a header that cannot be read")
            lost = True
        elif header.type in _TELLS_OF_NEXT:
            name = _long_name(header, stream) or name
        else:
            yield from _entry(name or header.name, offset, header, stream, inner)
            name, lost = "", False
    if not ended and not stream.broken:
        stream.broken = "EOFError: the archive is cut off"


def _header(block: bytes) -> tarfile.TarInfo | None:
    try:
        header = tarfile.TarInfo.frombuf(block, "utf-8", "replace")
    except (tarfile.HeaderError, ValueError):
        return None
    return header if header.size >= 0 else None


def _long_name(header: tarfile.TarInfo, stream: Stream) -> str:
    """The name that a GNU or PAX block tells of the entry behind it."""
    data = stream.read(header.size) if header.size <= _LONGEST_NAME else b""
    _skip(stream, header.size - len(data) + -header.size % BLOCK)
    if header.type == tarfile.GNUTYPE_LONGNAME:
        return data.rstrip(b"\0").decode("utf-8", "replace")
    found = [part.partition(b"=")[2] for part in data.split(b"\n") if part.partition(b" ")[2].startswith(b"path=")]
    return found[-1].decode("utf-8", "replace") if found and header.type == tarfile.XHDTYPE else ""


def _entry(name: str, offset: int, header: tarfile.TarInfo, stream: Stream, inner: Inner) -> Iterator[Frame | BrokenFrame]:
    regular = header.isreg() and header.type != tarfile.GNUTYPE_SPARSE
    size = header.size if header.isreg() or header.type not in tarfile.SUPPORTED_TYPES else 0
    end = stream.offset + size
    if not regular and not header.isdir():
        yield BrokenFrame(name, offset, "not_a_file", "a link or device in an archive")
    elif regular and not is_skipped(name):
        for frame in entry_frames(name, offset, _content(stream, end), inner):
            if isinstance(frame, Frame) or stream.offset >= end or frame.reason != "damaged_entry":
                yield frame  # the end of the stream itself is told by the caller
    _skip(stream, end - stream.offset + -size % BLOCK)


def _content(stream: Stream, end: int) -> Iterator[bytes]:
    while stream.offset < end:
        data = stream.read(min(CHUNK, end - stream.offset))
        if not data:
            raise EOFError
        yield data


def _skip(stream: Stream, size: int) -> None:
    while size > 0 and (data := stream.read(min(CHUNK, size))):
        size -= len(data)
