"""Code and terminology id: blank in every way a sender can make a thing blank."""

import pytest
from judging_support import causes, item

WARD = "patientbill-wardtype-wardtype"
BLANKS = ["", " ", "\t\n", "\u00a0", "\u2003\u202f", "\u200c", "\u200b\ufeff", "\u200f \u200e", "\u0640", "\u00ad"]


@pytest.mark.parametrize("blank", [None, *BLANKS], ids=repr)
def test_a_blank_code_is_missing(blank):
    assert causes(WARD, ["036"], item(blank)) == ["incomplete/code_missing"]


@pytest.mark.parametrize("blank", BLANKS, ids=repr)
def test_a_blank_terminology_id_is_missing(blank):
    assert causes(WARD, ["036"], item("036", terminology_id=blank)) == ["incomplete/terminology_missing"]


def test_both_blank_says_code_first_and_a_blank_title_is_no_fault():
    assert causes(WARD, ["036"], item("", terminology_id=""), item("036", title=None), item("036", title=" ")) == [
        "incomplete/code_missing", "passed/", "passed/",
    ]  # fmt: skip


def test_nothing_is_held_against_a_sender_when_no_list_is_loaded():
    assert causes(WARD, [], item(""), item("036"), item("x"), elsewhere=[("IRC", "1")]) == ["error/no_list"] * 3
