"""The bytes of one message → its content: UTF-8 without wrapping, the same in every container; and the id made of it.

Belongs here: encodings, byte order marks, trailing NULs, the XML declaration, the message id. Does not: parsing.
The SDK turns its buffer into text by full capacity, so real messages end in NULs (sepas-messages, section 2).
"""

import hashlib
import re
from dataclasses import dataclass
from typing import Any

import orjson

from pipelines.landed.message import Broken

LARGEST = 16 * 1024 * 1024
_DECLARATION = re.compile(rb"<\?xml\s[^>]*?\?>\s*")
_ENCODING = re.compile(rb"""<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_BEFORE_ROOT = re.compile(rb"(?:<!--.*?-->|<\?.*?\?>|\s)+", re.DOTALL)
_CODED_XML = re.compile(rb"Coded_string\s*=|<(?:[\w.-]+:)?Coded_string[\s/>]", re.IGNORECASE)
_CODED_JSON = re.compile(rb'"Coded_string"\s*:', re.IGNORECASE)
_NO_MARKUP = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>", re.DOTALL)


@dataclass(slots=True)
class Content:
    """One message's content: `data` is UTF-8; `parsed` the object of a JSON message; `coded` the Coded_strings in its bytes."""

    is_json: bool
    data: bytes
    coded: int
    parsed: Any = None

    @property
    def message_id(self) -> str:
        """BLAKE2b-128 of the content, as hex."""
        return hashlib.blake2b(self.data, digest_size=16).hexdigest()


def content(payload: bytes | str | dict) -> Content:
    """Content of a payload as it came: bytes of a file or member, text of a column, or an object inside a JSON row.

    Raises Broken: empty, too_large, not_utf8, not_a_message, not_json, forbidden_markup.
    """
    if isinstance(payload, dict):
        data = orjson.dumps(payload)
        return Content(True, data, len(_CODED_JSON.findall(data)), payload)
    raw = payload.encode("utf-8", "surrogatepass") if isinstance(payload, str) else payload
    if len(raw) > LARGEST:
        raise Broken("too_large", f"{len(raw)} bytes; a message may have {LARGEST}")
    raw = _utf8(raw, declared=not isinstance(payload, str)).strip(b"\0 \t\r\n\xef\xbb\xbf")
    if not raw:
        raise Broken("empty")
    if raw[:1] == b"<":
        return _xml(raw)
    if raw[:1] in b"{[":
        return _json(raw)
    raise Broken("not_a_message", "begins with neither < nor {")


def _utf8(raw: bytes, declared: bool) -> bytes:
    """UTF-8 of bytes in UTF-8, UTF-16 (by its mark or its NULs) or a declared encoding such as windows-1256."""
    encoding = "utf-8"
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16"
    elif raw[:4] in (b"<\0?\0", b"<\0P\0") or raw[1:2] == b"\0" == raw[3:4]:
        encoding = "utf-16-le"
    elif raw[:1] == b"\0" and raw[1:2] == b"<":
        encoding = "utf-16-be"
    elif declared and (found := _ENCODING.search(raw[:200])):
        encoding = found[1].decode("ascii")
    try:
        return raw if encoding.lower() in ("utf-8", "utf8") and _valid(raw) else raw.decode(encoding).encode("utf-8")
    except LookupError as error:
        raise Broken("unknown_encoding", "the XML declaration names an encoding that does not exist") from error
    except UnicodeError as error:
        raise Broken("not_utf8", f"byte {getattr(error, 'start', 0)} is no {encoding}") from error


def _valid(raw: bytes) -> bool:
    raw.decode("utf-8")
    return True


def _xml(raw: bytes) -> Content:
    """XML content: declaration, comments and instructions before the root left out; no DTD, no entities but the five."""
    if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw or b"<!doctype" in raw:
        raise Broken("forbidden_markup", "a document type or entity declaration; SEPAS messages have none")
    before = _BEFORE_ROOT.match(raw)
    data = raw[before.end() if before else 0 :]
    return Content(False, data, len(_CODED_XML.findall(data)))


def _json(raw: bytes) -> Content:
    try:
        parsed = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise Broken("not_json", f"line {error.lineno} column {error.colno}") from error
    if isinstance(parsed, list) and len(parsed) == 1:
        parsed = parsed[0]
    if not isinstance(parsed, dict):
        raise Broken("not_a_message", "JSON, but not one object")
    return Content(True, orjson.dumps(parsed), len(_CODED_JSON.findall(raw)), parsed)


def coded_outside_comments(data: bytes) -> int:
    """Coded_strings of an XML message that stand in markup, not in comments or CDATA: the second count, when the first differs."""
    return len(_CODED_XML.findall(_NO_MARKUP.sub(b"", data)))
