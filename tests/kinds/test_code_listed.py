"""Membership: exactly as sent, in the rule's own list; the list that does hold it is named."""

from judging_support import causes, item, judged

WARD, RVU = "patientbill-wardtype-wardtype", "patientbill-service-rvu3"
COST = "patientbill-othercosts-othercost"


def test_another_lists_code_is_unknown_and_says_so():
    assert causes(WARD, ["036"], "137", "138", elsewhere=[("RVU3", "137"), ("IRC", "137")]) == [
        "unknown/code_of_another_list", "unknown/not_listed",
    ]  # fmt: skip
    assert causes(WARD, ["036"], "036", elsewhere=[("RVU3", "036")]) == ["passed/"]


def test_a_code_of_a_list_before_and_after_ours_in_the_alphabet():
    assert causes(COST, ["12"], "13", elsewhere=[("AAA", "13")]) == causes(COST, ["12"], "13", elsewhere=[("zzz", "13")])


def test_likeness_wildcards_and_injection_are_no_membership():
    assert causes(COST, ["12", "1.2", "99%"], "1", "121", "1.20", "12.0") == ["unknown/not_listed"] * 4
    hostile = ["12' or '1'='1", "12'; drop table codes; --", "' union select 1 --", "%", "__", "12\\", '12"']
    assert "passed/" not in causes(COST, ["12"], *hostile)
    assert causes(COST, ["12", *hostile], *hostile) == ["passed/"] * len(hostile)


def test_hostile_titles_change_nothing():
    titles = ["'; drop table codes; --", "a' or 'a'='a", "%", "_", "\\", "\x00", "𝔘𝔫𝔦", "line\nbreak", "آ" * 5000]
    assert causes(COST, ["12"], *(item("12", t) for t in titles)) == ["passed/"] * len(titles)


def test_dots_and_adjustment_codes_of_the_relative_value_book():
    sent = ["800005.1", "800005.12", "800006.1", "26", "90.1", "90.2", "28", "26.1"]
    assert causes(RVU, ["800005"], *sent) == [
        "passed/", "passed/", "unknown/not_listed", "passed/", "passed/", "unknown/not_listed", "unknown/not_listed", "unknown/not_listed",
    ]  # fmt: skip
    assert causes(COST, ["12"], "12.1") == ["unknown/not_listed"], "a dotted suffix is legal only where the rule says so"


def test_what_is_suggested_for_an_unknown_code():
    assert judged(COST, ["013"], "13")[0][:3] == ("unknown", "not_listed", "013")
    assert judged(COST, ["12"], item("55", "12"))[0][:3] == ("unknown", "not_listed", "12")
