"""PatientBill: the bill of one patient, with other costs, wards, services (IRC or RVU3) and diagnoses.

Belongs here: BillPatientCompositionVO. Does not: admission, insurance and diagnoses, which `common` has.
"""

from pipelines.generator import lists
from pipelines.generator.names import note
from pipelines.generator.nodes import Coded, Obj, Rows, date, quantity, rows, time
from pipelines.generator.sender import Visit
from pipelines.generator.trees.common import WARD, admission, diagnoses, insurance, other_costs

IRC, RVU3, ICD10 = "patientbill-service-irc", "patientbill-service-rvu3", "patientbill-diagnosis-icd10"


def composition(visit: Visit) -> Obj:
    """The composition of one bill."""
    rng = visit.rng
    inpatient = rng.random() < 0.35
    day = visit.earlier(8 if inpatient else 2)
    died = inpatient and rng.random() < 0.03
    discharge = Obj(
        [
            ("DischargeTime", time(visit.second)),
            ("DischargeDate", date(visit.day)),
            ("ConditionOnDischarge", lists.DIED if died else rng.choice(lists.CONDITIONS)),
        ]
    )
    insured = rng.random() < 0.9
    return Obj(
        [
            ("Admission", admission(visit, day, inpatient, judged_ward=True)),
            ("Discharge", discharge if inpatient or rng.random() < 0.6 else None),
            ("BillSummary", _summary(visit, inpatient)),
            (
                "BillServices",
                rows(
                    "ServiceDetailsVO",
                    [_service(visit, 0) for _ in range(1 + int(rng.random() ** 2 * (9 if inpatient else 4)))],
                ),
            ),
            ("Insurance", rows("InsuranceVO", [insurance(visit, bill=True)]) if insured else None),
            ("Death", _death(visit) if died else None),
            ("Diagnosis", diagnoses(visit, ICD10)),
        ]
    )


def _summary(visit: Visit, inpatient: bool) -> Obj:
    rng = visit.rng
    return Obj(
        [
            ("TotalOtherCosts", other_costs(visit, rng.randrange(1, 3))),
            ("Insurer", rng.choice(lists.INSURERS)),
            ("InsurerBox", rng.choice(lists.BOXES)),
            ("TotalBasicInsuranceContribution", quantity(rng.randrange(900) * 1000)),
            ("HospitalAccreditation", rng.randrange(5)),
            ("MedicalRecordType", lists.RECORD_TYPES[0 if inpatient else 1]),
            ("TotalPatientContribution", quantity(rng.randrange(900) * 1000)),
            ("TotalCharge", quantity(rng.randrange(100, 9000) * 1000)),
            ("GlobalPackage", visit.coder.plain("RVU3") if rng.random() < 0.03 else None),
            ("ServiceGroupRow", rows("ServiceGroupRowVO", [_group(visit) for _ in range(rng.randrange(1, 3))])),
        ]
    )


def _group(visit: Visit) -> Obj:
    rng = visit.rng
    return Obj(
        [
            ("PatientContribution", quantity(rng.randrange(900) * 1000)),
            ("OtherCosts", other_costs(visit, rng.randrange(2))),
            ("BasicInsuranceContribution", quantity(rng.randrange(900) * 1000)),
            ("ServiceCount", quantity(rng.randrange(1, 9), "Each")),
            ("ServiceType", rng.choice(lists.SERVICE_TYPES)),
            ("TotalCharge", quantity(rng.randrange(100, 9000) * 1000)),
        ]
    )


def _service(visit: Visit, depth: int) -> Obj:
    rng, coder = visit.rng, visit.coder
    service, kind, related = _what(visit, depth)
    return Obj(
        [
            ("OtherCosts", other_costs(visit, rng.choice((0, 1, 1, 2)) if depth == 0 else int(rng.random() < 0.3))),
            ("BasicInsuranceContribution", quantity(rng.randrange(900) * 1000)),
            ("ServiceCount", quantity(rng.randrange(1, 5), "Each")),
            ("PatientContribution", quantity(rng.randrange(900) * 1000)),
            ("Service", service),
            ("EndDate", date(visit.day)),
            ("EndTime", None),
            ("ServiceType", kind),
            ("TotalCharge", quantity(rng.randrange(10, 900) * 1000)),
            ("ServiceProvider", rng.choice(visit.sender.doctors) if rng.random() < 0.5 else None),
            ("StartDate", date(visit.day)),
            ("StartTime", None),
            ("WardType", coder.item(WARD, "thritaEHR.WardType") if rng.random() < 0.4 else None),
            ("WardName", note(rng, "بخش") if rng.random() < 0.1 else None),
            ("Room", None),
            ("Bed", None),
            (
                "RelativeCost",
                rows(
                    "RelativeCostVO",
                    [Obj([("KValue", rng.choice((0.5, 1.5, 2.25, 3.1))), ("KType", rng.choice(lists.K_TYPES))])],
                )
                if related
                else None,
            ),
            ("RelatedService", related),
            ("PKID", str(rng.randrange(10**6, 10**8))),
            ("ExtraLocation", None),
        ]
    )


def _what(visit: Visit, depth: int) -> tuple[Coded, Coded | None, Rows | None]:
    """Service, its type, and related services: a drug or supply by IRC, or a service by RVU3 with its modifiers."""
    rng, coder = visit.rng, visit.coder
    if depth:
        kind = rng.choice(lists.SERVICE_TYPES) if rng.random() < 0.7 else None
        return coder.item(RVU3, "RVU3", coder.lists["RVU3"].modifier(visit.day, rng)), kind, None
    if rng.random() < 0.4:
        return coder.item(IRC, "IRC"), rng.choice(lists.SUPPLY_TYPES), None
    related = (
        rows("ServiceDetailsVO", [_service(visit, 1) for _ in range(rng.randrange(1, 3))])
        if rng.random() < 0.15
        else None
    )
    return coder.item(RVU3, "RVU3"), rng.choice(lists.SERVICE_TYPES), related


def _death(visit: Visit) -> Obj:
    coder = visit.coder
    cause = Obj([("Cause", coder.item(ICD10, "ICD10")), ("Status", lists.DEATH_CAUSE_STATUS)])
    return Obj(
        [
            ("DeathDate", date(visit.day)),
            ("DeathTime", time(visit.second)),
            ("DeathLocation", lists.DEATH_PLACE),
            ("HospitalWard", coder.item(WARD, "thritaEHR.WardType")),
            ("Cause", rows("CauseVO", [cause])),
        ]
    )
