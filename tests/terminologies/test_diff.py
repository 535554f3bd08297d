"""What changes between two releases: every kind of change, when a code ends, deltas, names of releases."""

import datetime as dt

import duckdb
import pytest

from pipelines import terminologies
from pipelines.errors import InputError


def test_every_kind_of_change(home, table):
    before = "code,title,status,valid_from\n1,one,,\n2,two,active,\n3,three,,\n4,four,,\n5,five,deleted,\n6,six,,\n"
    after = "code,title,status,valid_from\n1,one,active,\n2,two,deleted,\n3,THREE,,\n5,five,,\n6,six,,1400/06/01\n7,seven,,\n"
    terminologies.add_release(home, "IRC", table(before), "a", "1400/01/01")
    terminologies.add_release(home, "IRC", table(after), "b", "1401/01/01")
    changes = {row["code"]: row for row in terminologies.diff_releases(home, "irc", "a", "B")}
    assert {code: row["change"] for code, row in changes.items()} == {
        "2": "retired", "3": "retitled", "4": "removed", "5": "revived", "6": "redated", "7": "added",
    }  # fmt: skip
    assert (changes["3"]["title_before"], changes["3"]["title_after"]) == ("three", "THREE")
    assert terminologies.diff_releases(home, "irc", "a", "a") == []
    with pytest.raises(InputError, match=r"no release 'c'\. Its releases: a, b"):
        terminologies.diff_releases(home, "IRC", "a", "c")


def test_stand_ins_can_be_compared(stand_ins):
    changes = terminologies.diff_releases(stand_ins, "RVU3", "SYNTHETIC-1399", "SYNTHETIC-1401")
    assert {row["change"] for row in changes} == {"added", "removed"}
    assert 100 < len(changes) < 250


def both(home, table, before, after, terminology="LNC", days=("1400/01/01", "1401/01/01"), **how):
    """code → the change between two given lists."""
    terminologies.add_release(home, terminology, table(before, "a.csv"), "a", days[0])
    terminologies.add_release(home, terminology, table(after, "b.csv"), "b", days[1], **how)
    return {row["code"]: row for row in terminologies.diff_releases(home, terminology, "a", "b")}


def test_scope_is_status_and_attributes_that_matter_never_others(home, table):
    head = "LOINC_NUM,LONG_COMMON_NAME,STATUS,ORDER_OBS,CLASS\n"
    found = both(
        home, table,
        head + "718-7,Hb,ACTIVE,Both,HEM\n2345-7,Glucose,ACTIVE,Order,CHEM\n3016-3,TSH,ACTIVE,Both,CHEM\n1-8,Same,ACTIVE,,CHEM\n",
        head + "718-7,Hb,TRIAL,Both,HEM\n2345-7,Glucose in blood,ACTIVE,Observation,CHEM\n3016-3,TSH,DEPRECATED,Both,CHEM\n1-8,Same,,,CHEM\n",
    )  # fmt: skip
    assert {code: row["changes"] for code, row in found.items()} == {"718-7": ["rescoped"], "2345-7": ["rescoped", "retitled"], "3016-3": ["retired"]}
    assert found["718-7"]["scope"] == "status: ACTIVE → TRIAL"
    assert found["2345-7"]["scope"] == "order_or_result: Order → Observation"
    assert {code: row["ends_on"] for code, row in found.items()} == {"718-7": None, "2345-7": None, "3016-3": dt.date(2022, 3, 21)}


def test_signs_of_rvu_and_levels_are_scope_and_values_are_not(home, table):
    head = "کدملی(Code),ویژگی کد,شرح کد(Value),کل\n"
    found = both(
        home, table,
        head + "100016,#,یک,2\n100020,,دو,3\n100025,*,سه,4\n",
        head + "100016,#*,یک,2\n100020,,دو,9\n100025,,سه,4\n", "RVU3",
    )  # fmt: skip
    assert {code: row["scope"] for code, row in found.items()} == {"100016": "marks: # → #*", "100025": "marks: * → ∅"}
    assert all(row["changes"] == ["rescoped"] for row in found.values())


def test_what_a_list_never_speaks_of_is_no_change_of_scope(home, table):
    found = both(home, table, "code,title\n718-7,Hb\n", "LOINC_NUM,LONG_COMMON_NAME,STATUS,ORDER_OBS\n718-7,Hb,TRIAL,Both\n")
    assert found == {}


def test_the_day_a_code_ends(home, table):
    head = "code,title,status,valid_from,valid_to\n"
    before = head + "1,a,,,\n2,b,,,\n3,c,,,\n4,d,deleted,,\n5,e,,,1400/06/01\n6,f,,,\n7,g,,,\n8,h,,,\n"
    after = head + "2,b,deleted,,\n3,c,,,1401/06/01\n6,f,,1401/06/01,\n7,g,deleted,,1402/01/01\n8,h,,1400/01/01,\n"
    found = both(home, table, before, after, "IRC")
    start, later = dt.date(2022, 3, 21), dt.date(2022, 8, 23)
    assert {code: (row["change"], row["ends_on"]) for code, row in found.items()} == {
        "1": ("removed", start), "2": ("retired", start), "3": ("redated", later), "4": ("removed", None), "5": ("removed", None),
        "6": ("redated", start), "7": ("retired", dt.date(2023, 3, 21)), "8": ("redated", None),
    }  # fmt: skip


def test_a_delta_changes_what_it_names(home, table):
    found = both(home, table, "Code,Name,Action\n1,a,Old\n2,b,Old\n", "Code,Name,Action\n2,b,Delete\n3,c,New\n", "IRC")
    assert {code: row["change"] for code, row in found.items()} == {"2": "retired", "3": "added"}


def test_the_successor_is_the_lists_own_or_what_it_maps_to(home, table):
    found = both(home, table, "code,title,successor\n1,a,9\n2,b,\n", "code,title,status,successor\n2,b,deleted,8\n", "IRC")
    assert {code: row["successor"] for code, row in found.items()} == {"1": "9", "2": "8"}


def test_names_of_releases_find_their_terminology_or_say_which_there_are(home, table):
    for terminology, name, day in (("IRC", "110/185", "1400/01/01"), ("IRC", "110/186", "1450/01/01"), ("RVU3", "110/186", "1400/01/01"), ("eRx", "110/185", "1400/01/01")):
        code = "100016" if terminology == "RVU3" else "1"
        terminologies.add_release(home, terminology, table(f"code\n{code}\n"), name, day)
    before, after = terminologies.find_pair(home, "110/185", "110-186")
    assert (before["terminology"], before["release"], after["release"]) == ("IRC", "110/185", "110/186")
    with pytest.raises(InputError, match=r"No terminology has releases '110/185' and '7'.*IRC: 110/185, 110/186; eRx: 110/185; RVU3: 110/186"):
        terminologies.find_pair(home, "110/185", "7")
    with pytest.raises(InputError, match=r"RVU3 has no release '110/185'\. Its releases: 110/186"):
        terminologies.find_pair(home, "110/185", "110/186", "rvu3")
    terminologies.add_release(home, "RVU3", table("code\n100020\n"), "110/185", "1399/01/01")
    with pytest.raises(InputError, match=r"releases of IRC and RVU3: say which with --terminology"):
        terminologies.find_pair(home, "110/185", "110/186")
    assert terminologies.find_pair(home, "110/185", "110/186", "rvu3")[0]["valid_from"] == "2020-03-20"
    assert terminologies.find_pair(home, "110/186", "110/186", "IRC")[0]["release"] == "110/186"


def test_the_newest_pair_is_a_table_and_a_stand_in_is_in_no_pair(home, table):
    terminologies.ensure(home)

    def rows():
        return duckdb.sql(f"select terminology, before, after, code, change, ends_on from '{terminologies.changes_path(home).as_posix()}'").fetchall()

    assert rows() == []
    for number, codes in enumerate(("1\n2\n", "2\n3\n", "3\n"), 1):
        terminologies.add_release(home, "IRC", table(f"code\n{codes}"), f"r{number}", f"140{number}/01/01")
    assert rows() == [("IRC", "r2", "r3", "2", "removed", dt.date(2024, 3, 20))]
