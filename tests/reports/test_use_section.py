"""The report's section on the use of the validation service: shares with their denominator, what is in no share, small cells, no log."""

import datetime as dt
from types import SimpleNamespace

import pytest
from jinja2 import Environment, FileSystemLoader

from pipelines.reports.page import TEMPLATES
from pipelines.reports.speech import Speech
from pipelines.reports.use import use
from pipelines.warehouse import connect

FIRST, AFTER = dt.date(2022, 12, 22), dt.date(2023, 3, 21)
ROWS = [
    # vendor, gate, week, class, messages, timed, within ten minutes
    ("v1", "before", "2023-02-04", "validated_before", 60, 60, 45), ("v1", "before", "2023-02-04", "not_validated", 40, 0, 0), ("v1", "before", "2022-10-01", "validated_before", 999, 0, 0),
    ("v2", "after", "2023-01-28", "sent_after_failure", 6, 6, 6), ("v2", "after", "2023-01-28", "validated_after", 4, 4, 0), ("v3", "after", "2023-02-11", "validated_before", 3, 3, 3),
    ("v1", "before", "2023-02-04", "no_log", 70, 0, 0), ("v1", "before", "2023-02-04", "never_sent", 2, 0, 0),
]  # fmt: skip


@pytest.fixture
def con():
    con = connect()
    for schema in ("marts", "reference", "landed"):
        con.execute(f"create schema {schema}")
    con.execute("create table landed.call_logs (kind varchar); create table marts.rules as select date '2023-01-30' as start_on")
    con.execute("create table reference.vendors as select 'v1' as vendor_id, 'یک' as name_fa, 'One' as name_en")
    con.execute("create table reference.calendar as select date '2023-01-30' as date, date '2023-01-28' as week")
    con.execute(
        "create table marts.validation_service_use (vendor_id varchar, gate varchar, week_start date, use_class varchar, messages bigint, timed bigint, within_1m bigint, within_10m bigint, confidence varchar)"
    )
    con.executemany("insert into marts.validation_service_use values (?, ?, ?, ?, ?, ?, 0, ?, 'high')", ROWS)
    return con


def test_without_a_log_there_is_no_number(con):
    assert use(con, FIRST, AFTER) is None


def test_shares_have_one_denominator_and_small_cells_are_hidden(con):
    con.execute("insert into landed.call_logs values ('validation')")
    said = use(con, FIRST, AFTER)
    assert said["judged"] == 113 and said["shares"]["validated_before"] == 63 / 113 and said["low"] < 63 / 113 < said["high"]
    assert sum(said["shares"].values()) == pytest.approx(1)
    assert said["beside"] == {"no_log": 70, "never_sent": None}
    by_gate = {g["gate"]: g for g in said["gates"]}
    assert by_gate["before"]["judged"] == 100 and by_gate["before"]["soon"] == 0.75 and by_gate["after"]["judged"] == 13
    vendors = {v["vendor_id"]: v for v in said["vendors"]}
    assert vendors["v1"]["name_en"] == "One" and vendors["v2"]["name_en"] == "v2" and vendors["v2"]["shares"]["sent_after_failure"] == 0.6
    assert vendors["v3"]["judged"] is None and vendors["v3"]["shares"] is None and "validated_before" not in vendors["v3"]
    assert {(w["weeks_from_start"], w["items_judged"], w["items_failed"]) for w in said["weeks"]} >= {(0, 10, 0), (1, 100, 60)} and all(w["weeks_from_start"] != 2 for w in said["weeks"])


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_the_page_says_that_no_log_was_given(lang):
    say = Speech(lang)
    env = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
    text = env.get_template("use.html.j2").render(n=SimpleNamespace(use=None), t=say.text, say=say)
    assert "sepas-dq calls add" in text and "%" not in text
