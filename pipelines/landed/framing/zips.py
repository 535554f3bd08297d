"""Zip and tar: one entry after another, in memory. A bad entry is one broken frame and the next goes on; names are labels only."""

import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO, Any

from pipelines.landed.framing.frame import BrokenFrame, Frame
from pipelines.landed.framing.streams import CHUNK, LARGEST_RATIO, Stream

LARGEST_ENTRY = 4 * 1024 * 1024 * 1024
Inner = Callable[[str, Stream], Iterator[Frame | BrokenFrame]]
_DAMAGED = (zipfile.BadZipFile, RuntimeError, NotImplementedError, zlib.error, EOFError, OSError, ValueError, struct.error)


def is_skipped(name: str) -> bool:
    """Entries that are no extract: folders, hidden files, a manifest."""
    base = name.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    return name.endswith("/") or base.startswith(".") or "__MACOSX" in name or base in ("manifest.yaml", "manifest.yml")


def zip_frames(file: IO[bytes], inner: Inner) -> Iterator[Frame | BrokenFrame]:
    """Entries by the central directory; if that is lost, by the local headers."""
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, OSError):
        yield from _salvage(file, inner)
        return
    for info in archive.infolist():
        if is_skipped(info.filename):
            continue
        if info.file_size > LARGEST_ENTRY or info.file_size > LARGEST_RATIO * max(info.compress_size, 1) + CHUNK:
            yield BrokenFrame(info.filename, info.header_offset, "too_large", "an entry that unpacks beyond all measure")
            continue
        yield from _entry(archive, info, inner)


def _entry(archive: zipfile.ZipFile, info: zipfile.ZipInfo, inner: Inner) -> Iterator[Frame | BrokenFrame]:
    try:
        with archive.open(info) as member:
            limit = info.file_size + 1
            stream = Stream(_bounded(member, limit))
            found = list(inner(info.filename, stream)) if info.file_size < 8 * CHUNK else inner(info.filename, stream)
            if stream.broken:
                yield BrokenFrame(info.filename, info.header_offset, "damaged_entry", stream.broken)
                return
            yield from found
            if stream.broken:
                yield BrokenFrame(info.filename, info.header_offset, "damaged_entry", stream.broken)
    except _DAMAGED as error:
        reason = "encrypted" if isinstance(error, RuntimeError) and info.flag_bits & 1 else "damaged_entry"
        yield BrokenFrame(info.filename, info.header_offset, reason, type(error).__name__)


def _bounded(member: IO[bytes], limit: int) -> Iterator[bytes]:
    left = limit
    while left > 0 and (data := _checked(member, min(CHUNK, left))):
        left -= len(data)
        yield data


def _checked(member: IO[bytes], size: int) -> bytes:
    try:
        return member.read(size)
    except zipfile.BadZipFile as error:
        raise ValueError("checksum") from error


def _salvage(file: IO[bytes], inner: Inner) -> Iterator[Frame | BrokenFrame]:
    """A zip without its directory: whatever its local headers still lead to; the cut entry and the loss are reported."""
    file.seek(0)
    data = file.read()
    position, found = data.find(b"PK\3\4"), 0
    while position >= 0 and position + 30 <= len(data):
        flags, method, _, _, _, size, _, name_length, extra = struct.unpack("<HHHHIIIHH", data[position + 6 : position + 30])
        name = data[position + 30 : position + 30 + name_length].decode("utf-8" if flags & 0x800 else "cp437", "replace")
        start = position + 30 + name_length + extra
        if not is_skipped(name):
            yield from _salvaged(name, data[start:], size, method, position, inner)
            found += 1
        position = data.find(b"PK\3\4", max(start + (size if size else 1), position + 4))
    yield BrokenFrame("", len(data), "archive_cut", f"no central directory; {found} entries found by their own headers")


def _salvaged(name: str, data: bytes, size: int, method: int, position: int, inner: Inner) -> Iterator[Frame | BrokenFrame]:
    try:
        if method == 8:
            unpack = zlib.decompressobj(-15)
            content = unpack.decompress(data, 64 * CHUNK)
            if not unpack.eof:
                raise EOFError
        else:
            content = data[:size]
            if not size or len(content) < size:
                raise EOFError
    except (zlib.error, EOFError):
        yield BrokenFrame(name, position, "damaged_entry", "cut off or damaged")
        return
    yield from inner(name, Stream(iter([content])))


def tar_frames(stream: Stream, inner: Inner) -> Iterator[Frame | BrokenFrame]:
    """Regular files of a tar stream; links and devices are refused; a cut stream keeps what came before."""
    readable: Any = stream
    try:
        with tarfile.open(fileobj=readable, mode="r|", ignore_zeros=False) as archive:
            for member in archive:
                if member.isdir() or is_skipped(member.name):
                    continue
                if not member.isreg():
                    yield BrokenFrame(member.name, member.offset, "not_a_file", "a link or device in an archive")
                    continue
                yield from _tar_member(archive, member, inner)
    except (tarfile.TarError, EOFError, OSError, ValueError) as error:
        if not stream.broken:
            stream.broken = f"{type(error).__name__}: the archive is damaged or cut off"


def _tar_member(archive: tarfile.TarFile, member: tarfile.TarInfo, inner: Inner) -> Iterator[Frame | BrokenFrame]:
    source = archive.extractfile(member)
    assert source is not None
    content = Stream(iter(lambda: source.read(CHUNK), b""))
    yield from list(inner(member.name, content)) if member.size < 8 * CHUNK else inner(member.name, content)
    if content.broken:
        yield BrokenFrame(member.name, member.offset, "damaged_entry", content.broken)
