"""Readiness lists of a generated run: against a plain recount of its items, as of any day, for one sender, as CSV and page."""

import csv
import datetime as dt
import re
from collections import Counter

import pytest
from click.testing import CliRunner

from expectations.catalogue import catalogue
from pipelines import readiness
from pipelines.cli.readiness import readiness as command
from pipelines.errors import InputError
from pipelines.reports.quarter import write_report
from pipelines.reports.readiness import write_csv

RULE = "medicationprescription-productcode-erx"
START = next(rule.start for rule in catalogue() if rule.id == RULE)
LATER = dt.date(2030, 1, 1)
COUNTED = ("messages", "messages_with_field", "items_judged", "items_failed", "items_judged_before", "items_failed_before", "readiness", "reason", "act")


def key(row: dict) -> tuple:
    return tuple(row[name] for name in ("rule_id", "weeks_before", "university_id", "facility_id", "vendor_id", "system_id", "gate"))


def test_the_list_is_the_mart_with_names(ndjson):
    found = readiness.readiness(ndjson.home, today=LATER)
    names = ("rule_id", "weeks_before", "university_id", "facility_id", "vendor_id", "system_id", "gate", *COUNTED)
    mart = ndjson.rows(f"select {', '.join(names)} from marts.readiness")
    assert Counter(tuple(row[name] for name in names) for row in found.rows) == Counter(mart) and len(mart) > 200
    assert len({key(row) for row in found.rows}) == len(found.rows)
    assert all(row["university_fa"] and row["facility_fa"] and row["vendor_en"] for row in found.rows)
    assert len(found.days) == 3 * len(catalogue()) and found.beyond == []


@pytest.mark.parametrize("on", [START - dt.timedelta(days=10), START - dt.timedelta(weeks=4)])
def test_counts_are_those_of_the_items(ndjson, on):
    items = ndjson.rows(f"""
        select m.facility_id, m.system_id, m.gate, m.exchange_on, v.outcome
        from coded.items i join landed.messages m using (message_id) join findings.verdicts v using (coding_id)
        where i.rule_id = '{RULE}' and i.reading = 'literal'""")  # fmt: skip
    hand: dict[tuple, list[int]] = {}
    for facility, system, gate, day, outcome in items:
        age = (on - day).days
        if 1 <= age <= 56:
            counts = hand.setdefault((facility, system, gate), [0, 0, 0, 0])
            counts[0 if age <= 28 else 2] += 1
            counts[1 if age <= 28 else 3] += outcome != "passed"
    found = readiness.readiness(ndjson.home, [RULE], on=on)
    got = {(r["facility_id"], r["system_id"], r["gate"]): [r[n] for n in COUNTED[2:6]] for r in found.rows}
    assert {sender: counts for sender, counts in got.items() if any(counts)} == hand and len(hand) > 5
    assert {row["as_of"] for row in found.rows} == {on} and {row["weeks_before"] for row in found.rows} == {(START - on).days // 7}


def test_a_rule_that_starts_later_is_asked_as_of_today(ndjson):
    today = START - dt.timedelta(days=24)
    found = readiness.readiness(ndjson.home, [RULE], today=today)
    assert found.days == [(RULE, 6, START - dt.timedelta(weeks=6)), (RULE, 4, START - dt.timedelta(weeks=4)), (RULE, 3, today)]
    assert {row["as_of"] for row in found.rows} == {day for _, _, day in found.days}
    far = readiness.readiness(ndjson.home, [RULE], on=dt.date(2022, 10, 1))
    assert far.rows == [] and far.days == [(RULE, 18, dt.date(2022, 10, 1))]


def test_days_the_data_do_not_reach_are_said_not_counted(ndjson, monkeypatch):
    rule = next(rule for rule in catalogue() if rule.id == RULE).model_copy(update={"starts_on": "1403/01/01"})
    monkeypatch.setattr(readiness, "catalogue", lambda: (rule,))
    found = readiness.readiness(ndjson.home, today=LATER)
    assert found.rows == [] and found.days == [] and [weeks for _, weeks, _ in found.beyond] == [6, 4, 2]


def test_one_sender(ndjson):
    whole = readiness.readiness(ndjson.home, today=LATER)
    one = readiness.readiness(ndjson.home, today=LATER, university="U01", weeks=[2])
    assert (one.of, one.special) == ("u01", "weeks-2-u01")
    assert sorted(map(key, one.rows)) == sorted(key(row) for row in whole.rows if row["university_id"] == "u01" and row["weeks_before"] == 2)
    vendor = readiness.readiness(ndjson.home, today=LATER, vendor="v03")
    assert {row["vendor_id"] for row in vendor.rows} == {"v03"}


@pytest.mark.parametrize(("arguments", "said"), [
    ({"rule_ids": ["nope"]}, "is not a rule"), ({"university": "u99"}, "no message of 'u99'"), ({"vendor": "'"}, "no message of"),
    ({"on": dt.date(2024, 1, 1)}, "every rule asked for has started"),
])  # fmt: skip
def test_wrong_questions_are_answered_in_one_line(ndjson, arguments, said):
    with pytest.raises(InputError, match=said) as raised:
        readiness.readiness(ndjson.home, **arguments)
    assert "\n" not in str(raised.value)


def test_csv_and_pages_hide_small_cells(ndjson, tmp_path):
    found = readiness.readiness(ndjson.home, today=LATER)
    path = write_csv(found.rows, tmp_path / "r.csv")
    rows = list(csv.DictReader(path.open(encoding="utf-8-sig")))
    assert len(rows) == len(found.rows) and {row["readiness"] for row in rows} <= {"ready", "not_ready", "unsure", "silent"}
    for row, shown in zip(found.rows, rows, strict=True):
        if 0 < row["items_judged"] < 5:
            assert shown["items_judged"] == shown["items_failed"] == shown["expected_weekly_failures"] == "<5" and shown["error_rate"] == shown["low"] == ""
        else:
            assert shown["items_judged"] == str(row["items_judged"]) and bool(shown["error_rate"]) == (row["items_judged"] > 0)
        assert shown["what_fa"] and shown["what_en"]
    pages = readiness.pages(ndjson.home, found, ("fa", "en"))
    assert [page.relative_to(ndjson.home.reports).as_posix() for page in pages] == ["1401Q4/readiness.fa.html", "1401Q4/readiness.en.html"]
    texts = [page.read_text(encoding="utf-8") for page in pages]
    numbers = [re.findall(r'data-v="([^"]*)"', text) for text in texts]
    assert numbers[0] == numbers[1] and len(numbers[0]) > 100
    for text in texts:
        assert not re.search("https?://", text.replace("http://www.w3.org", "")) and text.count('data-rule="') == len(catalogue())
        assert 'href="report.' in text
    report = write_report(ndjson.home, "1401Q4", "fa").read_text(encoding="utf-8")
    assert 'href="readiness.fa.html"' in report


def test_the_command_writes_what_it_says(ndjson, tmp_path, monkeypatch):
    monkeypatch.setenv("SEPAS_DQ_HOME", str(ndjson.home.root))
    done = CliRunner().invoke(command, [RULE, "--on", "1401/11/05", "--csv", str(tmp_path / "r.csv"), "--lang", "en"], catch_exceptions=False, standalone_mode=False)
    assert done.return_value == 0 and (tmp_path / "r.csv").exists()
    assert (ndjson.home.reports / "1401Q4" / f"readiness-1401-11-05-{RULE}.en.html").exists()
    assert RULE in done.output and "1401/11/05" in done.output
    wrong = CliRunner().invoke(command, ["--weeks", "0"], standalone_mode=False)
    assert isinstance(wrong.exception, InputError) and "--weeks" in str(wrong.exception)
