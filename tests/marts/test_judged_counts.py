"""marts.judged_counts: what is a judgement and what is not, by day; the only place that decides it for the rates."""

from text_tables import mart


def test_judgements_are_literal_and_neither_error_nor_not_applicable():
    mart(
        "judged_counts",
        """
        university_id | exchange_on | phase  | items_judged | items_failed
        a             | 2023-02-01  | before | 10           | 4
        a             | 2023-02-02  | after  | 5            | 0
        """,
        findings__outcome_counts="""
        university_id | exchange_on | phase  | reading | outcome        | cause      | items
        a             | 2023-02-01  | before | literal | passed         |            | 6
        a             | 2023-02-01  | before | literal | unknown        | not_listed | 3
        a             | 2023-02-01  | before | literal | malformed      | swapped    | 1
        a             | 2023-02-01  | before | literal | error          | no_list    | 50
        a             | 2023-02-01  | before | literal | not_applicable | fixed_form | 70
        a             | 2023-02-01  | before | wide    | unknown        | not_listed | 90
        a             | 2023-02-02  | after  | literal | passed         |            | 5
        """,
    )
