"""Takes given registers into the tables: which register, which rows, what they replace, what does not fit.

Belongs here: the rules of a register. A row that cannot be used is counted; validity that overlaps is refused, since a message
would then have two senders. References to things nobody named are counted and kept: the other register may come later.
"""

import datetime as dt
import itertools
import re
from collections import Counter
from pathlib import Path
from typing import Any

from pipelines import jalali, persian
from pipelines.errors import InputError
from pipelines.organisations import tables
from pipelines.organisations.registers import DATES, LOWER, REGISTERS, Register, headers, recognise
from pipelines.organisations.source import read_tables
from pipelines.organisations.tables import Row
from pipelines.settings import Home

_MIDNIGHT = re.compile("[ T]0?0:00(:00)?([.]0+)?$")


def add(home: Home, file: str | Path) -> dict[str, Any]:
    """Adds or replaces rows of the registers in a file or folder (CSV, TSV, XLSX, Parquet).

    Rows are told apart by id, facilities and systems also by valid_from. Gives changed, registers {name: {rows, added, updated,
    unchanged, rejected {reason: rows}}}, dangling {register: {ids: count}}, notes. Raises InputError; then nothing has changed.
    """
    path = Path(file)
    held = {name: tables.read(home, register) for name, register in REGISTERS.items()}
    merged = {name: {_key(register, row): row for row in held[name]} for name, register in REGISTERS.items()}
    found: dict[str, Counter[str]] = {}
    rejected: dict[str, Counter[str]] = {}
    notes: list[str] = []
    for where, rows in read_tables(path):
        named = _named(rows)
        register = recognise(set(named[0])) if named else None
        if register is None:
            notes.append(f"{where}: not a register, left out")
            continue
        _require(register, set(named[0]), where)
        counts, refused = found.setdefault(register.name, Counter()), rejected.setdefault(register.name, Counter())
        for number, row in enumerate(named, 2):
            _take(register, row, merged[register.name], counts, refused, f"{where}, row {number}")
    if not found:
        ids = ", ".join(register.id for register in REGISTERS.values())
        raise InputError(
            f"{path}: no register found. A register has a header row with one of {ids}, and at least one row."
        )
    for name in found:
        _no_overlap(REGISTERS[name], list(merged[name].values()))
    for name, counts in found.items():
        if counts["added"] or counts["updated"]:
            tables.write(home, REGISTERS[name], list(merged[name].values()))
    tables.ensure(home)
    return {
        "changed": any(counts["added"] or counts["updated"] for counts in found.values()),
        "registers": {
            name: {
                "rows": len(merged[name]),
                **{k: counts[k] for k in ("added", "updated", "unchanged")},
                "rejected": dict(rejected[name]),
            }
            for name, counts in found.items()
        },
        "dangling": _dangling(merged),
        "notes": notes,
    }


def _named(rows: list[dict[str, str | None]]) -> list[dict[str, str | None]]:
    """Rows by our names of their columns; columns we do not know are left out. Of two headers for one column the first filled one counts."""
    known = headers()
    result = []
    for row in rows:
        named: dict[str, str | None] = {}
        for header, cell in row.items():
            column = known.get(persian.match_key(header))
            if column:
                named[column] = named.get(column) or cell
        result.append(named)
    return result


def _require(register: Register, columns: set[str], where: str) -> None:
    missing = [name for name in register.required if name not in columns]
    if missing:
        raise InputError(
            f"{where}: the register {register.name} needs the column {', '.join(missing)}. Its columns: {', '.join(register.columns)}."
        )


def _key(register: Register, row: Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in register.key)


def _take(
    register: Register,
    given: dict[str, str | None],
    rows: dict[tuple[Any, ...], Row],
    counts: Counter[str],
    refused: Counter[str],
    where: str,
) -> None:
    if not any(given.values()):
        return
    row: Row = {name: _value(name, given.get(name), where) for name in register.columns}
    blank = next((name for name in register.required if row[name] is None), None)
    if blank:
        refused[f"blank {blank}"] += 1
        return
    if register.dated and row["valid_from"] and row["valid_to"] and row["valid_to"] <= row["valid_from"]:
        refused["ends before it begins"] += 1
        return
    key = _key(register, row)
    counts["added" if key not in rows else "unchanged" if rows[key] == row else "updated"] += 1
    rows[key] = row


def _value(name: str, text: str | None, where: str) -> str | bool | dt.date | None:
    if name == "synthetic":
        return persian.clean(text).casefold() in ("1", "true", "yes", "y", "بله")
    if text is None:
        return None
    if name in DATES:
        try:
            return jalali.parse_day(_MIDNIGHT.sub("", text))
        except InputError as error:
            raise InputError(f"{where}, column {name}: {error} Correct it and add the file again.") from None
    if name in LOWER:
        return text.strip("{} ").lower() or None
    if name == "node":
        return text.lower().split("://")[-1].split("/")[0].split(".")[0] or None
    return persian.clean(text) or None


def _no_overlap(register: Register, rows: list[Row]) -> None:
    """Raises InputError if two rows of one id hold on the same day (half-open; a blank date is open)."""
    if not register.dated:
        return
    by_id: dict[str, list[Row]] = {}
    for row in rows:
        by_id.setdefault(row[register.id], []).append(row)
    for name, same in by_id.items():
        same.sort(key=lambda row: row["valid_from"] or dt.date.min)
        for one, after in itertools.pairwise(same):
            if one["valid_to"] is None or one["valid_to"] > (after["valid_from"] or dt.date.min):
                raise InputError(
                    f"{register.name}: {register.id} {name} would hold twice from {after['valid_from'] or 'the beginning'} on. "
                    f"Give the row from {one['valid_from'] or 'the beginning'} a valid_to of that day or before, in the same file, and add it again."
                )


def _dangling(merged: dict[str, dict[tuple[Any, ...], Row]]) -> dict[str, dict[str, int]]:
    """Register → id that it names and its own register does not hold → rows."""
    result = {}
    for name, register in REGISTERS.items():
        if register.refers:
            column, other = register.refers
            known = {row[column] for row in merged[other].values()}
            missing = Counter(row[column] for row in merged[name].values() if row[column] not in known)
            if missing:
                result[name] = dict(sorted(missing.items()))
    return result
