"""Damaged containers: what is undamaged lands, what is not has one row, and nothing is written outside the data folder."""

import gzip
import io
import random
import re
import tarfile
import zipfile

import landed_containers as c
import messages as m
import pyarrow.parquet as pq
import pytest
import zstandard

BILLS = [c.Delivery(m.xml_a(m.bill(n)), "SavePatientBill") for n in range(12)]
PRETTY = [c.Delivery(m.xml_c(m.bill(n)), "SavePatientBill") for n in range(12)]


def zip_of(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytearray:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return bytearray(out.getvalue())


def offsets(data: bytes, signature: bytes = b"PK\3\4") -> list[int]:
    return [found.start() for found in re.finditer(re.escape(signature), data)]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_twenty_broken_members_among_five_hundred(method, land, write):
    members = {f"{n}.xml": m.xml_a(m.medication(n)).encode() for n in range(500)}
    data = zip_of(members, method)
    for n, place in enumerate(offsets(data)):
        if n % 25 == 7:
            data[place + 30 + len(f"{n}.xml") + 100] ^= 0x55
    outcome = land(write("x.zip", bytes(data)))
    assert outcome.counts == (500, 480, 20, 0) and set(outcome.reasons) == {"damaged_entry"}
    assert [row["entry"] for row in outcome.quarantine] == [f"{n}.xml" for n in range(7, 500, 25)]
    assert [row["offset"] for row in outcome.quarantine] == offsets(data)[7::25]


def test_zip_without_directory_loses_the_cut_entry_only(land, write):
    whole = c.zipped(BILLS)
    outcome = land(write("x.zip", whole[: offsets(whole)[9] + 600]))
    assert outcome.counts == (10, 9, 1, 0) and outcome.reasons == ["archive_cut"] and "SavePatientBill" in outcome.quarantine[0]["entry"]
    with_descriptors = io.BytesIO()
    with zipfile.ZipFile(_NoSeek(with_descriptors), "w", zipfile.ZIP_DEFLATED) as archive:
        for n, d in enumerate(c.deliveries(first=50)):
            archive.writestr(f"{n}.xml", d.text)
    data = with_descriptors.getvalue()
    assert land(write("y.zip", data[: data.index(b"PK\1\2")])).counts == (31, 30, 1, 0)
    middle = bytearray(c.zipped([c.Delivery(m.xml_a(m.bill(n)), "") for n in range(100, 104)])[:-30])
    middle[offsets(middle)[1] + 150] ^= 0xFF
    assert land(write("z.zip", bytes(middle))).reasons == ["damaged_entry", "archive_cut"]
    assert land(write("nothing.zip", b"PK\3\4 and so on")).reasons == ["archive_cut"]


class _NoSeek(io.RawIOBase):
    """A target that cannot be sought, as a pipe: sizes then stand behind the data."""

    def __init__(self, out: io.BytesIO) -> None:
        self.out = out

    def writable(self) -> bool:
        return True

    def write(self, data) -> int:
        return self.out.write(data)


def test_a_lying_directory(land, write):
    data = zip_of({"a.xml": BILLS[0].text.encode(), "b.xml": BILLS[1].text.encode(), "c.xml": BILLS[2].text.encode(), "d.xml": BILLS[3].text.encode()})
    second, third, fourth = offsets(data, b"PK\1\2")[1:]
    data[second + 24 : second + 28] = (10).to_bytes(4, "little")  # size too small
    data[third + 42 : third + 46] = (7).to_bytes(4, "little")  # offset that leads nowhere
    data[fourth + 20 : fourth + 24] = (2**31).to_bytes(4, "little")  # packed size beyond the file
    outcome = land(write("x.zip", bytes(data)))
    assert outcome.counts == (4, 2, 2, 0) and outcome.reasons == ["damaged_entry"] * 2


def test_bombs_and_refused_methods(land, write):
    data = zip_of({"a.xml": BILLS[0].text.encode(), "bomb.xml": b"<a>" + b" " * (100 << 20), "z.xml": BILLS[1].text.encode()})
    assert land(write("x.zip", bytes(data))).reasons == ["too_large"]
    lying = bytearray(zip_of({"bomb.ndjson": b"\n" * (100 << 20), "z.xml": BILLS[2].text.encode()}))
    place = offsets(lying, b"PK\1\2")[0]
    lying[place + 24 : place + 28] = (1000).to_bytes(4, "little")
    outcome = land(write("y.zip", bytes(lying)))
    assert (outcome.reasons, outcome.counts[1]) == (["damaged_entry"], 1)
    encrypted = zip_of({"a.xml": BILLS[3].text.encode(), "b.xml": BILLS[4].text.encode()})
    for place in (offsets(encrypted)[0] + 6, offsets(encrypted, b"PK\1\2")[0] + 8):
        encrypted[place] |= 1
    assert land(write("e.zip", bytes(encrypted))).reasons == ["encrypted"]
    odd = zip_of({"a.xml": b"x" * 100}, zipfile.ZIP_BZIP2)
    assert land(write("o.zip", bytes(odd))).reasons == ["unknown_method"]
    assert land(write("b.ndjson.gz", gzip.compress(b"\n" * (130 << 20)))).reasons == ["stream_broken"]
    assert land(write("b.ndjson.zst", zstandard.compress(b"\n" * (80 << 20)))).reasons == ["stream_broken"]


@pytest.mark.parametrize("form", ["zip", "tar"])
def test_names_are_labels_only(form, land, write, tmp_path):
    names = ["../../../evil.xml", "/abs/evil.xml", "..\\evil.xml", "C:\\evil.xml", "a\nb.xml", "con.xml"]
    out = io.BytesIO()
    if form == "zip":
        out.write(zip_of(dict.fromkeys(names, b"bad")))
    else:
        with tarfile.open(fileobj=out, mode="w") as archive:
            for name in names:
                info = tarfile.TarInfo(name)
                info.size = 3
                archive.addfile(info, io.BytesIO(b"bad"))
    outcome = land(write(f"x.{form}", out.getvalue()))
    assert outcome.reasons == ["not_a_message"] * 6
    assert [row["entry"].replace("\\", "/") for row in outcome.quarantine] == [name.replace("\\", "/") for name in names]
    assert not list(tmp_path.parent.rglob("*evil*")) and sorted(p.name for p in tmp_path.iterdir()) == ["home", "in"]


def test_archives_in_archives_and_what_is_no_extract(land, write):
    members = {"in.zip": bytes(zip_of({"a.xml": b"x"})), "in.gz": gzip.compress(b"x"), "in.tar": c.tarred(BILLS[:1]), "in.zst": zstandard.compress(b"x"), "p.parquet": c.parquet(BILLS[:1])}
    skipped = {"folder/": b"", ".hidden": b"x", "__MACOSX/x.xml": b"x", "manifest.yaml": b"gate: before"}
    outcome = land(write("x.zip", bytes(zip_of(members | skipped | {"good.xml": BILLS[0].text.encode(), "rows.ndjson": c.ndjson(BILLS[1:4]), "rows.csv": c.table(BILLS[4:6])}))))
    assert outcome.counts == (11, 6, 5, 0) and set(outcome.reasons) == {"nested_archive"}


def test_links_in_tar_are_refused_and_entries_behind_them_land(land, write):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for kind, name in ((tarfile.SYMTYPE, "link.xml"), (tarfile.LNKTYPE, "hard.xml"), (tarfile.FIFOTYPE, "fifo"), (tarfile.DIRTYPE, "folder")):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
        info = tarfile.TarInfo("good.xml")
        info.size = len(BILLS[0].text.encode())
        archive.addfile(info, io.BytesIO(BILLS[0].text.encode()))
    outcome = land(write("x.tar", out.getvalue()))
    assert outcome.counts == (4, 1, 3, 0) and set(outcome.reasons) == {"not_a_file"}


def test_tar_with_damage(land, write):
    data = bytearray(c.tarred(BILLS, form=tarfile.USTAR_FORMAT))
    headers = [n for n in range(0, len(data), 512) if data[n + 257 : n + 262] == b"ustar"]
    data[headers[3] + 5] ^= 1
    outcome = land(write("x.tar", bytes(data)))
    assert outcome.counts == (12, 11, 1, 0) and (outcome.reasons, outcome.quarantine[0]["offset"]) == (["damaged_entry"], headers[3])
    first = bytearray(c.tarred([c.Delivery(m.xml_a(m.bill(n)), "") for n in range(50, 54)], form=tarfile.USTAR_FORMAT))
    first[0] ^= 1
    assert land(write("f.tar", bytes(first))).counts == (4, 3, 1, 0)
    fresh = c.tarred([c.Delivery(m.xml_a(m.bill(n)), "") for n in range(100, 104)], form=tarfile.USTAR_FORMAT)
    starts = [n for n in range(0, len(fresh), 512) if fresh[n + 257 : n + 262] == b"ustar"]
    for cut, landed in ((starts[2] + 700, 2), (starts[3], 1), (starts[3] + 100, 0)):
        outcome = land(write(f"{cut}.tar", fresh[:cut]))
        assert (outcome.reasons, outcome.counts[1]) == (["stream_broken"], landed)
    endless = bytearray(fresh[: starts[1]]) + fresh[starts[3] :]
    endless[124:135] = b"77777777777"  # a size of 8 GB, with its checksum put right
    total = sum(endless[:148]) + 8 * 32 + sum(endless[156:512])
    endless[148:156] = b"%06o\0 " % total
    assert land(write("endless.tar", bytes(endless))).reasons == ["stream_broken"]


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("x.ndjson.gz", lambda f: gzip.compress(c.ndjson(f), mtime=0)), ("x.ndjson.zst", lambda f: zstandard.ZstdCompressor(write_content_size=False).compress(c.ndjson(f))),
        ("x.tar.gz", lambda f: gzip.compress(c.tarred(f), mtime=0)), ("x.csv.gz", lambda f: gzip.compress(c.table(f), mtime=0)), ("x.xml.gz", lambda f: gzip.compress(c.envelopes(f), mtime=0)),
        ("x.json.gz", lambda f: gzip.compress(f"[{','.join(d.text for d in f)}]".encode(), mtime=0)),
    ],
)  # fmt: skip
def test_cut_streams_keep_what_came_before_and_tell_it_once(name, pack, land, write):
    found = []
    for n in range(48):
        sent = m.bill(n)
        sent.tree["MsgID"]["Noise"] = random.Random(n).randbytes(6000).hex()  # so that packing has blocks to be cut between
        found.append(c.Delivery((m.json_camel if "json." in name else m.xml_a)(sent), "SavePatientBill"))
    data = pack(found)
    for cut in (int(len(data) * 0.7), len(data) - 3):
        outcome = land(write(name, data[:cut]))
        assert outcome.reasons == ["stream_broken"] and 0 < outcome.counts[1] <= 48
        assert outcome.quarantine[0]["offset"] > 0
    assert land(write(name, data)).counts[2] == 0


def test_joined_tars_and_a_wiped_header(land, write):
    data = bytearray(c.tarred(BILLS[:3], form=tarfile.USTAR_FORMAT) + c.tarred(BILLS[3:6], form=tarfile.USTAR_FORMAT))
    headers = [n for n in range(0, len(data), 512) if data[n + 257 : n + 262] == b"ustar"]
    data[headers[4] : headers[4] + 512] = bytes(512)
    outcome = land(write("x.tar", bytes(data)))
    assert outcome.counts == (6, 5, 1, 0) and outcome.reasons == ["damaged_entry"]


def test_a_single_packed_message_that_is_cut_has_one_row(land, write):
    assert land(write("x.xml.gz", gzip.compress(BILLS[0].text.encode())[:-200])).counts == (1, 0, 1, 0)


def test_csv_row_cut_off_within_a_payload_of_many_lines(land, write):
    """The row loses its closing quote and everything behind: one broken record, though it has a hundred lines."""
    for last in (False, True):
        rows = [c.table([d], last=last).decode() for d in PRETTY]
        head, bodies = rows[0].partition("\n")[0], [row.partition("\n")[2] for row in rows]
        for number in (0, 5, 6, 11):
            bodies[number] = bodies[number][: int(len(bodies[number]) * 0.8)] + "\n"
        outcome = land(write(f"{last}.csv", head + "\n" + "".join(bodies)))
        assert (outcome.reasons, outcome.counts[0]) == (["bad_row"] * 4, 12)
        assert outcome.counts[1 if not last else 3] == 8
        assert outcome.quarantine[1]["offset"] == len((head + "\n" + "".join(bodies[:5])).encode())


def test_csv_rows_that_are_no_rows(land, write):
    head, *bodies = c.table(BILLS[:5]).decode().split("\n")[:-1]
    bodies[1] += ",one more"
    bodies[2] = '5" pipe,2023-01-30,SavePatientBill,x'
    bodies[3] = "text without any quote"
    bodies.insert(4, '"a quote that does not end')
    bodies.insert(5, "empty payload below,,,")
    outcome = land(write("x.csv", "\r\n".join([head, "", *bodies, ""])))
    assert outcome.reasons == ["bad_row", "not_a_message", "bad_row", "bad_row", "not_a_message"] and outcome.counts == (7, 2, 5, 0)
    assert land(write("y.csv", "a,b\n1,2\n3,4\n")).reasons == ["no_payload"]


def test_csv_beyond_all_measure(land, write, monkeypatch):
    from pipelines.landed.framing import csv_rows

    monkeypatch.setattr(csv_rows, "LARGEST", 3000)
    text = c.table([c.Delivery(f"<a>{'x' * 50000}</a>", ""), c.Delivery(("<a>" + "x\n" * 9000), ""), BILLS[0], BILLS[1]])
    outcome = land(write("x.csv", text))
    assert outcome.reasons == ["too_large", "too_large"] and outcome.counts[1] == 2


def test_parquet_with_damage(land, write, tmp_path):
    data = bytearray(c.parquet(BILLS, group=4))
    write("x.parquet", bytes(data))
    place = pq.ParquetFile(tmp_path / "in/x.parquet").metadata.row_group(1).column(0).dictionary_page_offset
    data[place : place + 60] = b"\xff" * 60
    outcome = land(write("x.parquet", bytes(data)))
    assert outcome.reasons == ["damaged_entry"] and outcome.counts == (9, 8, 1, 0) and outcome.quarantine[0]["offset"] == 4
    assert land(write("y.parquet", bytes(data[:-300]))).reasons == ["stream_broken"]
    assert land(write("z.parquet", b"PAR1")).reasons == ["stream_broken"]
    assert land(write("w.parquet", c.parquet([BILLS[1]]).replace(b"XML_CONTENT", b"SOMETHING_X"))).reasons == ["no_payload"]


def test_parquet_text_that_is_no_utf8(land, write, tmp_path):
    import pyarrow as pa

    bad = BILLS[5].text.encode().replace(b"RVU3", b"R\xff3", 1)
    raw = pa.array([BILLS[4].text.encode(), bad, None], pa.binary())
    path = write("x.parquet", b"")
    pq.write_table(pa.table({"message": pa.Array.from_buffers(pa.string(), 3, raw.buffers())}), path)
    outcome = land(path)
    assert outcome.reasons == ["not_utf8", "empty"] and outcome.counts[1] == 1


def test_big_xml_with_damage(land, write):
    texts = [d.text for d in BILLS]
    texts[2] = texts[2][:900]
    texts[5] = texts[5].replace("</PatientBillMessageVO>", "")
    outcome = land(write("bare.xml", "<Export>" + "".join(texts) + "</Export>"))
    assert outcome.counts == (12, 10, 2, 0) and outcome.reasons == ["not_well_formed"] * 2
    assert outcome.quarantine[0]["offset"] == len(b"<Export>" + "".join(texts[:2]).encode())
    more = [m.xml_a(m.bill(n)) for n in range(50, 54)]
    records = [f"<Message>{t}</Message>" for t in more]
    records[1] = records[1][:800]
    records[3:3] = ["<Message/>", "<Message></Message>", "stray text", "<Other/>", f'<Message note="a>b" id="1">{m.xml_a(m.bill(60))}</Message>', "<Message a=b>x</Message>"]
    outcome = land(write("enveloped.xml", '<?xml version="1.0"?><!DOCTYPE x><Messages>' + "".join(records) + "</Messages> trailing"))
    assert outcome.reasons == ["forbidden_markup", "not_well_formed", "empty", "empty", "not_a_message", "not_well_formed", "stream_broken"]
    assert outcome.counts[1] == 4
    cut = "<Export>" + "".join(m.xml_a(m.bill(n)) for n in range(70, 74))
    assert land(write("cut.xml", cut)).reasons == ["stream_broken"]
    assert land(write("cut2.xml", cut[:-10])).reasons == ["not_well_formed"]
    rows = "<R><ROW><ID>1</ID></ROW><ROW><ID>2</ID><XML_CONTENT>&lt;a</ROW><ROW><ID/><XML_CONTENT/></ROW></R>"
    assert land(write("rows.xml", rows)).reasons == ["no_payload", "no_payload", "empty"]


def test_big_xml_with_a_record_beyond_all_measure(land, write, monkeypatch):
    from pipelines.landed.framing import xml_stream

    monkeypatch.setattr(xml_stream, "LARGEST", 1 << 20)
    texts = [d.text for d in BILLS[:3]]
    texts.insert(1, f"<PatientBillMessageVO><MsgID/>{'<a>x</a>' * 700_000}</PatientBillMessageVO>")
    outcome = land(write("x.xml", "<Export>" + "".join(texts) + "</Export>"))
    assert outcome.counts == (4, 3, 1, 0) and outcome.reasons == ["too_large"]


def test_json_array_with_damage(land, write):
    rows = [m.json_camel(m.bill(n)) for n in range(6)]
    rows[2] = rows[2].replace('"ICD10"', '"ICD10')
    rows[4] = "17"
    outcome = land(write("x.json", "[" + ",\n".join(rows) + "]"))
    assert outcome.counts == (6, 4, 2, 0) and outcome.reasons == ["not_json", "not_a_message"]
    duplicated = m.json_camel(m.bill(8)).replace('"coded_string":"I10"', '"coded_string":"I10","coded_string":"I11"')
    assert land(write("y.json", f"[{m.json_camel(m.bill(9))},{duplicated}]")).reasons == ["duplicate_key"]


def test_what_is_neither(land, write):
    for name, data in (("empty.xml", b""), ("x.bin", bytes(range(256)) * 10), ("gone.gz", b"\x1f\x8b"), ("t.zst", b"\x28\xb5\x2f\xfd"), ("q.ndjson.gz", gzip.compress(c.ndjson(BILLS[:1])) + b"garbage")):
        assert land(write(name, data)).counts[2] == 1, name
    assert land(write("nothing.ndjson", b"\n\n")).counts == (0, 0, 0, 0)
    assert land(write("nothing.zip", bytes(zip_of({})))).counts == (0, 0, 0, 0)
