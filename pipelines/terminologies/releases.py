"""Adds a release of a terminology from what somebody was given: a file, a zip, a folder.

Belongs here: what may be added to what is there. Does not: reading the file (`bundle`, `neutral`), intervals (`codes`).
Everything that can be refused is refused before anything is written.
"""

import datetime as dt
from pathlib import Path
from typing import Any

from pipelines.errors import InputError
from pipelines.settings import Home
from pipelines.terminologies import distributions, names, rejects, store
from pipelines.terminologies.bundle import Source, open_source
from pipelines.terminologies.codes import build_codes
from pipelines.terminologies.order import How, day_of
from pipelines.terminologies.plan import Plan, make_plan

ALL = "all"


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
    announced: str | dt.date | None = None,
) -> dict[str, Any]:
    """Adds one release and builds `codes.parquet` again; stand-ins of the terminology vanish. `all` adds every list in the file.

    A release is full: codes it lacks end the day it starts. A `delta` changes only the codes it names (None: a list whose column
    Action has nothing but New, Update and Delete is one). `replace` drops every earlier release of the terminology; `append`
    adds the rows to the release of that name (lists that come in several files); `partial` notes that the list is known to lack codes; `announced`
    is the day it was published, if that is not the day it starts (list policy grace:N counts from it).
    Gives terminology, release, valid_from (ISO), changed, rows, added, rejected {reason: rows}, examples {reason: codes},
    notes [sentences], path, rejects (a CSV file or None), delta; of `all` also parts [summaries]. Raises InputError; then nothing has changed.
    """
    path = Path(file)
    if terminology.strip().casefold() == ALL:
        parts = add_workbook(home, path, release, valid_from, replace, append, partial, delta, announced)
        return _together(parts)
    wanted = names.canonical(terminology)
    store.slug(release)
    how = How(release, day_of(valid_from), replace, append, partial, delta, day_of(announced) if announced else None)
    return _commit(home, [make_plan(home, wanted, open_source(path, wanted), how)])[0]


def add_workbook(
    home: Home,
    file: str | Path,
    release: str,
    valid_from: str | dt.date,
    replace: bool = False,
    append: bool = False,
    partial: bool = False,
    delta: bool | None = None,
    announced: str | dt.date | None = None,
) -> list[dict[str, Any]]:
    """Adds a release of every terminology found in a file, zip or folder, all or none; gives a summary each, as `add_release` does."""
    store.slug(release)
    how = How(release, day_of(valid_from), replace, append, partial, delta, day_of(announced) if announced else None)
    source = open_source(Path(file))
    held: dict[str, list[Any]] = {}
    for sheet in source.sheets:
        for name in distributions.terminologies_of(sheet):
            held.setdefault(name, []).append(sheet)
    if source.successors:
        held.setdefault("LNC", [])
    if not held:
        raise InputError(
            f"{file}: no sheet in it says by its columns or its name which terminology it is."
            f"{next(filter(None, (distributions.missing(source.sheets, name) for name in names.known())), '')} "
            f"Name one instead of '{ALL}': {', '.join(names.known())}."
        )
    for name in (name for name in names.known() if name not in held):
        if lacking := distributions.missing(source.sheets, name):
            source.notes.append(f"no list of {name} was taken.{lacking}")
    plans: list[Plan] = []
    for name in (name for name in names.known() if name in held):
        own = source.successors if name == "LNC" else []
        plans.append(make_plan(home, name, Source(source.path, held[name], own, source.files, list(source.notes)), how))
    return _commit(home, plans)


def _commit(home: Home, plans: list[Plan]) -> list[dict[str, Any]]:
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
