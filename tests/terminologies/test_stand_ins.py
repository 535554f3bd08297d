"""A fresh home: what stands in, that it is the same everywhere, and that it is cheap to check."""

import datetime as dt
import re
import statistics
import subprocess
import sys
from collections import Counter

import duckdb
import pytest

from pipelines import jalali, terminologies
from pipelines.settings import Home
from pipelines.terminologies import standins, store

from .conftest import codes

SIZES = {"IRC": 30_000, "eRx": 12_600, "ICD10": 12_271, "LNC": 141, "thritaEHR.WardType": 42, "thritaEHR.otherCost": 24}
FIRST, SECOND = dt.date(2011, 3, 21), dt.date(2022, 10, 23)


def test_schema_of_codes(stand_ins):
    with duckdb.connect() as db:
        described = db.execute(f"DESCRIBE FROM '{terminologies.codes_path(stand_ins)}'").fetchall()
    assert [(row[0], row[1]) for row in described] == [
        ("terminology", "VARCHAR"), ("release", "VARCHAR"), ("code", "VARCHAR"), ("title_fa", "VARCHAR"), ("title_en", "VARCHAR"), ("status", "VARCHAR"),
        ("valid_from", "DATE"), ("valid_to", "DATE"), ("successor", "VARCHAR"), ("synthetic", "BOOLEAN"),
    ]  # fmt: skip


@pytest.mark.parametrize(("terminology", "size"), SIZES.items())
def test_sizes(stand_ins, terminology, size):
    assert len(codes(stand_ins, terminology)) == size


@pytest.mark.parametrize("terminology", terminologies.TERMINOLOGIES)
def test_codes_and_invented_titles_are_distinct(stand_ins, terminology):
    rows = codes(stand_ins, terminology)
    assert len({row["code"] for row in rows}) == len(rows)
    if terminology != "ICD10":  # WHO's own titles repeat
        assert len({row["title_fa"] or row["title_en"] for row in rows}) == len(rows)
    assert {row["synthetic"] for row in rows} == {terminology not in ("ICD10", "LNC")}


@pytest.mark.parametrize("terminology", ["IRC", "eRx", "RVU3"])
def test_about_one_and_a_half_percent_end_and_begin_with_the_second_release(stand_ins, terminology):
    rows = codes(stand_ins, terminology)
    ended = sum(row["valid_to"] == SECOND and row["valid_from"] == FIRST for row in rows)
    begun = sum(row["valid_from"] == SECOND for row in rows)
    assert 0.01 < ended / len(rows) < 0.02
    assert 0.01 < begun / len(rows) < 0.02


def test_irc_is_sixteen_digits_without_structure(stand_ins):
    rows = codes(stand_ins, "IRC")
    assert all(re.fullmatch("[0-9]{16}", row["code"]) and row["status"] == "SYNTHETIC" for row in rows)
    assert 0.018 < sum(row["code"][0] == "0" for row in rows) / len(rows) < 0.028
    assert 0.015 < sum(row["code"][8] == "0" for row in rows) / len(rows) < 0.025


def test_erx_is_dense_and_brands_follow_their_generic(stand_ins):
    rows = codes(stand_ins, "eRx")
    assert (min(row["code"] for row in rows) >= "60000") and (max(row["code"] for row in rows) <= "73800")
    generic = [row["title_en"] for row in rows if "[" not in row["title_en"]]
    assert 0.27 < len(generic) / len(rows) < 0.31
    known = set(generic)
    brands = [row["title_en"] for row in rows if row["title_en"].endswith("]")]
    assert len(generic) + len(brands) == len(rows)
    assert all(title.rsplit(" [", 1)[0] in known for title in brands)


def test_rvu_has_the_shape_of_the_book(stand_ins):
    rows = {row["code"]: row for row in codes(stand_ins, "RVU3")}
    chapters = Counter(code[0] for code in rows if len(code) == 6 and code < "970000")
    assert chapters == {"1": 196, "2": 992, "3": 547, "4": 416, "5": 469, "6": 615, "7": 751, "8": 1115, "9": 479}
    six = [code for code in rows if len(code) == 6]
    assert 0.83 < sum(code[-1] in "05" for code in six) / len(six) < 0.89
    for code in ("26", "27", "31", "39", "85", "90.1", "100005", "901794", "805092"):
        assert (rows[code]["valid_from"], rows[code]["valid_to"], rows[code]["status"]) == (FIRST, None, "active")
    assert rows["26"]["title_fa"] == "جزء حرفه‌ای"
    deleted = [row for row in rows.values() if row["valid_to"] == row["valid_from"]]
    assert 0.008 < len(deleted) / len(rows) < 0.02
    assert 50 < statistics.median(len(row["title_fa"]) for row in rows.values()) < 70
    assert all(row["title_fa"] and len(row["title_fa"]) < 170 for row in rows.values())


def test_ward_types_have_three_digits_and_keep_the_real_ones(stand_ins):
    rows = {row["code"]: row for row in codes(stand_ins, "thritaEHR.WardType")}
    assert all(re.fullmatch("[0-9]{3}", code) for code in rows)
    assert rows["036"]["title_fa"] == "مراقبت‌های ویژه قلبی"
    real = [row for row in rows.values() if row["status"] == "active"]
    assert len(real) == 15
    assert all((row["valid_from"], row["valid_to"], row["title_en"]) == (FIRST, None, None) for row in real)
    assert all(row["title_en"].startswith("SYNTHETIC") for row in rows.values() if row["status"] == "SYNTHETIC")
    assert (
        sum(row["valid_to"] == SECOND for row in rows.values())
        == sum(row["valid_from"] == SECOND for row in rows.values())
        == 1
    )


def test_other_costs_are_one_to_twenty_four(stand_ins):
    rows = {row["code"]: row for row in codes(stand_ins, "thritaEHR.otherCost")}
    assert set(rows) == {str(n) for n in range(1, 25)}
    assert {code for code, row in rows.items() if row["status"] == "active"} == {
        "1",
        "2",
        "3",
        "4",
        "5",
        "6",
        "10",
        "11",
        "12",
        "13",
        "24",
    }
    assert (rows["24"]["title_fa"], jalali.jdate(rows["24"]["valid_from"]), rows["24"]["valid_to"]) == (
        "یارانه ارز ترجیحی",
        "1401/11/10",
        None,
    )
    assert all(row["valid_from"] == FIRST for code, row in rows.items() if code != "24")


def test_icd_has_dots_and_no_blocks(stand_ins):
    rows = {row["code"]: row["title_en"] for row in codes(stand_ins, "ICD10")}
    assert rows["R07.2"] == "Precordial pain"
    assert "R072" not in rows and "A00-A09" not in rows and "E11" in rows


def test_icd_marks_its_asterisk_categories(stand_ins):
    marked = {row["code"] for row in codes(stand_ins, "ICD10") if row["status"] == "asterisk"}
    assert len({code[:3] for code in marked}) == 83 and {"G01", "M90.0", "D63.0"} <= marked and "A39.0" not in marked


def test_icd_lists_what_who_has_retired_with_its_successor_and_never_in_force(stand_ins):
    retired = {row["code"]: row for row in codes(stand_ins, "ICD10") if row["status"] == "retired"}
    assert {code: retired[code]["successor"] for code in ("I84", "A90", "K35.0")} == {"I84": "K64", "A90": "A97", "K35.0": "K35.2"}
    assert all(row["valid_to"] == row["valid_from"] for row in retired.values())
    assert all(row["valid_to"] is None for row in codes(stand_ins, "ICD10") if row["code"] not in retired)


def test_facts_beside_codes_are_those_the_extra_checks_need(stand_ins):
    with duckdb.connect() as db:
        attributes = db.execute(f"SELECT DISTINCT terminology, name, code, value FROM '{terminologies.attributes_path(stand_ins)}'").fetchall()
        maps = db.execute(f"SELECT DISTINCT from_terminology, from_code, to_terminology, to_code FROM '{terminologies.maps_path(stand_ins)}'").fetchall()
    orders = {code: value for terminology, name, code, value in attributes if (terminology, name) == ("LNC", "order_or_result")}
    assert Counter(orders.values()) == {"Both": 133, "Order": 8} and orders["58410-2"] == "Order"
    marks = {code: value for terminology, name, code, value in attributes if (terminology, name) == ("RVU3", "marks")}
    assert (marks["901793"], marks["100017"], "100005" in marks) == ("#*+", "#*", False)
    assert 0.015 < sum("+" in value for value in marks.values()) / len(codes(stand_ins, "RVU3")) < 0.035
    generic = {(terminology, code): to for terminology, code, target, to in maps if target == "GenericCode"}
    titles = {row["code"]: row["title_en"] for row in codes(stand_ins, "eRx")}
    prescribed = [(code, to) for terminology, code, target, to in maps if (terminology, target) == ("IRC", "eRx")]
    assert len(prescribed) == SIZES["IRC"] and all(generic["IRC", code] == generic["eRx", to] for code, to in prescribed)
    products = {row["code"]: row["title_en"] for row in codes(stand_ins, "IRC")}
    assert all(sorted(products[code].split()[1:]) == sorted(titles[to].split(" [")[0].split()[1:]) for code, to in prescribed), "form, route and strength agree"
    by_generic = {}
    for code, title in titles.items():
        by_generic.setdefault(generic["eRx", code], set()).add(title.split(" [")[0])
    assert len(by_generic) > 3000 and all(len(names) == 1 for names in by_generic.values())
    assert terminologies.carried(stand_ins) >= {("LNC", "attribute", "order_or_result"), ("RVU3", "attribute", "marks"), ("ICD10", "status", "asterisk"), ("IRC", "map", "GenericCode")}
    assert ("LNC", "status", "active") not in terminologies.carried(stand_ins)


def test_lnc_is_flagged_partial(stand_ins):
    (meta,) = [m for m in terminologies.list_releases(stand_ins) if m["terminology"] == "LNC"]
    assert (meta["release"], meta["partial"], meta["synthetic"]) == ("labunits", True, False)


def test_stand_ins_are_the_same_everywhere(stand_ins):
    """If this fails, rows of stand-ins have changed: raise `standins.VERSION` and put the new hash here."""
    contents = sorted(
        (m["terminology"], m["release"], m["content"][:12])
        for m in terminologies.list_releases(stand_ins)
        if m["synthetic"]
    )
    assert standins.VERSION == "4"
    assert contents == EXPECTED


EXPECTED = [
    ("IRC", "SYNTHETIC-1399", "5ed2056719e5"),
    ("IRC", "SYNTHETIC-1401", "9b7ced33d392"),
    ("RVU3", "SYNTHETIC-1399", "cacbfc4330c3"),
    ("RVU3", "SYNTHETIC-1401", "16ab90281905"),
    ("eRx", "SYNTHETIC-1399", "7a10c2bfc3e0"),
    ("eRx", "SYNTHETIC-1401", "5e0e0743d2be"),
    ("thritaEHR.WardType", "SYNTHETIC-1399", "c491c9ced84d"),
    ("thritaEHR.WardType", "SYNTHETIC-1401", "d91494d43f35"),
    ("thritaEHR.otherCost", "SYNTHETIC", "a49bbc331e3e"),
]


def test_the_calendar_is_that_of_jalali(stand_ins):
    with duckdb.connect() as db:
        found = db.execute(
            f"SELECT * FROM '{terminologies.calendar_path(stand_ins)}' WHERE jdate IN ('1300/01/01', '1401/11/10', '1403/12/30') ORDER BY date"
        )
        names = [column[0] for column in found.description]
        rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        count = db.execute(f"SELECT count(*) FROM '{terminologies.calendar_path(stand_ins)}'").fetchone()
    expected = jalali.calendar_rows()
    assert rows == [row for row in expected if row["jdate"] in ("1300/01/01", "1401/11/10", "1403/12/30")]
    assert count == (len(expected),)


def test_a_second_ensure_reads_nothing(home, monkeypatch):
    assert terminologies.ensure(home)
    monkeypatch.setattr(store, "read_metas", lambda files: pytest.fail("it read the releases"))
    assert not terminologies.ensure(home)
    assert not [p for p in home.reference.rglob("*") if p.suffix in (".tmp", ".csv")]


def test_what_is_missing_or_of_another_version_is_made_again(home, monkeypatch):
    terminologies.ensure(home)
    before = terminologies.fingerprint(home)
    terminologies.codes_path(home).unlink()
    terminologies.calendar_path(home).unlink()
    store.path_of(home, "RVU3", "SYNTHETIC-1401").unlink()
    assert terminologies.ensure(home)
    assert len(codes(home, "RVU3")) > 5_000
    assert terminologies.calendar_path(home).is_file()
    monkeypatch.setattr(standins, "VERSION", "next")
    assert terminologies.ensure(home)
    assert terminologies.fingerprint(home) == before


def test_a_fresh_home_needs_neither_pandas_nor_pyarrow(tmp_path):
    program = (
        "import sys; from pipelines.settings import home; from pipelines import terminologies\n"
        f"terminologies.ensure(home({str(tmp_path)!r}))\n"
        "print([m for m in ('pandas', 'pyarrow', 'dagster') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_homes_may_have_quotes_in_their_path(tmp_path):
    home = Home(tmp_path / "it's here")
    assert terminologies.ensure(home)
    assert len(codes(home, "LNC")) == 141
