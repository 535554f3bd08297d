"""marts.validation_service_use: weeks begin on Saturday, product and version are those of the day, counts are summed and never rated."""

from text_tables import mart, warehouse

CALENDAR = """
  date       | jdate      | week
  2023-01-28 | 1401/11/08 | 2023-01-28
  2023-02-01 | 1401/11/12 | 2023-01-28
  2023-02-03 | 1401/11/14 | 2023-01-28
  2023-02-04 | 1401/11/15 | 2023-02-04
"""
SYSTEMS = """
  system_id | product | version | valid_from | valid_to
  s1        | HisOne  | 1.0     | 2020-01-01 | 2023-02-02
  s1        | HisOne  | 2.0     | 2023-02-02 | -
"""


def test_counts_are_summed_by_week_and_by_the_version_of_the_day():
    mart(
        "validation_service_use",
        """
        product | version | week_start | week       | use_class        | messages | last_passed | timed | minutes_between_sum | within_10m | later
        HisOne  | 1.0     | 2023-01-28 | 1401/11/08 | validated_before | 7        | 7           | 7     | 3.0                 | 7          | 0
        HisOne  | 2.0     | 2023-01-28 | 1401/11/08 | validated_before | 1        | 1           | 1     | 1.5                 | 1          | 0
        HisOne  | 2.0     | 2023-02-04 | 1401/11/15 | not_validated    | 5        | 0           | 0     | 0.0                 | 0          | 0
        unknown | unknown | -          | -          | no_log           | 2        | 0           | 0     | 0.0                 | 0          | 0
        """,
        reference__calendar=CALENDAR,
        reference__systems=SYSTEMS,
        findings__use_counts="""
        system_id | on_day     | use_class        | messages | last_passed | timed | seconds_between | within_1m | within_10m | within_1h | within_1d | later
        s1        | 2023-02-01 | validated_before | 3        | 3           | 3     | 60              | 0         | 3          | 0         | 0         | 0
        s1        | 2023-02-01 | validated_before | 4        | 4           | 4     | 120             | 0         | 4          | 0         | 0         | 0
        s1        | 2023-02-03 | validated_before | 1        | 1           | 1     | 90              | 0         | 1          | 0         | 0         | 0
        s1        | 2023-02-04 | not_validated    | 5        | 0           | 0     | 0               | 0         | 0          | 0         | 0         | 0
        s9        | -          | no_log           | 2        | 0           | 0     | 0               | 0         | 0          | 0         | 0         | 0
        """,
    )


def test_without_a_log_it_is_there_and_empty():
    assert warehouse().execute("select count(*) from marts.validation_service_use").fetchone() == (0,)
