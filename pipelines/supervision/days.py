"""On which days the service judged as ordered: in force, not enforced, enforced too early, down; or too little seen to say.

Belongs here: the decision for a day from its counts. Does not: the counts. A rule that lets every error of a day pass is not enforced only if that
could not be chance: probability q^missed, with q the share it misses on days it does enforce, times the number of days looked at (Bonferroni).
"""

import datetime as dt
from collections.abc import Iterable, Mapping
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
    """One state a rule and day with calls."""
    rows = list(days)
    tested = [row for row in rows if row.day >= row.start_on and row.missed and not row.enforced]
    found = []
    for rule in dict.fromkeys(row.rule_id for row in rows):
        own = [row for row in rows if row.rule_id == rule]
        enforcing = [row for row in own if row.enforced and row.day >= row.start_on]
        a, b = MISSED_BEFOREHAND
        missed = (a + sum(row.missed for row in enforcing)) / (a + b + sum(row.missed + row.enforced for row in enforcing))
        found += [_rule_state(row, missed, len(tested)) for row in own]
    return found


def _rule_state(row: RuleDay, missed: float, tested: int) -> State:
    chance = None
    if row.day < row.start_on:
        state = "enforced_early" if row.enforced >= EARLY_AT_LEAST else "not_yet" if row.missed and not row.enforced else "not_estimable"
    elif row.enforced:
        state = "in_force"
    else:
        chance = missed**row.missed
        state = "not_enforced" if row.missed >= FEWEST and chance * tested <= CHANCE else "not_estimable"
    return State(row.rule_id, row.day, state, row.calls, row.missed, row.enforced, 0, chance)


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
