"""manifest.yaml says what files do not; what it says wrongly is one line."""

import datetime as dt
import json

import messages as m
import pytest

from pipelines.errors import InputError
from pipelines.landed.manifest import manifest_for


def manifest(write, text: str, name: str = "manifest.yaml"):
    folder = write(name, text).parent
    return manifest_for(folder, folder)


def test_all_fields(land, write, tmp_path):
    write("manifest.yaml", "\ufeff" + 'university_id: u07\ngate: before\nperiod: {from: "1401/11/01", to: "1401/11/30"}\noperation: SaveLaboratoryPrescription\n'
          "columns: {message: Body Text, message_uid: no}\nskip: [skipped*]\n")  # fmt: skip
    body = {"MsgID": {}, "Composition": {"ServicePrescriptions": {"IssueDateTime": m.day(1399, 1, 1)}}}
    write("sub/x.ndjson", json.dumps({"BODY TEXT": body, "message": "not this"}) + "\n")
    write("skipped.xml", "x")
    outcome = land(tmp_path / "in")
    found = outcome.messages[0]
    assert (found["stated_university"], found["exchange_on"], found["exchange_on_source"], found["service"]) == ("u07", dt.date(2023, 1, 21), "manifest", "LabPrescription")
    assert outcome.counts == (1, 1, 0, 0)


def test_options_of_the_call_win_and_rows_win_over_both(land, write):
    write("manifest.yaml", "university_id: u07\ngate: before\n")
    rows = [{"message": m.json_camel(m.bill(1))}, {"message": m.json_camel(m.bill(2)), "University": "U09"}]
    outcome = land(write("x.ndjson", "\n".join(json.dumps(row) for row in rows)), university_id="u08", gate="after")
    assert [found["stated_university"] for found in outcome.messages] == ["u08", "u09"]


def test_the_nearer_manifest_wins_field_by_field(write, tmp_path):
    write("manifest.yaml", "university_id: 7\ngate: before\nskip: a*\n")
    write("sub/manifest.yml", "gate: after\nperiod: 1401-11\nskip: [b*]\n")
    write("sub/deeper/x", "")
    found = manifest_for(tmp_path / "in/sub/deeper", tmp_path / "in")
    assert (found.university_id, found.gate, found.skip) == ("7", "after", ("a*", "b*"))
    assert found.period == (dt.date(2023, 1, 21), dt.date(2023, 2, 19))


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("1401-12", (2023, 2, 20), (2023, 3, 20)), ('"1399-12"', (2021, 2, 19), (2021, 3, 20)), ("{from: 2023-01-01, to: 2023-01-31}", (2023, 1, 1), (2023, 1, 31)),
        ("1401-11-10", (2023, 1, 30), (2023, 1, 30)), ('"1401/11/10"', (2023, 1, 30), (2023, 1, 30)),
    ],
)  # fmt: skip
def test_periods(write, said, first, last):
    assert manifest(write, f"period: {said}").period == (dt.date(*first), dt.date(*last))


@pytest.mark.parametrize(
    "text",
    [
        "gate: inside", "gate: [before]", "unversity_id: u07", "1: 2\nx: 3", "- a list", "just text", "a: [", "university_id: {a: b}", "operation: [a]", "columns: message", "columns: {massage: x}",
        "columns: {message: }", "columns: {message: [a, b]}", "skip: {a: b}", "skip: [1]", "period: soon", "period: {from: '1401/11/01'}", "period: {from: '1401/12/01', to: '1401/11/01'}",
        "period: {from: '1398/12/30', to: '1399/01/01'}", "period: 1401-13", "period: [1401]", "period: 140111", "period:", "\x00",
    ],
)  # fmt: skip
def test_a_bad_manifest_is_one_line_that_names_the_file(write, text):
    with pytest.raises(InputError) as error:
        manifest(write, text)
    assert "manifest.yaml: " in str(error.value) and "\n" not in str(error.value)


def test_not_even_text(write):
    folder = write("manifest.yaml", b"\xff\xfe\xff").parent
    with pytest.raises(InputError):
        manifest_for(folder, folder)


def test_empty_manifest_and_none(write, tmp_path):
    assert manifest(write, "") == manifest_for(tmp_path, tmp_path)
