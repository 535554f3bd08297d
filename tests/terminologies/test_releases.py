"""Adding releases: what replaces what, what is refused, what changes nothing."""

import datetime as dt
import json
from pathlib import Path

import pytest

from pipelines import terminologies
from pipelines.errors import InputError
from pipelines.terminologies import store

from .conftest import codes


def add(home, path, release="r1", day="1400/01/01", terminology="IRC", **how):
    return terminologies.add_release(home, terminology, path, release, day, **how)


def names(home, terminology="IRC"):
    return [m["release"] for m in terminologies.list_releases(home) if m["terminology"] == terminology]


def test_a_release_is_stored_with_what_it_is(home, table):
    summary = add(home, table("IRC,Title\n0123456789012345,BRAND\n,blank\n"))
    assert {k: summary[k] for k in ("terminology", "release", "valid_from", "rows", "added", "changed", "rejected")} == {
        "terminology": "IRC", "release": "r1", "valid_from": "2021-03-21", "rows": 1, "added": 1, "changed": True, "rejected": {"blank code": 1},
    }  # fmt: skip
    (meta,) = terminologies.list_releases(home)
    assert (meta["synthetic"], meta["partial"], meta["stand_in"], meta["valid_to"]) == (False, False, False, None)
    assert len(meta["sources"][0]["sha256"]) == 64
    assert dt.datetime.fromisoformat(meta["added_at"]).tzinfo
    assert Path(meta["path"]) == home.reference / "releases" / "IRC" / "r1.parquet"
    json.dumps(summary)


def test_codes_a_release_lacks_end_the_day_it_starts(home, table):
    add(home, table("code,title\n1,one\n2,two\n"))
    add(home, table("code,title\n2,TWO\n3,three\n"), "r2", "1401/01/01")
    assert [(c["code"], c["release"], c["title_en"], c["valid_from"], c["valid_to"]) for c in codes(home, "IRC")] == [
        ("1", "r1", "one", dt.date(2021, 3, 21), dt.date(2022, 3, 21)),
        ("2", "r1", "TWO", dt.date(2021, 3, 21), None),
        ("3", "r2", "three", dt.date(2022, 3, 21), None),
    ]


def test_an_earlier_release_may_come_later(home, table):
    add(home, table("code\n2\n"), "r2", "1401/01/01")
    add(home, table("code\n1\n"), "r1", "1400/01/01")
    assert [(c["code"], c["valid_to"]) for c in codes(home, "IRC")] == [("1", dt.date(2022, 3, 21)), ("2", None)]


def test_deleted_codes_are_listed_and_never_in_force(home, table):
    add(home, table("code,status,successor\n1,deleted,2\n2,active,\n"))
    one, two = codes(home, "IRC")
    assert (one["valid_from"], one["valid_to"], one["successor"], one["status"]) == (
        dt.date(2021, 3, 21),
        dt.date(2021, 3, 21),
        "2",
        "deleted",
    )
    assert two["valid_to"] is None


def test_adding_the_same_again_changes_nothing(home, table):
    path = table("code\n1\n")
    add(home, path)
    before = terminologies.fingerprint(home), store.list_releases(home)
    assert add(home, path)["changed"] is False
    assert add(home, table("CODE\n1\n", "copy.csv"), "R1")["changed"] is False
    assert (terminologies.fingerprint(home), store.list_releases(home)) == before


def test_the_same_name_with_other_content_is_refused(home, table):
    add(home, table("code\n1\n"))
    with pytest.raises(InputError, match=r"--append.*--replace"):
        add(home, table("code\n1\n2\n"))
    with pytest.raises(InputError, match="already has a release r1"):
        add(home, table("code\n1\n"), day="1401/01/01")
    assert [c["code"] for c in codes(home, "IRC")] == ["1"]


def test_two_releases_of_one_day_are_refused_by_name(home, table):
    add(home, table("code\n1\n"), "chemical")
    for how in ({}, {"append": True}):
        with pytest.raises(InputError, match=r"chemical and supplies .*--append.*--replace"):
            add(home, table("code\n2\n"), "supplies", **how)
    assert names(home) == ["chemical"]


def test_append_adds_the_files_of_one_release(home, table):
    first, second = table("code,title\n1,one\n"), table("code,title\n1,uno\n2,two\n", "second.csv")
    add(home, first, append=True)
    summary = add(home, second, append=True)
    assert (summary["rows"], summary["added"], summary["rejected"]) == (2, 1, {"repeated code with another title": 1})
    assert [(c["code"], c["title_en"]) for c in codes(home, "IRC")] == [("1", "one"), ("2", "two")]
    assert [s["file"] for s in terminologies.list_releases(home)[0]["sources"]] == ["list.csv", "second.csv"]
    assert add(home, second, append=True)["changed"] is False
    with pytest.raises(InputError, match="2021-03-21"):
        add(home, second, append=True, day="1401/01/01")


def test_replace_drops_every_earlier_release(home, table):
    add(home, table("code\n1\n"))
    add(home, table("code\n2\n"), "r2", "1401/01/01")
    summary = add(home, table("code\n3\n"), "r1", "1399/01/01", replace=True)
    assert names(home) == ["r1"]
    assert [c["code"] for c in codes(home, "IRC")] == ["3"]
    assert any("1399/01/01" in note for note in summary["notes"])
    assert len(store.all_files(home)) == 1
    with pytest.raises(InputError, match="one of the two"):
        add(home, table("code\n3\n"), replace=True, append=True)


def test_a_given_release_makes_the_stand_ins_vanish(home, table):
    terminologies.ensure(home)
    assert names(home, "RVU3") == ["SYNTHETIC-1399", "SYNTHETIC-1401"]
    add(home, table("code,title\n100005,جراحی\n"), terminology="rvu3")
    assert names(home, "RVU3") == ["r1"]
    assert [c["synthetic"] for c in codes(home, "RVU3")] == [False]
    assert len(codes(home, "ICD10")) > 12_000
    terminologies.ensure(home)
    assert names(home, "RVU3") == ["r1"]


def test_a_kill_between_writing_and_clearing_is_not_seen(home, table, monkeypatch):
    terminologies.ensure(home)
    add(home, table("code\n1\n"))
    monkeypatch.setattr(store, "clear_superseded", lambda home: None)
    add(home, table("code\n2\n"), "r2", "1401/01/01", replace=True)
    add(home, table("code\n036\n"), "w", terminology="WardType")
    assert names(home) == ["r2"]
    assert names(home, "thritaEHR.WardType") == ["w"]
    assert [c["code"] for c in codes(home, "IRC")] == ["2"]
    monkeypatch.undo()
    terminologies.ensure(home)
    assert [p.stem for p in store.all_files(home) if p.parent.name in ("IRC", "thritaEHR.WardType")] == ["r2", "w"]


def test_a_failed_write_leaves_the_old_state(home, table, monkeypatch):
    add(home, table("code\n1\n"))
    before = terminologies.fingerprint(home), {p: p.read_bytes() for p in home.reference.rglob("*") if p.is_file()}

    def fail(self, target):
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        add(home, table("code\n1\n2\n"), "r2", "1401/01/01")
    monkeypatch.undo()
    assert (
        terminologies.fingerprint(home),
        {p: p.read_bytes() for p in home.reference.rglob("*") if p.is_file()},
    ) == before


@pytest.mark.parametrize("name", ["", "../..", "///", "x" * 200])
def test_names_that_are_no_file_names(home, table, name):
    with pytest.raises(InputError, match="not a name for a release"):
        add(home, table("code\n1\n"), name)


def test_names_become_safe_file_names(home, table):
    add(home, table("code\n1\n"), "../آذر 1403: نهایی")
    (meta,) = terminologies.list_releases(home)
    assert meta["release"] == "../آذر 1403: نهایی"
    assert Path(meta["path"]).parent == home.reference / "releases" / "IRC"


def test_bad_day_and_empty_list(home, table):
    with pytest.raises(InputError, match="1402/13/01"):
        add(home, table("code\n1\n"), day="1402/13/01")
    with pytest.raises(InputError, match="blank code: 1"):
        add(home, table("code,title\n,A\n"))
    assert terminologies.list_releases(home) == []


def test_a_strange_file_among_the_releases_is_named(home, table):
    add(home, table("code\n1\n"))
    (home.reference / "releases" / "IRC" / "strange.parquet").write_bytes(b"PAR1PAR1")
    with pytest.raises(InputError, match="terminology add"):
        terminologies.list_releases(home)


def test_the_fingerprint_follows_content_alone(home, table, tmp_path):
    from pipelines.settings import Home

    other = Home(tmp_path / "other")
    for where in (home, other):
        add(where, table("code,title\n1,A'B\n"))
    assert terminologies.fingerprint(home) == terminologies.fingerprint(other)
    add(other, table("code\n2\n"), "r2", "1401/01/01")
    assert terminologies.fingerprint(home) != terminologies.fingerprint(other)
    assert codes(home, "IRC")[0]["title_en"] == "A'B"


def test_codes_of_an_empty_home(home):
    terminologies.build_codes(home)
    assert codes(home, "IRC") == []
