"""The shapes of requests and answers as OpenAPI shows them. Answers are written by `answers.py`; a test holds them against these models.

Belongs here: models and examples for documentation. Does not: anything that runs for a request.
"""

from typing import Any

from pydantic import BaseModel, ConfigDict

from expectations.rule import Rule

DESCRIPTION = """Asks, before a message is sent to SEPAS, what the directive 1927/110/د demands of its coded items. Every finding is answered,
with reason and repair in Persian and English, in our shape and as ValidationResultVO. Nothing of a message is stored or logged.
پیش از ارسال پیام به سپاس بپرسید؛ همهٔ یافته‌ها با دلیل و راه اصلاح پاسخ داده می‌شود و چیزی از پیام نگه داشته نمی‌شود."""
PARAMETERS = ("on", "operation", "shape", "places", "advice")


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Both(Model):
    fa: str
    en: str


class Day(Model):
    date: str
    jalali: str


class At(Model):
    """UTF-16 code units from the start of the text; line and column begin at 1."""

    line: int
    column: int
    start: int
    end: int


class Sent(Model):
    terminology_id: str | None
    code: str | None
    title: str | None


class RuleOf(Model):
    id: str
    terminology: str
    service: str
    field: str
    title: Both
    letter: str
    row: int
    starts_on: Day


class ErrorClass(Model):
    number: int | None
    name: str


class Suggestion(Model):
    code: str
    title: str
    score: float
    reason: str
    text: Both


class Remark(Model):
    item_no: int
    location: str
    note: str
    responsible: str
    title: Both
    why: Both
    repair: Both


class Finding(Model):
    item_no: int
    location: str
    path: str
    at: At | None
    sent: Sent
    rule: RuleOf
    reading: str
    outcome: str
    outcome_name: Both
    cause: str
    error_class: ErrorClass
    responsible: str | None
    phase: str
    refusing: bool
    reason: Both
    repair: Both
    suggested_code: str | None
    notes: list[str]
    cause_class: str | None = None
    suggestions: list[Suggestion] | None = None


class Counts(Model):
    items: int
    judged: int
    passed: int
    failed: int
    refusing: int
    not_judged: int
    not_asked: int
    not_applicable: int
    private: int


class ListOf(Model):
    terminology: str
    release: str
    valid_from: str
    codes: int
    stand_in: bool
    synthetic: bool
    partial: bool


class Passed(Model):
    item_no: int
    rule_id: str
    at: At | None


class ValidationResultVO(Model):
    MessageID: str
    ErrorMessage: str
    NormalizedErrorMessage: str
    ErrorCategoryType: str
    ErrorCategoryCritical: str
    ErrorCategorySource: str
    ErrorDescription: str
    ErrorSolution: str


class Answer(Model):
    shape: str
    message_id: str
    service: str
    judged_on: Day
    accepted: bool
    ok: bool
    counts: Counts
    list_policy: str
    lists: list[ListOf]
    findings: list[Finding]
    passed_items: list[Passed] | None = None
    private: list[At] | None = None
    remarks: list[Remark] | None = None
    validation_results: list[ValidationResultVO] | None = None


class Error(Model):
    reason: str
    status: int
    message: Both
    next: Both
    detail: str


class Failure(Model):
    error: Error


class Lists(Model):
    on: Day
    list_policy: str
    lists: list[ListOf]


class Health(Model):
    ok: bool
    rules: int
    lists: str
    today: str


def rule_of(rule: Rule) -> dict[str, Any]:
    """A rule as the service tells of it."""
    return {
        "id": rule.id, "terminology": rule.terminology, "service": rule.service, "field": rule.field, "title": {"fa": rule.title.fa, "en": rule.title.en},
        "letter": rule.directive.letter, "row": rule.directive.row, "starts_on": {"date": rule.start.isoformat(), "jalali": rule.starts_on},
    }  # fmt: skip


_XML = '<PatientBillMessageVO xmlns="http://thrita.behdasht.gov.ir/VM/"><Composition><Diagnosis><DiagnosisVO><Diagnosis Value="" Terminology_id="ICD10" Coded_string="I10"/></DiagnosisVO></Diagnosis></Composition></PatientBillMessageVO>'
_TEXT = {"schema": {"type": "string"}, "example": _XML}
_LINES = {"schema": {"type": "string"}, "example": '{"id": "1", "message": {"Composition": {}}, "operation": "SavePatientBill"}\n'}
MESSAGE_BODY = {
    "requestBody": {
        "required": True, "description": "The message itself, as it would be sent: XML in any dialect, SOAP, or JSON.",
        "content": {"application/xml": _TEXT, "text/xml": _TEXT, "application/json": {"schema": {"type": "object"}}, "text/plain": _TEXT},
    }
}  # fmt: skip
BATCH_BODY = {
    "requestBody": {
        "required": True, "description": "NDJSON, one message or row a line, or a JSON array of them.",
        "content": {"application/x-ndjson": _LINES, "application/json": {"schema": {"type": "array", "items": {}}}},
    }
}  # fmt: skip
_ERRORS: dict[int | str, dict[str, Any]] = {
    status: {"model": Failure, "description": text}
    for status, text in (
        (400, "not proper HTTP"), (408, "did not arrive in time"), (413, "larger than allowed"), (415, "compressed"), (422, "cannot be read, or a parameter is not accepted"),
        (429, "more requests than allowed"), (503, "full at the moment"),
    )
}  # fmt: skip
_ASKED: dict[int | str, dict[str, Any]] = {status: _ERRORS[status] for status in (400, 422, 429, 503)}
MESSAGE_RESPONSES = _ERRORS | {200: {"model": Answer | list[ValidationResultVO] | ValidationResultVO, "description": "Every finding"}}
BATCH_RESPONSES = _ERRORS | {200: {"description": "One line an entry: line, id, answer or error", "content": {"application/x-ndjson": {"schema": {"type": "string"}}}}}
RULES_RESPONSES = _ASKED | {200: {"model": list[RuleOf], "description": "The rules"}}
LISTS_RESPONSES = _ASKED | {200: {"model": Lists, "description": "The lists"}}
HEALTH_RESPONSES = _ASKED | {200: {"model": Health, "description": "It answers"}}
