"""One source → one landed extract: read, number, tell new from delivered before, quarantine, write, commit.

Belongs here: the loop and its invariants (messages in = landed + quarantined + duplicates). Does not: containers, dialects, tables' types.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.landed.envelope import exchange, identifier
from pipelines.landed.framing import BrokenFrame, Frame
from pipelines.landed.framing.frame import label
from pipelines.landed.incoming import batches, content_of, frames_of_source, message_of
from pipelines.landed.message import Message
from pipelines.landed.sources import Source
from pipelines.landed.tables import ExtractWriter
from pipelines.state import State

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
    try:
        _fill(state, source, university_id, writer, done, gate, progress)
    except BaseException:
        writer.abandon()
        raise
    return done


def _fill(
    state: State, source: Source, university_id: str | None, writer: ExtractWriter, done: Landed, gate: str | None, progress: Progress
) -> None:
    """Read, write, then commit: until the last step nobody sees any of it."""
    seen: set[bytes] = set()
    for batch in batches(frames_of_source(source)):
        _land_batch(batch, state, source, university_id, writer, seen, done)
        progress(len(batch))
    writer.close()
    if done.messages != done.landed + done.quarantined + done.duplicates:
        raise AssertionError(f"{done.label}: messages in are not landed + quarantined + duplicates")
    target = state.home.landed / done.extract_id
    target.parent.mkdir(parents=True, exist_ok=True)
    writer.folder.replace(target)
    _settle(target.parent)
    state.add_extract(
        {
            "extract_id": done.extract_id, "file": source.label, "format": _format(source), "bytes": source.bytes, "messages": done.messages,
            "landed": done.landed, "quarantined": done.quarantined, "duplicates": done.duplicates,
            "gate": gate or source.manifest.gate, "university_id": university_id or source.manifest.university_id or "",
        },
        seen,
    )  # fmt: skip


def _settle(folder: Path) -> None:
    """The new name is on disk before the state speaks of it, power cut or not. Windows has no such call and orders it itself."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _land_batch(
    batch: list[Frame | BrokenFrame], state: State, source: Source, university_id: str | None, writer: ExtractWriter, seen: set[bytes], done: Landed
) -> None:
    """One look-up of delivered messages for the whole batch; then each frame is a message, a duplicate or a quarantine row."""
    contents = [frame if isinstance(frame, BrokenFrame) else content_of(frame) for frame in batch]
    ids = [found[2] for found in contents if isinstance(found, tuple)]
    before = state.known(ids) if ids else set()
    for found in contents:
        done.messages += 1
        if isinstance(found, BrokenFrame):
            _quarantine(found, writer, done)
            continue
        frame, body, key = found
        if key in before or key in seen:
            done.duplicates += 1
            continue
        message = message_of(frame, body, source)
        if isinstance(message, BrokenFrame):
            _quarantine(message, writer, done)
            continue
        seen.add(key)
        done.landed += 1
        _write(frame, key.hex(), body.sha256(), message, source, university_id, writer)


def _quarantine(broken: BrokenFrame, writer: ExtractWriter, done: Landed) -> None:
    done.quarantined += 1
    done.reasons[broken.reason] = done.reasons.get(broken.reason, 0) + 1
    writer.quarantine(label(broken.entry), broken.offset, broken.reason, broken.detail)


def _write(frame: Frame, message_id: str, content_sha256: str, message: Message, source: Source, university_id: str | None, writer: ExtractWriter) -> None:
    at, on, said_by = exchange(frame.envelope, source.manifest, message)
    envelope = frame.envelope
    writer.message(
        {
            "message_id": message_id,
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
            "message_uid": identifier(envelope.get("message_uid")),
            "content_sha256": content_sha256,
        },
        message.items,
    )


def _format(source: Source) -> str:
    if len(source.files) > 1:
        return "files"
    suffixes = "".join(Path(source.files[0].name).suffixes[-2:]).lower().lstrip(".")
    known = ("ndjson", "ndjson.gz", "ndjson.zst", "jsonl", "zip", "tar", "tar.gz", "tgz", "csv", "tsv", "parquet", "xml", "json", "xml.gz", "csv.gz")
    return next((name for name in (suffixes, suffixes.rsplit(".", 1)[-1]) if name in known), "other")
