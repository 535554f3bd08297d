"""The item carries a code and says of which terminology. Both parts are mandatory (SEPAS: «DO_CODED_TEXT is not Complete»)."""

from typing import ClassVar

from expectations.kinds.base import Kind


class CodePresent(Kind):
    """Code and terminology id are not blank. A blank title is a note, not a fault of the code."""

    name: ClassVar[str] = "code_present"
    outcome: ClassVar[str] = "incomplete"

    def violations(self) -> dict[str, str]:
        """See `Kind.violations`."""
        return {"code_missing": "code_clean = ''", "terminology_missing": "terminology_key = ''"}
