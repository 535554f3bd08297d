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
from pipelines.landed.message import Message

TEHRAN = ZoneInfo("Asia/Tehran")


def received(value: Any) -> dt.datetime | None:
    """A receive time as naive Tehran time: ISO with or without zone, a Jalali or ISO day, seconds or milliseconds since 1970."""
    if isinstance(value, dt.datetime):
        return value.astimezone(TEHRAN).replace(tzinfo=None) if value.tzinfo else value
    if isinstance(value, dt.date):
        return dt.datetime.combine(value, dt.time())
    if isinstance(value, (int, float)) and not isinstance(value, bool) or isinstance(value, str) and re.fullmatch("[0-9]{10}|[0-9]{13}", value):
        seconds = float(value) / (1000 if float(value) > 1e11 else 1)
        return dt.datetime.fromtimestamp(seconds, TEHRAN).replace(tzinfo=None)
    return _written(value) if isinstance(value, str) else None


def _written(text: str) -> dt.datetime | None:
    text = text.strip().replace("/", "-")
    year = re.match(r"[0-9]{4}", text)
    if year and int(year[0]) < 1700:
        day, _, clock = text.replace("T", " ").partition(" ")
        try:
            date = parse_day(day)
            return dt.datetime.combine(date, dt.time.fromisoformat(clock[:8]) if clock.strip() else dt.time())
        except (InputError, ValueError):
            return None
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.astimezone(TEHRAN).replace(tzinfo=None) if found.tzinfo else found


def exchange(envelope: dict[str, Any], manifest: Manifest, message: Message) -> tuple[dt.datetime | None, dt.date | None, str]:
    """(receive time if known, exchange day, where the day comes from).

    A period of the manifest bounds the day: it is the clinical day where that lies inside, else the period's nearest day.
    """
    at = received(envelope.get("received_at"))
    if at is not None:
        return at, at.date(), "envelope"
    at = envelope.get("file_time")
    if at is not None:
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
