"""Titles: normalised before they are compared, held against their own script, another code's title never excused."""

import pytest
from judging_support import causes, item, judged

from expectations.rule import Listed

WARD, RVU, ICD = "patientbill-wardtype-wardtype", "patientbill-service-rvu3", "patientbill-diagnosis-icd10"
HEART = Listed(code="036", title_fa="مراقبت‌های ویژه قلبی", title_en="Cardiac intensive care")
SURGERY = Listed(code="300", title_fa="جراحی جنرال بزرگسالان")


@pytest.mark.parametrize(
    "title",
    ["مراقبت‌های ویژه قلبی", "مراقبتهاي ويژه قلبي", "مراقبت های ویژهٔ قلبی", "  مراقبت‌های\u00a0ویژه  قلبی ", "(مراقبت‌های ویژه - قلبی)", "مراقبت‌های ویژه", "CARDIAC INTENSIVE CARE", "cardiac intensive", "Intensive care, cardiac", "", "ـ", "‌"],
)
def test_the_same_title_in_another_spelling(title):
    assert causes(WARD, [HEART, SURGERY], item("036", title)) == ["passed/"]


@pytest.mark.parametrize(
    ("title", "cause", "suggested"),
    [("جراحی جنرال بزرگسالان", "title_of_another_code", "300"), ("جراحي جنرال بزرگسالان.", "title_of_another_code", "300"), ("رادیولوژی", "title_differs", None), ("Radiology", "title_differs", None)],
)
def test_another_title(title, cause, suggested):
    assert judged(WARD, [HEART, SURGERY], item("036", title))[0][:3] == ("title_mismatch", cause, suggested)


def test_a_title_in_a_script_the_list_has_no_title_in_is_not_compared():
    assert causes(ICD, [Listed(code="R07.2", title_en="Precordial pain")], item("R07.2", "درد قفسهٔ سینه"), item("R07.2", "Fracture")) == [
        "passed/", "title_mismatch/title_differs",
    ]  # fmt: skip
    assert causes(WARD, ["036"], item("036", "هر چیز")) == ["passed/"], "a list without titles decides nothing"


def test_a_title_two_codes_share_belongs_to_neither():
    shared = [Listed(code="036", title_fa="مراقبت ویژه"), Listed(code="037", title_fa="مراقبت ویژه"), SURGERY]
    assert causes(WARD, shared, item("036", "مراقبت ویژه"), item("300", "مراقبت ویژه")) == ["passed/", "title_mismatch/title_differs"]


def test_the_title_of_the_day_is_the_one_compared():
    renamed = [
        Listed(code="036", title_fa="بخش سوختگی", valid_from="1400/01/01", valid_to="1401/06/01"),
        Listed(code="036", title_fa="روان‌پزشکی", valid_from="1401/06/01"),
    ]
    assert causes(WARD, renamed, item("036", "بخش سوختگی", on="1401/05/31"), item("036", "بخش سوختگی", on="1401/06/01")) == [
        "passed/", "title_mismatch/title_differs",
    ]  # fmt: skip


def test_a_dotted_code_may_carry_its_bases_title_and_no_others():
    listed = [Listed(code="990650", title_fa="نمونه گلوبال"), Listed(code="100015", title_fa="جراحی آکنه")]
    assert causes(RVU, listed, item("990650.1", "نمونه گلوبال"), item("990650.1", "جراحی آکنه"), item("26", "جراحی آکنه")) == [
        "passed/", "title_mismatch/title_of_another_code", "title_mismatch/title_of_another_code",
    ]  # fmt: skip


def test_notes_never_change_the_outcome():
    got = judged(WARD, [HEART], item("036", "مراقبتهاي ويژه قلبي", "THRITAEHR.WARDTYPE"), item("036", ""), item("36", ""), item("036", "Cardiac intensive care"))
    assert [(row[0], row[3].split()) for row in got] == [
        ("passed", ["id_spelling", "arabic_letters"]), ("passed", ["title_blank"]), ("malformed", ["title_blank", "repairable"]), ("passed", []),
    ]  # fmt: skip
