"""The class of a cause: what kind of trouble it is. Most causes say it themselves; some need a look at the coding.

Belongs here: that look. The classes stand in expectations/suggestions.yaml, the class of each cause in outcomes.yaml.
"""

from expectations.suggestions import class_of
from pipelines.findings.suggesting.case import Case
from pipelines.findings.suggesting.gather import Lists
from pipelines.findings.suggesting.weigh import Suggestion

UNDECIDED = {"local_terminology", "mislabelled", "code_of_another_list", "truncated", "text_as_code", "wrong_shape", "not_listed", "title_of_another_code", "title_differs"}
SURE, FAINT = 0.5, 0.1
TELLING = ("map", "title", "title_shared", "title_and_code")  # reasons that tell the kind of trouble even where many codes are as likely
# lists that code the same things: a code of one in a field of another was taken from the wrong list, not from another field
KIN = (
    {"IRC", "eRx", "GenericCode", "GTIN", "RVU3"},  # what a bill's Service may be; drugs
    {"LNC", "RVU3"},
    {"ICD10"},
    {"thritaEHR.WardType"},
    {"thritaEHR.otherCost"},
)


def cause_class(case: Case, lists: Lists, suggestions: list[Suggestion]) -> str:
    """One of `expectations.outcomes.CAUSE_CLASSES`."""
    known = class_of(case.cause)
    if case.cause not in UNDECIDED:
        return known
    best = suggestions[0] if suggestions and (suggestions[0].score >= SURE or suggestions[0].reason in TELLING) else None
    held = _held(case, lists)
    if best and best.reason == "map" and (best.score >= FAINT or not case.titles):
        return "wrong_list"
    if case.cause == "mislabelled":
        return "local_code" if best and best.code != case.code else known
    if best and (relation := _relation(case, best)):
        return relation
    if held:
        return "wrong_list" if any(case.terminology in kin and kin & held for kin in KIN) else "wrong_field"
    if case.wordy:
        return "typed_label"
    if case.cause == "truncated" and best and best.reason.startswith("title"):
        return "local_code"
    return known


def _held(case: Case, lists: Lists) -> set[str]:
    """The other lists that hold the code as sent. A code said to be a local one may be in such a list by chance."""
    held = set(lists.holders.get((case.terminology, case.tidy), {})) - {case.terminology}
    said = {name for name in held if name.lower() == case.declared}
    return held if case.declared == case.terminology.lower() else said


def _relation(case: Case, best: Suggestion) -> str:
    """How the code sent came of the one that was meant, if it did."""
    from pipelines.findings.suggesting.likeness import edits

    listed = best.code.replace(".", "").replace("-", "")
    if best.code == case.code or not case.tight:
        return ""
    if best.reason.startswith("repair_"):
        return "swapped" if best.reason == "repair_swapped" else "format"
    if len(case.tight) < len(listed) and listed.startswith(case.tight) and len(case.tight) >= 2:
        return "truncation"
    return "format" if edits(case.tight, listed) <= (1 if len(listed) < 8 else 2) else ""
