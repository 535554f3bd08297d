"""Blocks that several services share: admission, insurance, diagnoses, other costs.

Belongs here: VO classes used by more than one message. Does not: the six services' own rows.
"""

import datetime as dt

from pipelines.generator import lists
from pipelines.generator.names import note
from pipelines.generator.nodes import Coded, Obj, Rows, date, identifier, quantity, rows, time
from pipelines.generator.sender import Visit

WARD = "patientbill-wardtype-wardtype"
OTHER_COST = "patientbill-othercosts-othercost"


def admission(visit: Visit, day: dt.date, inpatient: bool = False, judged_ward: bool = False) -> Obj:
    """AdmissionVO. Only a bill has a ward, and its type is judged."""
    rng, sender = visit.rng, visit.sender
    ward = None
    if judged_ward and rng.random() < 0.85:
        kind = visit.coder.item(WARD, "thritaEHR.WardType")
        ward = Obj(
            [
                ("Name", note(rng, "بخش") if rng.random() < 0.5 else None),
                ("Type", kind),
                ("Room", str(rng.randrange(1, 40))),
                ("Bed", str(rng.randrange(1, 6))),
            ]
        )
    return Obj(
        [
            ("ArrivalMode", None),
            ("OtherParticipation", None),
            ("EMSID", None),
            ("OtherDateTime", None),
            ("AdmissionDate", date(day)),
            ("AdmissionTime", time(rng.randrange(86_400)) if rng.random() < 0.8 else None),
            ("AdmissionType", lists.ADMISSION_TYPES[1 if inpatient else 0]),
            ("MedicalRecordNumber", str(rng.randrange(10**6, 10**9))),
            ("Institute", sender.institute),
            ("ReasonForEncounter", rng.choice(lists.ENCOUNTERS) if rng.random() < 0.3 else None),
            ("AdmittingDoctor", rng.choice(sender.doctors) if inpatient else None),
            ("ReferringDoctor", rng.choice(sender.doctors) if rng.random() < 0.3 else None),
            ("AttendingDoctor", rng.choice(sender.doctors)),
            ("AdmissionWard", ward),
            ("PatientLocation", None),
        ]
    )


def insurance(visit: Visit, bill: bool = False) -> Obj:
    """InsuranceVO; in a bill it carries other costs, which are judged."""
    rng = visit.rng
    costs = other_costs(visit, rng.choice((0, 1, 1, 2))) if bill else None
    return Obj(
        [
            ("InsuranceContribution", quantity(rng.randrange(10, 900) * 1000) if bill else None),
            ("InsuranceOtherCosts", costs),
            ("Insurer", rng.choice(lists.INSURERS)),
            ("InsuranceBox", rng.choice(lists.BOXES)),
            ("InsuranceBookletSerialNumber", str(rng.randrange(10**9, 10**10)) if rng.random() < 0.5 else None),
            ("InsuranceExpirationDate", date(visit.day + dt.timedelta(days=100))),
            ("InsuredNumber", str(rng.randrange(10**7, 10**8))),
            ("SHEBAD", identifier(rng.choice(("TAMIN", "IHIO", "BITSA")), str(rng.randrange(10**9, 10**10)), "HID")),
        ]
    )


def other_costs(visit: Visit, number: int) -> Rows | None:
    """A list of QuantitiesVO, each name judged."""
    item, rng = visit.coder.item, visit.rng
    return rows(
        "QuantitiesVO",
        [
            Obj([("Name", item(OTHER_COST, "thritaEHR.otherCost")), ("Value", quantity(rng.randrange(1, 900) * 1000))])
            for _ in range(number)
        ],
    )


def diagnoses(visit: Visit, rule_id: str, most: int = 2) -> Rows | None:
    """A list of DiagnosisVO, each diagnosis judged; now and then there is none."""
    rng = visit.rng
    if rng.random() < 0.12:
        return None
    return rows("DiagnosisVO", [_diagnosis(visit, rule_id) for _ in range(rng.randrange(1, most + 1))])


def _diagnosis(visit: Visit, rule_id: str) -> Obj:
    rng = visit.rng
    level = rng.randrange(4)
    severity = Obj([("Symbol", lists.ORDINALS[level]), ("Value", level)]) if rng.random() < 0.3 else None
    return Obj(
        [
            ("Diagnosis", visit.coder.item(rule_id, "ICD10")),
            ("Comment", note(rng, visit.person.attributes[1][1]) if rng.random() < 0.15 else None),
            ("Status", rng.choice(lists.DIAGNOSIS_STATUS)),
            ("DiagnosisDate", date(visit.day)),
            ("DiagnosisTime", None),
            ("Severity", severity),
        ]
    )


def concept(item: Coded, text: str | None = None) -> Obj:
    """DO_CODEABLE_CONCEPT."""
    return Obj([("Text", text), ("Coding", item)])
