"""Texts: every example of the table, no value of a patient anywhere, codes only in the shape of a code, a grown table read again."""

import json
import sqlite3

import pyarrow.parquet as pq
import pytest

from pipelines import call_log, flow
from pipelines.calls import answers
from pipelines.warehouse import reading

TABLE = answers.table()
PLANTED = {
    "0012345679": "کد ملی 0012345679 نامعتبر است", "۰۰۸۴۵۷۵۹۴۸": "کد ملی ۰۰۸۴۵۷۵۹۴۸ در فهرست IRC یافت نشد", "گلنوش": "نام بیمار: گلنوش پندارپور نامعتبر",
    "Pendarzadeh": "Patient Roya Pendarzadeh is not matched", "09121234567": "mobile 09121234567 is invalid", "خیابان": "نشانی: خیابان سپیدار پلاک ۱۲",
    "1364/05/12": "تاریخ تولد 1364/05/12 نامعتبر است", "secretname": "Value 'secretname' of DO_CODED_TEXT is not Complete.", "Zarrin-Kelk": "{\"name\": \"Zarrin-Kelk\"} invalid",
    "6037991234567890": "Code 6037991234567890 not found", "arezoo@post.ir": "contact arezoo@post.ir", "جهانگیرزاده": "InsurerBox is invalid.</>بیمار «جهانگیرزاده»",
}  # fmt: skip


@pytest.mark.parametrize(("entry", "example"), TABLE.examples, ids=lambda v: v if isinstance(v, str) else v["text"][:30])
def test_every_example_says_what_the_table_promises(entry, example):
    meaning = TABLE.meaning(TABLE.masker.template(example["text"]), example.get("service"))
    assert (meaning.answer_id, meaning.rule_id) == (entry, example.get("rule"))
    assert TABLE.code_in(example["text"], meaning.terminology) == example.get("code")


def test_letter_forms_do_not_matter():
    for text in ("كد تشخيص Z99.9 نامعتبر است", "کد تشخيص: «Z99.9»، نامعتبر است!", "کد  تشخیص Z99.9 نا‌معتبر است".replace("نا‌معتبر", "نامعتبر")):
        meaning = TABLE.meaning(TABLE.masker.template(text), "LabResult")
        assert (meaning.rule_id, meaning.outcome) == ("labresult-diagnosis-icd10", "unknown")


@pytest.mark.parametrize("value", PLANTED)
def test_a_template_holds_no_value(value):
    template = TABLE.masker.template(PLANTED[value])
    assert value.casefold() not in template and not any(c.isdigit() for c in template.replace("rvu3", "").replace("icd10", ""))
    meaning = TABLE.meaning(template, None)
    assert meaning is None or TABLE.code_in(PLANTED[value], meaning.terminology) is None


def everything(root):
    """All text below a folder."""
    for path in root.rglob("*"):
        if path.is_file() and "reference" not in path.parts:
            if path.suffix == ".parquet":
                yield from (str(v) for column in pq.read_table(path).columns for v in column.to_pylist())
            elif path.suffix == ".sqlite":
                db = sqlite3.connect(path)
                for (name,) in db.execute("select name from sqlite_master where type = 'table'").fetchall():
                    yield from (repr(row) for row in db.execute(f'select * from "{name}"'))
            else:
                yield path.read_bytes().decode("utf-8", "replace")


def test_no_planted_value_reaches_the_data_folder_or_the_screen(empty, ndjson, capsys):
    rows = [
        {"called_at": "2023-02-22T10:00:00", "system_id": "s", "call_id": text, "answer": {"ErrorMessage": text, "ErrorDescription": text, "ErrorSolution": text, "ErrorCategoryType": text, "ErrorCategorySource": text, "MessageID": "m-1234"}}
        for text in PLANTED.values()
    ]  # fmt: skip
    rows += [{"called_at": text, "answer": text} for text in PLANTED.values()]
    path = ndjson(*rows, *[json.dumps(row, ensure_ascii=False)[:-9] for row in rows])
    call_log.add(empty, [path], kind="validation")
    print(call_log.unmapped(empty, 100))
    written = "\n".join(everything(empty.root)) + capsys.readouterr().out
    assert [value for value in PLANTED if value in written] == []
    assert "بیمار" in written, "the search finds what is there"


def test_what_nobody_mapped_is_listed_and_read_again_when_the_table_grows(empty, ndjson, monkeypatch):
    path = ndjson(*[{"called_at": "2023-02-22T10:00:00", "system_id": "s", "service": "PatientBill", "error_message": text} for text in ("admission ward was refused",) * 3 + ("Error at CTS validation.",)])
    call_log.add(empty, [path], kind="validation")
    assert call_log.unmapped(empty, 5) == ([("calls", "admission ward was refused", 3)], 3, 1)
    said = answers.TABLE.read_text("utf-8").replace("- id: mandatory-other", '- {id: new, kind: outside, error_class: 7, patterns: {en: ["ward was refused"]}, examples: []}\n- id: mandatory-other')
    grown = empty.root.parent / "answers.yaml"
    grown.write_text(said, "utf-8")
    monkeypatch.setattr(answers, "TABLE", grown)
    answers.table.cache_clear()
    flow.build(empty)
    answers.table.cache_clear()
    with reading(empty) as con:
        assert con.execute("select answer_id, count(*) from landed.validation_answers group by 1 order by 1").fetchall() == [("code-unknown", 1), ("new", 3)]


def test_a_wrong_entry_is_one_clear_line():
    import yaml

    from pipelines.errors import InputError

    said = yaml.safe_load(answers.TABLE.read_text("utf-8"))
    for change, words in (({"kind": "rulle"}, "kind: 'rulle' is not known"), ({"outcome": "bad"}, "outcome:"), ({"patterns": {"en": ["{feild} x"]}}, "'{feild}' is no part of a pattern")):
        broken = said | {"answers": [said["answers"][-4] | {"kind": "rule", "outcome": "unknown"} | change]}
        with pytest.raises(InputError) as error:
            answers.Answers(broken)
        assert words in str(error.value) and "answers.yaml" in str(error.value)


