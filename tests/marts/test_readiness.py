"""marts.readiness: against a count by hand over invented senders; window bounds; classes; who must act."""

import datetime as dt
from collections import defaultdict
from random import Random

import pytest
from text_tables import mart, warehouse
from wilson_naive import wilson

from pipelines.marts import given

START, AS_OF = dt.date(2023, 1, 30), dt.date(2023, 1, 16)
RULE = "rule_id\n r"
DAYS = "rule_id | weeks_before\n r | 2"


def senders(*lines: str) -> str:
    return "\n".join(["facility_id | exchange_on | messages | messages_with_field", *lines])


def outcomes(*lines: str) -> str:
    return "\n".join(["facility_id | exchange_on | outcome | cause | gate | reading | items", *lines])


def classes(sent: str, judged: str, **more: str) -> dict[str, tuple]:
    con = warehouse(marts__rules=RULE, marts__readiness_days=DAYS, findings__sender_days=sent, findings__outcome_counts=judged,
                    marts__causes="cause | responsible\n code_missing | vendor\n filler | facility\n not_yet_in_force | ministry", **more)  # fmt: skip
    return {row[0]: row[1:] for row in con.execute("select facility_id, readiness, reason, act, items_judged, items_failed from marts.readiness").fetchall()}


def test_the_window_is_four_weeks_and_leaves_the_as_of_day_out():
    days = ("2022-11-20", "2022-11-21", "2022-12-18", "2022-12-19", "2023-01-15", "2023-01-16")
    mart(
        "readiness",
        """
        weeks_before | as_of      | messages | messages_with_field | items_judged | items_failed | items_judged_before | items_failed_before | expected_weekly_failures
        2            | 2023-01-16 | 24       | 8                   | 200          | 20           | 200                 | 20                  | 5.0
        """,
        marts__rules=RULE, marts__readiness_days=DAYS,
        findings__sender_days=senders(*(f"f1 | {day} | 12 | 4" for day in days)),
        findings__outcome_counts=outcomes(*(f"f1 | {day} | passed | - | before | literal | 90\n f1 | {day} | incomplete | code_missing | before | literal | 10" for day in days)),
    )  # fmt: skip


def test_classes_and_who_must_act():
    sent = senders(*(f"{f} | 2023-01-10 | 50 | 50" for f in ("ready", "enough", "bad", "spans", "few", "tiny", "behind", "worse", "list", "wide")),
                   "empty | 2023-01-10 | 5 | 0", "hardly | 2023-01-10 | 4 | 0", "gone | 2022-12-01 | 5 | 5", "rare | 2022-12-01 | 4 | 4", "other | 2023-01-10 | 9 | 9")  # fmt: skip
    judged = outcomes(
        "ready  | 2023-01-10 | passed     | -            | before | literal | 400", "ready | 2023-01-10 | incomplete | code_missing | before | literal | 4",
        "enough | 2023-01-10 | passed     | -            | before | literal | 73",
        "bad    | 2023-01-10 | passed     | -            | before | literal | 60", "bad | 2023-01-10 | placeholder | filler | before | literal | 30",
        "bad    | 2023-01-10 | incomplete | code_missing | before | literal | 10",
        "spans  | 2023-01-10 | passed     | -            | before | literal | 95", "spans | 2023-01-10 | incomplete | code_missing | before | literal | 5",
        "few    | 2023-01-10 | passed     | -            | before | literal | 72",
        "tiny   | 2023-01-10 | incomplete | code_missing | before | literal | 4",
        "behind | 2023-01-10 | passed     | -            | after  | literal | 900", "worse | 2023-01-10 | incomplete | code_missing | after | literal | 9",
        "list   | 2023-01-10 | not_in_force | not_yet_in_force | before | literal | 9",
        "wide   | 2023-01-10 | incomplete | code_missing | before | wide | 90", "wide | 2023-01-10 | not_applicable | fixed_form | before | literal | 90",
        "wide   | 2023-01-10 | error | no_list | before | literal | 90",
    )  # fmt: skip
    gates = sent.replace("messages_with_field", "messages_with_field | gate", 1).splitlines()
    sent = "\n".join([gates[0], *(f"{line} | {'after' if line.startswith(('behind', 'worse')) else 'before'}" for line in gates[1:])])
    assert classes(sent, judged) == {
        "ready": ("ready", "", "", 404, 4), "enough": ("ready", "", "", 73, 0), "bad": ("not_ready", "", "facility", 100, 40),
        "spans": ("unsure", "interval", "vendor", 100, 5), "few": ("unsure", "few_items", "", 72, 0), "tiny": ("unsure", "few_items", "vendor", 4, 4),
        "behind": ("unsure", "behind_gate", "", 900, 0), "worse": ("not_ready", "", "vendor", 9, 9), "list": ("not_ready", "", "ministry", 9, 9),
        "wide": ("unsure", "nothing_judged", "", 0, 0), "empty": ("silent", "no_field", "vendor", 0, 0), "hardly": ("unsure", "few_messages", "", 0, 0),
        "gone": ("silent", "stopped", "university", 0, 0), "rare": ("unsure", "few_messages", "", 0, 0), "other": ("unsure", "nothing_judged", "", 0, 0),
    }  # fmt: skip


def test_a_sender_that_never_sent_is_not_in_the_list():
    assert classes(senders("f1 | 2022-11-20 | 9 | 9", "f2 | 2023-01-16 | 9 | 9"), outcomes()) == {}


@pytest.mark.parametrize("seed", [1, 2])
def test_counts_and_intervals_are_those_of_a_count_by_hand(seed):
    rng = Random(seed)
    sent, judged = [], []
    hand = defaultdict(lambda: [0, 0, 0, 0])
    for _ in range(400):
        facility, day = f"f{rng.randrange(5)}", AS_OF + dt.timedelta(days=rng.randrange(-70, 15))
        failed, items = rng.random() < 0.1, rng.randrange(1, 9)
        sent.append(f"{facility} | {day} | 9 | 9")
        judged.append(f"{facility} | {day} | {'incomplete | code_missing' if failed else 'passed | -'} | before | literal | {items}")
        age = (AS_OF - day).days
        if 1 <= age <= 56:
            hand[facility][0 if age <= 28 else 2] += items
            hand[facility][1 if age <= 28 else 3] += items * failed
    con = warehouse(marts__rules=RULE, marts__readiness_days=DAYS, findings__sender_days=senders(*sent), findings__outcome_counts=outcomes(*judged))
    rows = con.execute("select facility_id, items_judged, items_failed, items_judged_before, items_failed_before, error_rate, low, high, readiness from marts.readiness").fetchall()
    assert {row[0]: list(row[1:5]) for row in rows} == dict(hand)
    for _, n, k, _, _, rate, low, high, readiness in rows:
        assert (rate, low, high) == pytest.approx((k / n, *wilson(k, n)))
        assert readiness == ("not_ready" if low > 0.05 else "ready" if high <= 0.05 else "unsure")


def test_horizons_the_data_do_not_reach_are_not_asked():
    con = warehouse(findings__sender_days=senders("f1 | 2023-01-15 | 9 | 9"))
    con.execute("drop table marts.readiness_days; drop table marts.causes")
    given.write(con)
    asked = con.execute("select distinct weeks_before, as_of from marts.readiness_days where rule_id = 'patientbill-wardtype-wardtype' order by 1").fetchall()
    assert asked == [(2, dt.date(2023, 1, 16)), (4, dt.date(2023, 1, 2)), (6, dt.date(2022, 12, 19))]
    later = con.execute("select max(as_of), count(*) from marts.readiness_days where rule_id like '%-icd10'").fetchall()
    assert later == [(None, 0)], "the diagnosis rules start on 2023-03-11: six weeks before is 2023-01-28"
