"""marts.code_traffic: what the partitions counted, months and senders kept apart."""

from text_tables import mart


def test_months_senders_and_readings_stay_apart():
    rows = """
        code | reading | university_id | facility_id | vendor_id | jalali_month | quarter | items | items_passed | first_on   | last_on
        A    | literal | a             | f           | v         | 1401-11      | 1401Q4  | 10    | 9            | 2023-01-21 | 2023-02-02
        A    | literal | a             | f           | v         | 1401-12      | 1401Q4  | 2     | 0            | 2023-02-21 | 2023-02-21
        A    | wide    | a             | f           | v         | 1401-12      | 1401Q4  | 1     | 1            | 2023-02-22 | 2023-02-22
        B    | literal | unknown       | f           | v         | unknown      | unknown | 3     | 3            | -          | -
    """
    mart("code_traffic", rows, findings__code_counts=rows)
