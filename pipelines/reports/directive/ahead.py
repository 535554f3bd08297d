"""What starts when: rules, deadlines and list releases after a day, and what is in force already, as data without language.

Belongs here: which days matter and how far they are. Does not: words and layout. Holidays are those of the solar calendar,
which fall on the same day every year; lunar ones move and are not known here.
"""

import datetime as dt
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from expectations.catalogue import catalogue
from expectations.letter import Deadline, Letter, Row
from expectations.letters import binding_of, letters
from expectations.rule import OTHER_SERVICES, Rule, jalali_day
from pipelines.jalali import months_later, to_gregorian, to_jalali
from pipelines.reports.directive.lists import Release, coming


@dataclass
class Start:
    """One row of a letter that starts, with its rules; `without_rule`: service × field that no active rule answers."""

    day: dt.date
    letter: Letter
    row: Row
    rules: list[Rule]
    without_rule: list[str]


@dataclass
class Ahead:
    """The days after `on`, up to and with `until`, each kind by day; `started`: the latest first."""

    on: dt.date
    until: dt.date
    starts: list[Start] = field(default_factory=list)
    started: list[Start] = field(default_factory=list)
    deadlines: list[tuple[dt.date, Letter, Deadline]] = field(default_factory=list)
    undated: list[tuple[Letter, Deadline]] = field(default_factory=list)
    announced: list[tuple[dt.date, Letter]] = field(default_factory=list)
    releases: list[Release] = field(default_factory=list)

    @property
    def nothing(self) -> bool:
        """True if no day between `on` and `until` brings anything."""
        return not (self.starts or self.deadlines or self.announced or self.releases)


def ahead(on: dt.date, months: int, releases: list[Release]) -> Ahead:
    """Everything that letters and loaded releases say of the `months` Jalali months after a day, and what has begun by then."""
    found = Ahead(on, months_later(on, months))
    for start in _starts():
        if start.day <= on:
            found.started.insert(0, start)
        elif start.day <= found.until:
            found.starts.append(start)
    for letter in letters().values():
        for deadline in letter.deadlines:
            day = jalali_day(deadline.on_day) if deadline.on_day else None
            if day is None:
                found.undated.append((letter, deadline))
            elif on < day <= found.until:
                found.deadlines.append((day, letter, deadline))
        if letter.lists and on < jalali_day(letter.dated) <= found.until:
            found.announced.append((jalali_day(letter.dated), letter))
    found.deadlines.sort(key=lambda each: each[0])
    found.releases = coming(releases, on, found.until)
    return found


def _starts() -> list[Start]:
    """Every row of every letter, by day."""
    rules = catalogue()
    answered = {binding_of(rule): rule for rule in rules}
    starts = []
    for letter in letters().values():
        for row in letter.rows:
            own = [r for r in rules if (r.directive.letter, r.directive.row) == (letter.letter, row.row)]
            asked = {(b.service, b.field) for b in answered if (b.letter, b.row) == (letter.letter, row.row)}
            lost = [f"{cell.service} × {cell.field}" for cell in row.bindings if (cell.service, cell.field) not in asked]
            starts.append(Start(jalali_day(row.starts_on), letter, row, sorted(own, key=lambda r: (r.service == OTHER_SERVICES, r.id)), lost))
    return sorted(starts, key=lambda s: (s.day, s.letter.dated, s.row.row))


@cache
def holidays() -> list[dict[str, Any]]:
    """The holidays of the solar calendar: on_day (month/day), days, near, fa, en."""
    return yaml.safe_load(Path(__file__).with_name("holidays.yaml").read_text(encoding="utf-8"))


def holidays_near(day: dt.date) -> list[tuple[dict[str, Any], int]]:
    """Solar holidays that a day is near to, with the days until them (negative: since), nearest first."""
    year = to_jalali(day)[0]
    found = []
    for holiday in holidays():
        for near in (year - 1, year, year + 1):
            begins = to_gregorian(near, *map(int, holiday["on_day"].split("/")))
            if begins is not None:
                distance = (begins - day).days
                distance = distance if distance > 0 else min(0, distance + holiday["days"] - 1)
                if abs(distance) <= holiday["near"]:
                    found.append((holiday, distance))
    return sorted(found, key=lambda each: abs(each[1]))


def marks(found: Ahead) -> list[tuple[float, str, dt.date]]:
    """The timeline's points: (place from 0 to 100, kind, day), one a day and kind. Kinds: `start`, `deadline`, `list`, `announced`."""
    days = {(s.day, "start") for s in found.starts} | {(day, "deadline") for day, _, _ in found.deadlines}
    days |= {(dt.date.fromisoformat(r["valid_from"]), "list") for r in found.releases} | {(day, "announced") for day, _ in found.announced}
    return [(_place(found, day), kind, day) for day, kind in sorted(days)]


def ticks(found: Ahead) -> list[tuple[float, dt.date]]:
    """The timeline's months: (place from 0 to 100, first day); every second, third … where there are more than seven."""
    year, month, _ = to_jalali(found.on)
    first = to_gregorian(year, month, 1) or found.on
    days = [day for n in range(1, 1 + (found.until - found.on).days // 28 + 1) if (day := months_later(first, n)) <= found.until]
    return [(_place(found, day), day) for day in days[:: max(1, -(-len(days) // 7))] if _place(found, day) < 95]


def _place(found: Ahead, day: dt.date) -> float:
    return round(100 * (day - found.on).days / (found.until - found.on).days, 2)
