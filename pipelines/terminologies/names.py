"""What the terminologies are called: the canonical spelling and what people may write instead.

Belongs here: ids of terminologies. Does not: anything about their codes.
"""

from pipelines.errors import InputError

TERMINOLOGIES = ("IRC", "eRx", "RVU3", "LNC", "ICD10", "thritaEHR.WardType", "thritaEHR.otherCost")
_ALSO = {"loinc": "LNC", "icd-10": "ICD10", "wardtype": "thritaEHR.WardType", "othercost": "thritaEHR.otherCost"}
_BY_KEY = {name.casefold(): name for name in TERMINOLOGIES} | _ALSO


def find(text: str | None) -> str | None:
    """The canonical spelling of a terminology's id in any letter case, or None if it is none of ours."""
    return _BY_KEY.get((text or "").strip().casefold())


def canonical(text: str) -> str:
    """The canonical spelling (`irc` → `IRC`, `LOINC` → `LNC`). Raises InputError naming the accepted ones."""
    name = find(text)
    if name is None:
        raise InputError(f"'{text}' is not a terminology. Accepted, in any letter case: {', '.join(TERMINOLOGIES)}.")
    return name
