"""Zip: one entry after another, in memory. A bad entry is one broken frame and the next goes on; names are labels only.

The central directory is read by `zipfile`; entries are unpacked here, because an entry's own checksum must not cost the lines
before the damage, a lying directory must not decide how much is unpacked, and a zip that lost its directory still has its entries.
"""

import mmap
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from pipelines.landed.framing.entries import Inner, entry_frames, is_skipped
from pipelines.landed.framing.frame import BrokenFrame, Frame
from pipelines.landed.framing.streams import CHUNK, LARGEST_RATIO

LARGEST_ENTRY = 4 * 1024 * 1024 * 1024
_STORED, _DEFLATED = 0, 8
_SIGNATURES = (b"PK\3\4", b"PK\1\2", b"PK\5\6", b"PK\7\x08")


@dataclass(frozen=True, slots=True)
class _Entry:
    """What is known of an entry. `size` (unpacked) and `crc` are None where only the data themselves tell."""

    name: str
    offset: int
    flags: int
    method: int
    packed: int
    size: int | None
    crc: int | None


def zip_frames(file: IO[bytes], inner: Inner) -> Iterator[Frame | BrokenFrame]:
    """Entries by the central directory; if that is lost, by the local headers."""
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        try:
            with zipfile.ZipFile(file) as archive:
                infos = archive.infolist()
        except Exception:  # whatever zipfile says of a damaged directory
            yield from _salvage(data, inner)
            return
        for i in infos:
            if not is_skipped(i.filename):
                entry = _Entry(i.filename, i.header_offset, i.flag_bits, i.compress_type, i.compress_size, i.file_size, i.CRC)
                yield from _frames(data, entry, inner)


def _frames(data: mmap.mmap, entry: _Entry, inner: Inner) -> Iterator[Frame | BrokenFrame]:
    refused = ""
    if entry.flags & 1:
        refused, detail = "encrypted", "an entry that needs a password"
    elif entry.method not in (_STORED, _DEFLATED):
        refused, detail = "unknown_method", f"compression method {entry.method}"
    elif entry.size is not None and (entry.size > LARGEST_ENTRY or entry.size > LARGEST_RATIO * max(entry.packed, 1) + CHUNK):
        refused, detail = "too_large", "an entry that unpacks beyond all measure"
    if refused:
        yield BrokenFrame(entry.name, entry.offset, refused, detail)
    else:
        yield from entry_frames(entry.name, entry.offset, _unpacked(data, entry), inner)


def _unpacked(data: mmap.mmap, entry: _Entry) -> Iterator[bytes]:
    """An entry's bytes in chunks. Raises at the end if they are not those that were packed."""
    if data[entry.offset : entry.offset + 4] != b"PK\3\4":
        raise EOFError
    begin = entry.offset + 30 + sum(struct.unpack("<HH", data[entry.offset + 26 : entry.offset + 30]))
    chunks = _stored(data, begin, entry.packed) if entry.method == _STORED else _inflated(data, begin, entry.packed)
    crc = size = 0
    for chunk in chunks:
        crc, size = zlib.crc32(chunk, crc), size + len(chunk)
        yield chunk
        if entry.size is not None and size > entry.size:
            break
        if size > LARGEST_RATIO * max(entry.packed, 1) + 64 * CHUNK:
            raise OverflowError
    if (entry.crc is not None and crc != entry.crc) or (entry.size is not None and size != entry.size):
        raise ValueError


def _stored(data: mmap.mmap, begin: int, packed: int) -> Iterator[bytes]:
    for place in range(begin, begin + packed, CHUNK):
        yield data[place : min(place + CHUNK, begin + packed)]


def _inflated(data: mmap.mmap, begin: int, packed: int) -> Iterator[bytes]:
    unpack = zlib.decompressobj(-15)
    for place in range(begin, min(begin + packed, len(data)), CHUNK // 16):
        piece = data[place : min(place + CHUNK // 16, begin + packed)]
        while piece:
            yield unpack.decompress(piece, CHUNK)
            piece = unpack.unconsumed_tail
        if unpack.eof:
            return
    yield unpack.flush()
    if not unpack.eof:
        raise EOFError


def _salvage(data: mmap.mmap, inner: Inner) -> Iterator[Frame | BrokenFrame]:
    """A zip without its directory: whatever its local headers still lead to. One row tells of the loss and of the entry cut off by it."""
    found, cut = 0, None
    for entry in _local_headers(data):
        found += 1
        if cut:
            yield cut
        cut = None
        for frame in _frames(data, entry, inner):
            if isinstance(frame, BrokenFrame) and frame.reason == "damaged_entry":
                cut = frame
            else:
                yield frame
    yield BrokenFrame(cut.entry if cut else "", cut.offset if cut else len(data), "archive_cut", f"no directory; {found} entries found by their own headers")


def _local_headers(data: mmap.mmap) -> Iterator[_Entry]:
    place = data.find(b"PK\3\4")
    while 0 <= place <= len(data) - 30:
        flags, method, _, _, crc, packed, size, name_length, extra = struct.unpack("<HHHHIIIHH", data[place + 6 : place + 30])
        name = data[place + 30 : place + 30 + name_length].decode("utf-8" if flags & 0x800 else "cp437", "replace")
        begin = place + 30 + name_length + extra
        if data[begin + packed : begin + packed + 4] in _SIGNATURES or begin + packed >= len(data):
            following = data.find(b"PK\3\4", begin + packed)
        else:  # no length here, or a wrong one
            following = data.find(b"PK\3\4", begin)
            packed = (following if following >= 0 else len(data)) - begin
        told = not flags & 8
        if not is_skipped(name):
            yield _Entry(name, place, flags, method, packed, size if told else None, crc if told else None)
        place = following
