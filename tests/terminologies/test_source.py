"""Files as people have them: encodings, delimiters, spreadsheet cells."""

import datetime as dt
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.errors import InputError
from pipelines.terminologies.neutral import read_neutral
from pipelines.terminologies.source import LOST_DIGITS, number_text, read_sheets


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1256", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_text_in_every_encoding_and_delimiter(table, encoding, delimiter):
    path = table(
        delimiter.join(["code", "title"]) + "\r\n" + delimiter.join(["036", "مراقبت"]) + "\r\n\r\n", encoding=encoding
    )
    assert read_sheets(path)[0].rows == [["code", "title"], ["036", "مراقبت"]]


def test_tsv_keeps_commas(table):
    assert read_sheets(table("code\ttitle, short\n1\ta,b\n", "x.tsv"))[0].rows[1] == ["1", "a,b"]


def test_quotes_and_line_breaks_inside_a_cell(table):
    assert read_sheets(table('code,title\n1,"a ""b""\nc"\n'))[0].rows[1] == ["1", 'a "b"\nc']


def workbook(path: Path, **sheets: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    book.save(path)
    return path


def test_numeric_cells_become_what_people_see(tmp_path):
    path = workbook(tmp_path / "x.xlsx", one=[["code"], [90.1], [36], [60000.0], ["036"]])
    book = openpyxl.load_workbook(path)
    book["one"]["A3"].number_format = "000"
    book.save(path)
    sheet = read_sheets(path)[0]
    assert [row[0] for row in sheet.rows] == ["code", "90.1", "036", "60000", "036"]
    assert sheet.numeric == {0}


def test_sixteen_digits_as_a_number_are_lost_not_guessed(tmp_path):
    read = read_neutral(
        workbook(tmp_path / "x.xlsx", one=[["IRC", "Title"], [9154715040124503, "A"], ["9154715040124503", "B"]]), "IRC"
    )
    assert read.columns["code"] == ["9154715040124503"]
    assert read.columns["title_en"] == ["B"]
    assert list(read.rejected.values()) == [1]
    assert "15 digits" in next(iter(read.rejected))
    assert number_text(9154715040124503) == LOST_DIGITS


def test_a_code_turned_into_a_date_is_left_out(tmp_path):
    read = read_neutral(workbook(tmp_path / "x.xlsx", one=[["LOINC_NUM"], [dt.date(2024, 9, 10)], ["718-7"]]), "LNC")
    assert read.columns["code"] == ["718-7"]
    assert "date" in next(iter(read.rejected))


def test_dates_in_date_columns_are_read_however_stored(tmp_path):
    rows = [
        ["code", "valid_from", "valid_to"],
        ["1", dt.datetime(2023, 1, 30), "1402/01/01"],
        ["2", "2023-01-30 00:00:00", None],
    ]
    read = read_neutral(workbook(tmp_path / "x.xlsx", one=rows), "IRC")
    assert read.columns["valid_from"] == [dt.date(2023, 1, 30)] * 2
    assert read.columns["valid_to"] == [dt.date(2023, 3, 21), None]


def test_sheets_with_titles_come_first_and_others_add_what_they_lack(tmp_path):
    path = workbook(
        tmp_path / "x.xlsx",
        dispensing=[
            ["IRC", "FULLBRANDNAME", "ErxCode"],
            ["9154715040124503", "BRAND", "60000"],
            ["9154715040124504", "OTHER", "69999"],
        ],
        prescribing=[["GenericCode", "ErxTitle", "ERXCode"], ["1", "SUBSTANCE 5 mg", "60000"]],
        notes=[["nothing here"]],
    )
    read = read_neutral(path, "eRx")
    titles = dict(zip(read.columns["code"], read.columns["title_en"], strict=True))
    assert titles["60000"] == "SUBSTANCE 5 mg"
    assert set(titles) == {"60000", "69999"}
    assert any("notes" in note for note in read.notes)
    assert read_neutral(path, "IRC").columns["code"] == ["9154715040124503", "9154715040124504"]


def test_the_header_may_stand_below_a_heading(table):
    read = read_neutral(table("فهرست رسمی,,\n,,\nکدملی (Code),شرح کد(Value),کل\n100005,جراحی آکنه,3\n"), "RVU3")
    assert (read.columns["code"], read.columns["title_fa"]) == (["100005"], ["جراحی آکنه"])


def test_parquet_integers_are_exact(tmp_path):
    pq.write_table(pa.table({"code": pa.array([9154715040124503]), "title": ["A"]}), tmp_path / "x.parquet")
    assert read_neutral(tmp_path / "x.parquet", "IRC").columns["code"] == ["9154715040124503"]


@pytest.mark.parametrize(
    ("name", "data"),
    [("x.xlsx", b"no zip"), ("x.parquet", b"PAR1"), ("x.csv", b"a,\0b\n"), ("x.pdf", b"%PDF"), ("x", b"code\n1\n")],
)
def test_unreadable_files_are_one_line(tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError, match=name) as caught:
        read_sheets(tmp_path / name)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match="there is no such file"):
        read_sheets(tmp_path / "absent.csv")
