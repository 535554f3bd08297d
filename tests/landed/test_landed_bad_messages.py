"""A bad message between good neighbours: one row of the quarantine that says where and why, and the neighbours land."""

import json

import landed_containers as c
import messages as m
import pytest

GOOD = m.xml_a(m.bill(0))
JSON = m.json_camel(m.bill(0))
ROOT = "<PatientBillMessageVO"


def inside(text: str) -> str:
    return GOOD.replace("<MsgID", text + "<MsgID", 1)


# case → (payload, reason); payloads are text, so that every container can hold them
BAD: dict[str, tuple[str, str]] = {
    "cut in a tag": (GOOD[: GOOD.index("<Composition") + 5], "not_well_formed"),
    "cut between tags": (GOOD[: GOOD.index("<Composition")], "not_well_formed"),
    "mismatched tags": (GOOD.replace("</MsgID>", "</MsgId>"), "not_well_formed"),
    "one tag too many": (GOOD + "</x>", "not_well_formed"),
    "text behind": (GOOD + "text", "not_well_formed"),
    "two messages": (GOOD + GOOD, "not_well_formed"),
    "bare &": (inside("<a>R&D</a>"), "not_well_formed"),
    "unknown entity": (inside("<a>&nbsp;</a>"), "not_well_formed"),
    "DOCTYPE": ("<!DOCTYPE x>" + GOOD, "forbidden_markup"),
    "entities": ('<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + GOOD, "forbidden_markup"),
    "doctype in odd case": ("<!dOcTyPe x>" + GOOD, "forbidden_markup"),
    "entity within": (inside('<!ENTITY a "b">'), "forbidden_markup"),
    "empty": ("", "empty"),
    "not XML": ("This is no message (7)", "not_a_message"),
    "control character": (inside("<a>\x01</a>"), "not_well_formed"),
    "reference to a control character": (inside("<a>&#1;</a>"), "not_well_formed"),
    "attribute twice": (inside('<a b="1" b="2"/>'), "not_well_formed"),
    "unbound prefix": (inside("<q:a/>"), "not_well_formed"),
    "100k levels": (inside("<a>" * 100_000 + "</a>" * 100_000), "too_deep"),
    "wrong end of CDATA": (inside("<a>]]></a>"), "not_well_formed"),
    "HTML": ("<html><body>Service unavailable</body></html>", "not_a_message"),
    "no parts": (f"{ROOT}/>", "not_a_message"),
    "JSON cut": (JSON[:-40], "not_json"),
    "JSON number": ("17", "not_a_message"),
    "JSON NaN": (JSON[:-1] + ',"a":NaN}', "not_json"),
    "JSON key twice": (JSON.replace('"coded_string":"I10"', '"coded_string":"I10","coded_string":"I11"'), "duplicate_key"),
    "two JSON objects": (JSON + JSON, "not_json"),
    "lone surrogate": (JSON[:-1] + ',"a":"\\ud800"}', "not_json"),
    "deep JSON": (JSON[:-1] + ',"a":' + "[" * 5000 + "]" * 5000 + "}", "too_deep"),
    "20 MB": (inside("<a>" + "x" * (20 << 20) + "</a>"), "too_large"),
}
PACKED = {name: c.CONTAINERS[name] for name in ("ndjson", "zip", "tar_gz", "csv", "parquet", "big_xml_cdata", "big_xml_rows")}


@pytest.mark.parametrize("container", PACKED)
def test_neighbours_of_every_bad_message_land(container, land, write):
    """All bad messages in one file, each between two good ones."""
    name, pack = PACKED[container]
    bad = {case: value for case, value in BAD.items() if case != "control character" or "big_xml" not in container}
    good = [c.Delivery(m.xml_a(m.bill(n)), "SavePatientBill") for n in range(len(bad) + 1)]
    found = [good[0]]
    for number, (text, _) in enumerate(bad.values(), 1):
        found += [c.Delivery(text, "SavePatientBill"), good[number]]
    outcome = land(write(name, pack(found)))
    assert outcome.counts == (len(found), len(good), len(bad), 0)
    expected = [reason for _, reason in bad.values()]
    assert outcome.reasons == expected
    offsets = [row["offset"] for row in outcome.quarantine]
    assert container in ("zip", "tar_gz") or offsets == sorted(offsets)
    assert all(row["entry"] for row in outcome.quarantine) == (container in ("zip", "tar_gz"))


@pytest.mark.parametrize("case", BAD)
def test_alone_in_a_file(case, land, write):
    text, reason = BAD[case]
    outcome = land(write("x.xml", text))
    assert (outcome.counts, outcome.reasons) == ((1, 0, 1, 0), [reason])
    assert "x" * 50 not in (outcome.quarantine[0]["detail"] or "")


def test_bytes_that_are_no_utf8(land, write):
    bad = GOOD.encode().replace(b"RVU3", b"R\xff\xfe3", 1)
    outcome = land(write("a/1.xml", m.xml_a(m.bill(1))).parent, write("a/2.xml", bad).parent)
    assert outcome.reasons == ["not_utf8"] and outcome.quarantine[0]["entry"] == "2.xml" and "byte" in outcome.quarantine[0]["detail"]
    rows = c.ndjson([c.Delivery(m.xml_a(m.bill(n)), "") for n in range(10, 13)]).split(b"\n")
    rows[1] = rows[1].replace(b"RVU3", b"R\xff3", 1)
    outcome = land(write("x.ndjson", b"\n".join(rows)))
    assert (outcome.counts, outcome.reasons, outcome.quarantine[0]["offset"]) == ((3, 2, 1, 0), ["not_utf8"], len(rows[0]) + 1)
    table = c.table([c.Delivery(m.xml_a(m.bill(n)), "") for n in range(20, 23)]).split(b"\n")
    table[2] = table[2].replace(b"RVU3", b"R\xff3", 1)
    assert land(write("x.csv", b"\n".join(table))).reasons == ["not_utf8"]


def test_rows_that_are_no_envelopes(land, write):
    good = json.loads(c.ndjson([c.Delivery(m.json_camel(m.bill(1)), "")]))
    lines = ["[1]", "null", '"text"', json.dumps(good), "{}", '{"id": 1}', '{"message": 5}', '{"message": null}', "{", '{"a":1}{"b":2}', " \t", '{"message": ["x"]}', "\x00\x00"]
    outcome = land(write("x.ndjson", "\n".join(lines)))
    assert outcome.reasons == ["not_a_message"] * 3 + ["no_payload"] * 2 + ["empty"] * 2 + ["not_json"] * 2 + ["empty"] and outcome.counts[1] == 1


def test_an_oversized_line_costs_itself_only(land, write):
    from pipelines.landed.content import LARGEST

    rows = c.ndjson([c.Delivery(m.xml_a(m.bill(n)), "") for n in range(2)]).split(b"\n")
    outcome = land(write("x.ndjson", rows[0] + b"\n" + b'{"message":"' + b"x" * (LARGEST + 10) + b'"}\n' + rows[1]))
    assert (outcome.counts, outcome.reasons, outcome.quarantine[0]["offset"]) == ((3, 2, 1, 0), ["too_large"], len(rows[0]) + 1)


def test_every_coded_string_is_accounted_for(land, write):
    """Coded_strings in the bytes = items with a code + private ones."""
    texts = [d.text for d in c.deliveries(tuple(m.DIALECTS))]
    outcome = land(write("x.zip", c.zipped([c.Delivery(text, "") for text in texts])))
    in_bytes = sum(text.lower().count("coded_string") - text.count("</Coded_string") for text in texts)
    assert outcome.counts[1] == len(texts) == 42
    assert sum(k["items"] + k["private_items"] - k["codeless_items"] for k in outcome.messages) == in_bytes


def test_a_fault_of_a_reader_is_told_and_costs_one_message(write, tmp_path, monkeypatch):
    import landed_outcome

    from pipelines.landed import incoming
    from pipelines.landed.landing import land as land_
    from pipelines.landed.sources import sources
    from pipelines.settings import home
    from pipelines.state import writing

    true_read, true_content = incoming.read, incoming.content

    def faulty(body, *rest):
        if b"00000001-" in body.data:
            raise ZeroDivisionError("0084571239")
        return true_read(body, *rest)

    def faulty_content(payload, row):
        if "00000002-" in str(payload):
            raise KeyError("0084571239")
        return true_content(payload, row)

    monkeypatch.setattr(incoming, "read", faulty)
    monkeypatch.setattr(incoming, "content", faulty_content)
    write("a/x.zip", c.zipped([c.Delivery(m.xml_a(m.bill(n)), "") for n in range(4)]))
    outcome = landed_outcome.Outcome([])
    with writing(home(tmp_path / "home")) as state:
        outcome.done = [land_(state, s, None, None) for s in sources([tmp_path / "in"])]
    assert outcome.counts == (4, 2, 2, 0) and outcome.done[0].reasons == {"reader_failed": 2}
    monkeypatch.setattr(incoming, "frames", lambda *_: iter(()).throw(ZeroDivisionError))
    write("a/y.zip", b"PK")
    with writing(home(tmp_path / "home")) as state:
        assert land_(state, next(sources([tmp_path / "in/a/y.zip"])), None, None).reasons == {"reader_failed": 1}
