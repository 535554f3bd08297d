"""Verdicts joined back to items: findings, outcome counts, coverage, failing codings and notes, as small text tables."""

from counting import NAME, WARD, counted, expect

MESSAGES = """
  message_id | exchange_on | vendor_id | jalali_month
  m1         | 2023-01-29  | v1        | 1401-11
  m2         | 2023-01-30  | v1        | 1401-11
  m3         | 2023-01-30  | v2        | 1401-11
  m4         | -           | v2        | unknown
"""
ITEMS = """
  message_id | item_no | coding_id | reading | code
  m1         | 1       | bad       | literal | 36
  m1         | 2       | good      | literal | 036
  m2         | 1       | bad       | literal | 36
  m2         | 2       | bad       | literal | 36
  m2         | 3       | bad       | wide    | 36
  m3         | 1       | good      | literal | 036
  m3         | 2       | broken    | literal | 037
  m4         | 1       | bad       | literal | 36
"""
VERDICTS = """
  coding_id | outcome   | cause             | suggested_code | notes
  bad       | malformed | leading_zero_lost | 036            | repairable·
  good      | passed    |                   | -              | arabic_letters title_blank·
  broken    | error     | no_list           | -              |
  unused    | unknown   | not_listed        | -              |
"""
GIVEN = {"messages": MESSAGES, "items": ITEMS, "verdicts": VERDICTS}


def test_a_coding_is_judged_once_and_its_items_are_counted():
    expect(
        "outcome_counts",
        """
        exchange_on | phase   | reading | vendor_id | outcome   | cause             | items | messages
        2023-01-29  | before  | literal | v1        | malformed | leading_zero_lost | 1     | 1
        2023-01-29  | before  | literal | v1        | passed    |                   | 1     | 1
        2023-01-30  | after   | literal | v1        | malformed | leading_zero_lost | 2     | 1
        2023-01-30  | after   | wide    | v1        | malformed | leading_zero_lost | 1     | 1
        2023-01-30  | after   | literal | v2        | passed    |                   | 1     | 1
        2023-01-30  | after   | literal | v2        | error     | no_list           | 1     | 1
        -           | unknown | literal | v2        | malformed | leading_zero_lost | 1     | 1
        """,
        **GIVEN,
    )


def test_outcomes_add_up_to_the_items():
    assert sum(int(n) for (n,) in counted("outcome_counts", "items", **GIVEN)) == 8


def test_findings_are_failures_only_with_who_can_repair_them():
    expect(
        "findings",
        """
        message_id | item_no | outcome   | cause             | error_class | responsible | suggested_code | phase
        m1         | 1       | malformed | leading_zero_lost | 16          | vendor      | 036            | before
        m2         | 1       | malformed | leading_zero_lost | 16          | vendor      | 036            | after
        m2         | 2       | malformed | leading_zero_lost | 16          | vendor      | 036            | after
        m2         | 3       | malformed | leading_zero_lost | 16          | vendor      | 036            | after
        m4         | 1       | malformed | leading_zero_lost | 16          | vendor      | 036            | unknown
        """,
        **GIVEN,
    )


def test_failing_codings_by_sender():
    expect(
        "failing_codings",
        """
        vendor_id | jalali_month | code | outcome   | suggested_code | responsible | items | messages
        v1        | 1401-11      | 36   | malformed | 036            | vendor      | 4     | 2
        v2        | unknown      | 36   | malformed | 036            | vendor      | 1     | 1
        """,
        **GIVEN,
    )


def test_an_item_may_carry_several_notes_and_each_has_its_denominator():
    found = set(counted("note_counts", "vendor_id, jalali_month, note, items, items_looked_at", **GIVEN))
    assert {row for row in found if row[3] != "0"} == {
        ("v1", "1401-11", "arabic_letters", "1", "5"), ("v1", "1401-11", "title_blank", "1", "5"), ("v1", "1401-11", "repairable", "4", "5"),
        ("v2", "1401-11", "arabic_letters", "1", "1"), ("v2", "1401-11", "title_blank", "1", "1"), ("v2", "unknown", "repairable", "1", "1"),
    }, "an item whose check broke is in no denominator"  # fmt: skip


def test_extra_checks_are_counted_beside_with_what_they_looked_at():
    bill = "patientbill-service-rvu3"
    looked = f"""
    message_id | item_no | rule_id | note                 | noted
    m1         | 1       | {bill}  | addon_alone          | yes
    m1         | 2       | {bill}  | addon_alone          | no
    m2         | 1       | {bill}  | addon_alone          | no
    m2         | 1       | {bill}  | standalone_procedure | yes
    """
    given = {
        "messages": "message_id | vendor_id\n m1 | v1\n m2 | v2\n m3 | v3",
        "items": f"message_id | item_no | rule_id\n m1 | 1 | {bill}\n m1 | 2 | {bill}\n m2 | 1 | {bill}\n m3 | 1 | {bill}",
        "verdicts": f"coding_id | rule_id\n k | {bill}",
    }
    found = {row[:2]: row[2:] for row in counted("note_counts", "vendor_id, note, items, items_looked_at", looked_at=looked, **given)}
    assert found["v1", "addon_alone"] == ("1", "2") and found["v2", "addon_alone"] == ("0", "1") and found["v2", "standalone_procedure"] == ("1", "1")
    assert found["v1", "standalone_procedure"] == found["v3", "addon_alone"] == ("0", "0"), "nothing to look at is a row of its own: not estimable"
    assert found["v1", "title_blank"] == ("0", "2") and not any(note == "asterisk_alone" for _, note in found)
    noted = counted("item_notes", "message_id, item_no, rule_id, note", looked_at=looked, **given)
    assert noted == [("m1", "1", bill, "addon_alone"), ("m2", "1", bill, "standalone_procedure")]


def test_coverage_counts_messages_with_and_without_the_field():
    messages = """
      message_id | service     | vendor_id
      m1         | PatientBill | v1
      m2         | PatientBill | v1
      m3         | PatientBill | v2
      m4         | SIYABReport | v1
    """
    items = f"message_id | item_no | rule_id\n m1 | 1 | {WARD}\n m1 | 2 | {WARD}\n m4 | 1 | otherservices-diagnosis-icd10"
    rows = counted("coverage_counts", "rule_id, vendor_id, messages, messages_with_items", messages=messages, items=items)
    found = {row[:2]: row[2:] for row in rows}
    assert found[WARD, "v1"] == ("2", "1") and found[WARD, "v2"] == ("1", "0")
    assert found["otherservices-diagnosis-icd10", "v1"] == ("1", "1")
    assert {rule for rule, _ in found} == {rule for rule, _ in found if rule.startswith(("patientbill", "otherservices"))}
    assert len(rows) == len(found) == 5 * 2 + 1


def test_fixed_form_results_are_counted_as_not_applicable():
    expect(
        "outcome_counts",
        f"""
        rule_id | outcome        | cause      | items | messages
        {NAME}  | not_applicable | fixed_form | 7     | 2
        {NAME}  | passed         |            | 1     | 1
        """,
        messages="message_id | service | fixed_form_results\n m1 | LabResult | 3\n m2 | LabResult | 4\n m3 | LabResult | 0",
        items=f"message_id | rule_id | field\n m1 | {NAME} | TestName",
        verdicts=f"coding_id | rule_id\n k | {NAME}",
    )


def test_items_without_a_rule_are_counted_nowhere():
    items = "message_id | rule_id | coding_id\n m1 | - | -"
    for file in ("outcome_counts", "findings", "failing_codings", "note_counts"):
        assert counted(file, "rule_id", messages="message_id\n m1", items=items, verdicts=VERDICTS) == []


def test_listed_codes_are_counted_by_sender_with_their_days():
    rvu = "patientbill-service-rvu3"
    expect(
        "code_counts",
        """
        code   | vendor_id | facility_id | jalali_month | reading | items | items_passed | first_on   | last_on
        100016 | v1        | f1          | 1401-11      | literal | 4     | 2            | 2023-01-29 | 2023-01-30
        100016 | v2        | f1          | unknown      | wide    | 1     | 1            | -          | -
        """,
        listed_codes="terminology | code\n RVU3 | 100016\n RVU3 | 100017\n LNC | 718-7",
        codings="""
          coding_id | terminology | code_clean
          plain     | RVU3        | 100016
          local     | RVU3        | 100016
          dotted    | RVU3        | 100016.5
          shapeless | RVU3        | 100017.x
          other     | RVU3        | 718-7
          none      | RVU3        | -
        """,
        messages="""
          message_id | exchange_on | vendor_id | jalali_month
          m1         | 2023-01-29  | v1        | 1401-11
          m2         | 2023-01-30  | v1        | 1401-11
          m3         | -           | v2        | unknown
        """,
        items=f"""
          message_id | item_no | rule_id | coding_id | reading
          m1         | 1       | {rvu}   | plain     | literal
          m1         | 2       | {rvu}   | local     | literal
          m2         | 1       | {rvu}   | plain     | literal
          m2         | 2       | {rvu}   | dotted    | literal
          m2         | 3       | {rvu}   | shapeless | literal
          m2         | 4       | {rvu}   | other     | literal
          m2         | 5       | {rvu}   | none      | literal
          m2         | 6       | -       | -         | literal
          m3         | 1       | {rvu}   | plain     | wide
        """,
        verdicts="""
          coding_id | outcome
          plain     | passed
          local     | terminology_not_allowed
          dotted    | not_in_force
          shapeless | unknown
          other     | unknown
          none      | incomplete
        """,
    )
