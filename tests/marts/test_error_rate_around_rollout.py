"""marts.error_rate_around_rollout: whole weeks from each rule's start date; the day before is week -1."""

from text_tables import mart

RULES = """
  rule_id | start_on
  r       | 2023-01-30
  q       | 2023-02-09
"""


def test_weeks_begin_on_the_start_date():
    mart(
        "error_rate_around_rollout",
        """
        rule_id | start_on   | weeks_from_start | items_judged | items_failed
        r       | 2023-01-30 | -2               | 1            | 0
        r       | 2023-01-30 | -1               | 6            | 4
        r       | 2023-01-30 | 0                | 24           | 8
        r       | 2023-01-30 | 1                | 32           | 32
        q       | 2023-02-09 | -2               | 64           | 0
        """,
        marts__rules=RULES,
        findings__outcome_counts="""
        rule_id | exchange_on | outcome   | items
        r       | 2023-01-22  | passed    | 1
        r       | 2023-01-23  | passed    | 2
        r       | 2023-01-29  | malformed | 4
        r       | 2023-01-30  | unknown   | 8
        r       | 2023-02-05  | passed    | 16
        r       | 2023-02-06  | unknown   | 32
        q       | 2023-01-30  | passed    | 64
        """,
    )


def test_undated_unjudged_and_wide_items_are_not_here():
    mart(
        "error_rate_around_rollout",
        "weeks_from_start | items_judged\n 0 | 1",
        marts__rules=RULES,
        findings__outcome_counts="""
        exchange_on | reading | outcome        | items
        2023-01-30  | literal | passed         | 1
        -           | literal | passed         | 2
        2023-01-30  | wide    | passed         | 4
        2023-01-30  | literal | not_applicable | 8
        2023-01-30  | literal | error          | 16
        """,
    )
