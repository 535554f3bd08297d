"""What a code of a terminology looks like, and what becomes of one that does not: repaired where only one code can be meant.

Belongs here: the form of single codes. Does not: titles, columns, files.
A form is demanded only of a list in which most codes have it: whoever keeps another form is taken as they are.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable

from pipelines import persian
from pipelines.terminologies.cells import A_DATE, LOST_DIGITS

_FORMS = {
    "IRC": (re.compile(r"[0-9]{16}"), "not 16 digits"),
    "RVU3": (re.compile(r"[#*+ ]*[0-9]{6}[#*+ ]*"), "not 6 digits"),
    "LNC": (re.compile(r"[0-9]{1,6}-[0-9]"), "not of LOINC's form 12345-6"),
    "ICD10": (re.compile(r"[A-Za-z][0-9]{2}([.]?[0-9]{1,2})?([.]?-)?[†+*]?"), "a chapter, a block or no ICD-10 code"),
}
_BLANK = {"", "NULL", "NAN", "NONE", "-"}
_LOST = "code stored as a number of more than 15 digits: a spreadsheet loses its last digits"
_ICD_MARKS = {"†": "dagger", "+": "dagger", "*": "asterisk"}


def fits(terminology: str, code: str | None) -> bool:
    """True if a code has the form of its terminology; False where a terminology has no form."""
    return bool(code and terminology in _FORMS and _FORMS[terminology][0].fullmatch(persian.clean(code)))


def mostly(terminology: str, codes: Iterable[str | None]) -> bool:
    """True if more than half of the codes that are there have the form."""
    there = [code for code in codes if code]
    return 2 * sum(fits(terminology, code) for code in there) > len(there)


class Codes:
    """Reads the codes of one column. `earlier` gives the codes of other releases; it is asked only if something looks damaged."""

    def __init__(self, terminology: str, column: list[str | None], earlier: Callable[[], set[str]]) -> None:
        self.terminology = terminology
        self.strict = mostly(terminology, column)
        self.repaired: Counter[str] = Counter()
        self._earlier = earlier
        self._by_15: dict[str, list[str]] | None = None
        long = [code for code in column if code and len(code) == 16 and code.isdigit()] if terminology == "IRC" else []
        self._zeroed = len(long) >= 20 and all(code.endswith("0") for code in long)

    def read(self, raw: str | None) -> tuple[str | None, str | None, str | None]:
        """(code, mark, reason to leave the row out)."""
        code = raw if raw is None or raw.isascii() else self._clean(raw)
        if not code or code.upper() in _BLANK:
            return None, None, "blank code"
        if code.startswith(LOST_DIGITS):
            return self._lost(code.removeprefix(LOST_DIGITS))
        if code.startswith(A_DATE):
            return None, None, "code turned into a date by a spreadsheet"
        if self.terminology in ("IRC", "eRx", "RVU3") and (whole := re.fullmatch("([0-9]+)[.]0+", code)):
            code = whole[1]
            if len(code) > 15:
                return self._lost(code)
            self.repaired["a whole number written with .0"] += 1
        special = {"IRC": self._irc, "RVU3": self._rvu, "ICD10": self._icd}.get(self.terminology)
        code, mark, reason = special(code) if special else (code, None, None)
        if not reason and self.strict and not fits(self.terminology, code):
            reason = _FORMS[self.terminology][1]
        return code, mark, reason

    def _clean(self, raw: str) -> str:
        """Persian digits as Latin ones: a message is compared with those."""
        if raw[0] == "\ufffd" or not any(c.isdigit() and not c.isascii() for c in raw):
            return raw
        self.repaired["Persian digits written as Latin ones"] += 1
        return persian.clean(raw)

    def _lost(self, digits: str) -> tuple[str | None, str | None, str | None]:
        code = self._match(digits) if self.terminology == "IRC" and re.fullmatch("[0-9]{16}", digits) else None
        return (code, None, None) if code else (digits or None, None, _LOST)

    def _irc(self, code: str) -> tuple[str | None, str | None, str | None]:
        if re.fullmatch("[0-9]{15}", code):
            self.repaired["15 digits: the leading zero put back"] += 1
            return "0" + code, None, None
        if re.fullmatch(r"[0-9][.,][0-9]+E[+]?1[45]", code, re.I):
            return code, None, "code in the scientific notation of a spreadsheet"
        if len(code) == 16 and code.endswith("0") and code.isdigit() and code not in self._earlier():
            meant = self._match(code)
            if meant or self._zeroed:
                return meant or code, None, None if meant else _LOST
        return code, None, None

    def _match(self, code: str) -> str | None:
        """The one code of earlier releases with the same first 15 digits; a spreadsheet makes the 16th a zero."""
        if self._by_15 is None:
            self._by_15 = {}
            for known in self._earlier():
                self._by_15.setdefault(known[:15], []).append(known)
        found = self._by_15.get(code[:15], [])
        if len(found) != 1:
            return None
        self.repaired["16th digit lost by a spreadsheet: taken from the one earlier code with the same first 15"] += 1
        return found[0]

    def _rvu(self, code: str) -> tuple[str | None, str | None, str | None]:
        bare = code.strip("#*+ ")
        marks = set(code) & set("#*+")
        return (bare, "".join(m for m in "#*+" if m in marks), None) if marks and bare else (code, None, None)

    def _icd(self, code: str) -> tuple[str | None, str | None, str | None]:
        if not fits("ICD10", code):
            return code, None, None
        mark = _ICD_MARKS.get(code[-1])
        bare = code.rstrip("†+*").rstrip("-").rstrip(".").upper()
        if len(bare) > 3 and bare[3] != ".":
            bare = f"{bare[:3]}.{bare[3:]}"
            self.repaired["the dot after the third character put in"] += 1
        return bare, mark, None
