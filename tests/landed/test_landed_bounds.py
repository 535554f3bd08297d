"""What keeps memory bounded: rows written in groups, paths and shapes forgotten, arrays refused; nothing changes by it."""

import json

import landed_containers as c
import messages as m
import pytest

from pipelines.landed import incoming, tables
from pipelines.landed.content import content
from pipelines.landed.framing import lines
from pipelines.landed.readers import places, read

FOUND = c.deliveries()


def test_small_groups_write_the_same_rows(land, write, monkeypatch):
    whole = land(write("x.ndjson", c.ndjson(FOUND))).facts
    monkeypatch.setattr(tables, "ROWS_AT_ONCE", 5)
    monkeypatch.setattr(incoming, "HEAVIEST", 1)
    from landed_outcome import land_into

    from pipelines.settings import home

    path = write("y.zip", c.zipped([c.Delivery("bad", "")] * 12 + [d._replace(text=d.text.replace("0000-4000", "0000-4001")) for d in FOUND]))
    again = land_into(home(path.parent / "home"), [path])
    assert again.counts == (42, 30, 12, 0)
    assert [facts[0] for facts in again.facts.values()] == [facts[0] for facts in whole.values()]


def test_strange_messages_do_not_fill_the_memory(monkeypatch):
    monkeypatch.setattr(places, "_MOST", 50)
    expected = read(content(m.xml_a(m.bill()))).items
    for n in range(100):
        body = {"MsgID": {}, "Composition": {f"K{n}x{k}": {"Coded_string": "1"} for k in range(20)}}
        assert len(read(content(json.dumps(body))).items) == 20
        attributes = "".join(f'<A b{n}c{k}="1" Coded_string="1"/>' for k in range(20))
        assert len(read(content(f"<r><MsgID/><Composition>{attributes}</Composition></r>")).items) == 20
    assert len(places._made) <= 100 and len(places._shapes) <= 80
    assert read(content(m.xml_a(m.bill()))).items == expected


def test_an_array_beyond_all_measure(land, write, monkeypatch):
    monkeypatch.setattr(lines, "LARGEST", 100)
    assert land(write("x.json", json.dumps([json.loads(m.json_camel(m.bill(n))) for n in range(3)]))).reasons == ["too_large"]


def test_an_envelope_that_is_no_unicode_is_kept_as_far_as_it_is(land, write):
    data = c.table(FOUND[:2]).replace(b",2023-01-30T10:04:37,SavePatientBill,", b",2023-01-30T10:04:37,\xffDental\xff,", 1).replace(m.SYSTEM.encode() + b"\n", b"\xff\n", 1)
    outcome = land(write("x.csv", data))
    assert [row["stated_system"] for row in outcome.messages] == ["?", m.SYSTEM.lower()]


@pytest.mark.parametrize("inner", ["{}", '{"data": 1}', '{"data": [1, 2]}'])
def test_wrappers_around_nothing(inner, land, write):
    assert land(write("x.json", inner)).reasons == ["not_a_message"]


def test_text_of_a_record_that_is_no_utf8(land, write):
    good = m.xml_a(m.bill(1)).encode()
    bad = b"<![CDATA[" + m.xml_a(m.bill(2)).encode().replace(b"RVU3", b"R\xff3", 1) + b"]]>"
    outcome = land(write("x.xml", b"<Messages><Message>" + good + b"</Message><Message>" + bad + b"</Message></Messages>"))
    assert (outcome.counts, outcome.reasons) == ((2, 1, 1, 0), ["not_utf8"])
