"""The bytes of one message → its content: UTF-8 without wrapping, the same in every container; and the id made of it.

Belongs here: encodings, byte order marks, trailing NULs, the XML declaration, the message id. Does not: parsing of XML.
The SDK turns its buffer into text by full capacity, so real messages end in NULs (sepas-messages, section 2).
"""

import hashlib
import re
from dataclasses import dataclass
from typing import Any

import orjson

from pipelines.landed.message import Broken

LARGEST = 16 * 1024 * 1024
_ENCODING = re.compile(rb"""<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_KNOWN_ENCODING = re.compile(r"(?:windows-?|cp-?)125[0-8]|iso-?8859-\d{1,2}|latin-?1|(?:us-)?ascii|utf-?(?:8|16(?:-?[lb]e)?)", re.IGNORECASE)
_BEFORE_ROOT = re.compile(rb"(?:<!--.*?-->|<\?.*?\?>|\s)+", re.DOTALL)
_FORBIDDEN = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_CODED_XML = re.compile(rb"Coded_string\s*=|<(?:[\w.-]+:)?Coded_string[\s/>]", re.IGNORECASE)
_CODED_JSON = re.compile(rb'"Coded_string"\s*:', re.IGNORECASE)
_NO_MARKUP = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>", re.DOTALL)  # instructions too: an unclosed <!-- may stand in one
_AROUND = b"\0 \t\r\n\xef\xbb\xbf"


@dataclass(slots=True)
class Content:
    """One message's content: `data` is UTF-8, `sent` the bytes as they came; `parsed` is the object of a JSON message."""

    is_json: bool
    data: bytes
    sent: bytes
    parsed: Any = None

    def digest(self) -> bytes:
        """The message id: BLAKE2b-128 of the content."""
        return hashlib.blake2b(self.data, digest_size=16).digest()

    def sha256(self) -> str:
        """SHA-256 of the same content: what other systems' logs may name a message by."""
        return hashlib.sha256(self.data).hexdigest()

    def holds(self, found: int) -> bool:
        """True if as many Coded_strings stand in the bytes as were `found`. A quick count first; where it differs, the exact ones decide."""
        if self.is_json:
            return self.sent.count(b'oded_string"') == found or self.coded() == found
        elements = self.sent.count(b"oded_string>") // 2  # a start tag and an end tag are one
        if self.sent.count(b"oded_string") - elements == found or self.coded() == found:
            return True
        return len(_CODED_XML.findall(_NO_MARKUP.sub(b"", self.sent))) == found

    def coded(self) -> int:
        """How often a Coded_string stands in the bytes, in any letter case, as attribute, element or key."""
        return len((_CODED_JSON if self.is_json else _CODED_XML).findall(self.sent))


def content(payload: bytes | str | dict, row: bytes = b"") -> Content:
    """Content of a payload as it came: bytes of a file or member, text of a column, or the object parsed from a JSON `row`.

    Raises Broken: empty, too_large, too_deep, not_utf8, unknown_encoding, not_a_message, not_json, forbidden_markup.
    """
    if isinstance(payload, dict):
        data = _compact(payload)
        return Content(True, data, row or data, payload)
    raw = payload.encode("utf-8", "surrogatepass") if isinstance(payload, str) else payload
    if len(raw) > LARGEST:
        raise Broken("too_large", f"{len(raw)} bytes; a message may have {LARGEST}")
    raw = _utf8(raw, declared=not isinstance(payload, str)).strip(_AROUND)
    if not raw:
        raise Broken("empty")
    if raw[:1] == b"<":
        return _xml(raw)
    if raw[:1] in b"{[":
        return _json(raw)
    raise Broken("not_a_message", "begins with neither < nor {")


def _utf8(raw: bytes, declared: bool) -> bytes:
    """UTF-8 of bytes in UTF-8, UTF-16 (by its mark or its NULs) or a declared encoding such as windows-1256."""
    encoding = utf_16(raw[:4])
    if encoding:
        raw = raw[: len(raw) & ~1] if raw[-1:] == b"\0" else raw  # a lone NUL at the end
    elif declared and raw[:200].lstrip(_AROUND)[:1] == b"<" and (found := _ENCODING.search(raw[:200])):
        encoding = found[1].decode("ascii").lower()
        if not _KNOWN_ENCODING.fullmatch(encoding):
            raise Broken("unknown_encoding", "the XML declaration names an encoding that is not read here")
        if encoding.startswith("utf"):  # .NET declares utf-16 where it writes text that is then stored as UTF-8
            encoding = ""
    try:
        text = raw.decode(encoding or "utf-8")
    except UnicodeError as error:
        raise Broken("not_utf8", f"byte {getattr(error, 'start', 0)} is no {encoding or 'utf-8'}") from error
    return text.encode("utf-8") if encoding else raw


def utf_16(head: bytes) -> str:
    """Which UTF-16 the bytes begin with, by their mark or by the NULs beside an ASCII letter; blank for none."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    if len(head) >= 4 and head[1] == 0 == head[3] and head[0] and head[2]:
        return "utf-16-le"
    return "utf-16-be" if len(head) >= 4 and head[0] == 0 == head[2] and head[1] and head[3] else ""


def _xml(raw: bytes) -> Content:
    """XML content: declaration, comments and instructions before the root left out; no DTD, no entities but the five."""
    if b"<!" in raw and _FORBIDDEN.search(raw):
        raise Broken("forbidden_markup", "a document type or entity declaration; SEPAS messages have none")
    before = _BEFORE_ROOT.match(raw)
    data = raw[before.end() :] if before else raw
    return Content(False, data, data)


def _json(raw: bytes) -> Content:
    try:
        parsed = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise Broken(json_reason(error, raw), f"line {error.lineno} column {error.colno}") from error
    if isinstance(parsed, list) and len(parsed) == 1:
        parsed = parsed[0]
    if not isinstance(parsed, dict):
        raise Broken("not_a_message", "JSON, but not one object")
    return Content(True, _compact(parsed), raw, parsed)


def _compact(parsed: dict[str, Any]) -> bytes:
    try:
        return orjson.dumps(parsed, default=str)
    except TypeError as error:  # orjson writes 254 levels
        raise Broken("too_deep", "more levels than any message has") from error


def json_reason(error: orjson.JSONDecodeError, raw: bytes) -> str:
    """Why these bytes are no JSON, as a word of the quarantine."""
    if "depth" in error.msg or "ecursion" in error.msg:  # words of orjson 3.13, and of older ones
        return "too_deep"
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return "not_utf8"
    return "not_json"
