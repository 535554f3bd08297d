"""marts.outcome_counts is the counts of the findings layer, cell by cell, nothing added."""

from text_tables import mart

GIVEN = """
  rule_id | reading | outcome        | cause      | items | messages
  a       | literal | passed         |            | 7     | 3
  a       | wide    | unknown        | not_listed | 2     | 2
  a       | literal | not_applicable | fixed_form | 4     | 4
"""


def test_every_cell_as_counted():
    mart("outcome_counts", GIVEN, findings__outcome_counts=GIVEN)


def test_empty():
    mart("outcome_counts", "rule_id | items")
