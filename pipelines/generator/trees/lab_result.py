"""LabResult: results of a laboratory; general ones name their test by LNC, fixed forms (blood count, sugar …) do not.

Belongs here: LaboratoryResultCompositionVO and its result classes. Does not: pathology reports (`other_services`).
"""

from pipelines.generator import lists
from pipelines.generator.names import note
from pipelines.generator.nodes import Coded, Fields, Obj, Rows, date, date_time, quantity, rows, time
from pipelines.generator.sender import Visit
from pipelines.generator.trees.common import admission, diagnoses, insurance

LNC, ICD10 = "labresult-testname-lnc", "labresult-diagnosis-icd10"
_FIXED = {
    "CBCVO": (("WBC", "10*3/uL"), ("RBC", "10*6/uL"), ("HGB", "g/dL"), ("HCT", "%")),
    "BloodSugarVO": (("FBS", "mg/dL"), ("HbA1C", "%")),
    "BloodLipidsVO": (("TotalCholesterol", "mg/dL"), ("HDL", "mg/dL"), ("LDL", "mg/dL")),
    "LiverFunctionVO": (("AST", "U/L"), ("ALT", "U/L")),
}


def composition(visit: Visit) -> Obj:
    """The composition of one report of results."""
    rng = visit.rng
    results = [_fixed(visit) if rng.random() < 0.25 else _general(visit) for _ in range(rng.randrange(1, 4))]
    return Obj(
        [
            ("LabRequest", lab_request(visit)),
            ("Admission", admission(visit, visit.earlier(2))),
            ("Diagnosis", diagnoses(visit, ICD10, 1)),
            ("Insurance", rows("InsuranceVO", [insurance(visit)])),
            ("LabResult", Rows("LabTestResultVO", results)),
        ]
    )


def lab_request(visit: Visit) -> Obj:
    """The request, with its specimen."""
    rng = visit.rng
    kind = rng.choice(lists.SPECIMENS)
    return Obj(
        [
            ("SpecimenDate", date(visit.day)),
            ("SpecimenTime", time(visit.second)),
            ("SpecimenType", kind),
            ("SpecimenCode", str(rng.randrange(10**6, 10**8))),
            ("Specimen", None),
        ]
    )


def result_head(visit: Visit, protocol: bool = False) -> Fields:
    """What every result begins with: when, which specimen, by which protocol."""
    rng = visit.rng
    specimen = Obj(
        [("SpecimenTissueType", rng.choice(lists.SPECIMENS)), ("SpecimenIdentifier", str(rng.randrange(10**6, 10**8)))]
    )
    method = Obj(
        [
            ("ReceiptDate", date(visit.day)),
            ("ProcessDate", date(visit.day)),
            ("Method", rng.choice(lists.METHODS)),
            ("MethodDescription", None),
        ]
    )
    return [
        ("DateTimeResult", date_time(visit.day, visit.second)),
        ("Specimen", specimen),
        ("protocol", method if protocol else None),
    ]


def _fixed(visit: Visit) -> tuple[str, Obj]:
    rng = visit.rng
    name = rng.choice(tuple(_FIXED))
    values: Fields = [(part, quantity(rng.randrange(10, 3000) / 10, unit)) for part, unit in _FIXED[name]]
    return name, Obj(
        [
            *result_head(visit),
            *values,
            ("Comment", note(rng, visit.person.attributes[1][1]) if rng.random() < 0.1 else None),
        ]
    )


def _general(visit: Visit) -> tuple[str, Obj]:
    rng = visit.rng
    panel = visit.coder.plain("LNC") if rng.random() < 0.3 else None
    listed = [_row(visit, number + 1) for number in range(rng.randrange(1, 5))]
    return "GeneralLaboratoryResultVO", Obj(
        [
            *result_head(visit, rng.random() < 0.2),
            ("LaboratoryPanel", panel),
            ("LaboratoryResultRow", Rows("LaboratoryResultRowVO", listed)),
        ]
    )


def _row(visit: Visit, number: int) -> tuple[str, Obj]:
    rng = visit.rng
    kind = rng.choice(("Quantity", "Quantity", "Quantity", "Coded", "Ordinal", "Boolean"))
    level = rng.randrange(4)
    results: dict[str, Coded | Obj | bool] = {
        "Quantity": quantity(rng.randrange(10, 3000) / 10, "mg/dL"),
        "Coded": lists.CODED_RESULTS[level % 2],
        "Ordinal": Obj([("Symbol", lists.ORDINALS[level]), ("Value", level)]),
        "Boolean": level > 1,
    }
    return f"LaboratoryResultRow{kind}VO", Obj(
        [
            ("TestName", visit.coder.item(LNC, "LNC")),
            ("TestPanel", visit.coder.plain("LNC") if rng.random() < 0.1 else None),
            ("TestSequence", number),
            ("Comment", None),
            ("Status", None),
            ("ResultStatus", lists.RESULT_STATUS if rng.random() < 0.5 else None),
            ("TestResult", results[kind]),
        ]
    )
