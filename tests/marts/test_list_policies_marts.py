"""marts.list_policy_counts and marts.error_rate_by_list_policy: the list of the day beside the others, on the same items."""

from text_tables import mart

DAY = """
    rule_id | phase | reading | outcome        | cause      | items
    r1      | after | literal | passed         |            | 6
    r1      | after | literal | unknown        | not_listed | 2
    r1      | after | literal | not_applicable | fixed_form | 40
    r1      | after | wide    | unknown        | not_listed | 9
    """
OTHER = """
    list_policy | rule_id | phase | outcome | items
    latest      | r1      | after | passed  | 8
    """


def test_the_day_s_list_is_counted_from_the_same_outcomes():
    mart(
        "list_policy_counts",
        """
        list_policy | rule_id | phase | outcome | items
        in_force    | r1      | after | passed  | 6
        in_force    | r1      | after | unknown | 2
        latest      | r1      | after | passed  | 8
        """,
        findings__outcome_counts=DAY,
        findings__list_policy_counts=OTHER,
    )


def test_rates_stand_side_by_side():
    mart(
        "error_rate_by_list_policy",
        """
        list_policy | rule_id | phase | items_judged | items_failed | error_rate
        in_force    | r1      | after | 8            | 2            | 0.25
        latest      | r1      | after | 8            | 0            | 0.0
        """,
        findings__outcome_counts=DAY,
        findings__list_policy_counts=OTHER,
    )
