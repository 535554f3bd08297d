"""marts.error_rate_by_vendor: failed over judged in each cell, literal reading only, Wilson's bounds."""

from text_tables import mart

COLUMN = "vendor_id"


def test_what_is_judged_and_what_fails():
    mart(
        "error_rate_by_vendor",
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
        "error_rate_by_vendor",
        cells.replace("| outcome ", "").replace("| passed ", "").replace("items", "items_judged"),
        findings__outcome_counts=cells,
    )
