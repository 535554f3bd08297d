"""marts.list_policy_counts: the list of the day beside the others, on the same items."""

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
