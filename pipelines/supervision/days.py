"""On which days the service judged as ordered: in force, not enforced, enforced too early, down; or too little seen to say.

Belongs here: the decision for a day from its counts. Does not: the counts. A rule that lets every error of days in a row pass is not enforced only if
that could not be chance: probability q^missed, with q the share it misses on days it does enforce, times the number of runs looked at (Bonferroni).
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from itertools import groupby
from statistics import median
from typing import NamedTuple

CHANCE = 0.01  # of one wrong day in the whole table
FEWEST = 3  # errors that passed, at least
MISSED_BEFOREHAND = (1.0, 9.0)  # a service misses about one in ten until its own days say otherwise: Beta, in errors
EARLY_AT_LEAST = 2  # refusals naming a rule before its start: one may be a single wrong answer
DOWN_SHARE = 0.9  # of a day's calls unanswered
USUAL_CALLS = 20  # a day without calls says something only if days around it usually have so many
AROUND = 7  # days on each side


class RuleDay(NamedTuple):
    """Counts of one rule on one day; `start_on`: when it was ordered to be in force."""

    rule_id: str
    day: dt.date
    start_on: dt.date
    calls: int
    missed: int
    enforced: int


class State(NamedTuple):
    """What a day was. `chance`: how probable its counts are with the rule in force (for not_enforced and its undecided neighbours)."""

    rule_id: str  # '' for the whole service
    day: dt.date
    state: str  # in_force, not_enforced, not_yet, enforced_early, down, not_estimable
    calls: int
    missed: int
    enforced: int
    failed: int
    chance: float | None


def rule_states(days: Iterable[RuleDay]) -> list[State]:
    """One state a rule and day with calls. Days in a row on which every error passed are held against chance together."""
    rows = sorted(days, key=lambda row: (row.rule_id, row.day))
    runs = [list(run) for due, run in groupby(rows, key=_run) if due[2]]
    missed = {rule: _missed([row for row in rows if row.rule_id == rule]) for rule in {row.rule_id for row in rows}}
    chances: dict[tuple[str, dt.date], tuple[int, float]] = {}
    for run in runs:
        errors = sum(row.missed for row in run)
        chances |= {(row.rule_id, row.day): (errors, missed[row.rule_id] ** errors) for row in run}
    return [_rule_state(row, chances.get((row.rule_id, row.day)), len(runs)) for row in rows]


def _run(row: RuleDay) -> tuple[str, bool, bool]:
    """Neighbours with the same answer belong together; the last part says whether every error of the day passed, or none came, after the start."""
    due = row.day >= row.start_on
    return row.rule_id, due, due and not row.enforced


def _missed(own: list[RuleDay]) -> float:
    """The share of errors a rule misses on days on which it is enforced."""
    enforcing = [row for row in own if row.enforced and row.day >= row.start_on]
    a, b = MISSED_BEFOREHAND
    return (a + sum(row.missed for row in enforcing)) / (a + b + sum(row.missed + row.enforced for row in enforcing))


def _rule_state(row: RuleDay, run: tuple[int, float] | None, runs: int) -> State:
    errors, chance = run or (0, None)
    if row.day < row.start_on:
        state = "enforced_early" if row.enforced >= EARLY_AT_LEAST else "not_yet" if row.missed and not row.enforced else "not_estimable"
    elif row.enforced:
        state = "in_force"
    else:
        sure = chance is not None and errors >= FEWEST and chance * runs <= CHANCE
        state = "not_enforced" if row.missed and sure else "not_estimable"
    return State(row.rule_id, row.day, state, row.calls, row.missed, row.enforced, 0, chance if row.missed else None)


def service_states(days: Mapping[dt.date, tuple[int, int]]) -> list[State]:
    """One state a day of the log, of (calls, calls unanswered): down where (nearly) nothing was answered, or nobody called on a day on which many do."""
    found = []
    for day, (calls, failed) in days.items():
        around = [days[other][0] for n in range(-AROUND, AROUND + 1) if n and (other := day + dt.timedelta(days=n)) in days]
        usual = median(around) if around else 0
        if calls:
            state = "down" if failed >= DOWN_SHARE * calls and failed >= FEWEST else "in_force" if calls > failed else "not_estimable"
        else:
            state = "down" if usual >= USUAL_CALLS else "not_estimable"
        found.append(State("", day, state, calls, 0, 0, failed, None))
    return found
