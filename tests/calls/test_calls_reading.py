"""Rows of logs: shapes of answers, times, who and which message, what is quarantined and why, wrong mappings in one line."""

import datetime as dt
import gzip
import json
import random

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from calls_rows import read_row

from pipelines import call_log
from pipelines.calls.lines import Bad
from pipelines.errors import InputError
from pipelines.warehouse import reading

NOON = dt.datetime(2023, 2, 22, 14, 5, 9)
ROW = {"called_at": "2023-02-22T14:05:09", "system_id": "S-1", "error_message": ""}


@pytest.mark.parametrize(
    ("text", "written"),
    [("", "2023-02-22T14:05:09"), ("", "2023-02-22 14:05:09.000"), ("", "2023-02-22T10:35:09Z"), ("", "1401/12/03 14:05:09"), ("", "۱۴۰۱/۱۲/۰۳ ۱۴:۰۵:۰۹"), ("", "1401-12-3 14:05:09"),
     ("", 1677062109), ("", 1677062109000), ("", "1677062109000"), ("time: {zone: UTC}", "2023-02-22 10:35:09"), ('time: {format: "%d.%m.%Y %H:%M:%S"}', "22.02.2023 14:05:09"),
     ('time: {format: "%m/%d/%Y %I:%M:%S %p"}', "02/22/2023 02:05:09 PM"), ("time: {format: jalali}", "1401/12/03 14:05:09"), ("time: {format: epoch_ms}", "1677062109000")],
)  # fmt: skip
def test_times(mapping, text, written):
    assert read_row(ROW | {"called_at": written}, mapping(text or "kind: validation")).at == NOON


@pytest.mark.parametrize(("written", "reason"), [("", "no_time"), (None, "no_time"), ("soon", "bad_time"), ("1401/13/40 10:00", "bad_time"), ("2023-02-22", "bad_time"), (True, "bad_time")])
def test_what_is_no_time(written, reason):
    assert read_row(ROW | {"called_at": written}) == Bad(reason)


@pytest.mark.parametrize(
    ("answer", "passed", "answers"),
    [({"ErrorMessage": ""}, True, 0), ({"ErrorMessage": None, "ErrorSolution": "x"}, True, 0), ({"ErrorMessage": "Error at CTS validation."}, False, 1),
     ([{"ErrorMessage": "IRC code is missing"}, {"ErrorMessage": "Error at CTS validation."}], False, 2), ([], True, 0), (None, True, 0),
     (json.dumps({"ErrorMessage": "InsurerBox is invalid."}), False, 1), (json.dumps([{"errorMessage": "a"}, {"errorMessage": "b"}]), False, 2),
     ("InsurerBox is invalid.", False, 1), ({"ErrorMessage": "Destination SepasNode is Down"}, None, 1), ({"ErrorMessage": "one</>two"}, False, 2), ({"ErrorMessage": "بدون خطا"}, True, 0)],
)  # fmt: skip
def test_shapes_of_an_answer(answer, passed, answers):
    call = read_row({"called_at": ROW["called_at"], "answer": answer})
    assert (call.passed, len(call.answers)) == (passed, answers)


def test_a_broken_answer_and_an_unknown_result_are_bad():
    assert read_row({"called_at": ROW["called_at"], "answer": '{"ErrorMessage": '}) == Bad("bad_answer")
    assert read_row(ROW | {"passed": "perhaps"}) == Bad("bad_passed")


def test_nested_paths_values_and_constants(mapping):
    said = mapping("""
kind: validation
columns: {called_at: meta.when, system_id: meta.from.system, error_message: "reply.Errors.ErrorMessage", passed: verdict}
constants: {service: PatientBill}
values: {passed: {"0": false, "OK": true}}
""")
    row = {"meta": json.dumps({"when": ROW["called_at"], "from": {"system": "{ABC}"}}), "reply": {"Errors": [{"ErrorMessage": "x"}, {"ErrorMessage": "y"}]}, "verdict": "0"}
    call = read_row(row, said)
    assert (call.system_id, call.service, call.passed, len(call.answers)) == ("abc", "PatientBill", False, 2)


def test_which_message(mapping):
    content = '<PatientBillMessageVO xmlns=""><MsgID/></PatientBillMessageVO>'
    by_content = read_row(ROW | {"content": '<?xml version="1.0"?>' + content + "\0\0"})
    assert by_content.message_id == read_row(ROW | {"content": content}).message_id and len(by_content.content_sha256) == 64
    assert read_row(ROW | {"content_hash": by_content.message_id.upper()}).message_id == by_content.message_id
    assert read_row(ROW | {"content_hash": by_content.content_sha256}, mapping("content_hash: sha256")).content_sha256 == by_content.content_sha256
    call = read_row(ROW | {"composition_uid": "Node11.behdasht.gov.ir::ABCD-1", "uid": "{Q-1234}", "operation": "Thrita.DM.Message.PatientBillMessageVO"})
    assert (call.composition_uid, call.message_uid, call.service) == ("abcd-1", "q-1234", "PatientBill")
    assert read_row(ROW | {"message_uid": "00000000-0000-0000-0000-000000000000"}).message_uid is None
    sent = read_row({"sent_at": ROW["called_at"], "result": {"MessageUID": "M-777", "CompositionUID": "C-777", "patientUID": "P-777", "ErrorMessage": None}})
    assert (sent.message_uid, sent.composition_uid, sent.passed) == ("m-777", "c-777", True)


LOG = "called_at,message_uid,error_message\n"


def landed(home, *given, **more):
    done = call_log.add(home, *given, **more)
    with reading(home) as con:
        return done, con.execute("select row, reason from landed.call_quarantine order by all").fetchall(), con.execute("select count(*) from landed.validation_calls").fetchall()[0][0]


def test_a_bad_row_does_not_cost_its_neighbours(empty, tmp_path):
    good = "2023-02-22T14:05:09,uid-{},\n"
    path = tmp_path / "log.csv"
    path.write_bytes(
        b"\xef\xbb\xbf" + (LOG + good.format(1) + '2023-02-22T14:05:09,"uid-2,\n' + good.format(3) + "never,uid-4,\n" + "2023-02-22T14:05:09,uid-5\n" + '2023-02-22T14:05:09,uid-6,"two\nlines"\n').encode()
        + b"2023-02-22T14:05:09,uid-7,\xff\xfe\n" + good.format(8).encode()
    )  # fmt: skip
    done, quarantined, calls = landed(empty, [path], kind="validation")
    assert (done[0].rows, done[0].landed, done[0].quarantined) == (8, 4, 4) and calls == 4
    assert [reason for _, reason in quarantined] == ["bad_row", "bad_time", "bad_row", "not_utf8"]


def test_ndjson_with_damage_and_rows_of_another_kind(empty, ndjson, tmp_path):
    path = ndjson(ROW | {"type": "v"}, "{broken", "[1]", ROW | {"type": "s"}, ROW | {"type": "v", "called_at": "x"})
    columns = tmp_path / "c.yaml"
    columns.write_text("kind: validation\nrows: {type: v}\n", "utf-8")
    done, quarantined, _ = landed(empty, [path], columns)
    assert (done[0].landed, done[0].quarantined, done[0].skipped) == (1, 3, 1) and [r for _, r in quarantined] == ["not_json", "not_an_object", "bad_time"]


def test_rows_of_one_call_are_one_call(empty, ndjson):
    path = ndjson(*[ROW | {"call_id": "a", "error_message": text} for text in ("IRC code is missing", "Error at CTS validation.")], ROW | {"call_id": "b"})
    landed(empty, [path], kind="validation")
    with reading(empty) as con:
        assert con.execute("select passed, answers from landed.validation_calls order by answers").fetchall() == [(True, 0), (False, 2)]
        assert con.execute("select answer_no, answer_id from landed.validation_answers order by 1").fetchall() == [(1, "incomplete"), (2, "code-unknown")]


def test_packed_and_columnar_logs(empty, ndjson, tmp_path):
    plain = ndjson(ROW, ROW)
    packed = tmp_path / "log2.ndjson.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes() + b"\n" + json.dumps(ROW).encode()))
    cut = tmp_path / "cut.ndjson.gz"
    cut.write_bytes(gzip.compress(b"".join(json.dumps(ROW | {"n": random.Random(n).random()}).encode() + b"\n" for n in range(4000)))[:-3000])
    table = tmp_path / "log.parquet"
    pq.write_table(pa.table({"called_at": [NOON], "system_id": ["s"], "answer": [{"ErrorMessage": "InsurerBox is invalid."}]}), table)
    done = call_log.add(empty, [plain, packed, cut, table], kind="validation")
    assert [d.landed for d in done[:2]] == [2, 3] and done[2].reasons == {"stream_broken": 1} and 0 < done[2].landed < 4000 and done[3].landed == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [("columns: {cald_at: when}", "columns: 'cald_at' is no field of ours"), ("columns: {called_at: wen}", "columns.at: log.ndjson has no column 'wen'. The columns are: when, what"),
     ("column: {}", "'column' is no part of a mapping file"), ("kind: sending", "kind: 'sending' is not known; accepted are validation, send"), ("time: {zone: Tehran}", "time.zone: 'Tehran' is no zone"),
     ("time: {format: shamsi}", "time.format: 'shamsi' is not known"), ("content_hash: md5", "content_hash: 'md5' is not known"), ("window: {before: -1}", "window: holds minutes"), ("- a", "is a table of"),
     ("columns: {called_at: when", "is no YAML"), ("values: {passed: yes}", "values.passed: must be a table"), ("columns: {called_at: when}", "no column holds the answer"),
     ("columns: {called_at: when, error_message: what}", "add --kind validation or --kind send"), ("covers: {from: 1401/11/01}", "from and to are given together")],
)  # fmt: skip
def test_a_wrong_mapping_is_one_clear_line(empty, ndjson, tmp_path, text, said):
    path, columns = ndjson({"when": ROW["called_at"], "what": ""}), tmp_path / "map.yaml"
    columns.write_text(text, "utf-8")
    with pytest.raises(InputError) as error:
        call_log.add(empty, [path], columns)
    assert said in str(error.value) and "\n" not in str(error.value)


def test_what_is_no_log(empty, tmp_path):
    for name, content in (("a.zip", b"PK\3\4xx"), ("empty.csv", b""), ("text.csv", b"hello\n"), ("bad.parquet", b"PAR1xxxx")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(InputError):
            call_log.add(empty, [tmp_path / name], kind="validation")
    with pytest.raises(InputError, match="no such file"):
        call_log.add(empty, [tmp_path / "absent"], kind="validation")
