"""Whole messages, a planted log, the real pipeline: the audit finds every planted disagreement of the service and no other."""

import datetime as dt
import sys

import pytest

from pipelines.settings import PROJECT

sys.path.insert(0, str(PROJECT / "benchmarks"))
import supervision as planted


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    root = tmp_path_factory.mktemp("planted")
    home = planted.made(root, messages=1500, universities=1, seed=5)
    before = planted.disagreements(home, root / "out")
    rows = planted.senders(home, root / "out")
    planted.add_log(home, root / "out")
    return before, rows, planted.disagreements(home, root / "out"), planted.days(home)


def test_every_planted_disagreement_and_no_other(run):
    _, _, sets, _ = run
    assert sets["planted"] == sets["found"] and len(sets["planted"]) >= 8
    assert {kind for _, _, kind, _ in sets["planted"]} == {"false_accept", "false_refuse"}


def test_days_that_were_not_as_ordered(run):
    seen = run[3]
    lnc = {dt.date(2023, 3, 1) + dt.timedelta(days=n) for n in range(10)}
    early = {dt.date(2023, 2, 5) + dt.timedelta(days=n) for n in range(4)}
    assert {day for _, day, state in seen if state == "down"} == {dt.date(2023, 2, 14), dt.date(2023, 3, 5)}
    assert {day for _, day, state in seen if state == "not_enforced"} <= lnc
    assert {day for _, day, state in seen if state == "enforced_early"} <= early


def test_without_the_log_there_is_no_audit(run):
    assert run[0]["found"] == set()


def test_without_the_log_those_who_go_around_stand_before_the_others(run):
    given = [row for row in run[1] if row[1] is not None]
    bad, good = [row[1] for row in given if row[0] not in planted.VALIDATES], [row[1] for row in given if row[0] in planted.VALIDATES]
    assert bad and good
    assert sum(bad) / len(bad) > sum(good) / len(good) + 0.3
