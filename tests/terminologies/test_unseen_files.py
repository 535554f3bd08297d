"""Workbooks as other years and other offices make them, all values invented: they load, or the error says which column is missing."""

import itertools
import json
import random

import duckdb
import openpyxl
import pytest

from pipelines import terminologies
from pipelines.errors import InputError

from .conftest import codes

DAY = "1403/01/01"
A, B = "9154715040124503", "0123456789012345"
NATURAL = ["IRC", "ATCCode", "FullEnBrandName", "LicenseOwnerName", "LicenseOwnerNationalCode", "ErxCode", "PackageCount", "GTIN", "ACTION"]
ROWS = [[A, "A05", "HERBAL SYRUP 60 mL", "گیاه‌دارو", "10101", "90013", "1", "6260152410148", "Old"], [B, "A06", "HERBAL CAP", "گیاه", "10102", "90014", "20", "6260152410155", "New"]]
SUPPLIES = ["IRC", "Title", "LicenseOwnerCompanyName", "LicenseOwnerCompanyNationalCode", "PackageCount", "ErxCode", "GTIN", "Action"]
RVU = ["دستگاه", "کدملی(Code)", "ویژگی کد", "شرح کد(Value)", "توضیحات", "کل", "حرفه‌ای", "فنی", "بیهوشی"]
LNCMAP = ["Code", "Name", "Description", "DetailCode", "DetailValue", "DetailTerminology", "OrderOrResult", "PanelCode", "PrescriptionStatus", "RvuCode", "RvuValue", "RvuGroup", "RvuCategory", "RvuType"]


@pytest.fixture
def book(tmp_path):
    """Writes one sheet, with merged ranges, and gives its path."""
    number = itertools.count(1)

    def write(*rows, merged=(), sheet="Sheet1"):
        book = openpyxl.Workbook()
        page = book.active
        page.title = sheet
        for row in rows:
            page.append(row)
        for cells in merged:
            page.merge_cells(cells)
        path = tmp_path / f"book{next(number)}.xlsx"
        book.save(path)
        return path

    return write


def add(home, terminology, path, release="r"):
    return terminologies.add_release(home, terminology, path, release, DAY)


def facts(home, terminology):
    query = f"select code, name, value from '{terminologies.attributes_path(home).as_posix()}' where terminology = '{terminology}'"
    found = {}
    for code, name, value in duckdb.sql(query).fetchall():
        found.setdefault(code, {})[name] = value
    return found


def listed(home, terminology):
    return {row["code"]: row["title_fa"] or row["title_en"] for row in codes(home, terminology)}


def natural_products_are_read(home):
    assert listed(home, "IRC") == {A: "HERBAL SYRUP 60 mL", B: "HERBAL CAP"} and set(listed(home, "eRx")) == {"90013", "90014"}
    assert facts(home, "IRC")[A] == {"atc": "A05", "gtin": "6260152410148", "package_count": "1", "licence_owner": "گیاه‌دارو", "licence_owner_id": "10101"}


@pytest.mark.parametrize("seed", range(4))
def test_natural_products_in_any_order_of_columns(home, book, seed):
    order = random.Random(seed).sample(range(len(NATURAL)), len(NATURAL))
    done = add(home, "all", book(*([row[i] for i in order] for row in (NATURAL, *ROWS))))
    assert done["rejected"] == {} and not any("looks like" in note for note in done["notes"])
    natural_products_are_read(home)


def test_headers_with_line_breaks_half_spaces_and_blanks(home, book):
    heads = ["I R C\n", " ATC Code ", "Full En\nBrand Name", "License Owner Name", "License Owner\nNational Code", "Erx\nCode ", "Package\u200cCount", "GTIN\u00a0", "Action"]
    assert add(home, "all", book(heads, *ROWS))["rejected"] == {}
    natural_products_are_read(home)


def test_a_title_row_and_a_merged_header_of_two_rows_lose_no_row_and_count_no_reject(home, book):
    upper = ["IRC", "ATCCode", "FullEnBrandName", "License Owner", None, "ErxCode", "PackageCount", "GTIN", "ACTION"]
    lower = [None, None, None, "LicenseOwnerName", "LicenseOwnerNationalCode", None, None, None, None]
    done = add(home, "all", book(["فهرست فرآورده‌های طبیعی"], [], upper, lower, *ROWS, merged=("A1:I1", "D3:E3", "A3:A4", "B3:B4")))
    assert done["rejected"] == {}
    natural_products_are_read(home)


def test_numbers_as_floats_are_codes_again(home, book, table):
    row = [B, "A", "X", "y", 10101.0, 90013.0, 1.0, 6260152410148.0, "Old"]
    assert add(home, "all", book(NATURAL, row))["rejected"] == {}
    assert set(listed(home, "eRx")) == {"90013"} and facts(home, "IRC")[B]["gtin"] == "6260152410148"
    done = add(home, "RVU3", table("Code,Name\n100015.0,یک\n100020.0,دو\n100025,سه\n"))
    assert set(listed(home, "RVU3")) == {"100015", "100020", "100025"} and any("2 codes repaired: a whole number written with .0" in note for note in done["notes"])
    with pytest.raises(InputError, match="loses its last digits"):
        add(home, "IRC", table(f"IRC,Title\n{A}.0,X\n", "irc.csv"), "s")


def test_what_a_spreadsheet_lost_is_left_out_with_its_reason(home, book):
    done = add(home, "all", book(NATURAL, [int(A), *ROWS[0][1:]], [int(B), *ROWS[1][1:]]))
    assert done["rejected"] == {"IRC: code stored as a number of more than 15 digits: a spreadsheet loses its last digits": 1}
    assert set(listed(home, "IRC")) == {B} and any("leading zero put back" in note for note in done["notes"])


@pytest.mark.parametrize(("without", "taken", "lost"), [("IRC", "eRx", "IRC"), ("ErxCode", "IRC", "eRx")])
def test_a_missing_column_of_codes_is_named(home, book, without, taken, lost):
    place = NATURAL.index(without)
    rows = [[cell for i, cell in enumerate(row) if i != place] for row in (NATURAL, *ROWS)]
    done = add(home, "all", book(*rows, sheet="طبیعی"))
    assert done["terminology"] == taken
    assert any(f"no list of {lost} was taken. It looks like «FDA natural products», sheet طبیعی, without the column {without}." in note for note in done["notes"])
    with pytest.raises(InputError, match=f"«FDA natural products», sheet طبیعی, without the column {without}"):
        add(home, lost, book(*rows, sheet="طبیعی"), "s")


@pytest.mark.parametrize("without", [2, 3, 8])
def test_a_missing_column_beside_the_codes_is_named(home, book, without):
    row = ["پوست", "100015", "#", "جراحی", None, 3, 3, 0, 0]
    rows = [[cell for i, cell in enumerate(cells) if i != without] for cells in (RVU, row)]
    assert any(f"«RVU book, official spreadsheet», sheet Sheet1, without the column {RVU[without]}." in note for note in add(home, "RVU3", book(*rows))["notes"])


def test_a_missing_code_column_of_the_rvu_book_is_named_for_one_and_for_all(home, book):
    path = book(RVU[:1] + RVU[2:], ["پوست", "#", "جراحی", None, 3, 3, 0, 0])
    for terminology in ("RVU3", "all"):
        with pytest.raises(InputError, match=r"«RVU book, official spreadsheet», sheet Sheet1, without the column کدملی\(Code\)"):
            add(home, terminology, path)


@pytest.mark.parametrize("terminology", ["RVU3", "all"])
def test_the_rvu_book_with_a_persian_header_over_two_rows(home, book, terminology):
    upper = ["دستگاه", "کد\u200cملی\n(Code)", "ويژگي كد", "شرح كد (Value)", "توضیحات", "ارزش نسبی", None, None, None]
    lower = [None, None, None, None, None, "کل", "حرفه‌ای", "فنی", "بیهوشی"]
    rows = [["پوست", 100015.0, "*#", "جراحی", None, 3.0, 3, 0, 0], ["پوست", 100020, None, "دو", None, 8.1, 5, 3.1, 4]]
    done = add(home, terminology, book(["کتاب ارزش نسبی ۱۴۰۴"], upper, lower, *rows, merged=("A1:I1", "F2:I2", "A2:A3", "B2:B3")))
    assert (done["rows"], done["rejected"]) == (2, {})
    assert facts(home, "RVU3") == {
        "100015": {"device": "پوست", "marks": "#*", "total": "3", "professional": "3", "technical": "0", "anaesthesia": "0"},
        "100020": {"device": "پوست", "total": "8.1", "professional": "5", "technical": "3.1", "anaesthesia": "4"},
    }


@pytest.mark.parametrize("terminology", ["RVU3", "all"])
def test_headers_in_arabic_letters_and_other_words(home, book, terminology):
    heads = ["رديف", "بيهوشي", "كد ملي", "ويژگي كد", "شرح كد", "توضيحات", "كل", "حرفه اي", "فني"]
    assert add(home, terminology, book(heads, [1, 0, "100015", "#", "جراحی", None, 3, 3, 0]))["rows"] == 1
    assert facts(home, "RVU3")["100015"]["marks"] == "#" and listed(home, "RVU3") == {"100015": "جراحی"}


def test_a_latin_name_in_brackets_is_the_header(home, book):
    add(home, "all", book(["ردیف", "کد فرآورده (IRC)", "نام تجاری", "شناسه بین‌المللی (GTIN)"], [1, A, "HERB", "6260152410148"]))
    assert listed(home, "IRC") == {A: "HERB"} and facts(home, "IRC")[A] == {"gtin": "6260152410148"}


@pytest.mark.parametrize("turned", [False, True])
def test_laboratory_coding(home, book, turned):
    rows = [
        ["718-7", "Hemoglobin", "هموگلوبین", None, None, None, "Both", "58410-2", "قابل تجویز", "802005", "شمارش", "802", "خون", "x"],
        ["58410-2", "CBC panel", "شمارش کامل", "718-7", "Hemoglobin", "LNC", "Order", None, "قابل تجویز", "802010", "CBC", "802", "خون", "x"],
        ["58410-2", "CBC panel", "شمارش کامل", "789-8", "RBC", "LNC", "Order", None, "قابل تجویز", "802010", "CBC", "802", "خون", "x"],
    ]
    done = add(home, "all", book(*(row[::-1] if turned else row for row in (LNCMAP, *rows))))
    assert (done["terminology"], done["rows"]) == ("LNC", 2) and listed(home, "LNC") == {"718-7": "هموگلوبین", "58410-2": "شمارش کامل"}
    assert facts(home, "LNC")["58410-2"]["order_or_result"] == "Order"
    maps = duckdb.sql(f"select from_code, to_code, relation from '{terminologies.maps_path(home).as_posix()}' where to_terminology = 'LNC' order by 1, 2").fetchall()
    assert maps == [("58410-2", "718-7", "has component"), ("58410-2", "789-8", "has component"), ("718-7", "58410-2", "part of panel")]


@pytest.mark.parametrize("wrapped", [lambda rows: rows, lambda rows: {"Success": True, "Count": 2, "Result": rows}, lambda rows: {"data": {"totalCount": 2, "items": rows}}])
@pytest.mark.parametrize("case", [str, str.lower, lambda name: name[0].lower() + name[1:]])
def test_json_of_a_coding_service(home, table, wrapped, case):
    rows = [{case("Id"): n, case("Code"): code, case("Name"): title, case("Description"): None, case("IsActive"): n == 1} for n, (code, title) in enumerate([("036", "قلب"), ("037", "نوزادان")], 1)]
    add(home, "thritaEHR.WardType", table(json.dumps(wrapped(rows), ensure_ascii=False), "answer.json"))
    assert [(row["code"], row["title_fa"], row["status"]) for row in codes(home, "thritaEHR.WardType")] == [("036", "قلب", "active"), ("037", "نوزادان", "inactive")]


@pytest.mark.parametrize("encoding", ["windows-1256", "utf-8-sig", "utf-16"])
def test_a_table_in_an_old_encoding(home, table, encoding):
    text = "كدملي (Code),شرح كد(Value),ويژگي كد\r\n100015,جراحي پوست,#\r\n100020,گچ گيري,*\r\n"
    add(home, "RVU3", table(text, encoding=encoding))
    assert listed(home, "RVU3") == {"100015": "جراحي پوست", "100020": "گچ گيري"} and facts(home, "RVU3") == {"100015": {"marks": "#"}, "100020": {"marks": "*"}}


def test_supplies_and_tables_of_the_service(home, book):
    assert add(home, "all", book(SUPPLIES, [A, "GAUZE", "نساج", "1", "1", "10000", "0", "Old"]))["terminology"] == "IRC, eRx"
    assert listed(home, "eRx") == {"10000": "GAUZE"}
    add(home, "ICD10", book(["Id", "Code", "Value", "Descript", "IsActive"], [1, "A000", "وبا", None, True], [2, "I10", "فشار خون", None, 0]))
    assert [(row["code"], row["status"]) for row in codes(home, "ICD10") if row["title_fa"]] == [("A00.0", "active"), ("I10", "inactive")]


@pytest.mark.parametrize(("rows", "says"), [([[]], "found: nothing"), ([NATURAL], "it has no rows"), ([["ردیف", "نام"], [1, "x"]], "Accepted headers: IRC")])
def test_a_file_without_codes_says_so(home, book, rows, says):
    with pytest.raises(InputError, match=says):
        add(home, "IRC", book(*rows))


def test_releases_that_would_hide_each_other_are_both_named(home, table):
    terminologies.add_release(home, "RVU3", table("Code\n100015\n"), "first", "1402/01/01")
    with pytest.raises(InputError, match="RVU3 releases first and second would both start on 2023-03-21"):
        terminologies.add_release(home, "RVU3", table("Code\n100020\n", "b.csv"), "second", "1402/01/01")
    changes = "Code,Name,Action\n100025,x,New\n"
    terminologies.add_release(home, "RVU3", table(changes, "d.csv"), "delta", "1402/06/01")
    with pytest.raises(InputError, match=r"between would|between from .* would stand between first .* and delta"):
        terminologies.add_release(home, "RVU3", table("Code\n100030\n", "c.csv"), "between", "1402/03/01")
    earlier = terminologies.add_release(home, "RVU3", table("Code\n100015\n100035\n", "e.csv"), "earlier", "1401/01/01")
    assert earlier["changed"] and [m["release"] for m in terminologies.list_releases(home) if m["terminology"] == "RVU3"] == ["earlier", "first", "delta"]
