"""Random damage to whole containers: never a crash, never an undamaged neighbour lost, never a change told as nothing."""

import gzip
import re
import tarfile
from pathlib import Path

import landed_containers as c
import messages as m
import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.landed.content import content
from pipelines.landed.framing import BrokenFrame
from pipelines.landed.incoming import content_of, frames_of_source, message_of
from pipelines.landed.sources import sources

SMALL = [c.Delivery(m.xml_a(m.medication(n)), "SaveMedicationPrescription") for n in range(6)] + [c.Delivery(m.json_camel(m.medication(n)), "SaveMedicationPrescription") for n in range(6, 9)]
PRETTY = [c.Delivery(m.xml_c(m.medication(n)), "SaveMedicationPrescription") for n in range(9)]
XML = SMALL[:6]
RECORDS = {
    # container → (suffix, what a record begins with, packed, messages in it): those whose records stand apart in the bytes
    "ndjson": (".ndjson", rb"^\{", c.ndjson(SMALL), SMALL),
    "bare": (".xml", rb"^<Med", ("<Export>\n" + "\n".join(d.text for d in XML) + "\n</Export>").encode(), XML),
    "enveloped": (".xml", rb"^<Message ", c.envelopes(SMALL), SMALL),
    "csv": (".csv", rb'^"[<{]', c.table(SMALL), SMALL),
    "csv of many lines": (".csv", rb'^"[<{]', c.table(PRETTY), PRETTY),
    "tar": (".tar", rb"1_30_2023", c.tarred(SMALL, form=tarfile.USTAR_FORMAT), SMALL),
    "zip": (".zip", rb"PK\x03\x04", c.zipped(SMALL), SMALL),
}
OTHERS = {
    "ndjson.gz": gzip.compress(c.ndjson(SMALL), mtime=0),
    "ndjson.zst": zstandard.compress(c.ndjson(SMALL)),
    "tar.gz": gzip.compress(c.tarred(SMALL), mtime=0),
    "parquet": c.parquet(SMALL),
    "json": b"[" + c.ndjson(SMALL).strip().replace(b"\n", b",") + b"]",
}
flips = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(1, 255)), min_size=1, max_size=3)
quick = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None, derandomize=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("damage")


def read_bytes(folder: Path, name: str, data: bytes) -> tuple[set[str], list[str]]:
    """(ids of the messages read, reasons of what was not): what landing does, without writing it down."""
    (folder / name).write_bytes(data)
    source = next(sources([folder / name]))
    good, reasons = set(), []
    for frame in frames_of_source(source):
        found = frame if isinstance(frame, BrokenFrame) else content_of(frame)
        message = found if isinstance(found, BrokenFrame) else message_of(found[0], found[1], source)
        if isinstance(message, BrokenFrame):
            reasons.append(message.reason)
        else:
            good.add(found[2].hex())
    assert "reader_failed" not in reasons
    return good, reasons


def ids(found: list[c.Delivery]) -> list[str]:
    return [content(d.text).digest().hex() for d in found]


@pytest.mark.parametrize("container", RECORDS)
@quick
@given(where=st.floats(0, 1, exclude_max=True), damage=st.binary(min_size=1, max_size=12) | st.sampled_from([b'"', b"\n", b"<", b">", b'"\n"', b"</", b"]]>", b"<!--", b",", b"PK"]), replace=st.booleans())
def test_damage_in_one_record_spares_all_others(container, folder, where, damage, replace):
    """Bytes put in, or (zip, tar: only) overwritten: every record that was not touched lands."""
    suffix, start, data, found = RECORDS[container]
    starts = [match.start() for match in re.finditer(start, data, re.MULTILINE)]
    assert len(starts) == len(found)
    end = data.index(b"PK\1\2") - len(damage) if container == "zip" else len(data)  # a line of a zip's directory belongs to an entry, too
    place = starts[0] + 8 + int(where * (end - starts[0] - 8))  # the first bytes tell what a file is
    overwritten = len(damage) if replace or container in ("zip", "tar") else 0
    hurt = data[:place] + (damage[: len(data) - place] if overwritten else damage) + data[place + overwritten :]
    landed, reasons = read_bytes(folder, f"x{suffix}", hurt)
    regions = zip(starts, [*starts[1:], len(data)], strict=True)
    untouched = {key for key, (begin, end) in zip(ids(found), regions, strict=True) if place + max(overwritten, 1) < begin or place > end}
    assert untouched <= landed
    assert len(landed) + len(reasons) >= len(found) - 1  # damage over a border makes one broken piece of two
    assert reasons or len(landed) == len(found)  # what is gone is told


@pytest.mark.parametrize("container", [*OTHERS, *RECORDS])
@quick
@given(flips=flips, cut=st.floats(0.02, 1))
def test_any_damage_is_no_crash(container, folder, flips, cut):
    suffix, data = (RECORDS[container][0], RECORDS[container][2]) if container in RECORDS else (f".{container}", OTHERS[container])
    hurt = bytearray(data)
    for place, value in flips:
        hurt[int(place * len(hurt))] ^= value
    landed, reasons = read_bytes(folder, f"x{suffix}", bytes(hurt[: int(len(hurt) * cut)]))
    whole = set(ids(SMALL if container not in RECORDS else RECORDS[container][3]))
    if suffix in (".csv", ".ndjson") and cut < 1:
        return  # cut between two rows, nobody can tell
    assert whole <= landed or reasons or landed - whole  # what is gone is told, or is another message now
