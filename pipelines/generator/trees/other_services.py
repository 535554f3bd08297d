"""Services the letter does not name, which carry diagnoses all the same: SIYABReport and PathologyReport.

Belongs here: their compositions. Does not: the six services.
"""

from pipelines.generator.names import note
from pipelines.generator.nodes import Coded, Obj, Rows, rows
from pipelines.generator.sender import Visit
from pipelines.generator.trees.common import admission, diagnoses, insurance
from pipelines.generator.trees.lab_result import lab_request, result_head

ICD10 = "otherservices-diagnosis-icd10"


def siyab(visit: Visit) -> Obj:
    """A report of a health house: questions, answers, diagnoses."""
    rng = visit.rng
    questions = [_question(visit, f"3.{rng.randrange(30, 60)}") for _ in range(rng.randrange(2, 5))]
    return Obj(
        [
            ("Questionnaire", Rows("QuestionnaireVO", questions)),
            ("Admission", admission(visit, visit.day)),
            ("Diagnosis", diagnoses(visit, ICD10, 1)),
        ]
    )


def _question(visit: Visit, number: str) -> tuple[str, Obj]:
    category = Coded("پرسش‌های نمونه", "thritaEHR.QuestionCategory", "3")
    question = Coded("پرسش نمونه", "thritaEHR.QuestionCode", number)
    if visit.rng.random() < 0.5:
        return "QuestionnaireBooleanVO", Obj(
            [("QuestionCategory", category), ("QuestionCode", question), ("Answer", True)]
        )
    answer = Coded("بلی", "thritaEHR.Answer", "985")
    return "QuestionnaireCSVO", Obj([("QuestionCategory", category), ("QuestionCode", question), ("Answer", answer)])


def pathology(visit: Visit) -> Obj:
    """A pathology report: root of a LabResult, with PathologyVO among its results."""
    finding = Obj(
        [
            ("DiagnosisDescription", None),
            ("Diagnosis", visit.coder.item(ICD10, "ICD10")),
            ("Topography", Coded("COLON", "ICD-O-3", "C18")),
            ("Morphology", Coded("Carcinoma, NOS", "ICD-O-3", "8010/3")),
        ]
    )
    text = note(visit.rng, visit.person.attributes[1][1])
    result = Obj(
        [
            *result_head(visit, True),
            ("MicroscopicExamination", text),
            ("PathologyDiagnosis", rows("PathologyDiagnosisVO", [finding])),
        ]
    )
    return Obj(
        [
            ("LabRequest", lab_request(visit)),
            ("Admission", admission(visit, visit.earlier(3))),
            ("LabResult", Rows("LabTestResultVO", [("PathologyVO", result)])),
            ("Diagnosis", diagnoses(visit, ICD10, 1)),
            ("Insurance", rows("InsuranceVO", [insurance(visit)])),
        ]
    )
