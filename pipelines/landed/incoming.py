"""What comes out of a source: frames in batches, their contents and messages. Nothing raised here reaches the landing.

Belongs here: turning whatever goes wrong into a broken frame. Does not: what becomes of it (`landing`).
"""

from collections.abc import Iterator
from pathlib import Path

from pipelines.landed.content import Content, content
from pipelines.landed.framing import BrokenFrame, Frame, frames
from pipelines.landed.framing.frame import file_name_operation
from pipelines.landed.message import Broken, Message
from pipelines.landed.readers import read
from pipelines.landed.sources import Source

BATCH = 500
HEAVIEST = 64 * 1024 * 1024


def frames_of_source(source: Source) -> Iterator[Frame | BrokenFrame]:
    """Frames of every file of the source; in a folder of loose messages the file's name is the entry."""
    for file in source.files:
        operation = file_name_operation(file.name)
        for frame in _frames_of(file, source):
            if len(source.files) > 1:
                frame.entry = f"{file.name}/{frame.entry}".rstrip("/")
            if operation and isinstance(frame, Frame):
                frame.envelope.setdefault("operation", operation)
            yield frame


def _frames_of(file: Path, source: Source) -> Iterator[Frame | BrokenFrame]:
    """A fault of ours over some file must not cost the other files; its kind is told, its text might quote the file."""
    try:
        yield from frames(file, source.manifest.columns)
    except Exception as error:
        yield BrokenFrame("", 0, "reader_failed", type(error).__name__)


def batches(items: Iterator[Frame | BrokenFrame], size: int = BATCH) -> Iterator[list[Frame | BrokenFrame]]:
    """Lists of items, short enough to be held: few where the messages are big."""
    batch: list[Frame | BrokenFrame] = []
    weight = 0
    for item in items:
        batch.append(item)
        weight += len(item.payload) if isinstance(item, Frame) else 0
        if len(batch) == size or weight > HEAVIEST:
            yield batch
            batch, weight = [], 0
    if batch:
        yield batch


def content_of(frame: Frame) -> tuple[Frame, Content, bytes] | BrokenFrame:
    """The frame with its content and message id."""
    try:
        body = content(frame.payload, frame.row)
        return frame, body, body.digest()
    except Broken as broken:
        return BrokenFrame(frame.entry, frame.offset, broken.reason, broken.detail)
    except Exception as error:
        return BrokenFrame(frame.entry, frame.offset, "reader_failed", type(error).__name__)


def message_of(frame: Frame, body: Content, source: Source) -> Message | BrokenFrame:
    try:
        return read(body, frame.envelope.get("operation") or source.manifest.operation, frame.namespaces)
    except Broken as broken:
        return BrokenFrame(frame.entry, frame.offset, broken.reason, broken.detail)
    except Exception as error:
        return BrokenFrame(frame.entry, frame.offset, "reader_failed", type(error).__name__)
