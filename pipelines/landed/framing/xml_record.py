"""An envelope element of a big XML: `<Message received_at=…>…</Message>`, `<ROW><ID>…</ID><XML_CONTENT>…</XML_CONTENT></ROW>`.

The message inside is an element as it stands, or text that was escaped or put in CDATA. Attributes and small elements are the envelope.
Nothing is parsed as XML here, so that a broken message inside breaks nothing but itself.
"""

import re
from collections.abc import Iterator
from typing import Any

from pipelines.landed.columns import Columns
from pipelines.landed.framing.frame import BrokenFrame, Frame

_ATTRIBUTES = rb"""(?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*"""
TAG = re.compile(rb"<((?:[\w.-]+:)?[A-Za-z_][\w.-]*)(" + _ATTRIBUTES + rb")\s*(/?)>")
MESSAGE = re.compile(rb"(?:[\w.-]+:)?(?:\w*MessageVO|root|Envelope)$", re.IGNORECASE)
_ATTRIBUTE = re.compile(rb"""([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_NAMESPACE = re.compile(rb"""xmlns(?::[\w.-]+)?\s*=\s*(?:"[^"]*"|'[^']*')""")
_CDATA = re.compile(rb"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_REFERENCE = re.compile(rb"&(?:(lt|gt|amp|quot|apos)|#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6}));")
_FIVE = {b"lt": b"<", b"gt": b">", b"amp": b"&", b"quot": b'"', b"apos": b"'"}


def enveloped(entry: str, offset: int, tag: re.Match[bytes], inner: bytes, namespaces: bytes, columns: Columns) -> Frame | BrokenFrame:
    """The frame of a record with start tag `tag` and content `inner`."""
    said = columns.envelope(_attributes(tag[2]))
    said.pop("message", None)
    inner, namespaces = inner.strip(), b" ".join([namespaces, *_NAMESPACE.findall(tag[2])])
    child = TAG.match(inner)
    if child is None or MESSAGE.match(child[1]):
        return _frame(entry, offset, inner, said, namespaces)
    row = dict(_children(inner))
    column = columns.find(row, "message")
    if column is None:
        return BrokenFrame(entry, offset, "no_payload", f"no element {columns.accepted('message')} in the record")
    payload = row.pop(column).strip()
    small = columns.envelope({name: _shown(_text(value)) for name, value in row.items()})
    return _frame(entry, offset, payload, small | said, namespaces)


def _frame(entry: str, offset: int, payload: bytes, said: dict[str, Any], namespaces: bytes) -> Frame:
    """An element is cut out as it stands and needs the declarations around it; anything else is text that holds a document."""
    if TAG.match(payload) or (payload[:1] == b"<" and not payload.startswith(b"<![CDATA[")):
        return Frame(entry, offset, payload, said, namespaces.strip())
    text = _text(payload)
    try:
        return Frame(entry, offset, text.decode("utf-8"), said)  # text: what its own declaration says of its encoding is past
    except UnicodeDecodeError:
        return Frame(entry, offset, text, said)


def _children(inner: bytes) -> Iterator[tuple[str, bytes]]:
    """(column, content) of each child element; a column is named by `name`, or by the element where it has none."""
    place = 0
    while child := TAG.search(inner, place):
        name = _attributes(child[2]).get("name") or _shown(child[1])
        end = None if child[3] else re.compile(rb"</%s\s*>" % re.escape(child[1])).search(inner, child.end())
        if not child[3] and end is None:
            return
        yield name, inner[child.end() : end.start()] if end else b""
        place = end.end() if end else child.end()


def _attributes(written: bytes) -> dict[str, str]:
    found = {_shown(k): _shown(_unescaped(a or b)) for k, a, b in _ATTRIBUTE.findall(written)}
    return {("name" if k.lower() == "name" else k): v for k, v in found.items()}


def _text(content: bytes) -> bytes:
    """Character data: CDATA sections as they stand, the rest with its references resolved."""
    parts = _CDATA.split(content.strip())
    return b"".join(part if number % 2 else _unescaped(part) for number, part in enumerate(parts))


def _unescaped(text: bytes) -> bytes:
    return _REFERENCE.sub(_resolved, text) if b"&" in text else text


def _resolved(found: re.Match[bytes]) -> bytes:
    if found[1]:
        return _FIVE[found[1]]
    code = int(found[2]) if found[2] else int(found[3], 16)
    return chr(code).encode("utf-8", "surrogatepass") if code <= 0x10FFFF else found[0]


def _shown(text: bytes) -> str:
    return text.decode("utf-8", "replace")
