"""The item declares the terminology the directive demands. Ids are compared without case (the wild has three spellings of one)."""

from typing import ClassVar

from pydantic import Field, StrictStr

from expectations.kinds.base import Kind, texts


class TerminologyAllowed(Kind):
    """`ids`: the terminology ids that may stand in this field."""

    name: ClassVar[str] = "terminology_allowed"
    outcome: ClassVar[str] = "terminology_not_allowed"
    ids: list[StrictStr] = Field(min_length=1)

    def violations(self) -> dict[str, str]:
        """See `Kind.violations`."""
        other = f"terminology_key not in {texts([name.lower() for name in self.ids])}"
        return {"mislabelled": f"{other} and listed", "local_terminology": other}
