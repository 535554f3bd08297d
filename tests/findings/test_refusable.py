"""Refusable messages: counted once, by the rules of their day; what nobody had filtered is judged by every set of rules."""

from counting import WARD, expect

RVU = "patientbill-service-rvu3"
VERDICTS = f"""
  coding_id | rule_id | outcome
  ward      | {WARD}  | malformed
  rvu       | {RVU}   | unknown
  title     | {WARD}  | title_mismatch
  good      | {WARD}  | passed
"""


def items(*rows: str) -> str:
    return "message_id | item_no | coding_id | rule_id | reading\n" + "\n".join(rows)


def test_a_message_counts_once_by_the_rules_of_its_day():
    expect(
        "refusable_counts",
        """
        gate  | state    | stage_on   | messages | refusable_messages
        after | in_force | 2023-01-30 | 2        | 1
        after | in_force | 2023-02-20 | 1        | 1
        """,
        messages="""
        message_id | gate  | exchange_on
        m1         | after | 2023-02-01
        m2         | after | 2023-02-02
        m3         | after | 2023-02-20
        """,
        items=items(f"m1|1|ward|{WARD}|literal", f"m1|2|ward|{WARD}|literal", f"m2|1|rvu|{RVU}|literal", f"m2|2|title|{WARD}|literal", f"m3|1|rvu|{RVU}|literal"),
        verdicts=VERDICTS,
    )


def test_what_nobody_had_filtered_is_judged_by_every_set_of_rules():
    natural = """
        gate   | stage_on   | messages | refusable_messages
        {gate} | 2023-01-30 | 1        | 0
        {gate} | 2023-02-09 | 1        | 0
        {gate} | 2023-02-20 | 1        | 1
        {gate} | 2023-03-11 | 1        | 1
    """
    for gate, day in (("after", "2023-01-29"), ("unknown", "2023-01-29"), ("before", "2023-03-20")):
        expect(
            "refusable_counts",
            natural.format(gate=gate),
            messages=f"message_id | gate | exchange_on\nm1 | {gate} | {day}",
            items=items(f"m1|1|rvu|{RVU}|literal"),
            verdicts=VERDICTS,
        )


def test_the_wide_reading_titles_and_undated_messages_are_left_out():
    expect(
        "refusable_counts",
        """
        messages | refusable_messages
        1        | 0
        """,
        messages="message_id | gate | exchange_on\nm1 | after | 2023-02-01\nm2 | after | -",
        items=items(f"m1|1|ward|{WARD}|wide", f"m1|2|title|{WARD}|literal", f"m2|1|ward|{WARD}|literal"),
        verdicts=VERDICTS,
    )


def test_kinds_of_error_beside_them():
    expect(
        "refusable_kinds",
        """
        state    | stage_on   | terminology        | outcome   | messages
        in_force | 2023-02-20 | thritaEHR.WardType | malformed | 1
        in_force | 2023-02-20 | RVU3               | unknown   | 1
        """,
        messages="message_id | gate | exchange_on\nm1 | after | 2023-02-20",
        items=items(f"m1|1|ward|{WARD}|literal", f"m1|2|ward|{WARD}|literal", f"m1|3|rvu|{RVU}|literal"),
        verdicts=VERDICTS,
    )
