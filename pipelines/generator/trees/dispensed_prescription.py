"""DispensedPrescription: what a pharmacy handed out; product codes are IRC, also in compounds and replacements.

Belongs here: DispensedPrescriptionsCompositionVO. Does not: what was prescribed.
"""

from pipelines.generator import lists
from pipelines.generator.names import note
from pipelines.generator.nodes import Obj, date, quantity, rows, time
from pipelines.generator.sender import Visit
from pipelines.generator.trees.common import admission, diagnoses, insurance

IRC, ICD10 = "dispensedprescription-productcode-irc", "dispensedprescription-diagnosis-icd10"


def composition(visit: Visit) -> Obj:
    """The composition of one dispensed prescription. The published model has no diagnosis here; some send it all the same."""
    rng = visit.rng
    return Obj(
        [
            ("Admission", admission(visit, visit.day)),
            ("Insurance", insurance(visit)),
            ("DispensedPrescriptions", _prescriptions(visit)),
            ("Diagnosis", diagnoses(visit, ICD10, 1) if rng.random() < 0.3 else None),
        ]
    )


def _prescriptions(visit: Visit) -> Obj:
    rng = visit.rng
    return Obj(
        [
            ("Costs", None),
            ("InsuranceCost", quantity(rng.randrange(900) * 1000)),
            ("PatientCost", quantity(rng.randrange(900) * 1000)),
            ("TotalCost", quantity(rng.randrange(10, 900) * 1000)),
            ("PrescribingPhysicians", rng.choice(visit.sender.clerks)),
            ("PharmacyTechnicians", None),
            ("DateDispense", date(visit.day)),
            ("TimeDispense", time(visit.second)),
            ("SerialNumber", str(rng.randrange(10**5, 10**7))),
            ("ePrescriptionID", f"{rng.randrange(10**12):012d}"),
            (
                "MedicationDispensed",
                rows("MedicationDispensedVO", [_medication(visit, 0) for _ in range(rng.randrange(1, 5))]),
            ),
        ]
    )


def _medication(visit: Visit, depth: int) -> Obj:
    rng, coder = visit.rng, visit.coder
    compound = (
        rows("MedicationDispensedVO", [_medication(visit, depth + 1) for _ in range(2)])
        if depth == 0 and rng.random() < 0.06
        else None
    )
    return Obj(
        [
            ("ProductCode", coder.item(IRC, "IRC")),
            ("DrugName", None),
            ("Shape", None),
            ("Frequency", rng.choice(lists.FREQUENCIES)),
            ("Route", rng.choice(lists.ROUTES) if rng.random() < 0.6 else None),
            ("DrugNameDescription", None),
            ("Description", note(rng, visit.person.attributes[1][1]) if rng.random() < 0.05 else None),
            ("BatchNumber", str(rng.randrange(10**4, 10**6))),
            ("Dosage", quantity(rng.choice((0.5, 1, 2)), "Each")),
            ("TotalNumber", quantity(rng.randrange(1, 60), "Each")),
            ("TotalCost", quantity(rng.randrange(10, 900) * 1000)),
            ("CompoundedProduct", compound),
            ("ReplaceMedication", _medication(visit, depth + 1) if depth == 0 and rng.random() < 0.06 else None),
        ]
    )
