"""marts.worst_codings: failing codings summed over the months of a quarter; senders and repairs kept apart."""

from text_tables import mart


def test_months_of_a_quarter_are_added_and_senders_are_not():
    mart(
        "worst_codings",
        """
        code | outcome   | cause             | suggested_code | university_id | vendor_id | quarter | items | messages
        36   | malformed | leading_zero_lost | 036            | a             | v         | 1401Q4  | 12    | 7
        36   | malformed | leading_zero_lost | 036            | b             | v         | 1401Q4  | 1     | 1
        36   | malformed | leading_zero_lost | 036            | a             | w         | 1402Q1  | 2     | 2
        -    | incomplete | code_missing     | -              | a             | v         | 1401Q4  | 3     | 3
        """.replace("| 36 ", "| 36 "),
        findings__failing_codings="""
        code | outcome    | cause             | suggested_code | university_id | vendor_id | jalali_month | quarter | items | messages
        36   | malformed  | leading_zero_lost | 036            | a             | v         | 1401-11      | 1401Q4  | 10    | 5
        36   | malformed  | leading_zero_lost | 036            | a             | v         | 1401-12      | 1401Q4  | 2     | 2
        36   | malformed  | leading_zero_lost | 036            | b             | v         | 1401-11      | 1401Q4  | 1     | 1
        36   | malformed  | leading_zero_lost | 036            | a             | w         | 1402-01      | 1402Q1  | 2     | 2
        -    | incomplete | code_missing      | -              | a             | v         | 1401-11      | 1401Q4  | 3     | 3
        """,
    )


def test_blank_and_absent_codes_stay_apart():
    mart(
        "worst_codings",
        "code | title | items\n - | x | 1\n - | - | 4\n y | x | 2",
        findings__failing_codings="code | title | items\n - | x | 1\n y | x | 2\n - | - | 4",
    )
