"""Fillers: whole codes only, in any letter case and any digits; a listed code is never one."""

import pytest
from judging_support import causes, item

WARD, IRC = "patientbill-wardtype-wardtype", "patientbill-service-irc"


@pytest.mark.parametrize(
    "filler",
    ["0", "000", "۰", "٠٠", "999", "99999", "۹۹۹", "-", "---", ".", "...", "?", "??", "*", "xx", "XXX", "test", "TEST", " Test ", "تست", "ندارد", "نامشخص", "null", "NULL", "None", "n/a", "N/A", "تـست"],
)
def test_a_filler_is_a_placeholder(filler):
    assert causes(WARD, ["036"], filler) == ["placeholder/filler"]


@pytest.mark.parametrize("code", ["99", "0.5", "x", "tested", "test1", "a test", "036", "10", "1000", "کد ندارد", "-1", "9 99", "nullable"])
def test_what_only_holds_a_filler_is_none(code):
    assert causes(WARD, ["036"], code) != ["placeholder/filler"]


def test_a_listed_code_is_never_a_filler():
    assert causes(WARD, ["000", "999"], "000", "999", "00") == ["passed/", "passed/", "placeholder/filler"]
    assert causes(IRC, ["1000200030004001"], "9" * 16, "0" * 16) == ["placeholder/filler"] * 2


def test_a_filler_under_another_terminology_is_still_a_filler():
    assert causes(WARD, ["036"], item("0", terminology_id="Local")) == ["placeholder/filler"]
