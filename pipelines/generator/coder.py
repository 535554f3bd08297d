"""Makes judged items: a code in force on the day, sometimes with a fault or a benign variation, and the verdict that must come of it.

Belongs here: the meeting of lists, habits, faults. Does not: where items stand in messages (`trees`).
"""

import datetime as dt
from random import Random

from pipelines.generator.benign import vary
from pipelines.generator.codes import CodeList, Row
from pipelines.generator.faults import FAULTS
from pipelines.generator.habits import Habits
from pipelines.generator.nodes import Coded, Verdict


class Coder:
    """Codes for the messages of one sender on one day."""

    __slots__ = ("day", "habits", "lists", "rng")

    def __init__(self, lists: dict[str, CodeList], habits: Habits, day: dt.date, rng: Random) -> None:
        self.lists = lists
        self.habits = habits
        self.day = day
        self.rng = rng

    def item(self, rule_id: str, terminology: str, row: Row | None = None) -> Coded:
        """An item judged by `rule_id`; `row` asks for that code, else a popular one."""
        codes = self.lists[terminology]
        if row is None:
            row = codes.pick(self.day, self.rng)
        special, any_fault = self.habits.rates(terminology, self.day)
        chance = self.rng.random()
        if chance < any_fault:
            return self._faulty(rule_id, codes, row, chance < special)
        kind = self.habits.benign(self.rng)
        if kind is not None:
            varied = vary(kind, row.title, terminology, self.rng)
            if varied is not None:
                return Coded(varied[0], varied[1], row.code, Verdict(rule_id, "passed", kind, None))
        return Coded(row.title, terminology, row.code, Verdict(rule_id, "passed", "clean", None))

    def plain(self, terminology: str) -> Coded:
        """A right code at a place that no rule judges."""
        row = self.lists[terminology].pick(self.day, self.rng)
        return Coded(row.title, terminology, row.code)

    def _faulty(self, rule_id: str, codes: CodeList, row: Row, special: bool) -> Coded:
        for name in self.habits.faults(codes.terminology, special, self.rng):
            made = FAULTS[name][0](codes, row, self.day, self.rng, self.habits.vendor.product)
            if made is not None:
                verdict = Verdict(rule_id, made.outcome, name, made.cause_known)
                return Coded(made.title, made.terminology, made.code, verdict)
        raise AssertionError("code_missing can always be made")
