"""Adds a release of a terminology from what somebody was given: a file, a zip, a folder.

Belongs here: what may be added to what is there. Does not: reading the file (`bundle`, `neutral`), intervals (`codes`).
Everything that can be refused is refused before anything is written.
"""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipelines import jalali
from pipelines.errors import InputError
from pipelines.settings import Home
from pipelines.terminologies import layout, names, order, rejects, store, successors
from pipelines.terminologies.bundle import Source, open_source
from pipelines.terminologies.codes import build_codes
from pipelines.terminologies.neutral import Neutral, read_neutral

ALL = "all"


@dataclass
class _Plan:
    """One release that may be added: what it will hold, and the release it changes if it is appended to one."""

    terminology: str
    read: Neutral
    meta: dict[str, Any]
    source: Source
    same: dict[str, Any] | None
    given: list[dict[str, Any]] = field(default_factory=list)
    changes: bool = True


def add_release(
    home: Home,
    terminology: str,
    file: str | Path,
    release: str,
    valid_from: str | dt.date,
    replace: bool = False,
    append: bool = False,
    partial: bool = False,
    delta: bool | None = None,
) -> dict[str, Any]:
    """Adds one release and builds `codes.parquet` again; stand-ins of the terminology vanish. `all` adds every list in the file.

    A release is full: codes it lacks end the day it starts. A `delta` changes only the codes it names (None: a list whose column
    Action has nothing but New, Update and Delete is one). `replace` drops every earlier release of the terminology; `append`
    adds the rows to the release of that name (lists that come in several files); `partial` notes that the list is known to lack codes.
    Gives terminology, release, valid_from (ISO), changed, rows, added, rejected {reason: rows}, examples {reason: codes},
    notes [sentences], path, rejects (a CSV file or None), delta; of `all` also parts [summaries]. Raises InputError; then nothing has changed.
    """
    path = Path(file)
    if terminology.strip().casefold() == ALL:
        parts = add_workbook(home, path, release, valid_from, replace, append, partial, delta)
        return _together(parts)
    wanted = names.canonical(terminology)
    store.slug(release)
    how = _How(release, _day(valid_from), replace, append, partial, delta)
    plan = _plan(home, wanted, open_source(path, wanted), how)
    return _commit(home, [plan])[0]


def add_workbook(
    home: Home,
    file: str | Path,
    release: str,
    valid_from: str | dt.date,
    replace: bool = False,
    append: bool = False,
    partial: bool = False,
    delta: bool | None = None,
) -> list[dict[str, Any]]:
    """Adds a release of every terminology found in a file, zip or folder, all or none; gives a summary each, as `add_release` does."""
    store.slug(release)
    how = _How(release, _day(valid_from), replace, append, partial, delta)
    source = open_source(Path(file))
    held: dict[str, list[Any]] = {}
    for sheet in source.sheets:
        for name in layout.terminologies_of(sheet):
            held.setdefault(name, []).append(sheet)
    if source.successors:
        held.setdefault("LNC", [])
    if not held:
        raise InputError(
            f"{file}: no sheet in it says by its columns or its name which terminology it is. "
            f"Name one instead of '{ALL}': {', '.join(names.TERMINOLOGIES)}."
        )
    plans = []
    for name in (name for name in names.TERMINOLOGIES if name in held):
        own = source.successors if name == "LNC" else []
        plans.append(_plan(home, name, Source(source.path, held[name], own, source.files, list(source.notes)), how))
    return _commit(home, plans)


@dataclass
class _How:
    release: str
    day: dt.date
    replace: bool
    append: bool
    partial: bool
    delta: bool | None

    def __post_init__(self) -> None:
        if self.replace and self.append:
            raise InputError(
                "--replace drops the earlier releases and --append adds to one of them: give one of the two."
            )
        if self.replace and self.delta:
            raise InputError("a delta changes earlier releases, and --replace drops them: give one of the two.")


def _day(text: str | dt.date) -> dt.date:
    return text if isinstance(text, dt.date) else jalali.parse_day(text)


def _plan(home: Home, terminology: str, source: Source, how: _How) -> _Plan:
    given = [m for m in store.list_releases(home) if m["terminology"] == terminology and not m["stand_in"]]
    same = next((m for m in given if store.slug(m["release"]).casefold() == store.slug(how.release).casefold()), None)
    if same and how.append and same["valid_from"] != how.day.isoformat():
        raise InputError(
            f"{terminology} release {same['release']} starts on {same['valid_from']}, not {how.day}. Append to it with --valid-from {same['valid_from']}."
        )
    known = [s["sha256"] for s in same["sources"]] if same and how.append else []
    if same and all(f["sha256"] in known for f in source.files):
        files = ", ".join(f["file"] for f in source.files)
        note = Neutral(notes=[f"{files} is already part of this release"])
        return _Plan(terminology, note, same, source, same, given, changes=False)
    held = store.read_columns(Path(same["path"])) if same and how.append else None
    read = _read(source, terminology, held, _earlier(given))
    if not read.rows and not (how.append and same):
        raise InputError(
            f"{source.path}: no usable row for {terminology} ({rejects.reasons(read)}). Correct the file and add it again."
        )
    if same and not how.append and _equal(same, read, how) and not (how.replace and len(given) > 1):
        return _Plan(terminology, read, same, source, same, given, changes=False)
    others = [m for m in given if m is not same] if how.append else given
    if not how.replace:
        order.refuse(others, None if how.append else same, terminology, how.release, how.day)
    delta = bool(same["delta"] if same and how.append and "delta" in same else _is_delta(read, given, how))
    if not how.replace:
        order.refuse_order(others, terminology, how.release, how.day, delta)
    meta = _meta(terminology, source, how, same, given, delta)
    _note_gaps(read, terminology, given, how.day, how.replace)
    return _Plan(terminology, read, meta, source, same, given)


def _read(
    source: Source, terminology: str, held: dict[str, list[Any]] | None, earlier: Callable[[], set[str]]
) -> Neutral:
    if source.successors and not source.sheets:
        if held is None:
            raise InputError(
                f"{source.path}: it holds successors only. Add the LOINC table first, then this file with --append to the same release."
            )
        read = Neutral({name: list(values) for name, values in held.items()}, held=len(held["code"]))
    else:
        read = read_neutral(source.path, terminology, held, source.sheets, earlier)
    read.notes[:0] = source.notes
    if source.successors and terminology == "LNC":
        count = successors.take_map_to(read, source.successors)
        read.notes.append(f"{count} codes were given their successors")
    if terminology == "ICD10":
        successors.take_icd10(read)
    return read


def _earlier(given: list[dict[str, Any]]) -> Callable[[], set[str]]:
    """The codes of all releases that are there, read when first asked for."""
    found: set[str] = set()
    state = {"read": False}

    def codes() -> set[str]:
        if not state["read"]:
            for meta in given:
                found.update(store.read_codes(Path(meta["path"])))
            state["read"] = True
        return found

    return codes


def _equal(same: dict[str, Any], read: Neutral, how: _How) -> bool:
    return same["valid_from"] == how.day.isoformat() and same["content"] == store.content_hash(read.columns)


def _is_delta(read: Neutral, given: list[dict[str, Any]], how: _How) -> bool:
    if how.delta is not None:
        return how.delta
    if how.replace or not read.is_delta:
        return False
    if any(m["valid_from"] < how.day.isoformat() for m in given):
        actions = ", ".join(f"{action}: {count}" for action, count in sorted(read.actions.items()))
        read.notes.append(f"taken as a delta: its column Action names changes only ({actions})")
        return True
    read.notes.append("its column Action names changes only, but there is no earlier release: taken as a full one")
    return False


def _meta(
    terminology: str,
    source: Source,
    how: _How,
    same: dict[str, Any] | None,
    given: list[dict[str, Any]],
    delta: bool,
) -> dict[str, Any]:
    joined = same if same and how.append else None
    return {
        "id": uuid.uuid4().hex,
        "terminology": terminology,
        "release": joined["release"] if joined else how.release,
        "valid_from": how.day.isoformat(),
        "synthetic": False,
        "partial": how.partial or bool(joined and joined["partial"]),
        "delta": delta,
        "stand_in": False,
        "sources": [*(joined["sources"] if joined else []), *source.files],
        "replaces": [m["id"] for m in given] if how.replace else [],
        "added_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
    }


def _commit(home: Home, plans: list[_Plan]) -> list[dict[str, Any]]:
    """Writes what changes, and builds the tables once."""
    written: list[Path | None] = [store.write(home, p.read.columns, p.meta) if p.changes else None for p in plans]
    if any(written):
        store.clear_superseded(home)
        build_codes(home)
    summaries = []
    for plan, path in zip(plans, written, strict=True):
        listed = rejects.write(home, plan.meta, plan.read, plan.source.path.name) if path else None
        meta = store.read_metas([path])[0] if path else plan.same or plan.meta
        summaries.append(
            {
                **{key: meta[key] for key in ("terminology", "release", "valid_from", "rows", "path")},
                "delta": bool(meta.get("delta")),
                "changed": bool(path),
                "added": plan.read.rows if path else 0,
                "completed": plan.read.changed,
                "rejected": dict(plan.read.rejected),
                "examples": plan.read.examples,
                "rejects": str(listed) if listed else None,
                "notes": plan.read.notes,
            }
        )
    return summaries


def _together(parts: list[dict[str, Any]]) -> dict[str, Any]:
    """Summaries of several terminologies as one, for whoever shows one."""

    def named(key: str) -> dict[str, Any]:
        return {f"{part['terminology']}: {reason}": what for part in parts for reason, what in part[key].items()}

    return parts[0] | {
        "terminology": ", ".join(part["terminology"] for part in parts),
        "changed": any(part["changed"] for part in parts),
        "rows": sum(part["rows"] for part in parts),
        "added": sum(part["added"] for part in parts),
        "rejected": named("rejected"),
        "examples": named("examples"),
        "notes": [f"{part['terminology']}: {part['rows']} codes" for part in parts]
        + [f"{part['terminology']}: {note}" for part in parts for note in part["notes"]],
        "parts": parts,
    }


def _note_gaps(read: Neutral, terminology: str, given: list[dict[str, Any]], day: dt.date, replace: bool) -> None:
    """Notes what people tend to find out too late."""
    untitled = sum(
        1
        for fa, en, status in zip(
            read.columns["title_fa"], read.columns["title_en"], read.columns["status"], strict=True
        )
        if fa is None and en is None and status != "retired"
    )
    if untitled:
        read.notes.append(f"{untitled} codes have no title: titles sent with them are not compared")
    if replace or not any(m["valid_from"] < day.isoformat() for m in given):
        read.notes.append(
            f"before {jalali.jdate(day)} ({day}) no code of {terminology} is in force, but for rows with an earlier valid_from"
        )
