"""Variations that never make an item wrong: letter case of the terminology id, Arabic letters, blanks, ZWNJ or nothing in the title.

Belongs here: what is odd but passes. Does not: faults.
"""

from random import Random

from pipelines.generator.shapes import ARABIC_LETTERS

_SPELLINGS = {
    "thritaEHR.WardType": ("thritaEHR.wardType", "ThritaEHR.WardType"),
    "thritaEHR.otherCost": ("thritaEHR.OtherCost", "ThritaEHR.otherCost"),
    "ICD10": ("icd10",), "IRC": ("irc",), "eRx": ("erx", "ERX"), "RVU3": ("rvu3",), "LNC": ("lnc",),
}  # fmt: skip
BENIGN = ("id_case", "arabic_letters", "blanks_in_title", "zwnj_in_title", "title_blank")


def vary(kind: str, title: str | None, terminology: str, rng: Random) -> tuple[str | None, str] | None:
    """(title, terminology id) after a benign variation, or None if it would change nothing."""
    if kind == "id_case":
        return title, rng.choice(_SPELLINGS[terminology])
    if not title:
        return None
    changed: str | None = title
    if kind == "arabic_letters":
        changed = title.translate(ARABIC_LETTERS)
    elif kind == "blanks_in_title":
        changed = f" {title.replace(' ', '  ')} "
    elif kind == "zwnj_in_title" and "ا" in title:
        changed = title.replace(" ", "\u200c", 1)
    elif kind == "title_blank":
        changed = rng.choice((None, ""))
    return None if changed == title else (changed, terminology)
