"""On which days the service judged as ordered: chance is told from a rule that is not enforced, silence from a day off."""

import datetime as dt

from pipelines.supervision.days import RuleDay, rule_states, service_states

START = dt.date(2023, 3, 1)


def day(n: int, missed: int, enforced: int, rule: str = "r") -> RuleDay:
    return RuleDay(rule, START + dt.timedelta(days=n), START, missed + enforced + 5, missed, enforced)


def states(*days: RuleDay) -> dict[int, str]:
    return {(s.day - START).days: s.state for s in rule_states(days)}


ENFORCED = [day(n, 0, 10) for n in range(10, 40)]


def test_a_rule_not_enforced_in_its_first_days():
    assert states(*(day(n, 6, 0) for n in range(10)), *ENFORCED) == dict.fromkeys(range(10), "not_enforced") | dict.fromkeys(range(10, 40), "in_force")


def test_thin_days_in_a_row_are_held_together():
    got = states(day(0, 1, 0), day(1, 0, 0), day(2, 2, 0), day(3, 1, 0), *ENFORCED)
    assert [got[n] for n in range(4)] == ["not_enforced", "not_estimable", "not_enforced", "not_enforced"]


def test_one_or_two_errors_that_pass_are_chance():
    assert states(day(5, 2, 0), *ENFORCED)[5] == "not_estimable"
    assert states(day(5, 1, 0), day(6, 0, 3), day(7, 1, 0), *ENFORCED)[7] == "not_estimable"


def test_a_rule_that_misses_much_needs_more():
    leaky = [day(n, 5, 5) for n in range(10, 40)]
    assert states(day(5, 5, 0), *leaky)[5] == "not_estimable" and states(day(5, 30, 0), *leaky)[5] == "not_enforced"


def test_before_the_start():
    got = states(day(-5, 9, 0), day(-4, 0, 3), day(-3, 1, 1), day(-2, 0, 0), *ENFORCED)
    assert [got[n] for n in (-5, -4, -3, -2)] == ["not_yet", "enforced_early", "not_estimable", "not_estimable"]


def test_rules_do_not_lend_each_other_days():
    got = {(s.rule_id, (s.day - START).days): s.state for s in rule_states([day(9, 2, 0, "a"), day(10, 2, 0, "b"), *ENFORCED])}
    assert got["a", 9] == got["b", 10] == "not_estimable"


def test_days_without_service():
    days = {START + dt.timedelta(days=n): (100, 1) for n in range(20)}
    days |= {START + dt.timedelta(days=5): (40, 40), START + dt.timedelta(days=8): (0, 0), START + dt.timedelta(days=12): (2, 2)}
    got = {(s.day - START).days: s.state for s in service_states(days)}
    assert (got[5], got[8], got[12], got[6]) == ("down", "down", "not_estimable", "in_force")


def test_a_quiet_log_has_no_silent_days():
    days = {START + dt.timedelta(days=n): (3 * (n % 2), 0) for n in range(20)}
    assert {s.state for s in service_states(days)} == {"in_force", "not_estimable"}
