"""A frame: the payload of one message as cut out of its container, and its envelope.

Belongs here: the envelope's fields, labels of files and entries, and what a file name says
(`M_D_YYYY h_mm_ss AM_<SystemID>_<Operation>Secure.xml`, Gregorian, Tehran local: seen on the test node's dumps, sepas-messages section 2).
"""

import contextlib
import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Any

from pipelines.landed.message import SERVICES

_GUID = re.compile(r"[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}")
_CLOCK = r"(?:20[1-4]\d|139\d|14\d\d)(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])[T_ -]?(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?"
_NUMBERS = re.compile(rf"{_GUID.pattern}|(?<!\d){_CLOCK}(?!\d)|\d{{8,}}")
_TIME = re.compile(r"(\d{1,2})_(\d{1,2})_(\d{4}) (\d{1,2})_(\d{2})_(\d{2})(?: ?([AaPp])[Mm])?(?=_)")
_OPERATION = re.compile(r"[Ss]ave([A-Za-z]+?)(?:Secure)?(?![A-Za-z])")


@dataclass(slots=True)
class Frame:
    """One message cut out: `payload` is bytes, text or a parsed object; `offset` is a byte or row, as the container counts.

    `row` are the bytes that held a parsed object, so that what a parser dropped can be counted.
    """

    entry: str
    offset: int
    payload: bytes | str | dict
    envelope: dict[str, Any] = field(default_factory=dict)
    namespaces: bytes = b""
    row: bytes = b""


@dataclass(slots=True)
class BrokenFrame:
    """Something in a container that cannot be cut into a message. `detail` quotes nothing of it."""

    entry: str
    offset: int
    reason: str
    detail: str = ""


def label(name: str) -> str:
    """A file's or entry's name as it may be shown: eight or more digits in a row may be somebody's number, unless a GUID or a time."""
    return _NUMBERS.sub(lambda m: m[0] if not m[0].isdigit() or re.fullmatch(_CLOCK, m[0]) else "#" * len(m[0]), name)


def file_name_envelope(name: str) -> dict[str, Any]:
    """What a file's name says: file_time (naive, Tehran), system_id, operation; nothing of an unknown form."""
    base = re.split(r"[/\\]", name)[-1]
    said: dict[str, Any] = {}
    if timed := _TIME.match(base):
        month, day, year, hour, minute, second = (int(part) for part in timed.groups()[:6])
        if timed[7]:
            hour = hour % 12 + (12 if timed[7] in "Pp" else 0)
        with contextlib.suppress(ValueError):
            said["file_time"] = dt.datetime(year, month, day, hour, minute, second)
    if guid := _GUID.search(base):
        said["system_id"] = guid[0]
    if operation := file_name_operation(base):
        said["operation"] = operation
    return said


def file_name_operation(base: str) -> str | None:
    """`SavePatientBill` in a file's name; a word that merely begins with `save` is none."""
    found = _OPERATION.search(base)
    return f"Save{found[1]}" if found and (found[1][0].isupper() or found[1].lower() in SERVICES) else None
