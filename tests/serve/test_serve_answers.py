"""What is answered: the verdicts of `check`, every finding, both shapes, places that hold the item, batches line by line."""

import datetime as dt
import json
import re

import messages as m
import orjson
import pytest

from pipelines.check import add_suggestions, judge_message, opened
from pipelines.landed.content import content
from pipelines.landed.readers import read
from pipelines.notes import notes_of
from pipelines.serve import batch, schemas
from pipelines.serve.desk import Asking, Desk, day_of
from pipelines.serve.refusals import Refusal
from pipelines.settings import PROJECT

DAY = dt.date(2023, 3, 16)
PACKETS = PROJECT.parent / "shared" / "samples" / "packets"
ALL = [(service, dialect) for service in m.SERVICES for dialect in m.DIALECTS]


@pytest.fixture(scope="module")
def con(home):
    return opened(home)


def written(service: str, dialect: str, number: int = 0) -> bytes:
    return m.DIALECTS[dialect](m.SERVICES[service](number)).encode()


def operation(service: str) -> str:
    return m.SERVICES[service](0).operation


@pytest.mark.parametrize(("service", "dialect"), ALL)
def test_answers_what_check_answers(desk, con, service, dialect):
    sent = written(service, dialect)
    message = read(content(sent), operation(service), locations=True)
    expected = [(j.item_no, j.location, j.rule_id, j.outcome, j.cause, j.suggested_code) for j in judge_message(con, message, DAY)]
    said = desk.answered(sent, Asking(DAY, operation(service), places=True))
    found = [(f["item_no"], f["location"], f["rule"]["id"], f["outcome"], f["cause"], f["suggested_code"]) for f in said["findings"]]
    assert found == [one for one in expected if one[3] not in ("passed", "not_applicable")] and expected
    assert said["counts"]["passed"] == sum(one[3] == "passed" for one in expected) == len(said["passed_items"])
    assert said["message_id"] == content(sent).digest().hex() and said["service"] == service
    schemas.Answer.model_validate(orjson.loads(orjson.dumps(said)))


@pytest.mark.parametrize(("service", "dialect"), ALL)
def test_places_hold_the_item_that_was_sent(desk, service, dialect):
    sent = b"\n\n  " + written(service, dialect)
    text = sent.decode()
    wide = text.encode("utf-16-le")
    said = desk.answered(sent, Asking(DAY, operation(service), places=True))
    for finding in said["findings"]:
        at = finding["at"]
        piece = wide[2 * at["start"] : 2 * at["end"]].decode("utf-16-le")
        assert piece[0] in "<{" and piece[-1] in ">}"
        assert re.search(r"coded_string\W+" + re.escape(finding["sent"]["code"]) + r"\b", piece, re.I), piece
        assert len(re.findall("coded_string", piece, re.I)) in (1, 2), "one item only (an element has two tags)"
        line = text.split("\n")[at["line"] - 1]
        assert line[at["column"] - 1 :].startswith(piece.split("\n")[0])
    hidden = text
    for at in reversed(said["private"]):
        hidden = hidden[: at["start"]] + hidden[at["end"] :]
    assert said["private"] and not [secret for secret in m.PRIVATE.values() if secret in hidden]


def test_places_are_left_out_where_they_cannot_be_told(desk):
    text = written("PatientBill", "xml_a").decode()
    said = desk.answered(text.encode("utf-16"), Asking(DAY, places=True))
    assert said["findings"] and all(f["at"] is None for f in said["findings"])
    twice = b'{"MsgID": {"a": 1, "a": 2}, "Composition": {"Diagnosis": {"Diagnosis": {"Terminology_id": "ICD10", "Coded_string": "x", "Value": ""}}}}'
    assert desk.answered(twice, Asking(DAY, places=True))["findings"][0]["at"] is None


def test_places_count_as_javascript_counts(desk):
    sent = '{"MsgID": {"x": "😀😀", "y": [[1, [{"z": 2}]], 3, null]},\r\n "Composition": {"Diagnosis": [{"Diagnosis": {"Terminology_id": "ICD10", "Coded_string": "zz"}}]}}'
    at = desk.answered(sent.encode(), Asking(DAY, places=True))["findings"][0]["at"]
    wide = sent.encode("utf-16-le")
    assert json.loads(wide[2 * at["start"] : 2 * at["end"]].decode("utf-16-le")) == {"Terminology_id": "ICD10", "Coded_string": "zz"}
    assert at["line"] == 2


def test_both_shapes_say_every_finding(desk):
    sent = written("PatientBill", "xml_a")
    ours = desk.answered(sent, Asking(DAY))
    theirs = desk.answered(sent, Asking(DAY, shape="sepas"))
    assert len(theirs) == len(ours["findings"]) >= 2
    assert desk.answered(sent, Asking(DAY, shape="both")) == ours | {"validation_results": theirs}
    for one, vo in zip(ours["findings"], theirs, strict=True):
        assert set(vo) == set(schemas.ValidationResultVO.model_fields) and all(isinstance(value, str) for value in vo.values())
        assert vo["NormalizedErrorMessage"] == f"{one['outcome']}/{one['cause']}"
        assert one["reason"]["fa"] in vo["ErrorMessage"] and one["repair"]["fa"] in vo["ErrorSolution"] and one["repair"]["en"] in vo["ErrorSolution"]
        assert vo["ErrorCategoryCritical"] == str(one["refusing"]).lower()
    first = desk.answered(sent, Asking(DAY, shape="sepas-first"))
    assert first == next(vo for one, vo in zip(ours["findings"], theirs, strict=True) if one["refusing"])
    before = desk.answered(sent, Asking(dt.date(2022, 12, 1), shape="sepas-first"))
    assert before["ErrorMessage"] == "" and before["MessageID"] == first["MessageID"]


def test_the_day_decides(desk):
    sent = written("PatientBill", "xml_a")
    early = desk.answered(sent, Asking(dt.date(2022, 12, 1)))
    assert early["accepted"] and early["counts"]["failed"] and not early["counts"]["refusing"] and early["findings"][0]["phase"] == "before"
    late = desk.answered(sent, Asking(DAY))
    assert not late["accepted"] and late["judged_on"] == {"date": "2023-03-16", "jalali": "1401/12/25"}
    assert {one["terminology"] for one in late["lists"]} == {"IRC", "RVU3", "ICD10", "thritaEHR.otherCost", "thritaEHR.WardType"}


@pytest.mark.parametrize("day", ["1401/12/20", "2023-03-11", "۱۴۰۱/۱۲/۲۰"])
def test_days_are_read_as_people_write_them(day):
    assert day_of(day) == dt.date(2023, 3, 11)


@pytest.mark.parametrize("day", ["1401/13/01", "soon", "0001-01-01", "9999-12-31", "1402/12/30x"])
def test_other_days_are_refused(day):
    with pytest.raises(Refusal) as refused:
        day_of(day)
    assert refused.value.reason == "bad_parameter" and day not in json.dumps(refused.value.body())


def test_an_encoding_that_http_says_goes_before_the_declared_one(desk):
    sent = ('<?xml version="1.0" encoding="windows-1256"?>' + written("MedicationPrescription", "xml_a").decode()).encode()
    said = desk.answered(sent, Asking(DAY, places=True, utf8=True))
    assert said["findings"][0]["sent"]["title"] == "آموکسی‌سیلین" and said["findings"][0]["at"]


def test_verdicts_are_remembered_and_stay_the_same(desk, monkeypatch):
    judge = desk.judge
    judge._known.clear()
    message = read(content(written("PatientBill", "xml_a")), None, locations=True)
    first = judge.judge(message, DAY)
    monkeypatch.setattr("pipelines.serve.verdicts.narrow", lambda *_: pytest.fail("judged twice"))
    assert judge.judge(message, DAY) == first
    assert all(isinstance(key, bytes) and len(key) == 16 for key in judge._known)
    with pytest.raises(pytest.fail.Exception):
        judge.judge(message, dt.date(2010, 1, 1))  # another epoch of the lists


def test_remembered_verdicts_are_bounded(desk, monkeypatch):
    monkeypatch.setattr("pipelines.serve.verdicts.REMEMBERED", 5)
    judge = desk.judge
    for number in range(4):
        judge.judge(read(content(written("PatientBill", "xml_a", number).replace(b"I10", f"I1{number}".encode()))), DAY)
    assert len(judge._known) <= 5


def test_more_items_than_any_message_has(desk, monkeypatch):
    monkeypatch.setattr("pipelines.serve.verdicts.MOST_ITEMS", 3)
    with pytest.raises(Refusal, match="too_many_items"):
        desk.answered(written("PatientBill", "xml_a"), Asking(DAY))


def test_every_reason_of_the_readers_has_words():
    from pipelines.serve.refusals import texts

    sources = "\n".join((PROJECT / "pipelines" / "landed" / name).read_text() for name in ("content.py", "readers/__init__.py", "readers/tree.py", "readers/places.py", "readers/names.py", "readers/json_form.py", "readers/xml_form.py"))
    said = set(re.findall(r'Broken\(\s*"(\w+)"', sources)) | {"duplicate_key", "items_lost", "not_json", "too_deep", "not_utf8"}
    assert len(said) > 8 and said <= set(texts())
    for one in texts().values():
        assert one["message"]["fa"] and one["message"]["en"] and one["next"]["fa"] and one["next"]["en"]


def test_a_batch_costs_a_bad_line_only_itself(desk):
    good = written("PatientBill", "json_camel").decode()
    lines = [good, "<broken", '{"id": "n2", "message": ' + json.dumps(written("LabResult", "xml_a").decode()) + ', "on": "1401/12/25"}', "{", '{"message": "<a/>", "on": "never", "id": 7}', '"text"', "[1]", ""]
    found = [orjson.loads(line) for line in batch.answered(desk, batch.entries("\n".join(lines).encode(), 100), Asking(DAY), 200_000)]
    assert [one["line"] for one in found] == list(range(1, 8))
    assert [one.get("error", {}).get("reason") for one in found] == [None, "not_well_formed", None, "not_json", "bad_parameter", "not_a_message", "not_a_message"]
    assert found[2]["id"] == "n2" and found[2]["answer"]["service"] == "LabResult" and found[4]["id"] == "7"
    assert found[0]["answer"] == orjson.loads(orjson.dumps(desk.answered(good.encode(), Asking(DAY))))
    array = batch.entries(json.dumps([json.loads(good), {"message": json.loads(good)}]).encode(), 100)
    assert [orjson.loads(line)["answer"]["service"] for line in batch.answered(desk, array, Asking(DAY), 200_000)] == ["PatientBill"] * 2


def test_advice_adds_suggestions_and_leaves_nothing_behind(desk, con):
    sent = written("PatientBill", "xml_a").replace(b'"I10"', b'"I1O"')
    plain, advised = desk.answered(sent, Asking(DAY)), desk.answered(sent, Asking(DAY, advice=True))
    schemas.Answer.model_validate(orjson.loads(orjson.dumps(advised)))
    assert [f["suggested_code"] for f in plain["findings"]] == [f["suggested_code"] for f in advised["findings"]] and "remarks" in advised and "remarks" not in plain
    wrong = next(f for f in advised["findings"] if f["sent"]["code"] == "I1O")
    assert wrong["suggestions"][0]["code"] == wrong["suggested_code"] == "I10" and wrong["suggestions"][0]["text"]["fa"] and wrong["cause_class"]
    message = read(content(sent), None, locations=True)
    judged = judge_message(con, message, DAY)
    failing = [one for one in judged if one.outcome != "passed"]
    add_suggestions(con, failing)
    assert [[s.code for s in one.suggestions] for one in failing] == [[s["code"] for s in f["suggestions"]] for f in advised["findings"]]
    assert [(n.item_no, n.note) for n in notes_of(con, judged, DAY)] == [(r["item_no"], r["note"]) for r in advised["remarks"]]
    assert "codings" not in desk.judge.advisor._tables() and desk.answered(sent, Asking(DAY, advice=True)) == advised


def test_a_list_policy_is_named_and_followed(home):
    latest = Desk(home, DAY, "latest")
    said = latest.answered(written("PatientBill", "xml_a"), Asking())
    con = opened(home, "latest")
    expected = [j.cause for j in judge_message(con, read(content(written("PatientBill", "xml_a")), None), DAY) if j.outcome != "passed"]
    assert said["list_policy"] == "latest" and [f["cause"] for f in said["findings"]] == expected


@pytest.mark.parametrize(("body", "reason"), [(b" \n", "empty"), (b"[1, ", "not_json"), (b"{}\n" * 11, "message_too_large")])
def test_batches_that_are_none(body, reason):
    with pytest.raises(Refusal) as refused:
        batch.entries(body, 10)
    assert refused.value.reason == reason


@pytest.mark.samples
@pytest.mark.skipif(not PACKETS.is_dir(), reason="the real packets are not beside the project")
def test_real_packets(desk, con):
    for path in sorted(PACKETS.iterdir())[::3]:
        sent = path.read_bytes()
        said = desk.answered(sent, Asking(DAY, path.stem.rsplit("_", 1)[-1], places=True))
        message = read(content(sent), path.stem.rsplit("_", 1)[-1], locations=True)
        assert [f["cause"] for f in said["findings"]] == [j.cause for j in judge_message(con, message, DAY) if j.outcome not in ("passed", "not_applicable")]
        if sent.find(content(sent).sent) >= 0:
            assert all(f["at"] for f in said["findings"]) and all(f["at"] for f in said["passed_items"])


def test_a_desk_has_a_day_of_its_own(desk, monkeypatch):
    monkeypatch.setattr(desk, "on", DAY)
    assert desk.today() == DAY and desk.answered(written("PatientBill", "xml_a"), Asking())["judged_on"]["date"] == "2023-03-16"
