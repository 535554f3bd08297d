"""The code, as sent, has the shape of its terminology. A listed code is never malformed: membership decides, shape explains.

LOINC's check digit is the Luhn sum over all digits (terminologies reference, section 2; 14 real old codes break it and are
saved by being listed). Swapped code and title belong here: the title has the shape that the code lacks.
"""

from typing import ClassVar, Literal

from pydantic import Field

from expectations.kinds.base import Kind, Pattern, matches
from expectations.outcomes import Text

_REPAIRS = ("leading_zero_lost", "separator_missing", "letter_case", "attribute_sign", "number_form", "lookalike")


class CodeShape(Kind):
    """`pattern`: the whole code; `in_words`: what it says, for people; `check_digit`: `loinc` or nothing; `shortest`: below this length a code was cut off."""

    name: ClassVar[str] = "code_shape"
    outcome: ClassVar[str] = "malformed"
    pattern: Pattern
    in_words: Text | None = None
    shortest: int = Field(default=0, ge=0)
    check_digit: Literal["loinc"] | None = None

    def violations(self) -> dict[str, str]:
        """See `Kind.violations`."""
        shaped = matches("code_clean", self.pattern)
        misshapen = f"not listed and not (code = code_clean and {shaped})"
        found = {
            "swapped": f"{misshapen} and not {shaped} and {matches('title_clean', self.pattern)}",
            "digits_or_blanks": f"{misshapen} and (repair_kind = 'digits_or_blanks' or {shaped})",
            **{cause: f"{misshapen} and repair_kind = '{cause}'" for cause in _REPAIRS},
            "truncated": f"{misshapen} and regexp_like(code_clean, '^[0-9]+$') and length(code_clean) < {self.shortest}",
            "text_as_code": f"{misshapen} and not regexp_like(code_clean, '[0-9]')",
            "wrong_shape": misshapen,
        }
        if self.check_digit == "loinc":
            found["check_digit"] = f"not listed and {shaped} and {_luhn_wrong('code_clean')}"
        return found


def _luhn_wrong(column: str, width: int = 7) -> str:
    """True if the Luhn sum of the digits of `12345-6` is no multiple of ten. Portable: ascii(substr()), no cast of text."""
    digits = f"lpad(replace({column}, '-', ''), {width}, '0')"
    terms = []
    for position in range(1, width + 1):
        digit = f"(ascii(substr({digits}, {position}, 1)) - 48)"
        doubled = (width - position) % 2 == 1
        terms.append(f"case when {digit} > 4 then 2 * {digit} - 9 else 2 * {digit} end" if doubled else digit)
    return f"({' + '.join(terms)}) % 10 <> 0"
