"""Turns a given file into the neutral release: code, title_fa, title_en, status, valid_from, valid_to, successor (and facts).

Belongs here: what a row becomes, and which rows are left out and why. Does not: headers (`layout`), forms of codes (`shapes`).
A row that cannot be used is counted with its reason; only a file without a column of codes is refused.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipelines.errors import InputError
from pipelines.terminologies import facts, names
from pipelines.terminologies.distributions import missing
from pipelines.terminologies.layout import Layout, accepted, aliases, layout
from pipelines.terminologies.row import COLUMNS, STORED, Neutral, cell, day_of, new_row, raw
from pipelines.terminologies.shapes import Codes
from pipelines.terminologies.source import Sheet, read_sheets

__all__ = ["COLUMNS", "STORED", "Neutral", "accepted", "aliases", "read_neutral"]

Key = tuple[str | None, dt.date | None]  # code and its own valid_from


@dataclass
class _Reader:
    """One terminology out of one file."""

    result: Neutral
    terminology: str
    path: Path
    earlier: Callable[[], set[str]]
    at: dict[Key, int] = field(default_factory=dict)  # where a code stands in the columns
    spilled: Counter[str] = field(default_factory=Counter)


def read_neutral(
    path: Path,
    terminology: str,
    held: dict[str, list[Any]] | None = None,
    sheets: list[Sheet] | None = None,
    earlier: Callable[[], set[str]] = set,
) -> Neutral:
    """Reads a file as a release of a terminology (canonical id), behind the rows `held` already (`--append`).

    `sheets` are those of the file if it has been opened before; `earlier` gives the codes of other releases. Raises InputError
    if the file cannot be read, has no column of codes, or holds a date that is none.
    """
    sheets = read_sheets(path) if sheets is None else sheets
    found = [each for sheet in sheets if (each := layout(sheet, terminology))]
    if not found:
        headers = " | ".join(str(cell) for sheet in sheets for cell in (sheet.rows[0] if sheet.rows else []) if cell)
        raise InputError(
            f"{path}: no column of codes for {terminology}.{missing(sheets, terminology)} Accepted headers: {', '.join(accepted(terminology)['code'])}; "
            f"found: {headers[:300] or 'nothing'}. Rename the column to 'code' and add the file again."
        )
    result = Neutral()
    reader = _Reader(result, terminology, path, earlier)
    if held:
        result.columns = {name: list(held[name]) for name in STORED}
        result.columns["facts"] = [facts.decode(text) for text in held["facts"]]
        result.held = len(held["code"])
        reader.at = {key: place for place, key in enumerate(zip(held["code"], held["valid_from"], strict=True))}
    skipped = [sheet.name for sheet in sheets if all(sheet is not used.sheet for used in found)]
    if skipped:
        result.notes.append(f"sheets without a column of codes were left out: {', '.join(skipped)}")
    if lacking := missing([used.sheet for used in found], terminology):
        result.notes.append(f"{lacking.strip()} What it would say is not known of these codes.")
    # sheets with titles first: a sheet that only mentions codes must not hide their titles
    for used in sorted(found, key=lambda used: not used.titled):
        _take(reader, used, mentions=not used.titled and any(other.titled for other in found))
    if reader.spilled:
        left = ", ".join(f"{name}: {count}" for name, count in sorted(reader.spilled.items()))
        result.notes.append(f"values that are no numbers were left out ({left})")
    result.columns["facts"] = [facts.encode(each) for each in result.columns["facts"]]
    return result


def _take(reader: _Reader, used: Layout, mentions: bool) -> None:
    """Takes the rows of a sheet. One that `mentions` codes without titles only adds what titled sheets lack."""
    result, sheet, places = reader.result, used.sheet, used.places
    where = f"{reader.path}, sheet {sheet.name}" if sheet.name else str(reader.path)
    if places["code"] in sheet.numeric:
        result.notes.append(
            f"{where}: some codes are stored as numbers; leading zeros may be lost. Format the column as text."
        )
    codes = Codes(reader.terminology, [raw(row, places["code"]) for row in sheet.rows[used.start :]], reader.earlier)
    before = result.rows
    for place, row in enumerate(sheet.rows[used.start :], used.start):
        cells = {part: cell(row, column, part) for part, column in places.items()}
        line = sheet.line(place)
        code, mark, reason = codes.read(cells["code"])
        said = cells.get("terminology")
        if said and names.find(said) != reader.terminology:
            code, reason = cells["code"], "another terminology"
        since, until = (day_of(cells.get(part), part, where, line) for part in ("valid_from", "valid_to"))
        if reason is None and since and until and until < since:
            reason = "ends before it begins"
        new = None
        if reason is None:
            if "action" in cells:
                result.actions[(cells["action"] or "").casefold()] += 1
            new, spilled = new_row(cells, code, mark, reader.terminology, sheet.name)
            new |= {"valid_from": since, "valid_to": until}
            reader.spilled.update(spilled)
        if new and reason is None:
            reason = _add(reader, new, mentions)
        if reason:
            _leave_out(result, sheet.name, line, code, cells, reason)
    result.notes += [f"{where}: {count} codes repaired: {what}" for what, count in codes.repaired.items()]
    if mentions and result.rows > before:
        result.notes.append(
            f"{result.rows - before} codes stand only in sheet {sheet.name}, which has no titles for {reader.terminology}: the file does not agree with itself"
        )


def _leave_out(
    result: Neutral, sheet: str, line: int, code: str | None, cells: dict[str, str | None], reason: str
) -> None:
    """Counts a row that is not taken, and lists it."""
    result.reject(reason, code or f"row {line}")
    title = cells.get("title") or cells.get("title_fa") or cells.get("title_en") or ""
    result.rejects.append((sheet, line, code or "", title, reason))


def _add(reader: _Reader, new: dict[str, Any], mentions: bool) -> str | None:
    """Puts a row behind the others, or completes the one that has its code. Gives the reason if neither is done."""
    columns = reader.result.columns
    key = (new["code"], new["valid_from"])  # a code may stand twice with different beginnings: its history
    place = reader.at.get(key)
    if place is None:
        reader.at[key] = len(columns["code"])
        for name in STORED:
            columns[name].append(new[name])
        return None
    completed = False
    if new["facts"]:
        there = columns["facts"][place] or {}
        before = str(there) if place < reader.result.held else ""
        completed = facts.merge(there, new["facts"]) or bool(before and str(there) != before)
        columns["facts"][place] = there
    had = columns["title_fa"][place] or columns["title_en"][place]
    for name in ("title_fa", "title_en"):  # the twin of a list in the other language
        if columns[name][place] is None and new[name] and (had or place < reader.result.held):
            columns[name][place], completed = new[name], True
    if completed and place < reader.result.held:
        reader.result.changed += 1
    title = new["title_fa"] or new["title_en"]
    known = title in (columns["title_fa"][place], columns["title_en"][place])
    if mentions or (completed and (known or title is None)):
        return None
    same = had is None or title is None or known
    return "repeated code" if same else "repeated code with another title"
