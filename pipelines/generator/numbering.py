"""Numbers the coded items of a tree as `docs/architecture.md` says: 1, 2, 3 … in document order, outside Person.

Belongs here: the walk over our own tree that says where each judged item stands. Does not: reading of any written message.
"""

from typing import Any, NamedTuple

from pipelines.generator.nodes import Coded, Obj, Rows, Verdict

NOT_APPLICABLE = Verdict("labresult-testname-lnc", "not_applicable", "fixed_form", None)


class Judged(NamedTuple):
    """A judged item of one message; `item_no` is None for a laboratory result in fixed form."""

    path: str
    item_no: int | None
    verdict: Verdict
    sent: Coded | None = None

    @property
    def code(self) -> str | None:
        """The code as sent."""
        return self.sent.code if self.sent else None


def judged_items(top: list[tuple[str, Obj]], fixed_forms: bool) -> tuple[list[Judged], int]:
    """The judged items of a message, and how many coded items it has outside Person.

    `fixed_forms`: add one `not_applicable` row for each result that is not a GeneralLaboratoryResultVO.
    """
    found: list[Judged] = []
    count = 0
    for name, child in top:
        if name != "Person":
            count = _walk(child.fields, name, count, found, fixed_forms)
    return found, count


def _walk(fields: list[tuple[str, Any]], path: str, count: int, found: list[Judged], fixed_forms: bool) -> int:
    for name, value in fields:
        kind = type(value)
        if kind is Coded:
            count += 1
            if value.verdict is not None:
                found.append(Judged(f"{path}/{name}", count, value.verdict, value))
        elif kind is Obj:
            if value.shared:
                count += _items_within(value)
            elif value.fields:
                count = _walk(value.fields, f"{path}/{name}", count, found, fixed_forms)
        elif kind is Rows:
            below = f"{path}/{name}"
            for xsi_type, row in value.rows:
                if fixed_forms and name == "LabResult" and xsi_type != "GeneralLaboratoryResultVO":
                    found.append(Judged(below, None, NOT_APPLICABLE))
                count = _walk(row.fields, below, count, found, fixed_forms)
    return count


def _items_within(shared: Obj) -> int:
    number: int | None = shared.cache.get("items")
    if number is None:
        number = shared.cache["items"] = _walk(shared.fields, "", 0, [], False)
    return number
