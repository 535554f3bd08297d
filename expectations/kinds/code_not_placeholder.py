"""The code is a code, not a filler. What counts as one is listed in each rule. A listed code is never a filler."""

from typing import ClassVar

from pydantic import Field

from expectations.kinds.base import Kind, Pattern, matches


class CodeNotPlaceholder(Kind):
    """`placeholders`: patterns, in small letters, that the whole cleaned code is held against."""

    name: ClassVar[str] = "code_not_placeholder"
    outcome: ClassVar[str] = "placeholder"
    placeholders: list[Pattern] = Field(min_length=1)

    def violations(self) -> dict[str, str]:
        """See `Kind.violations`."""
        return {"filler": f"not listed and {matches('lower(code_clean)', '|'.join(self.placeholders))}"}
