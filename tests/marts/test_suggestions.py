"""marts.suggestions: what the lists suggest, and what the same sender means by the same title, merged and ranked."""

from text_tables import mart

CODINGS = """
coding_id | rule_id | code | title | title_key
one       | r       | L1   | x     | x
two       | r       | L2   | y     | y
"""
VERDICTS = """
coding_id | rule_id | outcome | cause      | suggested_code
one       | r       | unknown | not_listed | -
two       | r       | unknown | not_listed | B
"""
RULES = "rule_id | terminology\n r | T"
TITLES = "terminology | code | title_fa | title_en\n T | A | الف | -\n T | B | - | bee\n T | C | ج | cee"


def suggestions(expected: str, listed: str, failing: str, habits: str = "vendor_id | title_key | code | items") -> None:
    mart(
        "suggestions", expected, coded__codings=CODINGS, findings__verdicts=VERDICTS, findings__suggestions=listed, findings__failing_codings=failing,
        findings__title_habits=habits, marts__rules=RULES, reference__codes=TITLES,
    )  # fmt: skip


def test_items_are_added_over_universities_and_months_and_ranks_keep_their_order():
    suggestions(
        """
        code | vendor_id | items | rank | suggested_code | suggested_title | reason | cause_class
        L2   | v         | 5     | 1    | B              | bee             | title  | local_code
        L2   | v         | 5     | 2    | A              | الف             | near_code | local_code
        L2   | w         | 1     | 1    | B              | bee             | title  | local_code
        L2   | w         | 1     | 2    | A              | الف             | near_code | local_code
        """,
        """
        coding_id | rank | suggested_code | score | reason    | cause_class
        two       | 1    | B              | 0.98  | title     | local_code
        two       | 2    | A              | 0.01  | near_code | local_code
        """,
        """
        coding_id | code | title | outcome | cause      | vendor_id | university_id | quarter | items
        two       | L2   | y     | unknown | not_listed | v         | a             | 1401Q4  | 2
        two       | L2   | y     | unknown | not_listed | v         | b             | 1401Q4  | 3
        two       | L2   | y     | unknown | not_listed | w         | b             | 1401Q4  | 1
        """,
    )


def test_the_habit_of_the_same_sender_fills_what_the_list_leaves_open():
    """Vendor v sends code C with the title x, seven times of eight; vendor w has another habit, and v's other titles say nothing."""
    suggestions(
        """
        vendor_id | rank | suggested_code | suggested_title | reason       | score
        v         | 1    | C              | ج               | sender_habit | 0.72734375
        v         | 2    | B              | bee             | sender_habit | 0.059375
        w         | 1    | A              | الف             | sender_habit | 0.475
        u         | 1    | -              | -               | none         | -
        """,
        "coding_id | rank | suggested_code | score | reason | cause_class\n one | 1 | - | - | none | local_code",
        """
        coding_id | code | title | outcome | cause      | vendor_id | quarter | items
        one       | L1   | x     | unknown | not_listed | v         | 1401Q4  | 2
        one       | L1   | x     | unknown | not_listed | w         | 1401Q4  | 2
        one       | L1   | x     | unknown | not_listed | u         | 1401Q4  | 2
        """,
        """
        vendor_id | title_key | code | items | jalali_month
        v         | x         | C    | 3     | 1401-10
        v         | x         | C    | 4     | 1401-11
        v         | x         | B    | 1     | 1401-11
        v         | y         | A    | 9     | 1401-11
        w         | x         | A    | 1     | 1401-11
        """,
    )


def test_a_code_suggested_twice_stands_once_and_the_verdict_stays_first():
    suggestions(
        """
        rank | suggested_code | reason       | score
        1    | B              | title        | 0.7
        2    | C              | sender_habit | 0.9405
        """,
        """
        coding_id | rank | suggested_code | score | reason    | cause_class
        two       | 1    | B              | 0.7   | title     | local_code
        two       | 2    | C              | 0.2   | near_code | local_code
        """,
        "coding_id | code | title | outcome | cause | vendor_id | quarter | items\n two | L2 | y | unknown | not_listed | v | 1401Q4 | 1",
        "vendor_id | title_key | code | items\n v | y | C | 99",
    )
