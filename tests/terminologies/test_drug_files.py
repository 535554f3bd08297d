"""The drug lists as the Food and Drug Organization gives them: one workbook for both lists, deltas, damaged codes, other layouts."""

import datetime as dt
from pathlib import Path

import duckdb
import openpyxl
import pytest

from pipelines import terminologies
from pipelines.errors import InputError

from .conftest import codes

DAY = "1403/01/01"
A, B, C, ZERO = "9154715040124503", "6634773526419774", "5038533984593944", "0123456789012345"
PRESCRIBING = [["GenericCode", "ErxTitle", "ERXCode"], ["1", "SUBSTANCE 5 mg", "60000"], ["1", "SUBSTANCE 5 mg [X]", "60001"]]
DISPENSING = [
    ["IRC", "FULLBRANDNAME", "GenericCode", "LicenseOwnerCompanyName", "LicenseOwnerCompanyNationalId", "PackageCount", "GTIN", "ErxCode", "Action"],
    [A, "X 5 mg", 1, "شرکت", "10861412626", "100", "06260152410148", "60001", None],
    [B, "Y 5 mg", 1, "شرکت", "10861412626", "100", "NULL", "69999", "New"],
]  # fmt: skip
NATURAL = ["IRC", "ATCCode", "FullEnBrandName", "LicenseOwnerName", "LicenseOwnerNationalCode", "ErxCode", "PackageCount", "GTIN", "ACTION"]


def workbook(path: Path, **sheets: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    book.save(path)
    return path


def rows(path, sql="FROM t ORDER BY ALL"):
    with duckdb.connect() as db:
        return db.execute(f"WITH t AS (FROM '{path}') {sql}").fetchall()


def test_one_workbook_gives_both_lists_and_their_maps(home, tmp_path):
    book = workbook(tmp_path / "fda", prescribing=PRESCRIBING, dispensing=DISPENSING)  # no suffix: the content says what it is
    irc, erx = terminologies.add_workbook(home, book, "1403", DAY)
    assert [(p["terminology"], p["rows"], p["rejected"]) for p in (irc, erx)] == [("IRC", 2, {}), ("eRx", 3, {})]
    assert any(note.startswith("1 codes stand only in sheet dispensing") for note in erx["notes"])
    assert rows(terminologies.maps_path(home)) == [
        ("IRC", B, "GenericCode", "1", "has generic code", "1403"), ("IRC", B, "eRx", "69999", "prescribed as", "1403"),
        ("IRC", A, "GenericCode", "1", "has generic code", "1403"), ("IRC", A, "eRx", "60001", "prescribed as", "1403"),
        ("eRx", "60000", "GenericCode", "1", "has generic code", "1403"), ("eRx", "60001", "GenericCode", "1", "has generic code", "1403"),
        ("eRx", "69999", "GenericCode", "1", "has generic code", "1403"),
    ]  # fmt: skip
    assert rows(terminologies.attributes_path(home), "SELECT code, value FROM t WHERE name = 'gtin'") == [(A, "06260152410148")]
    again = terminologies.add_release(home, "ALL", book, "1403", DAY)
    assert (again["changed"], again["rows"], again["terminology"]) == (False, 5, "IRC, eRx")


def test_all_is_all_or_none(home, tmp_path, table):
    terminologies.add_release(home, "eRx", table("ErxCode\n60000\n"), "other", DAY)
    with pytest.raises(InputError, match="eRx releases other and 1403"):
        terminologies.add_release(home, "all", workbook(tmp_path / "x.xlsx", a=PRESCRIBING, b=DISPENSING), "1403", DAY)
    assert [m["release"] for m in terminologies.list_releases(home)] == ["other"]
    with pytest.raises(InputError, match="Name one instead of 'all'"):
        terminologies.add_release(home, "all", table("code\n1\n", "plain.csv"), "r", DAY)


def test_no_facts_are_empty_tables_with_their_columns(home, table):
    terminologies.add_release(home, "IRC", table("code\n1\n"), "r", DAY)
    for path, first in ((terminologies.maps_path(home), "from_terminology"), (terminologies.attributes_path(home), "terminology")):
        with duckdb.connect() as db:
            found = db.execute(f"FROM '{path}'")
            assert (found.description[0][0], found.fetchall()) == (first, [])


def test_natural_products_below_a_title_in_another_order_with_merged_headers(home, tmp_path):
    book = openpyxl.Workbook()
    page = book.active
    page["A1"] = "فهرست فرآورده‌های طبیعی"
    page.merge_cells("A1:I1")
    for column, name in zip("ABCDE", ["Action", "GTIN", "PackageCount", "FullEnBrandName", "IRC"], strict=True):
        page[f"{column}3"] = name
        page.merge_cells(f"{column}3:{column}4")
    page["F3"] = "مالک پروانه"
    page.merge_cells("F3:G3")
    page["F4"], page["G4"], page["H4"] = "LicenseOwnerName", "LicenseOwnerNationalCode", "ErxCode"
    page.append(["Old", "6260152410148", "20", "HERB SYRUP", A, "گیاه", "10101", "90013"])
    book.save(tmp_path / "n.xlsx")
    irc, erx = terminologies.add_workbook(home, tmp_path / "n.xlsx", "1403", DAY)
    assert (irc["rows"], erx["rows"], irc["rejected"]) == (1, 1, {})
    assert codes(home, "IRC")[0]["title_en"] == "HERB SYRUP"
    facts = dict(rows(terminologies.attributes_path(home), "SELECT name, value FROM t WHERE terminology = 'IRC'"))
    assert facts == {"gtin": "6260152410148", "package_count": "20", "licence_owner": "گیاه", "licence_owner_id": "10101"}


def test_a_column_that_is_missing_is_named(home, tmp_path):
    book = workbook(tmp_path / "n.xlsx", products=[NATURAL[1:], ["A01", "HERB", "x", "1", "90013", "1", "6", "Old"]])
    with pytest.raises(InputError, match=r"«FDA natural products», sheet products, without the column IRC\."):
        terminologies.add_release(home, "IRC", book, "1403", DAY)


def test_codes_that_a_spreadsheet_damaged(home, tmp_path, table):
    terminologies.add_release(home, "IRC", table(f"IRC,Title\n{A},X\n{ZERO},Z\n{B},Y\n"), "old", "1402/01/01")
    dirty = workbook(tmp_path / "d.xlsx", one=[
        ["IRC", "FULLBRANDNAME", "Action"], [int(A[:15] + "0"), "X", "Old"], [int(ZERO), "Z", "Old"], [B[:15] + "0", "Y", "Old"],
        ["1" * 15 + "0", "new", "New"], [int(C), "lost", "New"], ["9.15E+15", "sci", "New"], [C, "kept", "New"], ["۱۲۳۴۵۶۷۸۹۰۱۲۳۴۵۶", "fa", "New"],
    ])  # fmt: skip
    done = terminologies.add_release(home, "IRC", dirty, "new", DAY)
    assert {c["code"] for c in codes(home, "IRC")} == {A, ZERO, B, "1" * 15 + "0", C, "1234567890123456"}
    assert dict(done["rejected"]) == {
        "code stored as a number of more than 15 digits: a spreadsheet loses its last digits": 1,
        "code in the scientific notation of a spreadsheet": 1,
    }
    for words in ("leading zero put back", "16th digit lost", "Persian digits"):
        assert any(words in note for note in done["notes"]), words
    lines = Path(done["rejects"]).read_text("utf-8-sig").splitlines()
    assert lines[0] == "file,sheet,row,code,title,reason" and lines[1].startswith(f"d.xlsx,one,6,{C},lost,code stored")


def test_two_earlier_codes_with_the_same_start_are_not_guessed(home, table):
    same = [A[:15] + "1", A[:15] + "2"]
    terminologies.add_release(home, "IRC", table("IRC\n" + "\n".join(same)), "old", "1402/01/01")
    damaged = "IRC\n" + "\n".join([A[:15] + "0", *(f"{n:015d}0" for n in range(10**14, 10**14 + 30))])
    with pytest.raises(InputError, match="loses its last digits: 31"):
        terminologies.add_release(home, "IRC", table(damaged, "d.csv"), "new", DAY)


def delta(table, text, name="delta.csv"):
    return table("IRC,FULLBRANDNAME,Action\n" + text, name)


def test_a_list_of_changes_is_a_delta(home, table):
    terminologies.add_release(home, "IRC", table(f"IRC,Title\n{A},A\n{B},B\n"), "base", "1402/01/01")
    done = terminologies.add_release(home, "IRC", delta(table, f"{B},B2,Update\n{C},C,New\n"), "d1", DAY)
    assert done["delta"] and any("taken as a delta" in note for note in done["notes"])
    gone = terminologies.add_release(home, "IRC", delta(table, f"{A},A,Delete\n", "d2.csv"), "d2", "1404/01/01", delta=True)
    assert gone["rows"] == 1
    start, first, second = dt.date(2023, 3, 21), dt.date(2024, 3, 20), dt.date(2025, 3, 21)
    assert [(c["code"], c["title_en"], c["status"], c["valid_from"], c["valid_to"]) for c in codes(home, "IRC")] == [
        (C, "C", None, first, None), (B, "B2", None, start, None), (A, "A", None, start, second), (A, "A", "deleted", second, second),
    ]  # fmt: skip
    assert [(m["release"], m["valid_to"]) for m in terminologies.list_releases(home)] == [("base", None), ("d1", None), ("d2", None)]
    changes = terminologies.diff_releases(home, "IRC", "base", "d2")
    assert [(c["code"], c["change"]) for c in changes] == [(C, "added"), (A, "retired"), (B, "retitled")]
    terminologies.add_release(home, "IRC", table(f"IRC,Title\n{A},A\n", "full.csv"), "full", "1405/01/01")
    assert {c["code"] for c in codes(home, "IRC") if c["valid_to"] is None} == {A}


def test_deltas_that_stand_on_nothing_or_would_lose_their_base(home, table):
    changes = delta(table, f"{C},C,New\n")
    with pytest.raises(InputError, match=r"d1 is a delta .*; it has none"):
        terminologies.add_release(home, "IRC", changes, "d1", DAY, delta=True)
    assert terminologies.add_release(home, "IRC", changes, "first", "1402/01/01")["delta"] is False
    terminologies.add_release(home, "IRC", delta(table, f"{B},B,New\n", "d.csv"), "d1", DAY)
    with pytest.raises(InputError, match=r"late .* would stand between first .* and d1"):
        terminologies.add_release(home, "IRC", table(f"IRC\n{A}\n", "late.csv"), "late", "1402/06/01")
    with pytest.raises(InputError, match=r"early is a delta .*its first release is first, from 2023-03-21"):
        terminologies.add_release(home, "IRC", delta(table, f"{A},A,New\n", "e.csv"), "early", "1401/01/01", delta=True)
    assert len(terminologies.list_releases(home)) == 2
