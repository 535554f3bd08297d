"""Lists that stand in for official releases until somebody gives one: real ones from packages, invented ones for the rest.

Belongs here: one module a kind of list, and `data/` with the few public facts. Does not: storing them (`ensure` does).
Everything is a function of its seed: the same rows on every machine. Change VERSION whenever any row changes.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

VERSION = "4"


@dataclass
class StandIn:
    """One release in the neutral shape; columns it lacks are empty."""

    release: str
    valid_from: str  # ISO
    columns: dict[str, list[Any]]
    synthetic: bool = True
    partial: bool = False
    source: str = "invented by sepas-dq"


def of(terminology: str) -> list[StandIn]:
    """The stand-in releases of one terminology (canonical id); none for one that nobody made a stand-in for: its rules then say `no_list`."""
    from pipelines.terminologies.standins import drugs, packaged, rvu, thrita

    makers: dict[str, Callable[[], list[StandIn]]] = {
        "IRC": drugs.irc,
        "eRx": drugs.erx,
        "RVU3": rvu.rvu3,
        "LNC": packaged.lnc,
        "ICD10": packaged.icd10,
        "thritaEHR.WardType": thrita.ward_types,
        "thritaEHR.otherCost": thrita.other_costs,
    }
    return makers[terminology]() if terminology in makers else []


def facts(name: str) -> Iterator[list[str]]:
    """Rows of a file in `data/`, without its header."""
    import csv
    from pathlib import Path

    with (Path(__file__).parent / "data" / name).open(encoding="utf-8", newline="") as stream:
        rows = csv.reader(stream)
        next(rows)
        yield from rows
