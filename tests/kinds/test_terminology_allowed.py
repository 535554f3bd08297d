"""The declared terminology: compared without letter case and outer blanks, never by likeness."""

import pytest
from judging_support import causes, item

WARD = "patientbill-wardtype-wardtype"


@pytest.mark.parametrize("spelling", ["thritaEHR.WardType", "ThritaEHR.wardType", "THRITAEHR.WARDTYPE", " thritaEHR.WardType ", "thritaEHR.WardType\u200f", "\ufeffthritaEHR.WardType\n"])
def test_letter_case_blanks_and_invisible_marks_are_no_other_terminology(spelling):
    assert causes(WARD, ["036"], item("036", terminology_id=spelling)) == ["passed/"]


@pytest.mark.parametrize("other", ["WardType", "thritaEHR", "thritaEHR.WardTypes", "thritaEHR WardType", "RVU3", "local", "'", "%", "_", "thritaEHR_WardType", "0"])
def test_any_other_is_not_allowed_whatever_the_code(other):
    assert causes(WARD, ["036"], item("036", terminology_id=other), item("1/2", terminology_id=other)) == [
        "terminology_not_allowed/mislabelled", "terminology_not_allowed/local_terminology",
    ]  # fmt: skip


def test_only_a_listed_code_is_called_mislabelled():
    assert causes(WARD, ["036"], item("36", terminology_id="Local"), item("", terminology_id="Local")) == [
        "terminology_not_allowed/local_terminology", "incomplete/code_missing",
    ]  # fmt: skip
