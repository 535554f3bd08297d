"""The report's sections on the use of the validation service and on the service itself: evidence in words, no accusation, small cells hidden."""

import re

import duckdb
import pytest
from support_marts import write_warehouse

from pipelines.reports.numbers import quarter_numbers
from pipelines.reports.quarter import render
from pipelines.settings import Home


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("supervision")
    path = write_warehouse(folder)
    with duckdb.connect(str(path)) as con:
        con.execute("update marts.service_audit set calls = 1 where rule_id = 'labresult-testname-lnc' and verdict in ('agree', 'false_accept', 'false_refuse', 'other_reason') and list_timing = ''")
        con.execute("delete from marts.service_audit where rule_id = 'labresult-testname-lnc' and (list_timing <> '' or verdict = 'agree')")
    return Home(folder)


def section(page: str, name: str) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", page.split(f'<section id="{name}">')[1].split("</section>")[0]))


def test_shown_from_one_half_on_with_their_evidence(home):
    numbers = quarter_numbers(home, "1401Q4")
    said = section(render(numbers, "en"), "bypass")
    assert numbers["supervision"]["likely"] == 5 and numbers["supervision"]["given"] == 8
    assert "55 of 810 messages carry an error" in said and "310 passing calls were counted against 820" in said
    assert said.count("None of its messages was refused") == 1 and said.count("gate of this extract is unknown") == 1
    assert said.count("unlike those of validated senders") == 1
    assert "too few messages 2" in said and "a call log answers 2" in said
    assert "never an accusation" in said and "The university answers" in said


def test_persian_has_persian_digits_and_never_certainty(home):
    said = section(render(quarter_numbers(home, "1401Q4"), "fa"), "bypass")
    assert "۵۵ پیام از ۸۱۰ پیام" in said and "هرگز اتهام نیست" in said and "۱۰۰" not in said


def test_audit_hides_small_cells_and_names_the_days(home):
    numbers = quarter_numbers(home, "1401Q4")
    small = next(row for row in numbers["supervision"]["audit"] if row["rule_id"] == "labresult-testname-lnc")
    assert small["compared"] is None and small["false_accept"] is None
    said = section(render(numbers, "en"), "audit")
    assert "not enforced" in said and "enforced too early" in said and "the whole service" in said and "1401/12/14" in said
    assert said.count("in force") == 1, "days as ordered are not listed"


def test_without_extracts_behind_the_gate_and_without_a_log_there_are_no_sections(tmp_path):
    with duckdb.connect(str(write_warehouse(tmp_path))) as con:
        for table in ("bypass_evidence", "service_audit", "service_days"):
            con.execute(f"delete from marts.{table}")
    page = render(quarter_numbers(Home(tmp_path), "1401Q4"), "en")
    assert 'id="bypass"' not in page and 'id="audit"' not in page and 'href="#audit"' not in page
