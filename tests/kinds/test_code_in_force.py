"""Validity on the exchange date: half-open intervals, gaps, codes never in force, an unknown date."""

from judging_support import RULES, causes, codes_table, item, judged

from expectations.rule import Listed
from pipelines.check import verdicts_of
from pipelines.landed.tables import text_row
from pipelines.warehouse import connect

WARD, RVU = "patientbill-wardtype-wardtype", "patientbill-service-rvu3"


def on(*days: str, code: str = "400") -> list:
    return [item(code, on=day) for day in days]


def test_the_first_day_counts_and_the_last_does_not():
    listed = [Listed(code="400", valid_from="1401/11/10", valid_to="1401/12/01")]
    assert causes(WARD, listed, *on("1401/11/09", "1401/11/10", "1401/11/30", "1401/12/01")) == [
        "not_in_force/not_yet_in_force", "passed/", "passed/", "not_in_force/retired",
    ]  # fmt: skip


def test_a_gap_between_two_intervals_is_retired_and_a_return_is_right():
    listed = [Listed(code="400", valid_from="1401/01/01", valid_to="1401/03/01"), Listed(code="400", valid_from="1401/06/01", valid_to="1401/09/01")]
    assert causes(WARD, listed, *on("1400/12/29", "1401/02/01", "1401/03/01", "1401/06/01", "1401/09/01")) == [
        "not_in_force/not_yet_in_force", "passed/", "not_in_force/retired", "passed/", "not_in_force/retired",
    ]  # fmt: skip


def test_a_code_that_never_was_in_force():
    assert causes(WARD, [Listed(code="400", valid_from="1401/01/01", valid_to="1401/01/01")], *on("1401/01/01", "1402/01/01")) == ["not_in_force/retired"] * 2


def test_a_dotted_code_is_in_force_as_its_base_and_adjustment_codes_always():
    listed = [Listed(code="800005", valid_to="1401/08/01"), Listed(code="26", valid_to="1401/08/01")]
    assert causes(RVU, listed, item("800005.1", on="1401/07/30"), item("800005.1", on="1401/08/01"), item("26", on="1402/01/01")) == [
        "passed/", "not_in_force/retired", "passed/",
    ]  # fmt: skip


def test_a_successor_is_suggested_only_if_the_list_has_it():
    old = [Listed(code="400", valid_to="1401/08/01", successor="401"), Listed(code="500", valid_to="1401/08/01", successor="999")]
    got = judged(WARD, [*old, "401"], item("400", on="1401/12/01"), item("500", on="1401/12/01"), item("400", on="1401/07/01"))
    assert [row[:3] for row in got] == [("not_in_force", "retired", "401"), ("not_in_force", "retired", None), ("passed", "", None)]


def test_without_a_date_a_code_that_ever_was_in_force_passes():
    rule = RULES[WARD]
    con = connect()
    never = Listed(code="500", valid_from="1401/01/01", valid_to="1401/01/01")
    codes_table(con, [(rule.terminology, Listed(code="400", valid_to="1400/01/01")), (rule.terminology, never)])
    rows = [(code, rule.id, rule.terminology, None, *text_row("", rule.terminology, code, "")) for code in ("400", "500", "600")]
    assert {k: v[:2] for k, v in verdicts_of(con, rows, (rule,)).items()} == {
        "400": ("passed", ""), "500": ("not_in_force", "retired"), "600": ("unknown", "not_listed"),
    }  # fmt: skip
