"""NDJSON: one message a line, bare or in an envelope. Also a JSON array of messages. A bad line is one broken frame."""

import re
from collections.abc import Iterator

import orjson

from pipelines.landed.content import LARGEST
from pipelines.landed.framing.frame import BrokenFrame, Frame
from pipelines.landed.framing.streams import Stream
from pipelines.landed.manifest import Columns

_CODED = re.compile(rb'"Coded_string"\s*:', re.IGNORECASE)
_MESSAGE_PARTS = ("composition", "msgid", "person")


def looks_like_lines(start: bytes) -> bool:
    """True if the first line is a whole JSON object by itself and something follows it or it is an envelope."""
    if start[:1] != b"{":
        return False
    line, end, rest = start.partition(b"\n")
    if not end:
        return b'"message"' in line[:400] or b'"received_at"' in line[:400]
    try:
        orjson.loads(line)
    except orjson.JSONDecodeError:
        return len(line) > 200 and rest[:1] == b"{"
    return True


def frames(entry: str, stream: Stream, columns: Columns) -> Iterator[Frame | BrokenFrame]:
    """A frame a line; blank lines are nothing."""
    for offset, line in stream.lines(LARGEST):
        if line is None:
            yield BrokenFrame(entry, offset, "too_large", f"a line longer than {LARGEST} bytes")
            continue
        line = line.strip(b"\0 \t\xef\xbb\xbf\x1e")
        if line:
            yield row_frame(entry, offset, line, columns)


def row_frame(entry: str, offset: int, line: bytes, columns: Columns) -> Frame | BrokenFrame:
    """One JSON row. Keys said twice in a row are found by counting Coded_strings in its bytes."""
    try:
        row = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            return BrokenFrame(entry, offset, "not_utf8", "a line that is no UTF-8")
        return BrokenFrame(entry, offset, "not_json", f"column {error.colno}")
    if not isinstance(row, dict):
        return BrokenFrame(entry, offset, "not_a_message", "a line that is no JSON object")
    if any(key.lower() in _MESSAGE_PARTS for key in row):
        return Frame(entry, offset, row, coded_in_row=len(_CODED.findall(line)))
    envelope = columns.envelope(row)
    payload = envelope.pop("message", None)
    if isinstance(payload, dict):
        return Frame(entry, offset, payload, envelope, coded_in_row=len(_CODED.findall(line)))
    if isinstance(payload, str):
        return Frame(entry, offset, payload, envelope)
    if any(key.lower() == "data" and isinstance(value, list) for key, value in row.items()):
        return Frame(entry, offset, row, coded_in_row=len(_CODED.findall(line)))
    return BrokenFrame(entry, offset, "no_payload", f"no column {columns.accepted('message')} with a message")


def array_frames(entry: str, stream: Stream, columns: Columns) -> Iterator[Frame | BrokenFrame]:
    """A JSON array held in memory: one frame an element."""
    data = stream.read_all(LARGEST * 8)
    try:
        rows = orjson.loads((data or b"").strip(b"\0 \t\r\n\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        yield BrokenFrame(entry, 0, "not_json", f"line {error.lineno} column {error.colno}")
        return
    for number, row in enumerate(rows):
        yield row_frame(entry, number, orjson.dumps(row), columns)
