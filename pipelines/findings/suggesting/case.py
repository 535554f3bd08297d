"""What is asked of the lists: a failing coding in the forms its code and title are looked up by.

Belongs here: reading a coding. Does not: looking anything up.
"""

import datetime as dt
import re
from dataclasses import dataclass, field

from pipelines.findings.repairs import tidied
from pipelines.findings.suggesting.likeness import parts

_NOT_TIGHT = re.compile("[^0-9A-Z]")
_EXPONENT = re.compile("([0-9])[.,]?([0-9]*)E[+]?[0-9]+")
_LETTERS = re.compile(r"[^\W\d_]")


@dataclass
class Case:
    """One distinct thing that failed. `tidy`: the code in Latin digits and capitals, without blanks; `tight`: without separators too."""

    terminology: str
    code: str
    title: str
    declared: str
    day: dt.date | None
    cause: str
    suggested: str | None
    coding_ids: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.tidy = tidied(self.code).upper()
        exponent = _EXPONENT.fullmatch(self.tidy)
        # the last digit of an exponent form is rounded: what stands before it is the beginning of the code
        self.tight = (exponent[1] + exponent[2])[:-1] if exponent else "" if self.wordy else _NOT_TIGHT.sub("", self.tidy)

    @property
    def wordy(self) -> bool:
        """The code field holds words: at least four letters, more letters than digits."""
        letters = len(_LETTERS.findall(self.tidy))
        return letters >= 4 and letters > sum(c.isdigit() for c in self.tidy)

    @property
    def titles(self) -> list[str]:
        """What names the thing meant: the title sent, and the words in the code field."""
        named = [self.title] if parts(self.title)[0] else []
        if self.wordy and parts(self.code)[0] not in [parts(title)[0] for title in named]:
            named.append(self.code)
        return named


def cases(rows: list[tuple]) -> list[Case]:
    """Rows of `asked.sql` as cases; codings that differ in their rule alone are one case."""
    found: dict[tuple, Case] = {}
    for coding_id, *parts_of in rows:
        key = tuple(parts_of)
        if key not in found:
            found[key] = Case(*parts_of)
        found[key].coding_ids.append(coding_id)
    return list(found.values())
