"""Volumes, senders and people are plausible, plainly invented, and known to the registry."""

import csv
import datetime as dt
from collections import Counter
from random import Random

import generator_naive as naive

from pipelines.generator.dialects.json_objects import camel
from pipelines.generator.names import fake_national_code
from pipelines.generator.organisations import registry
from pipelines.generator.shapes import check_digit
from pipelines.generator.traffic import plan
from pipelines.generator.trees.services import SERVICES


def _planned():
    return [entry for entries in plan(20_000, registry()[0], Random("test")) for entry in entries]


def test_fridays_and_nowruz_are_quiet():
    days = Counter(day for day, _ in _planned())
    fridays = [n for day, n in days.items() if day.weekday() == 4]
    saturdays = [n for day, n in days.items() if day.weekday() == 5]
    assert sum(fridays) / len(fridays) < 0.5 * sum(saturdays) / len(saturdays)
    nowruz = [days[dt.date(2023, 3, 16) + dt.timedelta(days=n)] for n in range(18)]
    before = [days[dt.date(2023, 2, 16) + dt.timedelta(days=n)] for n in range(18)]
    assert sum(nowruz) < 0.5 * sum(before)
    assert (min(days), max(days)) == (dt.date(2022, 12, 22), dt.date(2023, 5, 5))


def test_service_mix():
    shares = Counter(SERVICES[number].name for _, number in _planned())
    for name, share in (
        ("PatientBill", 0.343),
        ("MedicationPrescription", 0.245),
        ("LabResult", 0.118),
        ("ImagingPrescription", 0.049),
    ):
        assert abs(shares[name] / 20_000 - share) < 0.02


def test_registry_knows_the_senders(run):
    summary, truth, messages = run
    tables = {
        name: list(csv.DictReader((summary.out / f"organisations/{name}.csv").open(encoding="utf-8")))
        for name in ("universities", "facilities", "vendors", "systems")
    }
    assert [len(tables["universities"]), len(tables["vendors"])] == [66, 14]
    for name, column in (
        ("universities", "name_fa"),
        ("universities", "name_en"),
        ("vendors", "name_fa"),
        ("facilities", "facility_id"),
        ("systems", "system_id"),
    ):
        values = [row[column].lower() for row in tables[name]]
        assert len(set(values)) == len(values), (name, column)
    facilities = {row["facility_id"].lower(): row["university_id"] for row in tables["facilities"]}
    systems = {row["system_id"].lower() for row in tables["systems"]}
    unlisted = 0
    for path, _, row in messages.values():
        assert facilities[row["facility_id"].lower()] == row["university_id"] == path.parent.name
        unlisted += row["system_id"].lower() not in systems
    assert 0 < unlisted < 0.1 * len(messages)
    assert any(row["vendor_id"] == "unknown" for row in truth)


def test_some_compositions_are_sent_again(run):
    uids = Counter()
    for _, tree, _ in run[2].values():
        if not isinstance(tree, dict):
            uids.update(e.text for e in tree.iter() if naive._local(e) == "CompositionUID" and e.text)
    assert uids and max(uids.values()) > 1
    assert all(uid.startswith("Node") and ".behdasht.gov.ir::" in uid for uid in uids)


def test_people_are_plainly_invented():
    rng = Random(1)
    for _ in range(200):
        digits = [int(c) for c in fake_national_code(rng)]
        rest = sum(d * (10 - i) for i, d in enumerate(digits[:9])) % 11
        assert digits[9] != (rest if rest < 2 else 11 - rest)


def test_check_digit_of_known_numbers():
    assert all(check_digit(code[:-2]) == code[-1] for code in ("718-7", "14682-9", "10839-9", "2345-7", "94500-6"))


def test_camel_case_is_that_of_dotnet():
    assert [camel(n) for n in ("MsgID", "IS_Queriable", "SHEBAD", "EMSID", "ePrescriptionID", "ID")] == [
        "msgID", "iS_Queriable", "shebad", "emsid", "ePrescriptionID", "id",
    ]  # fmt: skip
