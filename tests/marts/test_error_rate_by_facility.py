"""marts.error_rate_by_facility: failed over judged in each cell, literal reading only."""

import rate_cases


def test_what_is_judged_and_what_fails():
    rate_cases.judged_and_failed("error_rate_by_facility", "facility_id")


def test_months_gates_and_rules_stay_apart():
    rate_cases.cells_apart("error_rate_by_facility", "facility_id")
