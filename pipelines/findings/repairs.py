"""What a code that is not listed may have been before it was damaged: candidates, of which a list decides.

Belongs here: the damages that can be undone without guessing (digits, blanks, signs, case, separator, leading zeros, swap).
Ranked guesses by similarity do not belong here.
"""

import re
from collections.abc import Iterator

from pipelines.persian import clean

_BLANKS = re.compile(r"[\s\u200c]+")
_SIGNS = re.compile(r"^[#*+†‡\s]+|[#*+†‡\s]+$|[.]?-$")
_ICD = re.compile("([A-Z][0-9]{2})[,،/_:-]?([0-9]{1,2})")
_LOINC = re.compile("([0-9]{1,6})[.,،/_:–—‐‑−]?([0-9])")
LONGEST_CODE = 200  # of no list; a text of megabytes is not to be searched for signs


def candidates(code: str, title: str) -> Iterator[tuple[str, str]]:
    """(kind of repair, code it would give) in order of preference; `code` as sent, `title` as sent or cleaned."""
    tidy = _BLANKS.sub("", clean(code))
    if not tidy or len(tidy) > LONGEST_CODE:
        return
    if tidy != code:
        yield "digits_or_blanks", tidy
    bare = _SIGNS.sub("", tidy)
    if bare != tidy and bare:
        yield "attribute_sign", bare
    upper = bare.upper()
    if upper != bare:
        yield "letter_case", upper
    for pattern, joint in ((_ICD, "."), (_LOINC, "-")):
        found = pattern.fullmatch(upper)
        if found:
            yield "separator_missing", f"{found[1]}{joint}{found[2]}"
    if upper.isascii() and upper.isdigit():
        for zeros in (1, 2, 3):
            yield "leading_zero_lost", "0" * zeros + upper
    swapped = _BLANKS.sub("", clean(title))
    if swapped and len(swapped) <= 20 and swapped != tidy:
        yield "swapped", swapped
