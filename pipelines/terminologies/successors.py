"""What codes that are no longer used have been replaced by: LOINC's MapTo, and a table of facts for ICD-10.

Belongs here: completing a release with successors. Does not: reading files.
"""

from functools import cache
from pathlib import Path

from pipelines import persian
from pipelines.terminologies import facts
from pipelines.terminologies.neutral import STORED, Neutral
from pipelines.terminologies.source import Sheet


def take_map_to(read: Neutral, sheets: list[Sheet]) -> int:
    """Completes a release with the rows of MapTo; the first successor of a code is its `successor`, all are kept. Gives how many codes changed."""
    columns = read.columns
    at = {code: place for place, code in enumerate(columns["code"])}
    changed: set[int] = set()
    for sheet in sheets:
        keys = [persian.match_key(cell) for cell in sheet.rows[0]]
        old, new = keys.index("loinc"), keys.index(persian.match_key("MAP_TO"))
        for number, row in enumerate(sheet.rows[1:], 1):
            code, successor = (row[place] if place < len(row) else None for place in (old, new))
            place = at.get(code or "")
            if not code or not successor or place is None:
                reason = "blank code" if not code or not successor else "successor of a code that the release lacks"
                read.reject(reason, code or f"row {sheet.line(number)}")
                read.rejects.append((sheet.name, sheet.line(number), code or "", successor or "", reason))
                continue
            before = columns["successor"][place], columns["facts"][place]
            columns["successor"][place] = columns["successor"][place] or successor
            there = facts.decode(columns["facts"][place]) or {}
            facts.merge(there, {"map.successor": [successor]})
            columns["facts"][place] = facts.encode(there)
            if before != (columns["successor"][place], columns["facts"][place]):
                changed.add(place)
    read.changed += sum(place < read.held for place in changed)
    return len(changed)


@cache
def icd10() -> dict[str, str]:
    """Codes that WHO has retired from ICD-10 since 2006, and what stands for them now (a category where no single code does)."""
    import csv

    with (Path(__file__).parent / "data" / "icd10_successors.csv").open(encoding="utf-8", newline="") as stream:
        return {row["code"]: row["successor"] for row in csv.DictReader(stream)}


def take_icd10(read: Neutral) -> None:
    """Lists the retired codes whose successor the release has and which it lacks itself, never in force; completes those it has."""
    columns = read.columns
    at = {code: place for place, code in enumerate(columns["code"])}
    added = 0
    for code, successor in icd10().items():
        place = at.get(code)
        if place is not None:
            if columns["successor"][place] is None and columns["status"][place] == "retired":
                columns["successor"][place] = successor
        elif successor in at:
            row = dict.fromkeys(STORED) | {"code": code, "status": "retired", "successor": successor}
            for name in STORED:
                columns[name].append(row[name])
            added += 1
    if added:
        read.notes.append(f"{added} codes of earlier editions were added as retired, with their successors")
