"""Repairs: what a damaged code may have been. A list decides; nothing is guessed by likeness."""

import pytest
from judging_support import judged

from expectations.rule import Example
from pipelines.findings.repairs import candidates


def made(code: str, title: str = "") -> list[tuple[str, str]]:
    return list(candidates(code, title))


@pytest.mark.parametrize(
    ("code", "kind", "repaired"),
    [
        ("36", "leading_zero_lost", "036"), ("6", "leading_zero_lost", "006"), ("30302796", "leading_zero_lost", "0000000030302796"), ("100200030004002", "leading_zero_lost", "0100200030004002"),
        ("80O005", "lookalike", "800005"), ("8000l5", "lookalike", "800015"), ("AOO.9", "lookalike", "A00.9"), ("110", "lookalike", "I10"), ("RO72", "lookalike", "R07.2"),
        ("\u0410\u041e0.9", "lookalike", "A00.9"), ("61001.0", "number_form", "61001"), ("800,005", "number_form", "800005"), ("10-Sep", "number_form", "10-9"),
        ("9154-7150-4012-4503", "number_form", "9154715040124503"), ("ICD10:R07.2", "attribute_sign", "R07.2"), ("'0036", "attribute_sign", "0036"), ("(036)", "attribute_sign", "036"),
        ("718_7", "separator_missing", "718-7"), ("R07..2", "separator_missing", "R07.2"), ("\uff13\uff16", "leading_zero_lost", "036"),
        ("R072", "separator_missing", "R07.2"), ("A0012", "separator_missing", "A00.12"), ("7187", "separator_missing", "718-7"), ("R07/2", "separator_missing", "R07.2"),
        ("r07.2", "letter_case", "R07.2"), ("#100015", "attribute_sign", "100015"), ("A00.9†", "attribute_sign", "A00.9"), ("A00.-", "attribute_sign", "A00"),
        ("۸۰۰۰۰۵", "digits_or_blanks", "800005"), ("٨٠٠٠٠٥", "digits_or_blanks", "800005"), (" 300 ", "digits_or_blanks", "300"), ("61 001", "digits_or_blanks", "61001"),
        ("6\u200c1001", "digits_or_blanks", "61001"), ("\u00a061001", "digits_or_blanks", "61001"), ("718 - 7", "digits_or_blanks", "718-7"),
        ("۳۶", "leading_zero_lost", "036"), (" r072 ", "separator_missing", "R07.2"), ("# ۳۶", "leading_zero_lost", "036"),
    ],
)  # fmt: skip
def test_a_damage_is_undone(code, kind, repaired):
    assert (kind, repaired) in made(code)


def test_order_says_the_smallest_damage_first():
    kinds = list(dict.fromkeys(kind for kind, _ in made(" r072# ", "036")))
    assert kinds == ["digits_or_blanks", "attribute_sign", "letter_case", "separator_missing", "swapped"]


def test_swapped_code_and_title():
    assert made("مراقبت ویژه", " ۰۳۶ ")[:2] == [("digits_or_blanks", "مراقبتویژه"), ("swapped", "036")]
    assert ("swapped", "036") in made("ICU", "36")
    assert made("x", "y" * 21) == [("letter_case", "X")]
    assert ("swapped", "036") not in made("036", "036")


@pytest.mark.parametrize("code", ["", " ", "\u200c", "\u200b"])
def test_a_blank_code_is_not_repaired(code):
    assert made(code, "036") == []


def test_the_list_decides_and_the_first_that_it_knows_wins():
    ward = "patientbill-wardtype-wardtype"
    assert [row[2] for row in judged(ward, ["036", "006"], "36", "6", "06", "7", "0036")] == ["036", "006", "006", None, None]
    assert judged(ward, ["0036", "036"], "36")[0][2] == "036"


def test_codings_whose_parts_join_to_the_same_text_are_kept_apart():
    """«61 001» with the title «x», and «61» with the title «001 x»."""
    found = judged("medicationprescription-productcode-erx", ["61001"], Example.model_construct(code="61 001", title="x"), Example.model_construct(code="61", title="001 x"))
    assert [row[2] for row in found] == ["61001", None]


def test_a_local_code_or_a_filler_is_never_repaired_into_a_listed_one():
    local = Example.model_construct(code="6100", title="", terminology_id="FDO-ir")
    assert judged("medicationprescription-productcode-erx", ["06100"], local)[0][:3] == ("terminology_not_allowed", "local_terminology", None)
    assert judged("patientbill-wardtype-wardtype", ["000"], "0")[0][:3] == ("placeholder", "filler", None)
