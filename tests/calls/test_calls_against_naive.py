"""Random logs: the SQL's matches and use classes are those of a matcher that looks at one call after the other."""

import datetime as dt
import json
import shutil
from pathlib import Path

import calls_naive as naive
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.calls import build
from pipelines.calls.inputs import _MESSAGE
from pipelines.calls.store import SCHEMAS, logs
from pipelines.partitions import Inputs
from pipelines.settings import Home
from pipelines.state import State
from pipelines.warehouse import connect

START = dt.datetime(2023, 2, 1, 8)
WINDOW = 600
uids = st.one_of(st.none(), st.sampled_from([f"uid-{n}" for n in range(5)]))
places = {"system_id": st.sampled_from(["s1", "s2"]), "facility_id": st.just("f1"), "service": st.sampled_from(["PatientBill", "LabResult"])}
messages_ = st.lists(
    st.fixed_dictionaries({**places, "composition_uid": uids, "message_uid": uids, "sent": st.one_of(st.none(), *[st.integers(0, 5000)] * 6)}), min_size=8, max_size=14
)
calls_ = st.lists(
    st.fixed_dictionaries(
        {"system_id": st.one_of(st.none(), places["system_id"]), "facility_id": st.one_of(st.none(), places["facility_id"]), "service": st.one_of(st.none(), places["service"]),
         "composition_uid": uids, "message_uid": uids, "message_id": st.one_of(st.none(), st.none(), st.sampled_from([f"{n:032x}" for n in range(14)])),
         "at": st.integers(0, 5000), "passed": st.sampled_from([True, True, False, False, None])}
    ), min_size=25, max_size=50,
)  # fmt: skip
shapes = st.sampled_from(["all", "no uids", "nothing", "uids", "content"])


def at(second: int | None) -> dt.datetime | None:
    return None if second is None else START + dt.timedelta(seconds=second)


def thinned(rows: list[dict], shape: str) -> list[dict]:
    """What a log of this shape holds of its calls."""
    drop = {"all": (), "no uids": ("composition_uid", "message_uid"), "nothing": ("composition_uid", "message_uid", "message_id"), "uids": ("message_id",),
            "content": ("composition_uid", "message_uid")}[shape]  # fmt: skip
    return [row | dict.fromkeys(drop) for row in rows]


def write(home: Home, messages: list[dict], calls: list[dict]) -> None:
    """A data folder that holds them as landed."""
    kinds = {"varchar": pa.string(), "date": pa.date32(), "timestamp": pa.timestamp("s")}
    schema = pa.schema([(name, kinds[kind]) for name, kind in _MESSAGE.items()])
    full = [
        {"university_id": "u1", "vendor_id": "v1", "gate": "before", "jalali_month": "1401-11", "exchange_on": START.date(), "exchange_on_source": "envelope", "content_sha256": None}
        | m | {"exchange_at": at(m["sent"])} for m in messages
    ]  # fmt: skip
    pq.write_table(pa.Table.from_pylist(full, schema=schema), home.root / "m.parquet")
    folder = home.root / "calls" / "l" / "m"
    folder.mkdir(parents=True, exist_ok=True)
    rows = [c | {"log_id": "l", "at": at(c["at"]), "on": START.date(), "content_sha256": None, "answers": int(c["passed"] is False)} for c in calls]
    pq.write_table(pa.Table.from_pylist(rows, schema=SCHEMAS["calls"]), folder / "calls.parquet")
    pq.write_table(pa.Table.from_pylist([], schema=SCHEMAS["answers"]), folder / "answers.parquet")
    said = json.dumps({"window": [10, 10], "from": str(START.date()), "to": str(START.date()), "systems": [], "grouped": False})
    with State(home) as state:
        logs(state)
        state.db.execute("insert into files values ('coded', 'messages', 'u1', 'm', 'm.parquet')")
        state.db.execute(
            "insert into call_logs values ('l', 'calls/l/m', 'f', 'validation', 'parquet', 1, 1, 1, 0, 0, null, null, '', ?, 'm', '2026-01-01T00:00:00', 1)", [said]
        )


def sql_says(home: Home) -> tuple[dict, dict]:
    with State(home) as state:
        con = connect()
        build.refresh(con, state, Inputs("a", "b", "c"))
        matches = {row[0]: row[1:] for row in con.execute("select call_id, message_id, matched_by, confidence from call_matches").fetchall()}
        return matches, dict(con.execute("select message_id, use_class from message_use").fetchall())


def message(n: int, sent: int | None, **more: str | None) -> dict:
    return {"message_id": f"{n:032x}", "sent": sent, "composition_uid": None, "message_uid": None, "system_id": "s1", "facility_id": "f1", "service": "PatientBill"} | more


def call(n: int, at: int, passed: bool | None = True, **more: str | None) -> dict:
    said = {"composition_uid": None, "message_uid": None, "message_id": None, "system_id": "s1", "facility_id": "f1", "service": "PatientBill"}
    return {"call_id": f"c{n}", "row": n, "window": WINDOW, "at": at, "passed": passed} | said | more


RESENDS = [message(1, 1000, composition_uid="uid-1"), message(2, 5000, composition_uid="uid-1")]
CASES = {
    # name: (messages, calls, who is matched to which call, class of each message)
    "a call soon after the first attempt is its late validation": (RESENDS, [call(1, 1300, composition_uid="uid-1")], {"c1": (1, "uid", "medium")}, ["validated_after", "not_validated"]),
    "a call within the window of the next attempt is that one's, though the first is nearer": (
        [message(1, 1000, composition_uid="uid-1"), message(2, 1550, composition_uid="uid-1")], [call(1, 1100, composition_uid="uid-1")],
        {"c1": (2, "uid", "medium")}, ["not_validated", "validated_before"]),
    "content decides between attempts": (RESENDS, [call(1, 4900, composition_uid="uid-1", message_id=f"{1:032x}")], {"c1": (1, "uid", "high")}, ["validated_after", "not_validated"]),
    "content decides against a uid": (
        [message(1, 1000, message_uid="uid-1"), message(2, 1000, message_uid="uid-2")], [call(1, 900, message_uid="uid-1", message_id=f"{2:032x}")],
        {"c1": (2, "content", "high")}, ["not_validated", "validated_before"]),
    "another message's uid is no validation of one nearby": (
        [message(1, 1000, message_uid="uid-1"), message(2, 9000, message_uid="uid-2")], [call(1, 900, message_uid="uid-9"), call(2, 8900, message_uid="uid-2")],
        {"c2": (2, "uid", "high")}, ["not_validated", "validated_before"]),
    "a log whose uids are no message's falls back on the window": (
        [message(1, 1000, message_uid="uid-1")], [call(1, 900, message_uid="other-9")], {"c1": (1, "window", "medium")}, ["validated_before"]),
    "a uid of another kind forbids no window": (
        [message(1, 1000, composition_uid="uid-1"), message(2, 9000, message_uid="uid-2")], [call(1, 900, message_uid="uid-3"), call(2, 8900, message_uid="uid-2")],
        {"c1": (1, "window", "medium"), "c2": (2, "uid", "high")}, ["validated_before", "validated_before"]),
    "the last answer before sending decides": (
        [message(1, 1000, message_uid="uid-1")], [call(1, 500, True, message_uid="uid-1"), call(2, 600, False, message_uid="uid-1"), call(3, 1001, True, message_uid="uid-1")],
        {f"c{n}": (1, "uid", "high") for n in (1, 2, 3)}, ["sent_after_failure"]),
    "in one second the later row is the later call": (
        [message(1, 1000, message_uid="uid-1")], [call(1, 1000, False, message_uid="uid-1"), call(2, 1000, True, message_uid="uid-1")],
        {"c1": (1, "uid", "high"), "c2": (1, "uid", "high")}, ["validated_before"]),
    "a call that the service could not answer is no validation": ([message(1, 1000, message_uid="uid-1")], [call(1, 900, None, message_uid="uid-1")], {"c1": (1, "uid", "high")}, ["not_validated"]),
    "without a time of sending the order is not known": ([message(1, None, message_uid="uid-1")], [call(1, 900, message_uid="uid-1")], {"c1": (1, "uid", "high")}, ["order_unknown"]),
    "in a window the next sending comes before a nearer past one": ([message(1, 1000), message(2, 1500)], [call(1, 1010)], {"c1": (2, "window", "low")}, ["not_validated", "validated_before"]),
    "an earlier version is known by the uid of its repaired form": (
        [message(1, 5000)], [call(1, 1000, False, message_uid="uid-7", message_id="f" * 32), call(2, 4900, True, message_uid="uid-7", message_id=f"{1:032x}")],
        {"c1": (1, "uid", "medium"), "c2": (1, "content", "high")}, ["validated_before"]),
    "a refused content belongs to what it was repaired into, within the hour": (
        [message(1, 5000)], [call(1, 3000, False, message_id="f" * 32), call(2, 4900, True, message_id=f"{1:032x}"), call(3, 1000, False, message_id="e" * 32)],
        {"c1": (1, "window", "low"), "c2": (1, "content", "high")}, ["validated_before"]),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_cases(name, bare, tmp_path):
    messages, calls, matched, classes = CASES[name]
    home = folder(bare, tmp_path)
    write(home, messages, calls)
    got, use = sql_says(home)
    assert got == {c: (f"{n:032x}", by, sure) for c, (n, by, sure) in matched.items()} == naive.match(calls, messages)
    assert [use[m["message_id"]] for m in messages] == classes == [naive.use_class(m, calls, got) for m in messages]


def folder(bare: Path, root: Path) -> Home:
    (root / "reference").mkdir()
    for name in ("calendar", "facilities", "systems"):
        shutil.copy(bare / f"{name}.parquet", root / "reference")
    return Home(root)


def test_matches_and_classes_agree(bare: Path, tmp_path_factory):
    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(messages=messages_, calls=calls_, shape=shapes)
    def agree(messages, calls, shape):
        home = folder(bare, tmp_path_factory.mktemp("naive"))
        messages = [m | {"message_id": f"{n:032x}"} for n, m in enumerate(messages)]
        calls = [c | {"call_id": f"c{n}", "row": n, "window": WINDOW} for n, c in enumerate(thinned(calls, shape))]
        write(home, messages, calls)
        matches, classes = sql_says(home)
        want = naive.match(calls, messages)
        assert matches == want
        assert classes == {m["message_id"]: naive.use_class(m, calls, want) for m in messages}

    agree()
