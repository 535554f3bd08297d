"""How many messages come on which day: weekly rhythm, Nowruz, hours of the day.

Belongs here: the calendar of traffic. Does not: who sends (`organisations`) or what.
"""

import datetime as dt
from random import Random

FIRST_DAY = dt.date(2022, 12, 22)  # 1401/10/01
LAST_DAY = dt.date(2023, 5, 5)  # 1402/02/15
_NOWRUZ = (dt.date(2023, 3, 16), dt.date(2023, 4, 2))  # 1401/12/25 to 1402/01/13
_SHUT = (dt.date(2023, 3, 21), dt.date(2023, 3, 24))  # 1402/01/01 to 04
_WEEK = {5: 1.15, 6: 1.1, 0: 1.05, 1: 1.05, 2: 1.0, 3: 0.65, 4: 0.25}  # Saturday … Friday; Monday is 0


def day_weights() -> tuple[list[dt.date], list[float]]:
    """Every day of the span with its relative traffic."""
    days = [FIRST_DAY + dt.timedelta(days=n) for n in range((LAST_DAY - FIRST_DAY).days + 1)]
    return days, [_weight(day) for day in days]


def _weight(day: dt.date) -> float:
    weight = _WEEK[day.weekday()]
    if _NOWRUZ[0] <= day <= _NOWRUZ[1]:
        weight *= 0.2 if _SHUT[0] <= day <= _SHUT[1] else 0.35
    return weight


def second_of_day(rng: Random) -> int:
    """A time between 7:00 and 21:00, most of it in the morning."""
    return int((7 + 14 * rng.betavariate(2, 3.2)) * 3600)
