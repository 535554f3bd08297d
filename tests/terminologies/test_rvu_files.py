"""The RVU book: the official spreadsheet with its Persian headers, a table of MAXA, and dirty JSON."""

import json

import duckdb
import pytest

from pipelines import terminologies

from .conftest import codes

DELETED = "این کد در ویرایش ۱ تا ۳ حذف شده و قابل گزارش، محاسبه و اخذ نمی‌باشد"
OFFICIAL = (
    "کتاب ارزش نسبی خدمات,,,,,,,,\nدستگاه,کدملی(Code),ویژگی کد,شرح کد(Value),توضیحات,کل,حرفه‌ای,فنی,بیهوشی\n"
    f"پوست,100015,#,جراحی آکنه,,3,3,0,0\nپوست,۱۰۰۰۱۷,*#,ساب سیژن,,3.9999999999,3,1,\nپوست,100020,,{DELETED.replace('،', ' ')},,,,,\n"
    "پوست,100025+,,افزایشی,,2,2,0,0\nپوست,50,,کد تعدیلی,,,,,\nپوست,100030,,شرح,این کد حذف شده و قابل گزارش نیست,متن,2,0,0\n"
)  # fmt: skip


def facts(home, code):
    with duckdb.connect() as db:
        found = db.execute(f"SELECT name, value FROM '{terminologies.attributes_path(home)}' WHERE code = '{code}'").fetchall()
        return dict(found)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_the_official_spreadsheet(home, table, encoding):
    done = terminologies.add_release(home, "all", table(OFFICIAL, encoding=encoding), "1402", "1402/01/29")
    assert (done["terminology"], done["rejected"]) == ("RVU3", {"RVU3: not 6 digits": 1})
    listed = {row["code"]: row for row in codes(home, "RVU3")}
    assert set(listed) == {"100015", "100017", "100020", "100025", "100030"}
    assert [listed[code]["status"] for code in ("100015", "100020", "100030")] == [None, "deleted", "deleted"]
    assert listed["100020"]["valid_from"] == listed["100020"]["valid_to"]
    assert facts(home, "100017") == {"device": "پوست", "marks": "#*", "total": "4", "professional": "3", "technical": "1"}
    assert facts(home, "100025")["marks"] == "+"
    assert "total" not in facts(home, "100030")
    assert any("no numbers" in note and "total: 1" in note for note in done["notes"])


def test_a_table_of_maxa_as_json(home, table):
    rows = [
        {"Id": 1, "Code": 100015, "Name": "جراحی آکنه", "Description": None, "Device": "پوست", "Attribute": "*#", "ProfessionalCode": 3.000,
         "TechnicalCode": 0.0, "AnesthesiaBase": 0, "IsActive": True},
        {"Id": 2, "Code": 100020, "Name": "دیگر", "Attribute": "", "ProfessionalCode": 18.399999999999999, "TechnicalCode": 1, "AnesthesiaBase": 4, "IsActive": False},
    ]  # fmt: skip
    done = terminologies.add_release(home, "RVU3", table(json.dumps({"Success": True, "Result": rows}), "answer.json"), "maxa", "1402/01/29")
    assert [(c["code"], c["status"]) for c in codes(home, "RVU3")] == [("100015", "active"), ("100020", "inactive")]
    assert (done["rows"], facts(home, "100020")["professional"], facts(home, "100015")["marks"]) == (2, "18.4", "#*")


def test_dirty_json_is_reported_row_by_row(home, table):
    rows = [{"id": str(n), "data": f"خدمت {n}", "proRate": "1", "techRate": ""} for n in range(100005, 100055, 5)]
    rows += [{"id": "1002015", "data": "هفت رقم"}, {"id": "", "data": "بی کد"}, {"id": "100005", "data": "تکراری", "proRate": "متن سرریز"}]
    done = terminologies.add_release(home, "RVU3", table("\ufeff" + json.dumps(rows, ensure_ascii=False), "book.json"), "2019", "1398/01/01")
    assert done["rows"] == 10
    assert done["rejected"] == {"not 6 digits": 1, "blank code": 1, "repeated code with another title": 1}
    assert done["examples"]["blank code"] == ["row 13"]
    assert facts(home, "100005") == {"professional": "1"}
