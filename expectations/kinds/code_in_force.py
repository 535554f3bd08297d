"""The code was valid on the exchange date, not merely known. A code that is in no release is not this kind's business."""

from typing import ClassVar

from pydantic import StrictStr

from expectations.kinds.base import Kind, texts


class CodeInForce(Kind):
    """`always`: codes that need no list (RVU3 modifiers)."""

    name: ClassVar[str] = "code_in_force"
    outcome: ClassVar[str] = "not_in_force"
    always: list[StrictStr] = []

    def violations(self) -> dict[str, str]:
        """See `Kind.violations`."""
        out = "(listed or base_listed) and not in_force"
        if self.always:
            out += f" and code not in {texts(self.always)}"
        return {"not_yet_in_force": f"{out} and coalesce(epoch_day < listed_from, false)", "retired": out}
