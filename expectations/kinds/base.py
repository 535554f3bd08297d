"""What every kind has in common, the columns it may read, and how SQL literals are written.

Belongs here: nothing that knows a terminology.
"""

import re
from typing import Annotated, ClassVar

from pydantic import AfterValidator, BaseModel, ConfigDict, StrictStr

EVIDENCE = {
    "code": "the code as sent, '' if absent",
    "code_clean": "the code with Latin digits, without outer blanks and invisible marks",
    "terminology_key": "the declared terminology id, trimmed, lower case, '' if absent",
    "title_clean": "the title with one spelling of Persian letters",
    "title_key": "the title as it is compared: no blanks, case or punctuation",
    "epoch_day": "first day of the list epoch; NULL if the exchange date is unknown",
    "list_loaded": "whether any release of the rule's terminology is loaded",
    "listed": "whether the code, exactly as sent, is in some release of the rule's terminology",
    "base_listed": "whether the part before a dot is",
    "in_force": "whether it was valid on the exchange date",
    "listed_from": "first day on which it ever was valid",
    "listed_elsewhere": "another terminology whose list holds the code, '' if none",
    "repair_kind": "what was done to the code to make it one that is listed, '' if nothing helps",
    "title_score": "0 to 100: agreement of the title with the code's title; -1 if there is nothing to compare",
    "title_code": "another code of the same list with exactly this title, '' if none",
}


def _portable(pattern: str) -> str:
    """A pattern that every engine reads alike: it compiles, and has no backslash, look-around or [:class:]."""
    for trap, instead in (("\\", "[0-9] and [.]"), ("(?", "a plain group"), ("[:", "a range such as [A-Z]")):
        if trap in pattern:
            raise ValueError(f"'{pattern}' is not portable: instead of '{trap}' write {instead}")
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"'{pattern}' is not a pattern: {error}") from error
    return pattern


Pattern = Annotated[StrictStr, AfterValidator(_portable)]


class Kind(BaseModel):
    """One way to judge. `name` is its name in rule files, `outcome` what an item gets that does not meet it."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: ClassVar[str] = ""
    outcome: ClassVar[str] = ""

    def violations(self) -> dict[str, str]:
        """Cause → SQL predicate over the evidence columns, first match wins."""
        raise NotImplementedError


def text(value: str) -> str:
    """A SQL text literal."""
    return "'" + value.replace("'", "''") + "'"


def texts(values: list[str]) -> str:
    """A SQL list of text literals, for IN."""
    return "(" + ", ".join(text(value) for value in values) + ")"


def matches(column: str, pattern: str) -> str:
    """True if the whole column matches the pattern. For cleaned columns: on some engines `$` matches before a last line break."""
    return f"regexp_like({column}, {text(f'^({pattern})$')})"
