"""`check` shows notes under a heading of their own, in JSON too, and they never fail a message."""

import json

import pytest
from click.testing import CliRunner

from pipelines.cli.ask import check

MESSAGE = {
    "MsgID": {},
    "Composition": {
        "LabResult": [{"LaboratoryResultRow": [
            {"TestName": {"Value": "CBC panel - Blood by Automated count", "Terminology_id": "LNC", "Coded_string": "58410-2"}},
            {"TestName": {"Value": "Glucose", "Terminology_id": "LNC", "Coded_string": "2345-7"}},
        ]}],
        "Diagnosis": [{"Diagnosis": {"Value": "", "Terminology_id": "ICD10", "Coded_string": "E11"}}],
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def message(tmp_path_factory):
    folder = tmp_path_factory.mktemp("check_notes")
    path = folder / "3_20_2023 10_00_00 AM_7034E01F-E07C-04F5-0503-2748022B8AC9_SaveLaboratoryResultSecure.json"
    path.write_text(json.dumps(MESSAGE), encoding="utf-8")
    return folder, path


def run(message, monkeypatch, *options):
    folder, path = message
    monkeypatch.setenv("SEPAS_DQ_HOME", str(folder / "home"))
    return CliRunner().invoke(check, [str(path), *options], catch_exceptions=False, standalone_mode=False)


def test_notes_stand_apart_and_fail_nothing(message, monkeypatch):
    done = run(message, monkeypatch)
    assert done.return_value == 0 and " 0 failed" in done.output
    notes = done.output.split("یادداشت / Notes")[1]
    assert "order_only_in_result: 58410-2" in notes and "icd10_not_leaf: E11" in notes and "2345-7" not in notes
    assert "کد ویژهٔ درخواست" in notes and "not estimable, the lists at hand carry no status active of LNC" in done.output


def test_the_same_as_json(message, monkeypatch):
    (answer,) = json.loads(run(message, monkeypatch, "--json").output)
    assert answer["ok"] and answer["findings"] == [] and answer["notes_not_estimable"] == ["discouraged_code"]
    assert [(note["note"], note["code"], note["outcome"], note["responsible"]) for note in answer["notes"]] == [
        ("order_only_in_result", "58410-2", "passed", "vendor"), ("icd10_not_leaf", "E11", "passed", "facility"),
    ] or sorted(note["note"] for note in answer["notes"]) == ["icd10_not_leaf", "order_only_in_result"]  # fmt: skip
