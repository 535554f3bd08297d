"""Which service a message is of, and which day it was exchanged on, from what says it best."""

import datetime as dt
import re

import messages as m
import pytest

from pipelines.landed.content import content
from pipelines.landed.envelope import exchange, received
from pipelines.landed.framing.frame import file_name_envelope
from pipelines.landed.manifest import Manifest
from pipelines.landed.message import Message, service_of_operation
from pipelines.landed.readers import read

DAY = dt.date(2023, 1, 30)  # 1401/11/10


def service(text: str, operation: str | None = None) -> str:
    return read(content(text), operation).service


@pytest.mark.parametrize("name", m.SERVICES)
@pytest.mark.parametrize("dialect", ["xml_a", "xml_b", "xml_c", "json_camel", "soap"])
def test_service_without_operation(dialect, name):
    assert service(m.DIALECTS[dialect](m.SERVICES[name](0))) == name


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        ("SavePatientBillSecure", "PatientBill"), ("savemedicationperscription", "MedicationPrescription"), ("SaveMedicalImagePrescriptionSecure", "ImagingPrescription"),
        ("http://sepas/SaveLaboratoryResult", "LabResult"), ("SaveDispensedPrescription_T2", "DispensedPrescription"), ("Thrita.DM.Message.PatientBillMessageVO", "PatientBill"),
        ("SaveDeathCertificateSecure", "DeathCertificate"), ("LabPrescription", "LabPrescription"), (" ", None), (None, None),
    ],
)  # fmt: skip
def test_names_of_operations(operation, expected):
    assert service_of_operation(operation) == expected


@pytest.mark.parametrize("dialect", ["xml_a", "xml_c", "json_pascal"])
def test_pathology_is_no_lab_result(dialect):
    text = m.DIALECTS[dialect](m.lab_result(pathology=True))
    assert service(text) == service(text, "SavePathologyReport") == "PathologyReport"
    assert read(content(text)).fixed_form_results == 0
    assert service(m.xml_a(m.lab_result()), "SavePathologyReportSecure") == "PathologyReport"


def test_operation_that_cannot_be_is_not_believed():
    assert service(m.xml_a(m.bill()), "SaveLaboratoryResult") == "PatientBill"
    assert service(m.xml_a(m.lab_result()), "SavePatientBill") == "LabResult"
    assert service(m.json_camel(m.prescription()), "SaveMedicalImagePrescription") == "ImagingPrescription"


def test_siyab_soap_and_unknown_roots():
    report = "<SOAPMessageVO><MsgID/><Composition>{}</Composition></SOAPMessageVO>"
    assert service(report.format("<Questionnaire/>")) == service(report.format(""), "SaveSIYABReportSecure") == "SIYABReport"
    assert service(report.format("")) == "SOAPReport"
    assert service("<DentalCaseMessageVO><MsgID/></DentalCaseMessageVO>") == "DentalCase"
    assert service("<x><MsgID/></x>") == "unknown"


def test_fixed_forms_are_counted():
    for text in (m.xml_a(m.lab_result(fixed=3)), m.xml_c(m.lab_result(fixed=3)), m.json_pascal(m.lab_result(fixed=3))):
        assert read(content(text), "SaveLaboratoryResult").fixed_form_results == 3
    unmarked = '{"MsgID":{},"Composition":{"LabResult":[{"LaboratoryResultRow":[]},{"WBC":{"Magnitude":1}}]}}'
    assert read(content(unmarked)).fixed_form_results == 1
    assert read(content(m.xml_b(m.lab_result(fixed=1)))).fixed_form_results == 1  # xsi:type with a prefix


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2023-01-30T10:04:37+03:30", dt.datetime(2023, 1, 30, 10, 4, 37)), ("2023-01-29T22:00:00Z", dt.datetime(2023, 1, 30, 1, 30)),
        ("2023-01-30 10:04:37.250", dt.datetime(2023, 1, 30, 10, 4, 37)), ("2023/01/30", dt.datetime(2023, 1, 30)), ("2022-07-01T00:00:00Z", dt.datetime(2022, 7, 1, 4, 30)),
        (1675060477000, dt.datetime(2023, 1, 30, 10, 4, 37)), ("1675060477", dt.datetime(2023, 1, 30, 10, 4, 37)), (1675060477.9, dt.datetime(2023, 1, 30, 10, 4, 37)),
        ("1401/11/10 10:04", dt.datetime(2023, 1, 30, 10, 4)), ("1401-11-10T9:5:1", dt.datetime(2023, 1, 30)), ("۱۴۰۱/۱۱/۱۰", dt.datetime(2023, 1, 30)),
        ("1398/02/31 1:02:03", dt.datetime(2019, 5, 21, 1, 2, 3)), (DAY, dt.datetime(2023, 1, 30)), (dt.datetime(2023, 1, 30, tzinfo=dt.UTC), dt.datetime(2023, 1, 30, 3, 30)),
        ("1401/11/10 99:99", dt.datetime(2023, 1, 30)), ("2023-1-30 10:04:37", dt.datetime(2023, 1, 30, 10, 4, 37)),
        *((text, None) for text in ("1398/12/30", "1398/07/31", "1402/13/01", "2023-02-30", "0001-01-01T00:00:00", "9999-12-31", "9999-12-31T23:59:59-10:00", "soon", "", "14011110999", 1e300, float("nan"), -1e18, True, None, [])),
    ],
)  # fmt: skip
def test_receive_times(written, expected):
    assert received(written) == expected


def test_order_of_trust():
    message = Message("PatientBill", clinical_on=dt.date(2022, 5, 1))
    said = {"received_at": "2023-01-30T10:00:00", "file_time": dt.datetime(2023, 1, 29, 8)}
    period = Manifest(period=(dt.date(2023, 1, 1), dt.date(2023, 1, 20)))
    assert exchange(said, period, message)[1:] == (DAY, "envelope")
    assert exchange(said | {"received_at": "1398/12/30"}, period, message) == (dt.datetime(2023, 1, 29, 8), dt.date(2023, 1, 29), "file_name")
    assert exchange({}, period, message) == (None, dt.date(2023, 1, 1), "manifest")
    for clinical, day in ((dt.date(2023, 1, 5), 5), (dt.date(2024, 1, 1), 20), (None, 1)):
        assert exchange({}, period, Message("", clinical_on=clinical))[1:] == (dt.date(2023, 1, day), "manifest")
    assert exchange({}, Manifest(), message) == (None, dt.date(2022, 5, 1), "clinical")
    assert exchange({"file_time": dt.datetime(1, 1, 1)}, Manifest(), Message("")) == (None, None, "unknown")


@pytest.mark.parametrize(
    ("year", "month", "day", "expected"),
    [
        (1398, 2, 31, dt.date(2019, 5, 21)), (1398, 12, 30, None), (1398, 7, 31, None), (1399, 12, 30, dt.date(2021, 3, 20)), (2023, 1, 30, DAY), (98, 1, 1, None),
        ("۱۴۰۱", "۱۱", "10", DAY), ("1401.0", 11, 10, DAY), ("inf", 1, 1, None), ("", 1, 1, None), (1401, 13, 1, None), (2023, 2, 30, None), (999999, 1, 1, None),
    ],
)  # fmt: skip
def test_clinical_day(year, month, day, expected):
    sent = m.bill()
    sent.tree["Composition"] |= {"Discharge": {"DischargeDate": m.day(year, month, day)}, "Admission": {}}
    assert read(content(m.xml_a(sent))).clinical_on == expected
    assert read(content(m.xml_c(sent))).clinical_on == expected


@pytest.mark.parametrize("name", m.SERVICES)
def test_every_service_has_its_own_clinical_day(name):
    day = read(content(m.xml_a(m.SERVICES[name](0)))).clinical_on
    assert day and day > dt.date(2023, 1, 29)  # the admission was on 1401/11/09
    no_day = re.sub(r"<(DischargeDate|DateDispense|IssueDate|IssueDateTime|DateTimeResult)>.*?</\1>", "", m.xml_a(m.SERVICES[name](0)))
    assert read(content(no_day)).clinical_on == dt.date(2023, 1, 29)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("1_30_2023 10_04_37 PM_CD6AC442-9C6D-3B60-3C86-5A28702DB643_SavePatientBillSecure.xml",
         {"file_time": dt.datetime(2023, 1, 30, 22, 4, 37), "system_id": "CD6AC442-9C6D-3B60-3C86-5A28702DB643", "operation": "SavePatientBill"}),
        ("a/b\\12_1_2019 12_00_01 AM_x.xml", {"file_time": dt.datetime(2019, 12, 1, 0, 0, 1)}),
        ("13_45_2019 1_12_04 PM_x.xml", {}), ("saved_bills.xml", {}), ("Savegame.xml", {}),
        ("savemedicationperscription.xml", {"operation": "Savemedicationperscription"}), ("x.json", {}),
    ],
)  # fmt: skip
def test_what_a_file_name_says(name, said):
    assert file_name_envelope(name) == said


def test_node_and_identifiers():
    sent = m.bill()
    sent.tree["MsgID"] = {"PatientUID": "NodeTest.behdasht.gov.ir::x", "SystemID": m.Id(" 12345678901 ")}
    message = read(content(m.json_pascal(sent)))
    assert (message.node, message.composition_uid, message.system_id, message.facility_id) == ("nodetest", None, "12345678901", m.FACILITY.lower())
    sent.tree["MsgID"] = {"PatientUID": "0084571239::x", "CompositionUID": "", "UniversityID": m.Id("U07")}
    sent.tree["Composition"]["Admission"] = {}
    message = read(content(m.xml_a(sent)))
    assert (message.node, message.system_id, message.facility_id, message.university_id) == (None, None, None, "u07")
