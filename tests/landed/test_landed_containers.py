"""The same messages in every container give the same ids, items, senders and exchange days."""

import datetime as dt
import json

import landed_containers as c
import messages as m
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.errors import InputError
from pipelines.landed.sources import sources

FOUND = c.deliveries()


@pytest.fixture(scope="module")
def expected(tmp_path_factory):
    from landed_outcome import land_into

    from pipelines.settings import home

    folder = tmp_path_factory.mktemp("plain")
    (folder / "x.ndjson").write_bytes(c.ndjson(FOUND))
    outcome = land_into(home(folder / "home"), [folder / "x.ndjson"])
    assert outcome.counts == (30, 30, 0, 0) and outcome.messages[0]["exchange_on"] == dt.date(2023, 1, 30)
    assert {m["exchange_on_source"] for m in outcome.messages} == {"envelope"}
    assert {m["service"] for m in outcome.messages} == set(m.SERVICES)
    return outcome.facts


def without_source(facts: dict) -> dict:
    """File names tell the time as well as an envelope, and say that they did."""
    return {key: tuple(part for part in value if part not in ("envelope", "file_name")) for key, value in facts.items()}


@pytest.mark.parametrize("container", c.CONTAINERS)
def test_same_messages_in_every_container(container, expected, land, write):
    name, pack = c.CONTAINERS[container]
    outcome = land(write(name, pack(FOUND)))
    lost_directory = ["archive_cut"] if container == "zip_without_directory" else []
    assert (outcome.reasons, outcome.counts[1]) == (lost_directory, 30)
    assert without_source(outcome.facts) == without_source(expected)
    source = "file_name" if container.startswith(("zip", "tar")) else "envelope"
    assert {m["exchange_on_source"] for m in outcome.messages} == {source}
    assert [m["message_id"] for m in outcome.messages] == list(expected)  # in the order sent


def test_loose_files_are_one_extract(expected, land, write):
    for number, d in enumerate(FOUND):
        write(f"loose/{d.file_name(number)}", d.text)
    folder = write("loose/readme.txt", "not an extract").parent
    outcome = land(folder)
    assert len(outcome.done) == 1 and outcome.done[0].label == "loose/"
    assert without_source(outcome.facts) == without_source(expected)


@pytest.mark.parametrize("declared", [True, False])
@pytest.mark.parametrize("prefix", ["", "VM:"])
def test_bare_records_of_one_big_xml(prefix, declared, land, write):
    sent = [make(n) for n, make in enumerate(m.SERVICES.values())]
    texts = [m.xml_a(one, prefix, declared) for one in sent]
    others = [m.soap(m.bill(20)), m.xml_c(m.bill(21)), m.soap(m.bill(22)).replace("<PatientBill ", "<PatientBillMessageVO ").replace("</PatientBill>", "</PatientBillMessageVO>")]
    around = f'<?xml version="1.0"?><Export xmlns:VM="{m.VM}" made="now">'
    outcome = land(write("x.xml", around + "\n<!-- next -->\n".join(texts + others) + "</Export>\n"))
    assert (outcome.counts, outcome.reasons) == ((9, 9, 0, 0), [])
    assert [[item[2] for item in outcome.items[k["message_id"]]] for k in outcome.messages] == [[i[2] for i in _items(m.xml_a(one))] for one in sent] + [[i[2] for i in _items(m.xml_a(m.bill()))]] * 3


def _items(text: str) -> list[tuple]:
    from pipelines.landed.content import content
    from pipelines.landed.readers import read

    return [(i.path, i.terminology_id, i.code) for i in read(content(text)).items]


def test_root_named_root_around_envelopes_and_around_records(land, write):
    texts = [m.xml_a(m.bill(n)) for n in range(3)]
    assert land(write("a.xml", "<root>" + "".join(f"<Message>{t}</Message>" for t in texts) + "</root>")).counts == (3, 3, 0, 0)
    assert land(write("b.xml", "<root>" + "".join(m.xml_a(m.bill(n)) for n in range(5, 8)) + "</root>")).counts == (3, 3, 0, 0)
    assert land(write("c.xml", m.xml_c(m.bill(9)))).counts == (1, 1, 0, 0)


def test_single_messages_with_unusual_roots_are_single(land, write):
    inner = m.xml_a(m.bill()).partition(">")[2].rpartition("<")[0]
    outcome = land(write("x.xml", f"<SavePatientBill>{inner}</SavePatientBill>"))
    assert (outcome.counts, outcome.messages[0]["service"]) == ((1, 1, 0, 0), "PatientBill")


def test_bare_json_lines_and_wrapped_ones(land, write):
    lines = [m.json_camel(m.bill(1)), json.dumps({"data": [m.plain(m.bill(2).tree)]}), json.dumps({"payload": m.plain(m.bill(3).tree), "receive_time": 1675060477000})]
    outcome = land(write("x.json", "\n".join(lines)))
    assert [k["exchange_on_source"] for k in outcome.messages] == ["clinical", "clinical", "envelope"]


def test_parquet_with_structs_nulls_and_times(land, write, tmp_path):
    rows = [{"payload": {"MsgID": {"x": "1"}, "Composition": {"A": {"Coded_string": str(n)}}}, "received_at": dt.datetime(2023, 1, 30, 20, 30, 1, 999, dt.UTC)} for n in range(3)]
    rows[1]["payload"] = None
    write("x.parquet", b"")
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "in/x.parquet")
    outcome = land(tmp_path / "in/x.parquet")
    assert (outcome.counts, outcome.reasons) == ((3, 2, 1, 0), ["empty"])
    assert outcome.messages[0]["exchange_at"] == dt.datetime(2023, 1, 31, 0, 0, 1)
    assert outcome.quarantine[0]["offset"] == 1


def test_line_ends_inside_a_quoted_payload_are_the_payload(land, write):
    text = m.xml_c(m.bill()).replace("\n", "\r\n")
    ids = [land(write(name, data)).messages for name, data in (("a.csv", c.table([c.Delivery(text, "SavePatientBill")])), ("b.xml", text + m.xml_c(m.bill(1))[:0]))]
    assert len(ids[0]) == 1 and ids[1] == []  # the second is the first, delivered again


def test_file_names_speak_for_single_messages_only(land, write):
    name = "1_30_2023 10_04_37 AM_CD6AC442-9C6D-3B60-3C86-5A28702DB643_SaveLaboratoryResultSecure.ndjson"
    found = land(write(name, json.dumps({"message": m.json_camel(m.lab_result()).replace(m.SYSTEM, "")}) + "\n")).messages[0]
    assert (found["stated_system"], found["exchange_on_source"], found["service"]) == (None, "clinical", "LabResult")
    packed = land(write(f"{name}.xml.gz".replace(".ndjson", ""), __import__("gzip").compress(m.xml_a(m.bill(8)).encode()))).messages[0]
    assert (packed["stated_system"], packed["exchange_on_source"]) == ("cd6ac442-9c6d-3b60-3c86-5a28702db643", "file_name")


def test_what_in_a_folder_is_an_extract(write):
    for name in ("a/x.xml", "a/y.xml", "a/z.zip", "a/.hidden", "a/~$open.xml", "a/README.md", "a/Thumbs.db", "b/only.json", "b/notes.md", "manifest.yaml"):
        write(name, b'skip: ["*.md"]\n' if name.endswith("yaml") else b"x")
    root = write("b/c/deep.ndjson", b"").parent.parent.parent
    assert [s.label for s in sources([root])] == ["a/", "z.zip", "only.json", "deep.ndjson"]
    assert [s.label for s in sources([root / "a/.hidden"])] == [".hidden"]
    with pytest.raises(InputError, match="no such file"):
        list(sources([root / "nowhere"]))


def test_progress_and_formats(land, write):
    from pipelines.landed.landing import _format

    kinds = {name: _format(next(sources([write(name, b"x")]))) for name in ("a.ndjson.gz", "a.b.zip", "a.XML", "a.tgz", "u.v.w.parquet", "a.dat", "a.csv.gz")}
    assert list(kinds.values()) == ["ndjson.gz", "zip", "xml", "tgz", "parquet", "other", "csv.gz"]
