"""The answer about one message: in our shape, with every finding, and in the shape of SEPAS's ValidationResultVO.

Belongs here: what an answer says. Does not: HTTP, judging. Source of the second shape: ValidationResultVO of the SDK, eight strings;
which values the official service writes there is not public, so docs/serve.md says how each is read here.
"""

import datetime as dt
from typing import Any, NamedTuple

from expectations.outcomes import FAILURES, register
from expectations.rule import Rule
from pipelines.check import Judged
from pipelines.jalali import jdate
from pipelines.landed.message import Message
from pipelines.notes import Noted
from pipelines.serve.places import Places

SHAPE = "sepas-dq/1"
ERROR_CLASSES = {
    # SepasErrorCodes (1 to 17), those that a coded item can have
    2: "MappingError", 4: "StructureError", 6: "MandatoryError", 7: "WrongData", 15: "InputDataError", 16: "DataFormatError", 17: "UnknownError",
}  # fmt: skip


class Behind(NamedTuple):
    """What the verdicts rest on: rules by id, the list policy, terminology → releases of the day."""

    rules: dict[str, Rule]
    list_policy: str
    in_force: dict[str, list[dict[str, Any]]]


def answer(
    message_id: str, message: Message, judged: list[Judged], day: dt.date, behind: Behind, places: Places | None = None, remarks: list[Noted] | None = None
) -> dict[str, Any]:
    """Our shape. `places`: where items stand in the text, `remarks`: what advice adds, both only if they were asked for."""
    rules = behind.rules
    findings = [_finding(one, message, rules[one.rule_id], places) for one in judged if one.outcome not in ("passed", "not_applicable")]
    failed = sum(one["outcome"] in FAILURES for one in findings)
    passed = sum(one.outcome == "passed" for one in judged)
    said: dict[str, Any] = {
        "shape": SHAPE,
        "message_id": message_id,
        "service": message.service,
        "judged_on": {"date": day.isoformat(), "jalali": jdate(day)},
        "accepted": not any(one["refusing"] for one in findings),
        "ok": not findings,
        "counts": {
            "items": len(message.items), "judged": failed + passed, "passed": passed, "failed": failed, "refusing": sum(one["refusing"] for one in findings),
            "not_judged": len(findings) - failed, "not_asked": len(message.items) - len(judged), "not_applicable": message.fixed_form_results,
            "private": message.private_items,
        },
        "list_policy": behind.list_policy,
        "lists": lists_of(behind.in_force, {rules[one.rule_id].terminology for one in judged}),
        "findings": findings,
    }  # fmt: skip
    if places is not None:
        right = [one for one in judged if one.outcome == "passed"]
        said["passed_items"] = [{"item_no": one.item_no, "rule_id": one.rule_id, "at": _at(one, message, places)} for one in right]
        said["private"] = places.private
    if remarks is not None:
        said["remarks"] = [_remark(one) for one in remarks]
        failing = [one for one in judged if one.outcome not in ("passed", "not_applicable")]
        for finding, one in zip(findings, failing, strict=True):
            finding["cause_class"] = one.cause_class
            finding["suggestions"] = [
                {"code": s.code, "title": s.title, "score": s.score, "reason": s.reason, "text": {"fa": s.reason_fa, "en": s.reason_en}} for s in one.suggestions
            ]
    return said


def _remark(one: Noted) -> dict[str, Any]:
    return {
        "item_no": one.item_no, "location": one.location, "note": one.note, "responsible": one.responsible,
        "title": {"fa": one.title_fa, "en": one.title_en}, "why": {"fa": one.why_fa, "en": one.why_en}, "repair": {"fa": one.repair_fa, "en": one.repair_en},
    }  # fmt: skip


def lists_of(in_force: dict[str, list[dict[str, Any]]], terminologies: set[str]) -> list[dict[str, Any]]:
    """The releases of the day behind an answer, and whether each is a stand-in, invented, or a part."""
    return [_release(release) for terminology in sorted(terminologies) for release in in_force.get(terminology, [])]


def _release(release: dict[str, Any]) -> dict[str, Any]:
    return {
        "terminology": release["terminology"], "release": release["release"], "valid_from": release["valid_from"], "codes": release["rows"],
        "stand_in": bool(release.get("stand_in")), "synthetic": bool(release.get("synthetic")), "partial": bool(release.get("partial")),
    }  # fmt: skip


def _finding(one: Judged, message: Message, rule: Rule, places: Places | None) -> dict[str, Any]:
    meaning = register().outcomes[one.outcome]
    after = one.phase == "after"
    return {
        "item_no": one.item_no,
        "location": one.location,
        "path": one.path,
        "at": _at(one, message, places),
        "sent": {"terminology_id": one.terminology_id, "code": one.code, "title": one.title},
        "rule": {
            "id": one.rule_id, "terminology": rule.terminology, "service": rule.service, "field": rule.field, "title": _both(rule.title),
            "letter": rule.directive.letter, "row": rule.directive.row, "starts_on": {"date": rule.start.isoformat(), "jalali": rule.starts_on},
        },
        "reading": one.reading,
        "outcome": one.outcome,
        "outcome_name": _both(meaning.name),
        "cause": one.cause,
        "error_class": {"number": one.error_class, "name": ERROR_CLASSES.get(one.error_class or 0, "UnknownError")},
        "responsible": one.responsible,
        "phase": one.phase,
        "refusing": after and one.reading == "literal" and one.outcome in FAILURES,
        "reason": {"fa": one.reason_fa, "en": one.reason_en},
        "repair": {"fa": one.repair_fa, "en": one.repair_en},
        "suggested_code": one.suggested_code,
        "notes": one.notes,
    }  # fmt: skip


def _at(one: Judged, message: Message, places: Places | None) -> dict[str, int] | None:
    return places.items.get(message.items[one.item_no - 1].element_no) if places else None


def _both(text: Any) -> dict[str, str]:
    return {"fa": text.fa, "en": text.en}


def validation_results(said: dict[str, Any]) -> list[dict[str, str]]:
    """The findings of an answer as ValidationResultVO, one object each, in order; no finding, no object."""
    return [_result(said["message_id"], one) for one in said["findings"]]


def first_result(said: dict[str, Any]) -> dict[str, str]:
    """One ValidationResultVO, as the SDK's service answers: the first refusing finding; all blank but the id where the message may be sent."""
    refusing = next((one for one in said["findings"] if one["refusing"]), None)
    return _result(said["message_id"], refusing) if refusing else dict.fromkeys(_FIELDS, "") | {"MessageID": said["message_id"]}


_FIELDS = (
    "MessageID", "ErrorMessage", "NormalizedErrorMessage", "ErrorCategoryType", "ErrorCategoryCritical", "ErrorCategorySource",
    "ErrorDescription", "ErrorSolution",
)  # fmt: skip


def _result(message_id: str, one: dict[str, Any]) -> dict[str, str]:
    """How each field is read: docs/serve.md, «ValidationResultVO»."""
    suggested = one["suggested_code"]
    hint_fa, hint_en = (f" کد پیشنهادی: {suggested}", f" Suggested code: {suggested}") if suggested else ("", "")
    values = (
        message_id,
        f"{one['reason']['fa']} ({one['location'] or one['path']})",
        f"{one['outcome']}/{one['cause']}",
        one["error_class"]["name"],
        "true" if one["refusing"] else "false",
        one["responsible"] or "",
        f"{one['reason']['en']} ({one['location'] or one['path']}; rule {one['rule']['id']}, letter {one['rule']['letter']}, row {one['rule']['row']})",
        f"{one['repair']['fa']}{hint_fa} / {one['repair']['en']}{hint_en}",
    )
    return dict(zip(_FIELDS, values, strict=True))
