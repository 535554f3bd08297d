"""Jalali days, months and quarters: the only user of jdatetime beside `expectations.rule`.

Belongs here: conversions of single dates given by people, labels, and the calendar table that SQL joins.
Does not: row-by-row conversion of data (13 µs a date: join `reference.calendar` instead).
Source of the traps avoided here (locale in equality, strptime of Persian digits): jdatetime 6.1 itself.
"""

import datetime as dt
import re

import jdatetime

from pipelines.errors import InputError

MONTHS_FA = ["فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"]
SEASONS_FA = ["بهار", "تابستان", "پاییز", "زمستان"]
_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")


def to_gregorian(year: int, month: int, day: int) -> dt.date | None:
    """The Gregorian day of a Jalali one, or None if there is no such day (1402/12/30, month 13)."""
    try:
        return jdatetime.date(year, month, day).togregorian()
    except ValueError:
        return None


def to_jalali(day: dt.date) -> tuple[int, int, int]:
    """(year, month, day) in the Jalali calendar."""
    j = jdatetime.date.fromgregorian(date=day)
    return j.year, j.month, j.day


def jdate(day: dt.date) -> str:
    """`1401/11/10`."""
    return "{:04d}/{:02d}/{:02d}".format(*to_jalali(day))


def quarter(day: dt.date) -> str:
    """`1401Q4`."""
    year, month, _ = to_jalali(day)
    return f"{year}Q{(month - 1) // 3 + 1}"


def months_later(day: dt.date, months: int) -> dt.date:
    """The same Jalali day `months` months later (earlier if negative); the last of the month where that has no such day."""
    year, month, number = to_jalali(day)
    years, month = divmod(year * 12 + month - 1 + months, 12)
    found = None
    while found is None:
        found, number = to_gregorian(years, month + 1, number), number - 1
    return found


def parse_day(text: str) -> dt.date:
    """A day as people write it: `1401/11/10`, `1401-11-10` (Jalali, year below 1700), or ISO `2023-01-30`.

    Raises InputError for anything else, and for days that do not exist.
    """
    found = re.fullmatch(r"\s*([0-9]{4})[/-]([0-9]{1,2})[/-]([0-9]{1,2})\s*", text.translate(_DIGITS))
    if found:
        year, month, day = map(int, found.groups())
        if year < 1700:
            result = to_gregorian(year, month, day)
        else:
            try:
                result = dt.date(year, month, day)
            except ValueError:
                result = None
        if result is not None:
            return result
    raise InputError(f"'{text}' is not a day. Write it as 1401/11/10 (Jalali) or 2023-01-30 (ISO).")


def quarter_span(name: str) -> tuple[dt.date, dt.date]:
    """First day of a quarter such as `1401Q4` and first day after it. Raises InputError."""
    found = re.fullmatch(r"([0-9]{4})[Qq]([1-4])", name.translate(_DIGITS).strip())
    if not found:
        raise InputError(f"'{name}' is not a quarter. Write it as 1401Q4 (Jalali year, Q, 1 to 4).")
    year, number = int(found[1]), int(found[2])
    first = jdatetime.date(year, 3 * number - 2, 1).togregorian()
    after = jdatetime.date(year + number // 4, 1 if number == 4 else 3 * number + 1, 1).togregorian()
    return first, after


def quarter_label(name: str) -> str:
    """`زمستان ۱۴۰۱` for `1401Q4`."""
    year, number = name.upper().split("Q")
    return f"{SEASONS_FA[int(number) - 1]} {year.translate(str.maketrans('0123456789', '۰۱۲۳۴۵۶۷۸۹'))}"


def calendar_rows(first_year: int = 1300, last_year: int = 1500) -> list[dict[str, object]]:
    """One row a day of `reference.calendar`: date, jdate, jyear, jmonth, jday, jquarter, quarter, week and labels.

    `jalali_month` is the partition key (`1401-11`); `week` is the Gregorian day on which the Iranian week
    (Saturday first) of that day begins, so that weeks sort and subtract as dates.
    """
    rows: list[dict[str, object]] = []
    day = jdatetime.date(first_year, 1, 1).togregorian()
    for year in range(first_year, last_year + 1):
        for month in range(1, 13):
            length = 31 if month <= 6 else 30 if month <= 11 else 29 + jdatetime.date(year, 1, 1).isleap()
            for number in range(1, length + 1):
                rows.append(
                    {
                        "date": day,
                        "jdate": f"{year:04d}/{month:02d}/{number:02d}",
                        "jyear": year,
                        "jmonth": month,
                        "jalali_month": f"{year:04d}-{month:02d}",
                        "jday": number,
                        "jquarter": (month - 1) // 3 + 1,
                        "quarter": f"{year:04d}Q{(month - 1) // 3 + 1}",
                        "week": day - dt.timedelta(days=(day.weekday() + 2) % 7),
                        "month_label": f"{MONTHS_FA[month - 1]} {year}",
                    }
                )
                day += dt.timedelta(days=1)
    return rows
