"""NDJSON: one message a line, bare or in an envelope. Also a JSON array of messages. A bad line is one broken frame."""

import json
import re
from collections.abc import Iterator

import orjson

from pipelines.landed.columns import Columns
from pipelines.landed.content import LARGEST, json_reason
from pipelines.landed.framing.frame import BrokenFrame, Frame
from pipelines.landed.framing.streams import Stream

_MESSAGE_PARTS = ("composition", "msgid", "person")
_AROUND = b"\0 \t\r\n\xef\xbb\xbf\x1e"
_NEXT_ROW = re.compile(r",\s*(?=\{)")
_BETWEEN = re.compile(r"[\s,]*")


def looks_like_lines(head: bytes) -> bool:
    """True if the first line is a whole JSON object and another follows, or is cut off and another follows all the same."""
    first, _, rest = head.strip(_AROUND).partition(b"\n")
    if not rest.lstrip(_AROUND).startswith(b"{"):
        return False
    try:
        return isinstance(orjson.loads(first.strip(_AROUND)), dict)
    except orjson.JSONDecodeError:
        return len(first) > 200


def frames(entry: str, stream: Stream, columns: Columns) -> Iterator[Frame | BrokenFrame]:
    """A frame a line; blank lines are nothing. The piece of a line at the end of a broken stream is told with the stream."""
    for offset, line in stream.lines(LARGEST, blank=False):
        if line is None:
            yield BrokenFrame(entry, offset, "too_large", f"a line longer than {LARGEST} bytes")
        elif row := line.strip(_AROUND):
            frame = row_frame(entry, offset, row, columns)
            if isinstance(frame, Frame) or not (stream.broken and line[-1:] != b"\n"):
                yield frame


def row_frame(entry: str, offset: int, line: bytes, columns: Columns) -> Frame | BrokenFrame:
    """One JSON row: a message, or an envelope with one under `message`."""
    try:
        row = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        return BrokenFrame(entry, offset, json_reason(error, line), f"column {error.colno}")
    if not isinstance(row, dict):
        return BrokenFrame(entry, offset, "not_a_message", "a row that is no JSON object")
    if any(key.lower() in _MESSAGE_PARTS for key in row):
        return Frame(entry, offset, row, row=line)
    envelope = columns.envelope(row)
    payload = envelope.pop("message", None)
    if isinstance(payload, dict):
        return Frame(entry, offset, payload, envelope, row=line)
    if isinstance(payload, str) or columns.find(row, "message"):
        return Frame(entry, offset, payload if isinstance(payload, str) else "", envelope)
    if any(key.lower() == "data" and isinstance(value, list | dict) for key, value in row.items()):
        return Frame(entry, offset, row, row=line)
    return BrokenFrame(entry, offset, "no_payload", f"no column {columns.accepted('message')} with a message")


def array_frames(entry: str, stream: Stream, columns: Columns) -> Iterator[Frame | BrokenFrame]:
    """A JSON array held in memory: one frame an element, cut out as it stands. Behind a broken one, reading goes on at the next that is whole."""
    data = stream.read_all(LARGEST * 8)
    if data is None:
        yield BrokenFrame(entry, 0, "too_large", f"an array longer than {LARGEST * 8} bytes")
        return
    text = data.decode("utf-8", "surrogateescape")
    place, decoder = text.find("[") + 1, json.JSONDecoder()
    while (between := _BETWEEN.match(text, place)) and (place := between.end()) < len(text) and text[place] != "]":
        end = _end_of_row(decoder, text, place)
        if end:
            yield row_frame(entry, place, text[place:end].encode("utf-8", "surrogateescape"), columns)
            place = end
            continue
        following = next((m.end() for m in _NEXT_ROW.finditer(text, place) if _is_row(decoder, text, m.end(), columns)), len(text))
        if not (stream.broken and following == len(text)):
            yield BrokenFrame(entry, place, "not_json", "an element that does not end or is no JSON")
        place = following


def _is_row(decoder: json.JSONDecoder, text: str, place: int, columns: Columns) -> bool:
    """True if a whole row begins here, and no object inside one."""
    end = _end_of_row(decoder, text, place)
    return end is not None and isinstance(row_frame("", 0, text[place:end].encode("utf-8", "surrogateescape"), columns), Frame)


def _end_of_row(decoder: json.JSONDecoder, text: str, place: int) -> int | None:
    try:
        return decoder.raw_decode(text, place)[1]
    except (ValueError, RecursionError):
        return None
