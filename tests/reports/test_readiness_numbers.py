"""What a readiness list shows: sums, trends, order, and nothing small."""

import datetime as dt

import pytest

from pipelines.reports.readiness import numbers
from pipelines.reports.readiness.numbers import shown_row, trend


def row(**given) -> dict:
    usual = {
        "rule_id": "r", "terminology": "T", "weeks_before": 2, "as_of": dt.date(2023, 1, 16), "start_on": dt.date(2023, 1, 30), "university_id": "u1", "facility_id": "f1",
        "vendor_id": "v1", "system_id": "s1", "gate": "before", "messages": 9, "messages_with_field": 9, "items_judged": 100, "items_failed": 40, "error_rate": 0.4,
        "low": 0.3, "high": 0.5, "items_judged_before": 100, "items_failed_before": 40, "expected_weekly_failures": 10.0, "tolerance": 0.05, "readiness": "not_ready",
        "reason": "", "act": "vendor", "university_fa": "الف", "university_en": "A", "facility_fa": "ب", "vendor_fa": "پ", "vendor_en": "P",
    }  # fmt: skip
    made = usual | given
    return made | ({"expected_weekly_failures": made["items_failed"] / 4} if "items_failed" in given else {})


@pytest.mark.parametrize(("now", "before", "said"), [
    ((40, 100), (40, 100), "same"), ((10, 100), (40, 100), "better"), ((40, 100), (10, 100), "worse"), ((4, 4), (0, 100), ""), ((10, 100), (0, 0), ""), ((12, 100), (18, 100), "same"),
])  # fmt: skip
def test_a_trend_is_two_intervals_apart(now, before, said):
    assert trend(row(items_failed=now[0], items_judged=now[1], items_failed_before=before[0], items_judged_before=before[1])) == said


def test_small_cells_leave_nothing_behind():
    shown = shown_row(row(items_judged=4, items_failed=3, items_judged_before=2, items_failed_before=1))
    hidden = ("items_judged", "items_failed", "error_rate", "low", "high", "expected_weekly_failures", "items_judged_before", "items_failed_before")
    assert {shown[name] for name in hidden} == {None}
    assert shown_row(row(items_judged=0, items_failed=0))["items_judged"] == 0


def test_what_breaks_most_comes_first_and_only_the_last_day_counts():
    rows = [
        row(as_of=dt.date(2023, 1, 2), weeks_before=4, items_failed=90), row(facility_id="f1", items_failed=8), row(facility_id="f2", items_failed=20, university_id="u2"),
        row(facility_id="f3", items_failed=3, items_judged=4, readiness="unsure", reason="few_items"), row(facility_id="f4", items_failed=0, readiness="ready", act=""),
        row(facility_id="f5", items_failed=0, items_judged=0, readiness="silent", reason="no_field", messages=7, vendor_id="v2"), row(facility_id="f6", gate="after", items_failed=0, readiness="unsure", reason="behind_gate"),
    ]  # fmt: skip
    found = numbers(rows)
    assert [r["facility_id"] for r in found["breaks"]] == ["f2", "f1"]
    assert [(u["id"], u["expected"], u["rules"]) for u in found["universities"]] == [("u2", 5.0, 1), ("u1", 2.75, 1)]
    assert found["classes"] == {"not_ready": 2, "unsure": 2, "ready": 1, "silent": 1} and found["behind_gate"] == 1
    assert found["silent"] == [{"rule_id": "r", "reason": "no_field", "senders": 1, "messages": 7, "vendors": 1, "universities": 1}]
    assert [(d["weeks_before"], d["senders"]) for d in found["days"]] == [(4, 1), (2, 6)]
    assert next(v for v in found["vendors"] if v["id"] == "v2")["error_rate"] is None


def test_nothing_is_shown_of_nothing():
    assert numbers([])["days"] == numbers([])["breaks"] == []
