"""When a message was exchanged and by whom, from what its envelope, its file's name, the manifest and itself say, in that order.

Belongs here: the order of trust, and reading times as senders write them. Source: sepas-messages sections 3 and 5.
"""

import datetime as dt
import re
from typing import Any
from zoneinfo import ZoneInfo

from pipelines.errors import InputError
from pipelines.jalali import parse_day
from pipelines.landed.manifest import Manifest
from pipelines.landed.message import Message, plausible

TEHRAN = ZoneInfo("Asia/Tehran")
_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")


_DAY = re.compile(r"\s*([0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2})(?![0-9])")
_CLOCK = re.compile(r"[T ]\s*([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?")
_EPOCH = re.compile(r"\s*(?:[0-9]{10}|[0-9]{13})\s*")


def received(value: Any) -> dt.datetime | None:
    """A receive time as naive Tehran time: ISO with or without zone, a Jalali or ISO day, seconds or milliseconds since 1970.

    None for what is no time, and for days that the calendar does not know.
    """
    try:
        at = _read(value)
    except (ValueError, OverflowError, OSError):
        return None
    return at.replace(microsecond=0) if at and plausible(at.date()) else None


def _read(value: Any) -> dt.datetime | None:
    if isinstance(value, dt.datetime):
        return value.astimezone(TEHRAN).replace(tzinfo=None) if value.tzinfo else value
    if isinstance(value, dt.date):
        return dt.datetime.combine(value, dt.time())
    if (isinstance(value, int | float) and not isinstance(value, bool)) or (isinstance(value, str) and _EPOCH.fullmatch(value)):
        seconds = float(value) / (1000 if float(value) > 1e11 else 1)
        return dt.datetime.fromtimestamp(seconds, TEHRAN).replace(tzinfo=None)
    return _written(value.translate(_DIGITS)) if isinstance(value, str) else None


def _written(text: str) -> dt.datetime | None:
    """ISO as it stands; else a day in either calendar, with the time if one can be read."""
    try:
        found = dt.datetime.fromisoformat(text.strip().replace("/", "-"))
        if found.year >= 1700:
            return found.astimezone(TEHRAN).replace(tzinfo=None) if found.tzinfo else found
    except ValueError:
        pass  # a Jalali day such as 1398/02/31, or digits without zeros before them
    day = _DAY.match(text)
    if day is None:
        return None
    try:
        date = parse_day(day[1])
    except InputError:
        return None
    clock = _CLOCK.match(text, day.end())
    hour, minute, second = (int(part or 0) for part in clock.groups()) if clock else (0, 0, 0)
    return dt.datetime.combine(date, dt.time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else dt.time())


def exchange(envelope: dict[str, Any], manifest: Manifest, message: Message) -> tuple[dt.datetime | None, dt.date | None, str]:
    """(receive time if known, exchange day, where the day comes from).

    A period of the manifest bounds the day: it is the clinical day where that lies inside, else the period's nearest day.
    """
    at = received(envelope.get("received_at"))
    if at is not None:
        return at, at.date(), "envelope"
    at = envelope.get("file_time")
    if at is not None and plausible(at.date()):
        return at, at.date(), "file_name"
    if manifest.period:
        first, last = manifest.period
        return None, min(max(message.clinical_on or first, first), last), "manifest"
    if message.clinical_on:
        return None, message.clinical_on, "clinical"
    return None, None, "unknown"


def identifier(*candidates: Any) -> str | None:
    """The first that says something, trimmed and in small letters."""
    for value in candidates:
        if value is not None and str(value).strip():
            return str(value).strip().lower()
    return None
