"""The title says what the code says, after Persian normalisation. A failure of its own, never of the code.

A title that is exactly another code's title is a mismatch at any similarity; otherwise the similarity decides. A blank
title, or one in a script the list has no title in, is not compared. A dotted code that is right because its base is listed
may carry the base's title.
"""

from typing import ClassVar

from pydantic import Field

from expectations.kinds.base import Kind


class TitleAgrees(Kind):
    """`at_least`: similarity, 0 to 100, from which two titles are held to say the same."""

    name: ClassVar[str] = "title_agrees"
    outcome: ClassVar[str] = "title_mismatch"
    at_least: int = Field(ge=1, le=100)

    def violations(self) -> dict[str, str]:
        """See `Kind.violations`."""
        return {
            "title_of_another_code": "title_code <> '' and title_score < 100 and (listed or split_part(code, '.', 1) <> title_code)",
            "title_differs": f"title_score >= 0 and title_score < {self.at_least}",
        }
