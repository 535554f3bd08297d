"""What a code that is not listed may have been before it was damaged: candidates, of which a list decides.

Belongs here: the damages that can be undone without guessing (digits, blanks, signs, case, separator, look-alike letters,
numbers of spreadsheets, leading zeros, swap). Ranked guesses by similarity do not belong here (`suggesting/`).
"""

import re
import unicodedata
from collections.abc import Iterator

from pipelines.persian import clean

_BLANKS = re.compile(r"[\s\u200c]+")
_LABEL = re.compile(r"^(?:ICD-?10|LOINC|LNC|ERX|IRC|RVU3?|CODE|کد)[^0-9A-Za-z]*(?=[0-9A-Za-z]*[0-9])", re.I)
_SIGNS = re.compile(r"^[\W_]+|(?<![\W_])(?![.]$)[\W_]+$")  # a lone dot at the end: the code may have been cut off there
_GAP = r"[\W_]*"
_ICD = re.compile(f"([A-Z][0-9]{{2}}){_GAP}([0-9]{{1,2}})")
_LOINC = re.compile(f"([0-9]{{1,6}}){_GAP}([0-9])")
_GROUPED = re.compile(r"[0-9]+(?:[\W_]+[0-9]+)+")
_DECIMAL = re.compile("([0-9]+)[.,]0+")
_DAY = re.compile("([0-9]{1,2})-?(JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)")
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_TO_DIGIT = str.maketrans("OIL|!SBZ", "01111582")
_TO_LETTER = {"0": "O", "1": "IL", "2": "Z", "5": "S", "8": "B", "L": "I"}
_HOMOGLYPHS = str.maketrans("АВЕКМНОРСТХІΑΒΕΖΗΙΚΜΝΟΡΤΧ", "ABEKMHOPCTXIABEZHIKMNOPTX")
LONGEST_SWAPPED = 20
WIDEST = 16  # an IRC; there are some that begin with eight zeros
LONGEST_CODE = 200  # of no list; a text of megabytes is not to be searched for signs


def tidied(code: str) -> str:
    """A code with Latin digits and without blanks or invisible marks; letters, signs and case as sent."""
    return _BLANKS.sub("", clean(unicodedata.normalize("NFKC", code)))


def candidates(code: str, title: str) -> Iterator[tuple[str, str]]:
    """(kind of repair, code it would give) in order of preference; `code` as sent, `title` as sent or cleaned."""
    tidy = tidied(code)
    if not tidy or len(tidy) > LONGEST_CODE:
        return
    yield from _undone(code, tidy)
    swapped = tidied(title)
    if swapped and len(swapped) <= LONGEST_SWAPPED and swapped != tidy:
        yield "swapped", swapped
        yield from (("swapped", made) for _, made in _undone(swapped, swapped))


def _undone(code: str, tidy: str) -> Iterator[tuple[str, str]]:
    if tidy != code:
        yield "digits_or_blanks", tidy
    bare = _SIGNS.sub("", _LABEL.sub("", tidy))
    if bare != tidy and bare:
        yield "attribute_sign", bare
    upper = bare.upper()
    if upper != bare:
        yield "letter_case", upper
    yield from (("separator_missing", made) for made in _joined(upper))
    yield from (("number_form", made) for made in _as_number(upper))
    for alike in _alike(upper):
        yield "lookalike", alike
        yield from (("lookalike", made) for made in _joined(alike))
    if upper.isascii() and upper.isdigit():
        for width in range(len(upper) + 1, max(len(upper) + 4, WIDEST + 1)):
            yield "leading_zero_lost", upper.zfill(width)


def _joined(upper: str) -> Iterator[str]:
    """With the dot of ICD-10 or the hyphen of LOINC where nothing or another sign stood."""
    for pattern, joint in ((_ICD, "."), (_LOINC, "-")):
        found = pattern.fullmatch(upper)
        if found:
            yield f"{found[1]}{joint}{found[2]}"


def _as_number(upper: str) -> Iterator[str]:
    """What a spreadsheet makes of a code: `61001.0`, `800,005`, `9154-7150`, and `10-Sep` of 10-9."""
    decimal, day = _DECIMAL.fullmatch(upper), _DAY.fullmatch(upper)
    if decimal:
        yield decimal[1]
    if _GROUPED.fullmatch(upper):
        yield re.sub("[^0-9]", "", upper)
        yield re.sub("[^0-9]+", ".", upper)
    if day:
        yield f"{day[1]}-{_MONTHS.index(day[2]) + 1}"


def _alike(upper: str) -> Iterator[str]:
    """With digits for the letters that look like them (O, I, l, S, B, Z), and a letter for the first digit where ICD-10 wants one."""
    same = upper.translate(_HOMOGLYPHS)
    if same != upper:
        yield same
    digits = same.translate(_TO_DIGIT)
    if digits not in (upper, same) and not re.search("[A-Z]", digits):
        yield digits
    for first in (same[:1], *_TO_LETTER.get(same[:1], "")):
        made = first + digits[1:]
        if made not in (upper, same) and first.isalpha() and not re.search("[A-Z]", made[1:]):
            yield made
