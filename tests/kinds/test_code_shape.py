"""Shape: the code as sent against the pattern, and what was done to it. A listed code is never malformed."""

import random

import pytest
from judging_support import causes, item, judged

WARD, ICD, LNC, IRC, RVU, ERX, COST = (
    "patientbill-wardtype-wardtype", "patientbill-diagnosis-icd10", "labresult-testname-lnc", "patientbill-service-irc",
    "patientbill-service-rvu3", "medicationprescription-productcode-erx", "patientbill-othercosts-othercost",
)  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "listed", "sent", "cause", "suggested"),
    [
        (WARD, "036", "36", "leading_zero_lost", "036"),
        (WARD, "006", "6", "leading_zero_lost", "006"),
        (WARD, "036", "۰۳۶", "digits_or_blanks", "036"),
        (WARD, "036", "٠٣٦", "digits_or_blanks", "036"),
        (WARD, "036", "036 ", "digits_or_blanks", "036"),
        (WARD, "036", "\u00a0036", "digits_or_blanks", "036"),
        (WARD, "036", "0\u200c36", "digits_or_blanks", "036"),
        (WARD, "036", "0\u200b36", "digits_or_blanks", "036"),
        (WARD, "036", "03 6", "digits_or_blanks", "036"),
        (WARD, "036", "036\n", "digits_or_blanks", "036"),
        (WARD, "036", "03\n6", "digits_or_blanks", "036"),
        (WARD, "036", "\ufeff036", "digits_or_blanks", "036"),
        (WARD, "036", "136 ", "digits_or_blanks", None),
        (WARD, "036", "۳۶", "leading_zero_lost", "036"),
        (WARD, "036", "#036", "attribute_sign", "036"),
        (WARD, "036", "*036+", "attribute_sign", "036"),
        (WARD, "036", "99", "truncated", None),
        (WARD, "036", "0366", "wrong_shape", None),
        (WARD, "036", "036.1", "wrong_shape", None),
        (WARD, "036", "ICU", "text_as_code", None),
        (WARD, "036", "'; drop table codes; --", "text_as_code", None),
        (WARD, "036", "036' or '1'='1", "wrong_shape", None),
        (WARD, "036", "%", "text_as_code", None),
        (WARD, "036", "0_6", "wrong_shape", None),
        (WARD, "036", "\x00036", "attribute_sign", "036"),
        (ICD, "R07.2", "R072", "separator_missing", "R07.2"),
        (ICD, "R07.2", "R07,2", "separator_missing", "R07.2"),
        (ICD, "R07.2", "R07،2", "separator_missing", "R07.2"),
        (ICD, "R07.2", "R07٫2", "digits_or_blanks", "R07.2"),
        (ICD, "R07.2", "r072", "separator_missing", "R07.2"),
        (ICD, "R07.2", "r07.2", "letter_case", "R07.2"),
        (ICD, "R07.2", " r07.2", "letter_case", "R07.2"),
        (ICD, "R07.2", "R07.2*", "attribute_sign", "R07.2"),
        (ICD, "R07.2", "R07.2†", "attribute_sign", "R07.2"),
        (ICD, "R07", "R07.-", "attribute_sign", "R07"),
        (ICD, "R07", "R07-", "attribute_sign", "R07"),
        (ICD, "R07.2", "R07.234", "wrong_shape", None),
        (ICD, "R07.2", "07.2", "wrong_shape", None),
        (ICD, "R07.2", "сefR", "text_as_code", None),
        (LNC, "718-7", "7187", "separator_missing", "718-7"),
        (LNC, "718-7", "718\u20137", "separator_missing", "718-7"),
        (LNC, "718-7", "718 - 7", "digits_or_blanks", "718-7"),
        (LNC, "718-7", "718", "wrong_shape", None),
        (LNC, "718-7", "1234567-8", "wrong_shape", None),
        (IRC, "0100200030004002", "100200030004002", "leading_zero_lost", "0100200030004002"),
        (IRC, "0100200030004002", "1.00200030004002E+15", "wrong_shape", None),
        (IRC, "0100200030004002", "9" * 15 + "8", None, None),
        (ERX, "61001", "6100", "truncated", None),
        (RVU, "100015", "100015#", "attribute_sign", "100015"),
        (COST, "13", "13.", "wrong_shape", None),
        (COST, "13", "1" * 400, None, None),
    ],
)
def test_what_was_done_to_a_code(rule, listed, sent, cause, suggested):
    [(outcome, got, made, notes)] = judged(rule, [listed], sent)
    assert (outcome, got, made) == (("malformed", cause, suggested) if cause else ("unknown", "not_listed", suggested))
    assert ("repairable" in notes) == bool(suggested)


def test_the_longest_legal_values_pass():
    for rule, code in ((ICD, "A00.12"), (LNC, "100000-9"), (IRC, "1" * 16), (RVU, "990650.12"), (ERX, "00001"), (COST, "1.2.3.4")):
        assert causes(rule, [code], code) == ["passed/"]


def test_a_listed_code_is_right_whatever_its_shape():
    odd = ["5895-7", "A 1", "#9", "کد", "a'b", "x%", "line\nbreak", "0" * 40]
    for code in odd[:1]:
        assert causes(LNC, [code], code) == ["passed/"]
    assert causes(WARD, odd, *odd) == ["passed/"] * len(odd)


def test_code_and_title_swapped():
    swapped = judged(WARD, ["036"], item("مراقبت ویژه", "036"), item("مراقبت ویژه", " ۰۳۶ "), item("ICU", "137"), item("ICU", "36"), item("036", "137"))
    assert [row[:3] for row in swapped] == [
        ("malformed", "swapped", "036"), ("malformed", "swapped", "036"), ("malformed", "swapped", None),
        ("malformed", "text_as_code", "036"), ("passed", "", None),
    ]  # fmt: skip


def naive_check_digit(number: str) -> int:
    """Luhn as a textbook says it: double every second digit from the right, sum the digits of the results."""
    total = 0
    for place, digit in enumerate(reversed(number)):
        total += sum(map(int, str(int(digit) * 2))) if place % 2 == 0 else int(digit)
    return -total % 10


@pytest.mark.parametrize("code", ["2345-7", "718-7", "4548-4", "14682-9", "3016-3"])
def test_worked_examples_of_the_check_digit(code):
    number, digit = code.split("-")
    assert naive_check_digit(number) == int(digit)
    wrong = [f"{number}-{(int(digit) + n) % 10}" for n in range(1, 10)]
    assert causes(LNC, ["1-8"], code, *wrong) == ["unknown/not_listed", *["malformed/check_digit"] * 9]


def test_check_digits_of_random_numbers():
    rng = random.Random(7)
    codes = [f"{rng.randrange(1, 10 ** rng.randint(1, 6))}-{rng.randrange(10)}" for _ in range(3000)]
    right = [naive_check_digit(code.split("-")[0]) == int(code[-1]) for code in codes]
    got = causes(LNC, ["1-8"], *codes)
    want = ["unknown/not_listed" if ok else "malformed/check_digit" for ok in right]
    assert [(c, g) for c, g, w in zip(codes, got, want, strict=True) if g != w and c != "1-8"] == [] and sum(right) > 200
