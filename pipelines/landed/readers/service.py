"""Which service a message is of, which of its dates is the clinical one, and how many of its results have a fixed form.

Belongs here: everything that differs by service. Sources: sepas-messages sections 1.0 (roots are shared: LaboratoryResultMessageVO
is also a pathology report, SOAPMessageVO also a SIYAB report), 1.4 (fixed forms), 3 (dates are Jalali numbers).
"""

import datetime as dt
import xml.etree.ElementTree as ET

from pipelines.jalali import to_gregorian
from pipelines.landed.message import plausible, service_of_operation
from pipelines.landed.readers.names import local_name
from pipelines.landed.readers.sender import descend

_BY_ROOT = {
    "PatientBillMessageVO": "PatientBill",
    "DispensedPrescriptionsMessageVO": "DispensedPrescription",
    "MedicationPrescriptionsMessageVO": "MedicationPrescription",
    "LaboratoryPrescriptionsMessageVO": "LabPrescription",
    "ImagingPrescriptionsMessageVO": "ImagingPrescription",
}
_BY_PART = {
    "BillServices": "PatientBill",
    "BillSummary": "PatientBill",
    "DispensedPrescriptions": "DispensedPrescription",
    "MedicationPrescriptions": "MedicationPrescription",
    "Questionnaire": "SIYABReport",
}
# Roots that two services share: which operations are to be believed beside them.
_SHARED_ROOTS = {"LaboratoryResultMessageVO": ("LabResult", "PathologyReport"), "SOAPMessageVO": ("SOAPReport", "SIYABReport")}
_DATES = {
    "PatientBill": (("Discharge", "DischargeDate"), ("Admission", "AdmissionDate")),
    "DispensedPrescription": (("DispensedPrescriptions", "DateDispense"), ("Admission", "AdmissionDate")),
    "MedicationPrescription": (("MedicationPrescriptions", "IssueDate"), ("Admission", "AdmissionDate")),
    "LabPrescription": (("ServicePrescriptions", "IssueDateTime"), ("Admission", "AdmissionDate")),
    "ImagingPrescription": (("ServicePrescriptions", "IssueDateTime"), ("Admission", "AdmissionDate")),
}
_LAB_DATES = (("LabResult", "DateTimeResult"), ("LabResult", "LabTestResultVO", "DateTimeResult"), ("LabRequest", "SpecimenDate"), ("Admission", "AdmissionDate"))
_IMAGING_ROWS = ("ServiceDetail", "ImagingPrescriptionRowVO")


def service_of(top: ET.Element, composition: ET.Element | None, operation: str | None) -> str:
    """The letter's name of the service. A root of one service decides; a shared or missing one leaves it to the operation, then to the content."""
    root = local_name(top.tag)
    if root in _BY_ROOT:
        return _BY_ROOT[root]
    by_operation = service_of_operation(operation)
    if by_operation and by_operation in _SHARED_ROOTS.get(root, (by_operation,)):
        return by_operation
    names = {local_name(child.tag) for child in composition} if composition is not None else set()
    if root == "LaboratoryResultMessageVO" or "LabResult" in names:
        return "PathologyReport" if composition is not None and _is_pathology(composition) else "LabResult"
    for part, service in _BY_PART.items():
        if part in names:
            return service
    if "ServicePrescriptions" in names and composition is not None:
        rows = {local_name(e.tag) for e in composition.iter()}
        return "ImagingPrescription" if rows.intersection(_IMAGING_ROWS) else "LabPrescription"
    if root == "SOAPMessageVO":
        return "SOAPReport"
    return root.removesuffix("MessageVO") if root.endswith("MessageVO") else "unknown"


def _is_pathology(composition: ET.Element) -> bool:
    return any(_class_of(e) == "PathologyVO" or local_name(e.tag) == "PathologyDiagnosis" for e in composition.iter())


def _class_of(element: ET.Element) -> str:
    """The concrete class that `xsi:type` (or a JSON type marker) names, without prefix and namespace."""
    for key, value in element.attrib.items():
        if local_name(key) == "Type":
            return value.rsplit(":", 1)[-1].split(",")[0].rsplit(".", 1)[-1]
    return ""


def fixed_form_results(service: str, composition: ET.Element | None) -> int:
    """Results of a LabResult message in fixed forms (CBCVO, BloodSugarVO …), which have no TestName to judge."""
    if service != "LabResult" or composition is None:
        return 0
    results = [child for child in composition if local_name(child.tag) == "LabResult"]
    wrapped = [row for result in results for row in result if local_name(row.tag) == "LabTestResultVO"]
    rows = wrapped or [row for row in results if len(row)]
    return sum(not _is_general(row) for row in rows)


def _is_general(row: ET.Element) -> bool:
    named = _class_of(row)
    return named == "GeneralLaboratoryResultVO" if named else any(local_name(child.tag) == "LaboratoryResultRow" for child in row)


def clinical_day(service: str, composition: ET.Element | None) -> dt.date | None:
    """The day the service took place, from the Jalali numbers (ISOString is not trusted); None if there is no such day."""
    for steps in _DATES.get(service, _LAB_DATES):
        day = _day(descend(composition, *steps))
        if day is not None:
            return day
    return None


def _day(element: ET.Element | None) -> dt.date | None:
    if element is None:
        return None
    parts = {local_name(child.tag): (child.text or "").strip() for child in element}
    try:
        year, month, day = (int(float(parts[name])) for name in ("Year", "Month", "Day"))
        return plausible(dt.date(year, month, day) if year > 1700 else to_gregorian(year, month, day))
    except (KeyError, ValueError, OverflowError):
        return None
