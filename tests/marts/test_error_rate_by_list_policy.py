"""marts.error_rate_by_list_policy: rates under each list, side by side, of the same items."""

from text_tables import mart


def test_rates_stand_side_by_side():
    mart(
        "error_rate_by_list_policy",
        """
        list_policy | rule_id | phase | items_judged | items_failed | error_rate
        in_force    | r1      | after | 8            | 2            | 0.25
        latest      | r1      | after | 8            | 0            | 0.0
        """,
        findings__outcome_counts="""
        rule_id | phase | reading | outcome        | cause      | items
        r1      | after | literal | passed         |            | 6
        r1      | after | literal | unknown        | not_listed | 2
        r1      | after | literal | not_applicable | unasked    | 40
        """,
        findings__list_policy_counts="""
        list_policy | rule_id | phase | outcome | items
        latest      | r1      | after | passed  | 8
        latest      | r1      | after | error   | 3
        """,
    )
