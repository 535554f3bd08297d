"""A batch: many messages in one request, one answer a line. A message that cannot be read costs its own line only.

Belongs here: taking a batch apart. Accepted: NDJSON (a message or `{"message": …, "operation": …, "on": …, "id": …}` a line, or XML
on one line) and a JSON array of the same.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import orjson

from pipelines.serve.desk import Asking, Desk, day_of
from pipelines.serve.refusals import Refusal

_LONGEST_ID = 200


def entries(body: bytes, most: int) -> list[Any]:
    """The lines or elements of a batch, not yet looked into. Raises Refusal."""
    stripped = body.strip(b"\0 \t\r\n\xef\xbb\xbf")
    if not stripped:
        raise Refusal("empty")
    if stripped[:1] == b"[":
        try:
            found = orjson.loads(stripped)
        except orjson.JSONDecodeError as error:
            raise Refusal("not_json", f"line {error.lineno} column {error.colno}") from None
    else:
        found = [line for line in stripped.split(b"\n") if line.strip()]
    if len(found) > most:
        raise Refusal("message_too_large", f"{len(found)} messages; a batch may have {most}")
    return found


def answered(desk: Desk, found: list[Any], asking: Asking, max_bytes: int, first: int = 1) -> Iterator[bytes]:
    """One line of NDJSON an entry, in order: `line`, the caller's own `id` if one was given, and `answer` or `error`."""
    for number, entry in enumerate(found, first):
        said: dict[str, Any] = {"line": number}
        try:
            message, row = _taken_apart(entry)
            if isinstance(row.get("id"), str | int):
                said["id"] = str(row["id"])[:_LONGEST_ID]
            own = _own(row, asking)
            if isinstance(message, bytes | str) and len(message) > max_bytes:
                raise Refusal("message_too_large", f"{max_bytes} bytes are allowed")
            said["answer"] = desk.answered(message, own)
        except Refusal as refusal:
            said |= refusal.body()
        yield orjson.dumps(said, default=str) + b"\n"


def _taken_apart(entry: Any) -> tuple[bytes | str | dict[str, Any], dict[str, Any]]:
    """(message, what the row around it says; empty where the entry is the message itself)."""
    if isinstance(entry, bytes):
        if entry.lstrip()[:1] != b"{":
            return entry, {}
        try:
            entry = orjson.loads(entry)
        except orjson.JSONDecodeError as error:
            raise Refusal("not_json", f"column {error.colno} of the line") from None
    if isinstance(entry, str):
        return entry, {}
    if not isinstance(entry, dict):
        raise Refusal("not_a_message", "neither an object nor a text")
    return (entry["message"], entry) if isinstance(entry.get("message"), str | dict) else (entry, {})


def _own(row: dict[str, Any], asking: Asking) -> Asking:
    """How the message of a row is asked about: its own day and operation go before those of the batch."""
    said = {key: row.get(key) for key in ("on", "operation")}
    if any(not isinstance(value, str | None) or len(value or "") > 100 for value in said.values()):
        raise Refusal("bad_parameter", "on and operation are texts")
    return replace(asking, on=day_of(said["on"]) or asking.on, operation=said["operation"] or asking.operation)
