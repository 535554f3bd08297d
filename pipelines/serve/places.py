"""Where an item stands in the text as it was sent: line, column and range, so that it can be marked there.

Belongs here: positions. The readers number elements in document order; here the same elements are found in the text, in the same order.
Ranges are UTF-16 code units from the start of the text, as JavaScript, Java and C# count; given for texts sent as UTF-8 only.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.parsers import expat

from pipelines.landed.content import Content
from pipelines.landed.readers.json_form import tree_of_json, unwrapped
from pipelines.landed.readers.names import local_name
from pipelines.landed.readers.places import PRIVATE
from pipelines.landed.readers.xml_form import tree_of_xml

_START_TAG = re.compile(rb"""<[^"'>]*(?:"[^"]*"[^"'>]*|'[^']*'[^"'>]*)*>""")
_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+', re.DOTALL)


class Span(NamedTuple):
    """Bytes of an element: where it begins, where its start tag ends (in JSON: where it ends), where it ends."""

    start: int
    tag_end: int
    end: int


class Places(NamedTuple):
    """`items`: element_no → {line, column, start, end}; `private`: ranges below Person, so that a page can hide them."""

    items: dict[int, dict[str, int]]
    private: list[dict[str, int]]


def places(sent: bytes, content: Content, items: set[int]) -> Places:
    """Where the elements of items stand in the bytes as sent. Empty where that cannot be told for sure."""
    at = sent.find(content.sent)
    root = tree_of_json(content.parsed) if content.is_json else tree_of_xml(content.data)
    names = [local_name(element.tag) for element in root.iter()]
    found = list(_json(content.sent) if content.is_json else _xml(content.data))
    if content.is_json:
        found = found[unwrapped(content.parsed)[1] :]
    if at < 0 or len(found) != len(names):  # another encoding than UTF-8; a key given twice
        return Places({}, [])
    chosen = {number: (at + found[number].start, at + _end_of_item(found[number], content)) for number in items if 0 <= number < len(found)}
    person = {number: (at + found[number].start, at + found[number].end) for number, name in enumerate(names) if name in PRIVATE}
    return Places(_in_text(sent, chosen), list(_in_text(sent, person).values()))


def _end_of_item(span: Span, content: Content) -> int:
    """An item of attributes is its start tag, one of child elements is the whole."""
    return span.tag_end if b"=" in content.data[span.start : span.tag_end] and not content.is_json else span.end


def _xml(data: bytes) -> Iterator[Span]:
    """The elements of a document in their order."""
    parser = expat.ParserCreate("utf-8")
    starts: list[int] = []
    ends: dict[int, int] = {}
    open_: list[int] = []

    def start(_: str, __: dict[str, str]) -> None:
        open_.append(len(starts))
        starts.append(parser.CurrentByteIndex)

    def end(_: str) -> None:
        ends[open_.pop()] = parser.CurrentByteIndex

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(data, True)
    for number, begin in enumerate(starts):
        tag = _START_TAG.match(data, begin)
        tag_end = tag.end() if tag else begin
        yield Span(begin, tag_end, max(tag_end, data.find(b">", ends[number]) + 1) if data[tag_end - 2 : tag_end] != b"/>" else tag_end)


def _json(data: bytes) -> Iterator[Span]:
    """The values that the reader makes elements of, in their order: objects, scalars, lists in lists."""
    found: list[list[int]] = []
    stack: list[tuple[bytes, int]] = []  # (opening sign, number of its range or -1)
    is_key = False
    for token in _TOKEN.finditer(data):
        sign = token[0]
        if sign in (b"}", b"]"):
            _, number = stack.pop()
            if number >= 0:
                found[number][1] = token.end()
        elif sign in (b"{", b"["):
            counts = sign == b"{" or bool(stack and stack[-1][0] == b"[")
            if counts:
                found.append([token.start(), token.end()])
            stack.append((sign, len(found) - 1 if counts else -1))
        elif sign not in (b":", b",") and not is_key:
            found.append([token.start(), token.end()])
        is_key = sign == b"{" or (sign == b"," and bool(stack) and stack[-1][0] == b"{")
    return (Span(start, end, end) for start, end in found)


def _in_text(sent: bytes, spans: dict[int, tuple[int, int]]) -> dict[int, dict[str, int]]:
    """Byte ranges as ranges of the text, with line and column (from 1) of the start."""
    marks = sorted({mark for span in spans.values() for mark in span})
    units, line, last_break, done = 0, 1, 0, 0
    known: dict[int, tuple[int, int, int]] = {}
    for mark in marks:
        part = sent[done:mark].decode("utf-8", "replace")
        wide = len(part.encode("utf-16-le", "replace")) // 2
        breaks = part.count("\n")
        if breaks:
            line += breaks
            last_break = units + wide - len(part.rsplit("\n", 1)[1].encode("utf-16-le", "replace")) // 2
        units += wide
        known[mark] = (units, line, units - last_break + 1)
        done = mark
    return {number: {"line": known[a][1], "column": known[a][2], "start": known[a][0], "end": known[b][0]} for number, (a, b) in spans.items()}
