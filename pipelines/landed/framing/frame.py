"""A frame: the payload of one message as cut out of its container, and its envelope.

Belongs here: the envelope's fields, and what a file name says (`M_D_YYYY h_mm_ss AM_<SystemID>_<Operation>Secure.xml`, Gregorian,
Tehran local: seen on the test node's dumps, sepas-messages section 2).
"""

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Any

FIELDS = ("message", "received_at", "operation", "system_id", "facility_id", "university_id", "message_uid")
_GUID = re.compile(r"[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}")


@dataclass(slots=True)
class Frame:
    """One message cut out: `payload` is bytes, text or a parsed object; `offset` is a byte, line or row, as the container counts."""

    entry: str
    offset: int
    payload: bytes | str | dict
    envelope: dict[str, Any] = field(default_factory=dict)
    namespaces: bytes = b""
    coded_in_row: int | None = None


@dataclass(slots=True)
class BrokenFrame:
    """Something in a container that cannot be cut into a message. `detail` quotes nothing of it."""

    entry: str
    offset: int
    reason: str
    detail: str = ""


def file_name_envelope(name: str) -> dict[str, Any]:
    """What a file's name says: received_at (naive, Tehran), system_id, operation; nothing of an unknown form."""
    base = re.split(r"[/\\]", name)[-1]
    said: dict[str, Any] = {}
    timed = re.match(r"(\d{1,2})_(\d{1,2})_(\d{4}) (\d{1,2})_(\d{2})_(\d{2})(?: ?([AaPp])[Mm])?(?=_)", base)
    if timed:
        month, day, year, hour, minute, second = (int(part) for part in timed.groups()[:6])
        if timed[7]:
            hour = hour % 12 + (12 if timed[7] in "Pp" else 0)
        try:
            said["file_time"] = dt.datetime(year, month, day, hour, minute, second)
        except ValueError:
            pass
    guid = _GUID.search(base)
    if guid:
        said["system_id"] = guid[0]
    operation = re.search(r"Save[A-Za-z]+", base)
    if operation:
        said["operation"] = operation[0]
    return said
