"""One source → one landed extract: read, number, tell new from delivered before, quarantine, write, commit.

Belongs here: the loop and its invariants (messages in = landed + quarantined + duplicates). Does not: containers, dialects, tables' types.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.landed.content import Content, content
from pipelines.landed.envelope import exchange, identifier
from pipelines.landed.framing import BrokenFrame, Frame, frames
from pipelines.landed.framing.frame import file_name_envelope
from pipelines.landed.message import Broken, Message
from pipelines.landed.readers import read
from pipelines.landed.sources import Source
from pipelines.landed.tables import ExtractWriter
from pipelines.state import State

BATCH = 500
Progress = Callable[[int], None]


@dataclass
class Landed:
    """What became of one source. `already` is True if the same bytes had landed before and nothing was done."""

    label: str
    extract_id: str
    messages: int = 0
    landed: int = 0
    quarantined: int = 0
    duplicates: int = 0
    already: bool = False
    reasons: dict[str, int] = field(default_factory=dict)


def land(state: State, source: Source, university_id: str | None, gate: str | None, progress: Progress = lambda _: None) -> Landed:
    """Land one source; `university_id` and `gate`, if given, override its manifest. Idempotent by the source's bytes."""
    extract_id = source.extract_id()
    done = Landed(source.label, extract_id)
    if state.has_extract(extract_id):
        done.already = True
        return done
    writer = ExtractWriter(state.home.staging / f"{extract_id}.{os.getpid()}", extract_id)
    seen: set[bytes] = set()
    for batch in _batches(_frames(source), BATCH):
        _land_batch(batch, state, source, university_id, writer, seen, done)
        progress(len(batch))
    writer.close()
    target = state.home.landed / extract_id
    target.parent.mkdir(parents=True, exist_ok=True)
    os.replace(writer.folder, target)
    assert done.messages == done.landed + done.quarantined + done.duplicates
    state.add_extract(
        {
            "extract_id": extract_id, "file": source.label, "format": _format(source), "bytes": source.bytes, "messages": done.messages,
            "landed": done.landed, "quarantined": done.quarantined, "duplicates": done.duplicates,
            "gate": gate or source.manifest.gate, "university_id": university_id or source.manifest.university_id or "",
        },
        seen,
    )  # fmt: skip
    return done


def _frames(source: Source) -> Iterator[Frame | BrokenFrame]:
    """Frames of every file of the source; in a folder of loose messages the file's name is the entry."""
    for number, file in enumerate(source.files):
        for frame in frames(file, source.manifest.columns):
            if len(source.files) > 1:
                frame.entry, frame.offset = (f"{file.name}/{frame.entry}".rstrip("/"), frame.offset or number)
            if isinstance(frame, Frame) and "file_time" not in frame.envelope:
                for key, value in file_name_envelope(file.name).items():
                    frame.envelope.setdefault(key, value)
            yield frame


def _batches(items: Iterator[Frame | BrokenFrame], size: int) -> Iterator[list[Frame | BrokenFrame]]:
    batch: list[Frame | BrokenFrame] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _land_batch(
    batch: list[Frame | BrokenFrame], state: State, source: Source, university_id: str | None, writer: ExtractWriter, seen: set[bytes], done: Landed
) -> None:
    """One look-up of delivered messages for the whole batch; then each frame is a message, a duplicate or a quarantine row."""
    contents: list[tuple[Frame, Content] | BrokenFrame] = [frame if isinstance(frame, BrokenFrame) else _content(frame) for frame in batch]
    ids = [bytes.fromhex(pair[1].message_id) for pair in contents if isinstance(pair, tuple)]
    before = state.known(ids) if ids else set()
    for pair in contents:
        done.messages += 1
        if isinstance(pair, BrokenFrame):
            _quarantine(pair, writer, done)
            continue
        frame, body = pair
        key = bytes.fromhex(body.message_id)
        if key in before or key in seen:
            done.duplicates += 1
            continue
        try:
            message = read(body, frame.envelope.get("operation") or source.manifest.operation, frame.namespaces)
        except Broken as broken:
            _quarantine(BrokenFrame(frame.entry, frame.offset, broken.reason, broken.detail), writer, done)
            continue
        seen.add(key)
        done.landed += 1
        _write(frame, body, message, source, university_id, writer)


def _content(frame: Frame) -> tuple[Frame, Content] | BrokenFrame:
    try:
        body = content(frame.payload)
    except Broken as broken:
        return BrokenFrame(frame.entry, frame.offset, broken.reason, broken.detail)
    if frame.coded_in_row is not None:
        body.coded = frame.coded_in_row
    return frame, body


def _quarantine(broken: BrokenFrame, writer: ExtractWriter, done: Landed) -> None:
    done.quarantined += 1
    done.reasons[broken.reason] = done.reasons.get(broken.reason, 0) + 1
    writer.quarantine(broken.entry, broken.offset, broken.reason, broken.detail)


def _write(frame: Frame, body: Content, message: Message, source: Source, university_id: str | None, writer: ExtractWriter) -> None:
    at, on, said_by = exchange(frame.envelope, source.manifest, message)
    envelope = frame.envelope
    writer.message(
        {
            "message_id": body.message_id,
            "service": message.service,
            "exchange_at": at,
            "exchange_on": on,
            "exchange_on_source": said_by,
            "stated_university": identifier(envelope.get("university_id"), university_id, source.manifest.university_id),
            "message_university": message.university_id,
            "stated_facility": identifier(envelope.get("facility_id"), message.facility_id),
            "stated_system": identifier(envelope.get("system_id"), message.system_id),
            "node": message.node,
            "composition_uid": message.composition_uid,
            "items": len(message.items),
            "private_items": message.private_items,
            "codeless_items": message.codeless_items,
            "fixed_form_results": message.fixed_form_results,
        },
        message.items,
    )


def _format(source: Source) -> str:
    if len(source.files) > 1:
        return "files"
    suffixes = "".join(Path(source.files[0].name).suffixes[-2:]).lower().lstrip(".")
    known = ("ndjson", "ndjson.gz", "ndjson.zst", "jsonl", "zip", "tar", "tar.gz", "tgz", "csv", "tsv", "parquet", "xml", "json", "xml.gz", "csv.gz")
    return next((name for name in (suffixes, suffixes.rsplit(".", 1)[-1]) if name in known), "other")
