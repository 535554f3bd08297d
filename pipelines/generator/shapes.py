"""How codes look and which are mere placeholders: the generator's own reading of the rules, made apart from `expectations/`.

Belongs here: patterns, check digits, Persian digits. Does not: code lists, faults.
"""

import itertools
import re

PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
ARABIC_LETTERS = str.maketrans("یک", "يك")
PLACEHOLDERS = ("0", "000", "999", "9999", "99999", "-", "test", "تست")
PATTERNS = {
    "thritaEHR.otherCost": re.compile(r"[0-9]+([.][0-9]+)*"),
    "thritaEHR.WardType": re.compile(r"[0-9]{3}"),
    "IRC": re.compile(r"[0-9]{16}"),
    "eRx": re.compile(r"[0-9]{5}"),
    "RVU3": re.compile(r"[0-9]{6}([.][0-9])?|26|27|31|39|85|90[.]1"),
    "LNC": re.compile(r"[0-9]{1,6}-[0-9]"),
    "ICD10": re.compile(r"[A-Z][0-9]{2}([.][0-9]{1,2})?"),
}


def check_digit(digits: str) -> str:
    """The Luhn digit that a LOINC number carries behind its hyphen."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def well_formed(terminology: str, code: str) -> bool:
    """True if the code has its terminology's shape; a LOINC number also needs its check digit."""
    if not PATTERNS[terminology].fullmatch(code):
        return False
    return terminology != "LNC" or check_digit(code[:-2]) == code[-1]


def like_placeholder(code: str) -> bool:
    """True for anything somebody might take for a placeholder: one character again and again, or 1234…"""
    stripped = code.replace("-", "").replace(".", "").strip()
    return len(set(stripped)) < 2 or "1234567890".startswith(stripped)


def unlike(left: str, right: str) -> bool:
    """True if two titles are so different that nobody could take one for a variant of the other."""
    a, b = _pairs(left), _pairs(right)
    return bool(a and b) and len(a & b) * 3 < min(len(a), len(b))


def _pairs(text: str) -> set[str]:
    letters = [c for c in text.lower() if c.isalnum()]
    return {x + y for x, y in itertools.pairwise(letters)}
