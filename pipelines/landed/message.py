"""What is kept of one message, and why one may be refused. No value of a person is a field here, so none can travel on.

Belongs here: the record types that readers fill and the landing writes. Does not: parsing (`readers/`) or files (`framing`).
"""

import datetime as dt
import re
from dataclasses import dataclass, field

FIRST_DAY, LAST_DAY = dt.date(1921, 3, 21), dt.date(2122, 3, 20)
SERVICES = {
    # operation (lower case, without Save and Secure) → the letter's name; anything else keeps its own name
    "patientbill": "PatientBill",
    "dispensedprescription": "DispensedPrescription",
    "dispensedprescriptions": "DispensedPrescription",
    "medicationprescription": "MedicationPrescription",
    "medicationprescriptions": "MedicationPrescription",
    "medicationperscription": "MedicationPrescription",
    "laboratoryresult": "LabResult",
    "labresult": "LabResult",
    "lissavelaboratoryresult": "LabResult",
    "laboratoryprescription": "LabPrescription",
    "laboratoryprescriptions": "LabPrescription",
    "labprescription": "LabPrescription",
    "medicalimageprescription": "ImagingPrescription",
    "medicalimagingprescription": "ImagingPrescription",
    "medicalimagingprescriptions": "ImagingPrescription",
    "imagingprescription": "ImagingPrescription",
    "imagingprescriptions": "ImagingPrescription",
    "pathologyreport": "PathologyReport",
    "siyabreport": "SIYABReport",
    "soapreport": "SOAPReport",
}


class Broken(Exception):
    """A message that cannot be read. `reason` is a word of the quarantine; `detail` never quotes the message."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason, self.detail = reason, detail


@dataclass(slots=True)
class Item:
    """One coded item as sent. None means the part was absent. `has_code` tells whether a Coded_string part stood there at all.

    `location` and `element_no` (its element's number in document order) are filled in where places are asked for.
    """

    path: str
    terminology_id: str | None
    code: str | None
    title: str | None
    service_type: str | None = None
    has_code: bool = True
    location: str = ""
    element_no: int = -1


@dataclass(slots=True)
class Message:
    """What one message says about itself, its coded items in document order, and how many were private."""

    service: str
    system_id: str | None = None
    facility_id: str | None = None
    university_id: str | None = None
    node: str | None = None
    composition_uid: str | None = None
    clinical_on: dt.date | None = None
    items: list[Item] = field(default_factory=list)
    private_items: int = 0
    codeless_items: int = 0
    fixed_form_results: int = 0


def service_of_operation(operation: str | None) -> str | None:
    """`PatientBill` for `SavePatientBillSecure`; other operations keep their own name; None for none."""
    if not operation or not operation.strip():
        return None
    name = re.sub(r"\.(?:xml|json|asmx|svc)$", "", operation.strip(), flags=re.IGNORECASE)
    name = re.split(r"[/#.]", name)[-1]
    for head in ("Save", "save"):
        name = name.removeprefix(head)
    for tail in ("_T2", "Secure", "secure", "MessageVO"):
        name = name.removesuffix(tail)
    return SERVICES.get(name.lower(), name) or None


def plausible(day: dt.date | None) -> dt.date | None:
    """The day, if the calendar of the warehouse knows it (Jalali 1300 to 1500): .NET writes 0001-01-01 for none."""
    return day if day is not None and FIRST_DAY <= day <= LAST_DAY else None
