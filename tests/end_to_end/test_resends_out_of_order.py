"""Resends: every attempt is kept and numbered within its composition by time, in whatever order the extracts arrive."""

import json
import shutil

from pipelines import flow
from pipelines.settings import home as home_of
from pipelines.warehouse import reading

UID = "Node07.behdasht.gov.ir::11111111-2222-3333-4444-555555555555"


def _extract(folder, name: str, received_at: str, code: str) -> None:
    message = {
        "MsgID": {"SystemID": {"ID": "s"}, "CompositionUID": UID},
        "Composition": {"Diagnosis": [{"Diagnosis": {"Value": "", "Terminology_id": "ICD10", "Coded_string": code}}]},
    }
    row = {"message": message, "received_at": received_at, "operation": "SavePatientBillSecure"}
    (folder / name).write_text(json.dumps(row) + "\n", encoding="utf-8")


def test_attempts_are_numbered_by_time_though_they_land_out_of_order(lists, tmp_path):
    home = home_of(tmp_path / "home")
    shutil.copytree(lists, home.reference)
    inbox = tmp_path / "in"
    inbox.mkdir()
    for name, day, code in (("c", "2023-04-02", "A00.9"), ("a", "2023-02-01", "A00"), ("b", "2023-03-01", "A009")):
        _extract(inbox, f"{name}.ndjson", f"{day}T10:00:00+03:30", code)
        flow.ingest(home, [inbox / f"{name}.ndjson"], university_id="u01")
    with reading(home) as con:
        attempts = con.execute("select cast(exchange_on as varchar), attempt_no from landed.messages order by 1").fetchall()
    assert attempts == [("2023-02-01", 1), ("2023-03-01", 2), ("2023-04-02", 3)]
