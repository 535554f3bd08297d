"""What every mart of rates must do, whoever the sender is: one set of given and expected rows for all of them."""

from text_tables import mart


def judged_and_failed(table: str, column: str) -> None:
    """What is judged and what fails, in cells of one sender column."""
    mart(
        table,
        f"""
        {column} | phase  | items_judged | items_failed | error_rate
        a        | before | 10           | 4            | 0.4
        a        | after  | 5            | 0            | 0.0
        b        | after  | 3            | 3            | 1.0
        """,
        findings__outcome_counts=f"""
        {column} | phase  | reading | outcome        | items
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


def cells_apart(table: str, column: str) -> None:
    """Months, gates and rules are never added up."""
    cells = f"""
        rule_id | {column} | jalali_month | quarter | gate    | outcome | items
        r1      | a        | 1401-11      | 1401Q4  | before  | passed  | 1
        r2      | a        | 1401-11      | 1401Q4  | before  | passed  | 2
        r1      | a        | 1401-12      | 1401Q4  | before  | passed  | 3
        r1      | a        | 1401-11      | 1401Q4  | after   | passed  | 4
        r1      | unknown  | unknown      | unknown | unknown | passed  | 5
        """
    mart(
        table,
        cells.replace("| outcome ", "").replace("| passed ", "").replace("items", "items_judged"),
        findings__outcome_counts=cells,
    )
