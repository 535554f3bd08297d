"""What the terminologies are called: the canonical spelling and what people may write instead.

Belongs here: ids of terminologies. Does not: anything about their codes. The seven of the first letter have stand-ins and
readers of their own; one that a later letter names is read as any list of codes and titles, and has no stand-in.
"""

from functools import cache

from pipelines.errors import InputError

TERMINOLOGIES = ("IRC", "eRx", "RVU3", "LNC", "ICD10", "thritaEHR.WardType", "thritaEHR.otherCost")
_ALSO = {"loinc": "LNC", "icd-10": "ICD10", "wardtype": "thritaEHR.WardType", "othercost": "thritaEHR.otherCost"}


@cache
def known() -> tuple[str, ...]:
    """Every terminology there can be a list of: the seven, and those that letters have named since."""
    from expectations.letters import terminologies

    return tuple(dict.fromkeys([*TERMINOLOGIES, *terminologies()]))


@cache
def _by_key() -> dict[str, str]:
    return {name.casefold(): name for name in known()} | {name.rsplit(".", 1)[-1].casefold(): name for name in known()} | _ALSO


def find(text: str | None) -> str | None:
    """The canonical spelling of a terminology's id in any letter case, or None if it is none of ours."""
    return _by_key().get((text or "").strip().casefold())


def canonical(text: str) -> str:
    """The canonical spelling (`irc` → `IRC`, `LOINC` → `LNC`). Raises InputError naming the accepted ones."""
    name = find(text)
    if name is None:
        raise InputError(f"'{text}' is not a terminology. Accepted, in any letter case: {', '.join(known())}.")
    return name
