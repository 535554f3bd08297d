"""What a message is made of before it is written: coded items, objects, lists. A dialect turns these into text, `numbering` counts them.

Belongs here: node types and makers of SEPAS's small data objects (quantity, date, time, identifier).
Does not: anything of one service, one dialect or one fault.
"""

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

from pipelines.jalali import to_jalali


class Nil:
    """Type of NIL: a part that is written as `xsi:nil` where a dialect has it."""


NIL: Final = Nil()
Fields = list[tuple[str, Any]]


class Verdict(NamedTuple):
    """What the generator knows to be true of a judged item."""

    rule_id: str
    outcome: str
    fault: str
    cause_known: str | None


class Coded:
    """A coded item. A part that is None is not sent; an empty one is sent empty. `verdict` is set if a rule judges it."""

    __slots__ = ("code", "terminology", "title", "verdict")

    def __init__(
        self, title: str | None, terminology: str | None, code: str | None, verdict: Verdict | None = None
    ) -> None:
        self.title = title
        self.terminology = terminology
        self.code = code
        self.verdict = verdict


class Obj:
    """An object: fields in order, and the parts XML writes as attributes. `shared` ones are reused, so their text is kept in `cache`.

    A shared object never holds a judged item.
    """

    __slots__ = ("attributes", "cache", "fields", "shared")

    def __init__(self, fields: Fields, attributes: Sequence[tuple[str, str]] = (), shared: bool = False) -> None:
        self.fields = fields
        self.attributes = attributes
        self.shared = shared
        self.cache: dict[Any, Any] = {}


class Rows:
    """A list. XML wraps each row in `wrapper` (a class name) with the row's own `xsi:type`; other dialects do not wrap."""

    __slots__ = ("rows", "wrapper")

    def __init__(self, wrapper: str, rows: Sequence[tuple[str | None, Obj]]) -> None:
        self.wrapper = wrapper
        self.rows = rows


def rows(wrapper: str, objects: list[Obj]) -> Rows | None:
    """A list of plain objects, or None if there is none."""
    return Rows(wrapper, [(None, one) for one in objects]) if objects else None


def quantity(magnitude: float, unit: str = "Rial") -> Obj:
    """DO_QUANTITY."""
    return Obj([("Magnitude", magnitude)], (("Unit", unit),))


def identifier(issuer: str, number: str, kind: str) -> Obj:
    """DO_IDENTIFIER."""
    return Obj([], (("Issuer", issuer), ("Assigner", issuer), ("ID", number), ("Type", kind)))


@lru_cache(maxsize=100_000)
def date(day: dt.date) -> Obj:
    """DO_DATE in Jalali numbers."""
    year, month, number = to_jalali(day)
    return Obj([("Year", year), ("Month", month), ("Day", number)], shared=True)


def time(second_of_day: int) -> Obj:
    """DO_TIME."""
    return Obj([("Hour", second_of_day // 3600), ("Minute", second_of_day // 60 % 60), ("Second", second_of_day % 60)])


def date_time(day: dt.date, second_of_day: int) -> Obj:
    """DO_DATE_TIME."""
    return Obj(date(day).fields + time(second_of_day).fields)
