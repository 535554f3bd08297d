"""The thirteen real packets beside the project, against counts that know nothing of our readers. Skipped where they are absent."""

import re
import shutil
import xml.etree.ElementTree as ET
from collections import Counter

import pytest

from pipelines.settings import PROJECT

PACKETS = PROJECT.parent / "shared" / "samples" / "packets"
pytestmark = [pytest.mark.samples, pytest.mark.skipif(not PACKETS.is_dir(), reason="the real packets are not beside the project")]


@pytest.fixture
def landed(land, tmp_path):
    """file name → (message row, items); each packet lands alone, so that they can be told apart."""
    found = {}
    for path in sorted(PACKETS.iterdir()):
        folder = tmp_path / "in" / str(len(found))
        folder.mkdir(parents=True)
        shutil.copy(path, folder / path.name)
        outcome = land(folder)
        assert (outcome.counts, outcome.reasons) == ((1, 1, 0, 0), []), path.name
        found[path.name] = (outcome.messages[0], outcome.items[outcome.messages[0]["message_id"]])
    return found


def plain_count(name: str) -> int:
    """Coded_strings as a person with a text editor would count them."""
    text = (PACKETS / name).read_text(encoding="utf-8")
    return len(re.findall(r"<Coded_string", text)) if "element_form" in name else len(re.findall(r'Coded_string"?\s*[=:]', text))


def test_every_coded_string_is_found(landed):
    assert len(landed) == 13
    for name, (message, _) in landed.items():
        assert message["items"] + message["private_items"] - message["codeless_items"] == plain_count(name) > 0, name


def test_services_and_senders(landed):
    assert Counter(message["service"] for message, _ in landed.values()) == {
        "PatientBill": 4, "LabResult": 3, "PathologyReport": 1, "SIYABReport": 1, "MedicationPrescription": 4,
    }  # fmt: skip
    for name, (message, _) in landed.items():
        stated = re.match(r"[\d_]+ [\d_]+ [AP]M_([0-9A-F-]{36})_", name)
        assert message["exchange_on_source"] == ("file_name" if stated else "clinical")
        assert not stated or message["stated_system"] == stated[1].lower()


def test_services_of_the_bills_by_declared_terminology(landed):
    for name, (message, items) in landed.items():
        if message["service"] != "PatientBill":
            continue
        tree = ET.parse(PACKETS / name).getroot()
        vm = "{http://thrita.behdasht.gov.ir/VM/}"
        expected = Counter(e.get("Terminology_id") for row in tree.iter(f"{vm}ServiceDetailsVO") for e in row.findall(f"{vm}Service"))
        found = Counter(item[1] for item in items if re.fullmatch(r"Composition/BillServices(/RelatedService)*/Service", item[0]))
        assert found == expected and sum(expected.values()) > 0, name


def test_all_together_are_one_extract(land):
    outcome = land(PACKETS)
    assert len(outcome.done) == 1 and outcome.counts == (13, 13, 0, 0)
