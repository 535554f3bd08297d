"""What zip and tar share: which entries are no extract, and one entry's frames with the damage of its stream told once."""

from collections.abc import Callable, Iterator

from pipelines.landed.framing.frame import BrokenFrame, Frame
from pipelines.landed.framing.streams import Stream, in_utf8

Inner = Callable[[str, Stream], Iterator[Frame | BrokenFrame]]


def is_skipped(name: str) -> bool:
    """Entries that are no extract: folders, hidden files, a manifest."""
    base = name.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    return name.endswith("/") or base.startswith(".") or "__MACOSX" in name or base in ("manifest.yaml", "manifest.yml")


def entry_frames(name: str, offset: int, chunks: Iterator[bytes], inner: Inner) -> Iterator[Frame | BrokenFrame]:
    """The frames of one entry. Readers drop the piece a broken stream ends in, and one row here stands for it."""
    stream = in_utf8(Stream(chunks))
    yield from inner(name, stream)
    while not stream.broken and stream.read(1 << 16):
        pass  # what a reader left unread may be damaged, too
    if stream.broken:
        yield BrokenFrame(name, offset, "too_large" if "Overflow" in stream.broken else "damaged_entry", stream.broken)
