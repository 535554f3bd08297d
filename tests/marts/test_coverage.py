"""marts.coverage: messages that could and do carry a field, and items = items_judged + not_applicable + errors in every cell."""

from text_tables import mart, warehouse

MESSAGES = """
  rule_id | service | university_id | vendor_id | jalali_month | quarter | messages | messages_with_items
  r       | S       | a             | v         | 1401-11      | 1401Q4  | 10       | 6
  r       | S       | a             | w         | 1401-11      | 1401Q4  | 5        | 0
  r       | S       | a             | v         | 1401-12      | 1401Q4  | 3        | 3
"""
ITEMS = """
  rule_id | service | university_id | vendor_id | jalali_month | reading | outcome        | facility_id | items
  r       | S       | a             | v         | 1401-11      | literal | passed         | f1          | 1
  r       | S       | a             | v         | 1401-11      | literal | unknown        | f2          | 2
  r       | S       | a             | v         | 1401-11      | wide    | malformed      | f1          | 4
  r       | S       | a             | v         | 1401-11      | literal | not_applicable | f1          | 8
  r       | S       | a             | v         | 1401-11      | literal | error          | f1          | 16
  r       | S       | a             | v         | 1401-12      | literal | error          | f1          | 32
"""


def test_coverage_counts_what_could_not_be_judged_too():
    mart(
        "coverage",
        """
        vendor_id | jalali_month | quarter | messages | messages_with_items | items | items_judged | not_applicable | errors
        v         | 1401-11      | 1401Q4  | 10       | 6                   | 31    | 7            | 8              | 16
        w         | 1401-11      | 1401Q4  | 5        | 0                   | 0     | 0            | 0              | 0
        v         | 1401-12      | 1401Q4  | 3        | 3                   | 32    | 0            | 0              | 32
        """,
        findings__coverage_counts=MESSAGES,
        findings__outcome_counts=ITEMS,
    )


def test_no_item_is_lost():
    con = warehouse(findings__coverage_counts=MESSAGES, findings__outcome_counts=ITEMS)
    assert con.execute("select sum(items), sum(items_judged + not_applicable + errors) from marts.coverage").fetchone() == (63, 63)
