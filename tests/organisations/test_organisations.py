"""Registers: recognising them, upserting, dates, references, overlaps."""

import datetime as dt
import json
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines import organisations
from pipelines.errors import InputError
from pipelines.organisations import tables
from pipelines.organisations.registers import REGISTERS

UNIVERSITIES = "university_id,name_fa,name_en,node\nu07,دانشگاه علوم پزشكي الف,Alpha,Node11.behdasht.gov.ir\n"


def rows(home, register):
    return tables.read(home, REGISTERS[register])


def test_ensure_makes_empty_registers_of_the_right_shape(home):
    assert organisations.ensure(home)
    assert not organisations.ensure(home)
    with duckdb.connect() as db:
        for name, register in REGISTERS.items():
            described = db.execute(f"DESCRIBE FROM '{organisations.table_path(home, name)}'").fetchall()
            assert {row[0]: row[1] for row in described} == register.types()
            assert rows(home, name) == []


def test_a_university_is_read_cleaned_and_its_node_shortened(home, table):
    summary = organisations.add(home, table(UNIVERSITIES))
    assert summary["registers"] == {
        "universities": {"rows": 1, "added": 1, "updated": 0, "unchanged": 0, "rejected": {}}
    }
    assert rows(home, "universities") == [
        {
            "university_id": "u07",
            "name_fa": "دانشگاه علوم پزشکی الف",
            "name_en": "Alpha",
            "node": "node11",
            "synthetic": False,
        }
    ]
    json.dumps(summary)


def test_ids_of_facilities_and_systems_are_lower_case_and_days_of_both_calendars(home, table):
    organisations.add(
        home, table("Org_ID,university_id,name,type,from,to\n {AB-Cd} ,u07,بیمارستان,hospital,1400/01/01,2023-01-30\n")
    )
    organisations.add(home, table("system_id,vendor_id,product,version,certificate_until\nABC,v1,HIS,2.0,1403/12/30\n"))
    assert rows(home, "facilities") == [
        {
            "facility_id": "ab-cd",
            "university_id": "u07",
            "name_fa": "بیمارستان",
            "kind": "hospital",
            "valid_from": dt.date(2021, 3, 21),
            "valid_to": dt.date(2023, 1, 30),
        }
    ]
    (system,) = rows(home, "systems")
    assert (system["system_id"], system["version"], system["certificate_until"], system["valid_from"]) == (
        "abc",
        "2.0",
        dt.date(2025, 3, 20),
        None,
    )


def test_rows_are_upserted_by_key(home, table):
    first = (
        "facility_id,university_id,name_fa,valid_from,valid_to\nf1,u1,A,1400/01/01,1401/01/01\nf1,u2,A,1401/01/01,\n"
    )
    organisations.add(home, table(first))
    before = organisations.fingerprint(home)
    again = organisations.add(home, table(first))
    assert again["changed"] is False
    assert again["registers"]["facilities"]["unchanged"] == 2
    assert organisations.fingerprint(home) == before
    changed = organisations.add(home, table("facility_id,university_id,name_fa,valid_from\nF1,u3,A,2022-03-21\n"))
    assert changed["registers"]["facilities"] == {"rows": 2, "added": 0, "updated": 1, "unchanged": 0, "rejected": {}}
    assert [row["university_id"] for row in rows(home, "facilities")] == ["u1", "u3"]
    assert organisations.fingerprint(home) != before


def test_references_to_nobody_are_counted_and_kept(home, table):
    summary = organisations.add(home, table("facility_id,university_id\nf1,u07\nf2,u99\nf3,u99\n"))
    assert summary["dangling"] == {"facilities": {"u07": 1, "u99": 2}}
    assert organisations.add(home, table(UNIVERSITIES))["dangling"] == {"facilities": {"u99": 2}}
    assert organisations.add(home, table("system_id,vendor_id\ns1,v1\n"))["dangling"]["systems"] == {"v1": 1}
    assert "systems" not in organisations.add(home, table("vendor_id,name_fa\nv1,شرکت\n"))["dangling"]


def test_unusable_rows_are_counted(home, table):
    text = "facility_id,university_id,valid_from,valid_to\n,u1,,\nf1,,,\n,,,\nf2,u1,1401/01/01,1400/01/01\nf3,u1,,\n"
    assert organisations.add(home, table(text))["registers"]["facilities"] == {
        "rows": 1, "added": 1, "updated": 0, "unchanged": 0,
        "rejected": {"blank facility_id": 1, "blank university_id": 1, "ends before it begins": 1},
    }  # fmt: skip


@pytest.mark.parametrize(
    "second",
    ["f1,u2,1401/01/01,", "f1,u2,,1400/06/01", "F1,u2,1400/03/01,1400/04/01"],
)
def test_overlapping_validity_is_refused_and_nothing_changes(home, table, second):
    head = "facility_id,university_id,valid_from,valid_to\n"
    organisations.add(home, table(head + "f1,u1,1400/01/01,\n"))
    before = organisations.fingerprint(home)
    with pytest.raises(InputError, match=r"facility_id f1 .*valid_to"):
        organisations.add(home, table(head + second + "\n"))
    assert organisations.fingerprint(home) == before


def test_a_system_may_change_hands(home, table):
    organisations.add(home, table("system_id,vendor_id,valid_from,valid_to\ns1,v1,,1401/01/01\ns1,v2,1401/01/01,\n"))
    assert [(r["vendor_id"], r["valid_from"], r["valid_to"]) for r in rows(home, "systems")] == [
        ("v1", None, dt.date(2022, 3, 21)),
        ("v2", dt.date(2022, 3, 21), None),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1256"])
@pytest.mark.parametrize(("delimiter", "name"), [(",", "u.csv"), (";", "u.csv"), ("\t", "u.tsv")])
def test_encodings_and_delimiters(home, table, encoding, delimiter, name):
    organisations.add(
        home, table(f"university_id{delimiter}name_fa\n007{delimiter}گیلان\n".replace("ی", "ي"), name, encoding)
    )
    assert [(r["university_id"], r["name_fa"]) for r in rows(home, "universities")] == [("007", "گیلان")]


def test_a_workbook_and_a_folder_of_registers(home, table, tmp_path):
    book = tmp_path / "in" / "all.xlsx"
    book.parent.mkdir()
    with pd.ExcelWriter(book) as writer:
        pd.DataFrame({"vendor_id": ["v1"], "name_fa": ["شرکت"]}).to_excel(writer, sheet_name="vendors", index=False)
        pd.DataFrame(
            {"system_id": [12, 13], "vendor_id": ["v1", "v1"], "valid_from": [dt.date(2022, 3, 21), None]}
        ).to_excel(writer, sheet_name="systems", index=False)
        pd.DataFrame({"text": ["hello"]}).to_excel(writer, sheet_name="cover", index=False)
    table(UNIVERSITIES, "in/u.csv")
    pq.write_table(
        pa.table({"facility_id": [5, 6], "university_id": ["u07", "u07"], "valid_from": [dt.date(2022, 3, 21), None]}),
        tmp_path / "in" / "f.parquet",
    )
    (tmp_path / "in" / "README.md").write_text("not a register")
    summary = organisations.add(home, tmp_path / "in")
    assert {name: r["rows"] for name, r in summary["registers"].items()} == {
        "vendors": 1,
        "systems": 2,
        "facilities": 2,
        "universities": 1,
    }
    assert summary["dangling"] == {}
    assert any("cover" in note for note in summary["notes"])
    assert [(r["system_id"], r["valid_from"]) for r in rows(home, "systems")] == [
        ("12", dt.date(2022, 3, 21)),
        ("13", None),
    ]
    assert [r["facility_id"] for r in rows(home, "facilities")] == ["5", "6"]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("x.csv", "a,b\n1,2\n", "no register found"),
        ("x.csv", "facility_id,name\nf1,A\n", "needs the column university_id"),
        (
            "x.csv",
            "facility_id,university_id,valid_from\nf1,u1,1402/13/01\n",
            r"row 2, column valid_from: '1402/13/01'",
        ),
        ("x.csv", "", "cannot be read"),
        ("x.pdf", "%PDF", "not a kind of file"),
        ("x.xlsx", "no zip", "cannot be read"),
    ],
)
def test_what_cannot_be_used_says_why(home, table, name, text, said):
    with pytest.raises(InputError, match=said) as caught:
        organisations.add(home, table(text, name))
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


def test_missing_files_and_empty_folders(home, tmp_path):
    with pytest.raises(InputError, match="no such file or folder"):
        organisations.add(home, tmp_path / "absent")
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="no register in this folder"):
        organisations.add(home, tmp_path / "empty")


def test_a_failed_write_leaves_the_old_register(home, table, monkeypatch):
    organisations.add(home, table(UNIVERSITIES))
    before = organisations.fingerprint(home)

    def fail(self, target):
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        organisations.add(home, table("university_id,name_fa\nu08,ب\n"))
    monkeypatch.undo()
    assert organisations.fingerprint(home) == before
    assert [path.name for path in home.reference.iterdir() if path.name.startswith(".")] == []


def test_the_names_of_the_universities_that_come_with_the_program(home):
    assert organisations.add(home, organisations.MEDICAL_UNIVERSITIES)["registers"]["universities"]["added"] == 76
    by_id = {row["university_id"]: row for row in rows(home, "universities")}
    assert by_id["guilan"]["name_fa"] == "دانشگاه علوم پزشکی گیلان"
    assert len({row["name_fa"] for row in by_id.values()}) == len({row["name_en"] for row in by_id.values()}) == 76
    assert not any(row["synthetic"] for row in by_id.values())
