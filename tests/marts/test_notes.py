"""marts.notes: items that carry a note, with the items it was looked for in; a note never touches an outcome."""

from text_tables import mart


def test_notes_are_summed_by_cell_with_their_denominator():
    mart(
        "notes",
        """
        rule_id | note             | university_id | vendor_id | jalali_month | items | items_looked_at
        r       | id_spelling      | a             | v         | 1401-11      | 5     | 50
        r       | title_blank      | a             | v         | 1401-11      | 4     | 30
        r       | id_spelling      | a             | v         | 1401-12      | 8     | 8
        r       | discouraged_code | a             | v         | 1401-12      | 0     | 0
        """,
        findings__note_counts="""
        rule_id | note             | university_id | vendor_id | jalali_month | items | items_looked_at
        r       | id_spelling      | a             | v         | 1401-11      | 2     | 20
        r       | id_spelling      | a             | v         | 1401-11      | 3     | 30
        r       | title_blank      | a             | v         | 1401-11      | 4     | 30
        r       | id_spelling      | a             | v         | 1401-12      | 8     | 8
        r       | discouraged_code | a             | v         | 1401-12      | 0     | 0
        """,
    )
