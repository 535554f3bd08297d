"""ImagingPrescription: imaging a doctor asked for, by LNC.

Belongs here: ImagingPrescriptionCompositionVO. Does not: laboratory orders.
"""

import datetime as dt

from pipelines.generator import lists
from pipelines.generator.names import note
from pipelines.generator.nodes import Obj, date, date_time, identifier, rows
from pipelines.generator.sender import Visit
from pipelines.generator.trees.common import admission, diagnoses, insurance

LNC, ICD10 = "imagingprescription-service-lnc", "imagingprescription-diagnosis-icd10"


def composition(visit: Visit) -> Obj:
    """The composition of one order for imaging."""
    rng = visit.rng
    orders = rows("ImagingPrescriptionRowVO", [_order(visit) for _ in range(rng.randrange(1, 3))])
    return Obj(
        [
            ("Admission", admission(visit, visit.day)),
            ("Insurance", insurance(visit)),
            ("Diagnosis", diagnoses(visit, ICD10, 1)),
            (
                "ServicePrescriptions",
                Obj(
                    [
                        ("Note", note(rng, visit.person.attributes[1][1]) if rng.random() < 0.1 else None),
                        ("Status", None),
                        ("Priority", rng.choice(lists.PRIORITIES)),
                        ("Prescriber", rng.choice(visit.sender.clerks)),
                        ("IssueDateTime", date_time(visit.day, visit.second)),
                        ("ePrescriptionID", identifier("IHIO", str(rng.randrange(10**9, 10**10)), "HID")),
                        ("ExpiryDate", date(visit.day + dt.timedelta(days=60))),
                        ("Orders", orders),
                    ]
                ),
            ),
        ]
    )


def _order(visit: Visit) -> Obj:
    site = Obj([("BodySite", visit.rng.choice(lists.BODY_SITES)), ("Laterality", None)])
    return Obj(
        [
            ("Service", visit.coder.item(LNC, "LNC")),
            ("ServiceDetail", None),
            ("AnatomicalLocation", rows("AnatomicalLocationVO", [site]) if visit.rng.random() < 0.6 else None),
            ("Note", None),
            ("PatientInstruction", None),
        ]
    )
