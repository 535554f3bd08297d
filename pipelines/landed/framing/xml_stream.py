"""One big XML of many messages, cut by bytes so that a broken message never takes its neighbours along.

A record is a message element below the root (`<PatientBillMessageVO …>`), or an envelope element around one (`xml_record`).
A record begins at its start tag and reaches at most to the next one's: where its end tag is missing, only it is lost.
"""

import re
from collections import Counter
from collections.abc import Iterator

from pipelines.landed.columns import Columns
from pipelines.landed.content import LARGEST
from pipelines.landed.framing.frame import BrokenFrame, Frame
from pipelines.landed.framing.streams import CHUNK, Stream
from pipelines.landed.framing.xml_record import MESSAGE, TAG, enveloped

HEAD = 1 << 16
_BEFORE_ROOT = re.compile(rb"(?:\xef\xbb\xbf|[\s\0]|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>)*", re.DOTALL | re.IGNORECASE)
_PART = re.compile(rb"(?:[\w.-]+:)?(?:Person|MsgID|Composition|Header|Body)$", re.IGNORECASE)
_BARE = re.compile(rb"<((?:[\w.-]+:)?(?:(?!Header)\w*MessageVO|Envelope|root))(?=[\s>/])")
_AROUND_PAYLOAD = re.compile(TAG.pattern + rb"\s*(?=<!\[CDATA\[|&lt;|&#60;|\{|<\?xml|" + _BARE.pattern + rb")")
_NAMESPACE = re.compile(rb"""xmlns(?::[\w.-]+)?\s*=\s*(?:"[^"]*"|'[^']*')""")
_NOISE = re.compile(rb"<!--.*?-->|<\?.*?\?>|[\s\0]+", re.DOTALL)
_LONGEST_NAME = 256


def holds_many(head: bytes) -> bool:
    """True if the root is no message itself but stands around messages, bare or in envelopes."""
    tags = _first_tags(head)
    if len(tags) < 2:
        return False
    if _PART.match(tags[1][1]):  # a message, unless it is the rest of a damaged one and others follow
        return not MESSAGE.match(tags[0][1]) and _BARE.search(head, tags[0].end()) is not None
    if MESSAGE.match(tags[1][1]):
        return True
    if MESSAGE.match(tags[0][1]):  # `root` may stand for a message, or around rows
        return tags[0][1] == b"root" and len(tags) > 2 and MESSAGE.match(tags[2][1]) is not None
    return True


def _first_tags(head: bytes) -> list[re.Match[bytes]]:
    before = _BEFORE_ROOT.match(head)
    root = TAG.match(head, before.end() if before else 0)
    if root is None or root[3]:
        return []
    tags = [root]
    while len(tags) < 3 and (following := TAG.search(head, tags[-1].end())):
        tags.append(following)
    return tags


def _record_name(head: bytes, root: bytes, first: bytes) -> bytes | None:
    """The name of the envelope element, or None for bare messages: by what stands around payloads, for the first record may be damaged."""
    if not MESSAGE.match(first) and re.search(rb"</%s\s*>\s*<%s[\s>/]" % (re.escape(first), re.escape(first)), head):
        return first
    around = Counter(tag[1] for tag in _AROUND_PAYLOAD.finditer(head) if tag[1] != root and not tag[3] and not _PART.match(tag[1]))
    bare = sum(tag[1] != root for tag in _BARE.finditer(head))
    name, times = around.most_common(1)[0] if around else (first, 0)
    if bare > 2 * times or not times:
        return None if bare else first
    parent = re.search(rb"</%s\s*>\s*</([\w.:-]+)\s*>" % re.escape(name), head)
    return parent[1] if parent and parent[1] != root else name


def frames(entry: str, stream: Stream, columns: Columns) -> Iterator[Frame | BrokenFrame]:
    """Every record in order; anything between records that is not blank or a comment is a broken frame."""
    root, first = _first_tags(stream.peek(HEAD))[:2]
    if b"<!" in stream.peek(root.start()).replace(b"<!--", b""):
        yield BrokenFrame(entry, 0, "forbidden_markup", "a document type declaration before the root")
    name = _record_name(stream.peek(HEAD), root[1], first[1])
    bare = name is None
    start = _BARE if name is None else re.compile(rb"<(%s)(?=[\s>/])" % re.escape(name))
    namespaces = b" ".join(_NAMESPACE.findall(root[2]))
    stream.read(root.end())
    ended = whole = False
    for offset, piece, last in _pieces(stream, start):
        if piece is None:
            yield BrokenFrame(entry, offset, "too_large", f"a record longer than {LARGEST} bytes")
            continue
        if last and (end := piece.rfind(b"</" + root[1])) >= 0:
            ended, piece = not _NOISE.sub(b"", piece[piece.find(b">", end) + 1 :]), piece[:end]
        whole = True
        for frame in _record(entry, offset, piece, start, namespaces, None if bare else columns):
            whole = isinstance(frame, Frame)
            if whole or not (last and stream.broken):
                yield frame
    if whole and not ended and not stream.broken:
        yield BrokenFrame(entry, stream.offset, "stream_broken", "the file does not end with its root element")


def _pieces(stream: Stream, start: re.Pattern[bytes]) -> Iterator[tuple[int, bytes | None, bool]]:
    """(offset, bytes from one start tag to the next, whether it is the last piece); None for bytes that are too many."""
    buffer, base, at, searched, dropped = b"", stream.offset, 0, 0, False
    while True:
        found = start.search(buffer, searched)
        while found and _inside_soap(buffer, at, found.start()):
            found = start.search(buffer, found.end())
        if found:
            if found.start() > at or dropped:
                yield base + at, None if dropped else buffer[at : found.start()], False
            at, searched, dropped = found.start(), found.start() + 1, False
            continue
        buffer, base, at, searched = buffer[at:], base + at, 0, max(len(buffer) - at - _LONGEST_NAME, 1)
        if len(buffer) > 2 * LARGEST:
            buffer, base, dropped, searched = buffer[-_LONGEST_NAME:], base + len(buffer) - _LONGEST_NAME, True, 0
        chunk = stream.read(CHUNK)
        if not chunk:
            yield base, None if dropped else buffer, True
            return
        buffer += chunk


def _inside_soap(buffer: bytes, at: int, place: int) -> bool:
    """True for a message element that is the body of a SOAP envelope rather than a record of its own."""
    return buffer[max(at, place - 80) : place].rstrip().endswith(b"Body>")


def _record(
    entry: str, offset: int, piece: bytes, start: re.Pattern[bytes], namespaces: bytes, columns: Columns | None
) -> Iterator[Frame | BrokenFrame]:
    """The record a piece begins with, and whatever stands behind it where nothing should."""
    begun, tag = start.match(piece), TAG.match(piece)
    rest = piece
    if begun and (tag is None or not tag[3]):
        end = re.compile(rb"</%s\s*>" % re.escape(begun[1])).search(piece)  # the first: the next start tag may be damaged
        if end is None or tag is None:
            yield BrokenFrame(entry, offset, "not_well_formed", "the message breaks off")
            return
        rest = piece[end.end() :]
        if columns is None:
            yield Frame(entry, offset, piece[: end.end()], namespaces=namespaces)
        else:
            yield enveloped(entry, offset, tag, piece[tag.end() : end.start()], namespaces, columns)
    elif begun and tag:
        rest = piece[tag.end() :]
        yield BrokenFrame(entry, offset, "empty", "a record without a message")
    if _NOISE.sub(b"", rest):
        yield BrokenFrame(entry, offset + len(piece) - len(rest), "not_a_message", "something between messages")
