"""marts.error_rate_by_university: failed over judged in each cell, literal reading only, Wilson's bounds."""

import pytest
from text_tables import mart, warehouse
from wilson_naive import wilson

COLUMN = "university_id"


def test_what_is_judged_and_what_fails():
    mart(
        "error_rate_by_university",
        f"""
        {COLUMN} | phase  | items_judged | items_failed | error_rate
        a        | before | 10           | 4            | 0.4
        a        | after  | 5            | 0            | 0.0
        b        | after  | 3            | 3            | 1.0
        """,
        findings__outcome_counts=f"""
        {COLUMN} | phase  | reading | outcome        | items
        a        | before | literal | passed         | 6
        a        | before | literal | unknown        | 3
        a        | before | literal | title_mismatch | 1
        a        | before | literal | error          | 50
        a        | before | literal | not_applicable | 70
        a        | before | wide    | unknown        | 90
        a        | after  | literal | passed         | 5
        b        | after  | literal | incomplete     | 1
        b        | after  | literal | placeholder    | 2
        c        | after  | literal | error          | 9
        """,
    )


def test_months_gates_and_rules_stay_apart():
    cells = f"""
        rule_id | {COLUMN} | jalali_month | quarter | gate    | outcome | items
        r1      | a        | 1401-11      | 1401Q4  | before  | passed  | 1
        r2      | a        | 1401-11      | 1401Q4  | before  | passed  | 2
        r1      | a        | 1401-12      | 1401Q4  | before  | passed  | 3
        r1      | a        | 1401-11      | 1401Q4  | after   | passed  | 4
        r1      | unknown  | unknown      | unknown | unknown | passed  | 5
        """
    mart(
        "error_rate_by_university",
        cells.replace("| outcome ", "").replace("| passed ", "").replace("items", "items_judged"),
        findings__outcome_counts=cells,
    )


CELLS = [(0, 1), (1, 1), (0, 30), (30, 30), (1, 7), (3, 10), (500, 1000), (1, 100000), (99999, 100000)]


def bounds(failed: int, judged: int) -> tuple[float, float]:
    con = warehouse(findings__outcome_counts=f"outcome | items\n passed | {judged - failed}\n unknown | {failed}")
    return con.execute("select low, high from marts.error_rate_by_university").fetchone()


@pytest.mark.parametrize(("failed", "judged"), CELLS)
def test_bounds_are_wilsons_to_four_decimals(failed, judged):
    low, high = bounds(failed, judged)
    assert (low, high) == pytest.approx(wilson(failed, judged), abs=3e-5)
    assert 0 <= low <= high <= 1


def test_bounds_are_wilsons_exactly_and_hold_the_rate():
    for failed, judged in CELLS:
        low, high = bounds(failed, judged)
        assert (low, high) == pytest.approx(wilson(failed, judged), abs=1e-9)
        assert low <= failed / judged <= high
