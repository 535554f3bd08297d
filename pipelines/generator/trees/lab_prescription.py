"""LabPrescription: tests a doctor asked for, by LNC.

Belongs here: ServicePrescriptionsCompositionVO. Does not: results, imaging.
"""

import datetime as dt

from pipelines.generator import lists
from pipelines.generator.names import note
from pipelines.generator.nodes import Obj, date, date_time, identifier, rows
from pipelines.generator.sender import Visit
from pipelines.generator.trees.common import admission, concept, diagnoses, insurance

LNC, ICD10 = "labprescription-service-lnc", "labprescription-diagnosis-icd10"


def composition(visit: Visit) -> Obj:
    """The composition of one order for tests."""
    rng = visit.rng
    return Obj(
        [
            ("Diagnosis", diagnoses(visit, ICD10, 1)),
            ("Admission", admission(visit, visit.day)),
            ("Insurance", insurance(visit)),
            (
                "ServicePrescriptions",
                Obj(
                    [
                        ("Note", note(rng, visit.person.attributes[1][1]) if rng.random() < 0.1 else None),
                        ("Status", None),
                        ("Intent", None),
                        ("Category", None),
                        ("Priority", rng.choice(lists.PRIORITIES)),
                        ("LocationCode", None),
                        ("Specimen", None),
                        ("Prescriber", rng.choice(visit.sender.clerks)),
                        ("IssueDateTime", date_time(visit.day, visit.second)),
                        ("ePrescriptionID", identifier("TAMIN", str(rng.randrange(10**9, 10**10)), "HID")),
                        ("ExpiryDate", date(visit.day + dt.timedelta(days=60))),
                        ("Repeats", rng.randrange(2)),
                        (
                            "Orders",
                            rows("ServicePrescriptionRowVO", [_order(visit) for _ in range(rng.randrange(2, 8))]),
                        ),
                    ]
                ),
            ),
        ]
    )


def _order(visit: Visit) -> Obj:
    rng = visit.rng
    reason = rows("ReasonCodeVO", [concept(rng.choice(lists.ENCOUNTERS))]) if rng.random() < 0.05 else None
    return Obj(
        [
            ("Service", visit.coder.item(LNC, "LNC")),
            ("DoNotPerform", False),
            ("ServiceAmount", 1),
            ("Method", None),
            ("AnatomicalLocation", None),
            ("AsNeeded", None),
            ("ReasonCode", reason),
            ("Note", None),
            ("PatientInstruction", None),
        ]
    )
