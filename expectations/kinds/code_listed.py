"""The code is in some release of its terminology's list, exactly as sent."""

from typing import ClassVar

from pydantic import StrictStr

from expectations.kinds.base import Kind, texts


class CodeListed(Kind):
    """`always`: codes that are right in any release (RVU3 modifiers); `dotted`: a listed code with a dotted suffix is right."""

    name: ClassVar[str] = "code_listed"
    outcome: ClassVar[str] = "unknown"
    always: list[StrictStr] = []
    dotted: bool = False

    def violations(self) -> dict[str, str]:
        """See `Kind.violations`."""
        absent = "not listed"
        if self.dotted:
            absent += " and not base_listed"
        if self.always:
            absent += f" and code not in {texts(self.always)}"
        return {"code_of_another_list": f"{absent} and listed_elsewhere <> ''", "not_listed": absent}
