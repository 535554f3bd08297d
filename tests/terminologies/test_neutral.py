"""Which column is which, and which rows are left out and why."""

import pytest

from pipelines.errors import InputError
from pipelines.terminologies.names import TERMINOLOGIES, canonical
from pipelines.terminologies.neutral import read_neutral


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("irc", "IRC"),
        ("ERX", "eRx"),
        (" rvu3 ", "RVU3"),
        ("LOINC", "LNC"),
        ("icd-10", "ICD10"),
        ("wardtype", "thritaEHR.WardType"),
        ("THRITAEHR.OTHERCOST", "thritaEHR.otherCost"),
    ],
)
def test_ids_in_any_letter_case(text, name):
    assert canonical(text) == name


def test_unknown_terminologies_are_answered_with_the_known_ones():
    with pytest.raises(InputError) as caught:
        canonical("SNOMED")
    assert all(name in str(caught.value) for name in TERMINOLOGIES)


def test_codes_stay_exactly_as_text(table):
    read = read_neutral(table("code\n036\n90.1\n0123456789012345\n1e5\n001\n"), "RVU3")
    assert read.columns["code"] == ["036", "90.1", "0123456789012345", "1e5", "001"]


def test_a_title_goes_where_its_letters_belong(table):
    read = read_neutral(table("code,title\n1,ارتوپدی\n2,Orthopaedics\n3,POST CCU قلب\n4,\n"), "thritaEHR.WardType")
    assert read.columns["title_fa"] == ["ارتوپدی", None, "POST CCU قلب", None]
    assert read.columns["title_en"] == [None, "Orthopaedics", None, None]


def test_rows_left_out_are_counted_with_their_reasons(table):
    read = read_neutral(
        table("terminology,code,title\nirc,1,A\nIRC,1,A\nIRC,1,B\nIRC,,C\nIRC,NULL,D\neRx,60000,E\n,2,F\n"), "IRC"
    )
    assert read.columns["code"] == ["1", "2"]
    assert read.columns["title_en"] == ["A", "F"]
    assert dict(read.rejected) == {
        "repeated code": 1,
        "repeated code with another title": 1,
        "blank code": 2,
        "another terminology": 1,
    }
    assert read.examples["another terminology"] == ["60000"]
    assert [(line, code, why) for _, line, code, _, why in read.rejects][:2] == [
        (3, "1", "repeated code"),
        (4, "1", "repeated code with another title"),
    ]


def test_a_code_may_stand_twice_with_two_beginnings(table):
    read = read_neutral(
        table(
            "code,valid_from,valid_to\n1,1390/01/01,1395/01/01\n1,1399/01/01,\n1,1399/01/01,\n2,1399/01/01,1398/01/01\n"
        ),
        "IRC",
    )
    assert read.columns["code"] == ["1", "1"]
    assert dict(read.rejected) == {"repeated code": 1, "ends before it begins": 1}


def test_status_from_a_status_an_active_flag_or_the_words_of_the_book(table):
    assert read_neutral(table("code,status\n1,Deprecated\n2,\n"), "LNC").columns["status"] == ["Deprecated", None]
    assert read_neutral(table("code,IsActive\n1,0\n2,True\n3,\n"), "IRC").columns["status"] == [
        "inactive",
        "active",
        None,
    ]
    title = "این کد در ویرایش 3 حذف شده و قابل گزارش، محاسبه و اخذ نمی‌باشد"
    assert read_neutral(
        table(f"code,title\n100005,{title}\n100010,برداشتن با حذف ضایعه\n".replace("، ", " ")), "RVU3"
    ).columns["status"] == ["deleted", None]


def test_no_column_of_codes_says_what_is_accepted_and_found(table):
    with pytest.raises(InputError) as caught:
        read_neutral(table("nummer,titel\n1,A\n"), "LNC")
    for part in ("list.csv", "LOINC_NUM", "nummer", "Rename"):
        assert part in str(caught.value)


def test_a_day_that_does_not_exist_names_row_and_column(table):
    with pytest.raises(InputError, match=r"row 3, column valid_to.*1402/12/30"):
        read_neutral(table("code,valid_to\n1,1402/12/29\n2,1402/12/30\n"), "IRC")


def test_loinc_prefers_the_long_name(table):
    read = read_neutral(
        table(
            "LOINC_NUM,COMPONENT,LONG_COMMON_NAME,STATUS\n718-7,Hemoglobin,Hemoglobin [Mass/volume] in Blood,ACTIVE\n"
        ),
        "LNC",
    )
    assert read.columns["title_en"] == ["Hemoglobin [Mass/volume] in Blood"]
