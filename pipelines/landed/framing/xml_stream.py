"""One big XML of many messages, cut by bytes so that a broken message never takes its neighbours along.

A record is a message element below the root (`<PatientBillMessageVO …>`), or an envelope element with attributes or columns
(`<Message received_at=…>…</Message>`, `<ROW><XML_CONTENT>…`). Records do not nest in themselves; where a record begins before the
last one ended, the last one is broken and reading goes on with the new one.
"""

import html
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

from pipelines.landed.content import LARGEST
from pipelines.landed.framing.frame import BrokenFrame, Frame
from pipelines.landed.framing.streams import CHUNK, Stream
from pipelines.landed.manifest import Columns

_TAG = re.compile(rb"<((?:[\w.-]+:)?[A-Za-z_][\w.-]*)((?:\s[^<>]*)?)>")
_SINGLE = re.compile(rb"(?:[\w.-]+:)?(?:\w*MessageVO|root|Envelope)$", re.IGNORECASE)
_NAMESPACE = re.compile(rb"""xmlns(?::[\w.-]+)?\s*=\s*(?:"[^"]*"|'[^']*')""")
_ATTRIBUTE = re.compile(r"""([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_CDATA = re.compile(rb"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_NOISE = re.compile(rb"<!--.*?-->|<\?.*?\?>|\s+", re.DOTALL)


def holds_many(head: bytes) -> bool:
    """True if the root is no message itself, or a second document follows the first."""
    if b"\0" in head[:200]:
        return False  # UTF-16: a single message, decoded later
    roots = _TAG.search(head)
    return roots is not None and not _SINGLE.fullmatch(roots[1]) and _TAG.search(head, roots.end()) is not None


def frames(entry: str, stream: Stream, columns: Columns) -> Iterator[Frame | BrokenFrame]:
    """Every record in order; anything between records that is not blank or a comment is a broken frame."""
    head = stream.peek(CHUNK)
    root = _TAG.search(head)
    assert root is not None
    first = _TAG.search(head, root.end())
    assert first is not None
    enveloped = not _SINGLE.fullmatch(first[1])
    name = re.escape(first[1])
    record = re.compile(rb"<(%s)(?=[\s>/])" % (name if enveloped else rb"(?:[\w.-]+:)?\w*MessageVO|" + name))
    stream.read(root.end())
    namespaces = b" ".join(_NAMESPACE.findall(root[2]))
    for offset, data, whole in _records(stream, record, b"</" + root[1]):
        if not whole:
            if _NOISE.sub(b"", data):
                yield BrokenFrame(entry, offset, *_why(data, record))
        elif enveloped:
            yield _enveloped(entry, offset, data, columns)
        else:
            yield Frame(entry, offset, data, namespaces=namespaces)


def _why(data: bytes, record: re.Pattern[bytes]) -> tuple[str, str]:
    if len(data) >= LARGEST:
        return "too_large", f"a record longer than {LARGEST} bytes"
    begun = record.match(data) is not None
    return ("not_well_formed", "the message breaks off") if begun else ("not_a_message", "something between messages")


def _records(stream: Stream, record: re.Pattern[bytes], end_of_root: bytes) -> Iterator[tuple[int, bytes, bool]]:
    """(offset, bytes, whether they are a whole record). Pieces that are no record come as they stood."""
    buffer, base, more = b"", stream.offset, True
    while True:
        start = record.search(buffer)
        if start is None or (more and len(buffer) - start.start() < 256):
            more = bool(chunk := stream.read(CHUNK))
            buffer += chunk
            if not more and start is None:
                rest = buffer.split(end_of_root, 1)[0]
                if rest:
                    yield base, rest, False
                return
            if more:
                continue
            start = record.search(buffer)
            if start is None:
                continue
        if start.start():
            yield base, buffer[: start.start()], False
            base += start.start()
            buffer = buffer[start.start() :]
        length, whole, buffer, more = _extent(buffer, record, end_of_root, stream, more)
        yield base, buffer[:length], whole
        base += length
        buffer = buffer[length:]


def _extent(buffer: bytes, record: re.Pattern[bytes], end_of_root: bytes, stream: Stream, more: bool) -> tuple[int, bool, bytes, bool]:
    """Length of the record at the start of the buffer, and whether it is whole; reads on as needed."""
    tag = record.match(buffer)
    assert tag is not None
    closing = re.compile(rb"</%s\s*>" % re.escape(tag[1]))
    searched = tag.end()
    while True:
        end = closing.search(buffer, max(searched - 300, 0))
        following = record.search(buffer, tag.end(), end.start() if end else len(buffer))
        if following:
            return following.start(), False, buffer, more
        if end:
            return end.end(), True, buffer, more
        searched = len(buffer)
        chunk = stream.read(CHUNK) if more else b""
        if not chunk or len(buffer) > LARGEST + CHUNK:
            stop = buffer.find(end_of_root)
            return (stop if stop > 0 else len(buffer)), False, buffer, bool(chunk)
        buffer += chunk


def _enveloped(entry: str, offset: int, data: bytes, columns: Columns) -> Frame | BrokenFrame:
    """A record around a message: its attributes, or its small elements, are the envelope."""
    opening = _TAG.match(data)
    if opening is None:
        return BrokenFrame(entry, offset, "not_well_formed", "a record whose start tag cannot be read")
    attributes = {k: html.unescape(a or b) for k, a, b in _ATTRIBUTE.findall(opening[2].decode("utf-8", "replace"))}
    inner = data[opening.end() : data.rfind(b"</")]
    envelope = columns.envelope(attributes)
    envelope.pop("message", None)
    child = _TAG.search(inner)
    if child is not None and inner.lstrip()[:1] == b"<" and not inner.lstrip().startswith(b"<!") and not _SINGLE.fullmatch(child[1]):
        return _columns_as_elements(entry, offset, data, columns, envelope)
    return Frame(entry, offset, _payload(inner), envelope, namespaces=b"")


def _columns_as_elements(entry: str, offset: int, data: bytes, columns: Columns, envelope: dict) -> Frame | BrokenFrame:
    """`<ROW><ID>…</ID><XML_CONTENT>…</XML_CONTENT></ROW>`: each small element is a column, the payload's is cut out as it stands."""
    names = [match.decode() for match in re.findall(rb"<([A-Za-z_][\w.-]*)[\s>]", data)]
    column = columns.find(names, "message")
    if column is None:
        return BrokenFrame(entry, offset, "no_payload", f"no element {columns.accepted('message')} in the record")
    tag = column.encode()
    found = re.search(rb"<%s(?:\s[^>]*)?>(.*)</%s\s*>" % (tag, tag), data, re.DOTALL)
    rest = data[: found.start()] + data[found.end() :] if found else data
    try:
        row = {child.tag: child.text for child in ET.fromstring(rest)}
    except ET.ParseError:
        row = {}
    said = columns.envelope(row) | envelope
    said.pop("message", None)
    return Frame(entry, offset, _payload(found[1] if found else b""), said)


def _payload(inner: bytes) -> bytes | str:
    """The payload of a record: an element as it stands, or text that was escaped or put in CDATA."""
    stripped = inner.strip()
    if stripped.startswith(b"<![CDATA["):
        return b"".join(_CDATA.findall(stripped))
    if stripped[:4] in (b"&lt;", b"&#60") or stripped[:1] == b"{":
        return html.unescape(stripped.decode("utf-8", "replace"))
    return stripped
