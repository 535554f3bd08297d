"""marts.notes: items that carry a note, summed; a note never touches an outcome."""

from text_tables import mart


def test_notes_are_summed_by_cell():
    mart(
        "notes",
        """
        rule_id | note        | university_id | vendor_id | jalali_month | items
        r       | id_spelling | a             | v         | 1401-11      | 5
        r       | title_blank | a             | v         | 1401-11      | 4
        r       | id_spelling | a             | v         | 1401-12      | 8
        """,
        findings__note_counts="""
        rule_id | note        | university_id | vendor_id | jalali_month | items
        r       | id_spelling | a             | v         | 1401-11      | 2
        r       | id_spelling | a             | v         | 1401-11      | 3
        r       | title_blank | a             | v         | 1401-11      | 4
        r       | id_spelling | a             | v         | 1401-12      | 8
        """,
    )
