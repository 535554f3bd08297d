"""MedicationPrescription: what a doctor prescribed; product codes are eRx.

Belongs here: MedicationPrescriptionsCompositionVO. Does not: dispensing.
"""

import datetime as dt

from pipelines.generator import lists
from pipelines.generator.names import note
from pipelines.generator.nodes import Obj, date, quantity, rows, time
from pipelines.generator.sender import Visit
from pipelines.generator.trees.common import admission, concept, diagnoses, insurance

ERX, ICD10 = "medicationprescription-productcode-erx", "medicationprescription-diagnosis-icd10"


def composition(visit: Visit) -> Obj:
    """The composition of one prescription."""
    rng = visit.rng
    return Obj(
        [
            ("Admission", admission(visit, visit.day)),
            ("Insurance", insurance(visit)),
            ("Diagnosis", diagnoses(visit, ICD10, 1) if rng.random() < 0.6 else None),
            (
                "MedicationPrescriptions",
                Obj(
                    [
                        ("Prescriber", rng.choice(visit.sender.clerks)),
                        ("IssueDate", date(visit.day)),
                        ("IssueTime", time(visit.second)),
                        ("ePrescriptionID", f"{rng.randrange(10**12):012d}"),
                        ("ExpiryDate", date(visit.day + dt.timedelta(days=30))),
                        ("Repeats", rng.randrange(3)),
                        (
                            "Orders",
                            rows("MedicationPrescriptionRowVO", [_order(visit) for _ in range(rng.randrange(1, 5))]),
                        ),
                    ]
                ),
            ),
        ]
    )


def _order(visit: Visit) -> Obj:
    rng = visit.rng
    return Obj(
        [
            ("AsNeeded", None),
            ("Priority", rng.choice(lists.PRIORITIES) if rng.random() < 0.2 else None),
            ("Substitution", None),
            ("Site", None),
            ("Method", None),
            ("ReasonCode", concept(rng.choice(lists.ENCOUNTERS)) if rng.random() < 0.05 else None),
            ("PatientInstruction", note(rng, visit.person.attributes[1][1]) if rng.random() < 0.1 else None),
            ("Ingredient", None),
            ("Shape", None),
            ("DrugName", None),
            ("ProductCode", visit.coder.item(ERX, "eRx")),
            ("DrugNameDescription", None),
            ("Dosage", quantity(rng.choice((0.5, 1, 2)), "Each")),
            ("TotalNumber", quantity(rng.randrange(1, 60), "Each")),
            ("Frequency", rng.choice(lists.FREQUENCIES)),
            ("Route", rng.choice(lists.ROUTES)),
            ("Description", None),
        ]
    )
