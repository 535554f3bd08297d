"""marts.error_rate_by_university: failed over judged in each cell, literal reading only, Wilson's bounds."""

import pytest
import rate_cases
from text_tables import warehouse
from wilson_naive import wilson


def test_what_is_judged_and_what_fails():
    rate_cases.judged_and_failed("error_rate_by_university", "university_id")


def test_months_gates_and_rules_stay_apart():
    rate_cases.cells_apart("error_rate_by_university", "university_id")


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
