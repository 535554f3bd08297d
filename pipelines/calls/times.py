"""The time of a call as logs write it → naive Tehran time.

Belongs here: ISO, Jalali, seconds and milliseconds since 1970, a strptime pattern, zones. Does not: which column it stands in.
"""

import datetime as dt
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from pipelines.jalali import to_gregorian

TEHRAN = ZoneInfo("Asia/Tehran")
FIRST, LAST = dt.datetime(1990, 1, 1), dt.datetime(2100, 1, 1)
_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")
_WRITTEN = re.compile(
    r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})(?:[T ,\-]+([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]{1,9}))?)?)?\s*(Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_NUMBER = re.compile(r"[0-9]{9,13}(?:[.][0-9]+)?")


def reader(form: str, zone: str) -> Callable[[Any], dt.datetime | None]:
    """A function value → naive Tehran time, or None for what is no time (or none of 1990 to 2100)."""
    home = ZoneInfo(zone)
    read = _strptime(form) if "%" in form else _epoch(1000 if form == "epoch_ms" else 1) if form.startswith("epoch") else _auto(form == "jalali")

    def at(value: Any) -> dt.datetime | None:
        try:
            found = read(value)
        except (ValueError, OverflowError, OSError, TypeError):
            return None
        if found is None:
            return None
        if found.tzinfo is not None:
            found = found.astimezone(TEHRAN).replace(tzinfo=None)
        elif zone != "Asia/Tehran":
            found = found.replace(tzinfo=home).astimezone(TEHRAN).replace(tzinfo=None)
        return found if FIRST <= found < LAST else None

    return at


def _strptime(form: str) -> Callable[[Any], dt.datetime | None]:
    return lambda value: value if isinstance(value, dt.datetime) else dt.datetime.strptime(str(value).translate(_DIGITS).strip(), form)


def _epoch(unit: int) -> Callable[[Any], dt.datetime | None]:
    return lambda value: value if isinstance(value, dt.datetime) else _since_1970(float(str(value).translate(_DIGITS)) / unit)


def _since_1970(seconds: float) -> dt.datetime:
    return dt.datetime.fromtimestamp(seconds, TEHRAN).replace(tzinfo=None)


def _auto(jalali: bool) -> Callable[[Any], dt.datetime | None]:
    """Whatever can be read without doubt: years below 1700 are Jalali, numbers count from 1970."""

    def read(value: Any) -> dt.datetime | None:
        if isinstance(value, dt.datetime):
            return value
        if isinstance(value, bool) or value is None:
            return None
        if isinstance(value, int | float):
            return _since_1970(value / 1000 if value > 1e11 else value)
        text = str(value).translate(_DIGITS).strip()
        if _NUMBER.fullmatch(text):
            return read(float(text))
        found = _WRITTEN.fullmatch(text)
        return _parts(found, jalali) if found else None

    return read


def _parts(found: re.Match[str], jalali: bool) -> dt.datetime | None:
    year, month, day = int(found[1]), int(found[2]), int(found[3])
    date = _jalali_day(year, month, day) if jalali or year < 1700 else dt.date(year, month, day)
    if date is None or found[4] is None:
        return None  # a day without a clock tells nothing of before and after
    clock = dt.time(int(found[4]), int(found[5]), int(found[6] or 0), int((found[7] or "0").ljust(6, "0")[:6]))
    return dt.datetime.combine(date, clock, _offset(found[8]))


@lru_cache(maxsize=4096)
def _jalali_day(year: int, month: int, day: int) -> dt.date | None:
    return to_gregorian(year, month, day)


@lru_cache(maxsize=64)
def _offset(text: str | None) -> dt.tzinfo | None:
    if text is None:
        return None
    if text == "Z":
        return dt.UTC
    sign = -1 if text[0] == "-" else 1
    return dt.timezone(sign * dt.timedelta(hours=int(text[1:3]), minutes=int(text[-2:])))
