"""The invented validation service: it knows the truth of an item and answers by it, except where a fault is planted.

Belongs here: what is answered, and the planted faults. Does not: who calls (`senders`), sentences (`texts`).
Planted: a rule not enforced in its first days, a rule enforced too early, an old list that knows no retirement, single wrong answers
either way, and two days without service.
"""

import datetime as dt
from random import Random
from typing import NamedTuple

from pipelines.generator.calls import texts
from pipelines.generator.habits import STARTS
from pipelines.generator.numbering import Judged

DOWN_DAYS = (dt.date(2023, 2, 14), dt.date(2023, 3, 5))
LATE_RULE, LATE_DAYS = "lnc", 10  # not enforced in the first ten days
EARLY_RULE, EARLY_DAYS = "erx", 4  # enforced four days too early
OLD_LIST, OLD_UNTIL = "rvu3", dt.date(2023, 4, 1)  # a code's retirement is not known before
FALSE_ACCEPT, FALSE_REFUSAL = 0.02, 0.012
_STARTS = {name.split(".")[-1].lower(): day for name, day in STARTS.items()}


class Fault(NamedTuple):
    """A planted disagreement between the service and the rules. `kind`: false_accept, false_refusal, early_refusal, down."""

    kind: str
    reason: str
    rule_id: str | None
    outcome: str | None
    code: str | None


class Reply(NamedTuple):
    """`passed` is None on days without service. `text` is blank where nothing is refused."""

    passed: bool | None
    text: str
    faults: tuple[Fault, ...]


def reply(judged: list[Judged], day: dt.date, rng: Random) -> Reply:
    """The answer to a message with these items on this day: one error at most, as ValidationResultVO has it."""
    if day in DOWN_DAYS:
        return Reply(None, rng.choice(texts.DOWN), (Fault("down", "down", None, None, None),))
    failing = [one for one in judged if one.item_no is not None and one.verdict.outcome not in ("passed", "not_applicable")]
    due = [one for one in failing if day >= _start(one)]
    refused, missed = [], []
    for one in due:
        reason = _missed(one, day, rng)
        if reason:
            missed.append(Fault("false_accept", reason, one.verdict.rule_id, one.verdict.outcome, one.code))
        else:
            refused.append(one)
    if refused:
        return _refuse(refused[0], ())
    if missed:
        return Reply(True, "", tuple(missed))
    early = [one for one in failing if _rule(one) == EARLY_RULE and 0 < (_start(one) - day).days <= EARLY_DAYS]
    if early:
        return _refuse(early[0], (_fault("early_refusal", "rule_enforced_early", early[0]),), rng)
    clean = [one for one in judged if one.item_no is not None and one.verdict.outcome == "passed" and one.code and day >= _start(one)]
    if clean and rng.random() < FALSE_REFUSAL:
        one = rng.choice(clean)
        wrong = one._replace(verdict=one.verdict._replace(outcome="unknown"))
        return _refuse(wrong, (_fault("false_refusal", "single", wrong),), rng)
    return Reply(True, "", ())


def _refuse(one: Judged, faults: tuple[Fault, ...], rng: Random | None = None) -> Reply:
    rng = rng or Random(f"{one.path}/{one.item_no}/{one.code}")
    return Reply(False, texts.refusal(one.verdict.rule_id, one.verdict.outcome, one.code, rng), faults)


def _fault(kind: str, reason: str, one: Judged) -> Fault:
    return Fault(kind, reason, one.verdict.rule_id, one.verdict.outcome, one.code)


def _missed(one: Judged, day: dt.date, rng: Random) -> str:
    """Why the service lets a failing item pass, or blank."""
    if _rule(one) == LATE_RULE and (day - _start(one)).days < LATE_DAYS:
        return "rule_not_enforced"
    if _rule(one) == OLD_LIST and one.verdict.outcome == "not_in_force" and day < OLD_UNTIL:
        return "old_release"
    return "single" if rng.random() < FALSE_ACCEPT else ""


def _rule(one: Judged) -> str:
    return one.verdict.rule_id.rsplit("-", 1)[1]


def _start(one: Judged) -> dt.date:
    return _STARTS[_rule(one)]
