"""Persian text in its two normal forms, and numbers as Persian readers expect them.

`clean` is what is stored beside the raw value; `match_key` is only ever compared. `fa` is for display.
Belongs here: letters, digits, blanks. Does not: anything that decides whether a code is right.
"""

import re
import unicodedata

_LETTERS = {
    "ي": "ی", "ى": "ی", "ك": "ک", "ە": "ه", "ہ": "ه", "ۀ": "هٔ", "ۃ": "ة",
    "٫": ".", "٬": ",",
    **{c: str(i) for i, c in enumerate("۰۱۲۳۴۵۶۷۸۹")},
    **{c: str(i) for i, c in enumerate("٠١٢٣٤٥٦٧٨٩")},
}  # fmt: skip
# invisible marks, bidi controls, tatweel, soft hyphen, byte order mark; the zero-width non-joiner is kept by clean()
_INVISIBLE = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2060, 0x2070), 0x200B, 0x200D, 0x200E, 0x200F, 0x061C, 0x0640, 0x00AD, 0xFEFF])
_DIACRITICS = dict.fromkeys([*range(0x064B, 0x0654), 0x0670])
_MAP = str.maketrans(_LETTERS) | _INVISIBLE | _DIACRITICS
_PRESENTATION = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
_BLANKS = re.compile(r"[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_PUNCTUATION = re.compile(r"[\W_]+")
_ALEF = str.maketrans("آأإٱؤئة", "ااااویه")
_TO_FA: dict[int, int | str] = dict(zip(map(ord, "0123456789"), "۰۱۲۳۴۵۶۷۸۹", strict=True))


def clean(text: str | None) -> str:
    """One spelling for one text: Persian letters, ASCII digits, single blanks, no invisible marks; ZWNJ kept. None gives ''."""
    if not text:
        return ""
    if text.isascii():
        return _BLANKS.sub(" ", text).strip()
    text = _PRESENTATION.sub(lambda m: unicodedata.normalize("NFKC", m[0]), text)
    text = unicodedata.normalize("NFC", text).translate(_MAP)
    return _BLANKS.sub(" ", text).strip(" \u200c")


def match_key(text: str | None) -> str:
    """What two titles are compared by: `clean`, case folded, alef forms made one, without blanks, ZWNJ and punctuation."""
    return _PUNCTUATION.sub("", clean(text).translate(_ALEF).casefold())


def has_arabic_letters(text: str | None) -> bool:
    """True if the text holds an Arabic yeh or kaf, or an Arabic-Indic digit, where Persian has its own."""
    return bool(text) and any(c in "يىك٠١٢٣٤٥٦٧٨٩" for c in text or "")


def fa(value: object) -> str:
    """Digits as Persian digits, except in tokens that touch a Latin letter (`ICD-10`, `E11.9` stay as they are)."""

    def token(m: re.Match[str]) -> str:
        word = m[0]
        return word if re.search("[A-Za-z_]", word) else word.translate(_TO_FA)

    return re.sub(r"[^\s«»()،؛]+", token, str(value))


def fa_number(value: float | int, decimals: int = 0) -> str:
    """`۱۲۸٬۴۵۰` or `۱۲٫۵`: Persian digits, thousands with `٬`, decimals with `٫`."""
    text = f"{value:,.{decimals}f}"
    return text.translate(_TO_FA | {ord(","): "٬", ord("."): "٫", ord("-"): "−"})
