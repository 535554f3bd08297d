"""Adds a release of a terminology from a file somebody was given.

Belongs here: what may be added to what is there. Does not: reading the file (`neutral`), intervals (`codes`).
"""

import datetime as dt
import hashlib
import uuid
from pathlib import Path
from typing import Any

from pipelines import jalali
from pipelines.errors import InputError
from pipelines.settings import Home
from pipelines.terminologies import names, store
from pipelines.terminologies.codes import build_codes
from pipelines.terminologies.neutral import COLUMNS, Neutral, read_neutral


def add_release(
    home: Home,
    terminology: str,
    file: str | Path,
    release: str,
    valid_from: str | dt.date,
    replace: bool = False,
    append: bool = False,
    partial: bool = False,
) -> dict[str, Any]:
    """Adds one release and builds `codes.parquet` again; stand-ins of the terminology vanish.

    A release is full: codes it lacks end the day it starts. `replace` drops every earlier release of the terminology; `append`
    adds the rows to the release of that name (lists that come in several files); `partial` notes that the list is known to lack codes.
    Gives terminology, release, valid_from (ISO), changed, rows, added, rejected {reason: rows}, examples {reason: codes},
    notes [sentences], path. Raises InputError; then nothing has changed.
    """
    path, terminology = Path(file), names.canonical(terminology)
    store.slug(release)
    day = valid_from if isinstance(valid_from, dt.date) else jalali.parse_day(valid_from)
    if replace and append:
        raise InputError("--replace drops the earlier releases and --append adds to one of them: give one of the two.")
    given = [m for m in store.list_releases(home) if m["terminology"] == terminology and not m["stand_in"]]
    same = next((m for m in given if store.slug(m["release"]).casefold() == store.slug(release).casefold()), None)
    if same and append and same["valid_from"] != day.isoformat():
        raise InputError(
            f"{terminology} release {same['release']} starts on {same['valid_from']}, not {day}. Append to it with --valid-from {same['valid_from']}."
        )
    held = store.read_columns(Path(same["path"])) if same else {name: [] for name in COLUMNS}
    source = {"file": path.name, "sha256": _sha256(path)}
    known = set(zip(held["code"], held["valid_from"], strict=True)) if append else set()
    if same and append and source["sha256"] in [s["sha256"] for s in same["sources"]]:
        return _summary(same, Neutral(notes=[f"{path.name} is already part of this release"]), changed=False)
    read = read_neutral(path, terminology, known)
    if not read.rows and not (append and same):
        raise InputError(
            f"{path}: no usable row for {terminology} ({_reasons(read)}). Correct the file and add it again."
        )
    columns = {name: [*held[name], *read.columns[name]] for name in COLUMNS} if append else read.columns
    if (
        same
        and not append
        and same["valid_from"] == day.isoformat()
        and same["content"] == store.content_hash(columns)
        and not (replace and len(given) > 1)
    ):
        return _summary(same, read, changed=False)
    if not (append or replace):
        _refuse(given, same, terminology, release, day)
    elif append:
        _refuse([m for m in given if m is not same], None, terminology, release, day)
    meta = {
        "id": uuid.uuid4().hex,
        "terminology": terminology,
        "release": same["release"] if same and append else release,
        "valid_from": day.isoformat(),
        "synthetic": False,
        "partial": partial or bool(same and append and same["partial"]),
        "stand_in": False,
        "sources": [*(same["sources"] if same and append else []), source],
        "replaces": [m["id"] for m in given] if replace else [],
        "added_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
    }
    _note_gaps(read, columns, terminology, given, day, replace)
    target = store.write(home, columns, meta)
    store.clear_superseded(home)
    build_codes(home)
    return _summary(store.read_metas([target])[0], read, changed=True)


def _note_gaps(
    read: Neutral,
    columns: dict[str, list[Any]],
    terminology: str,
    given: list[dict[str, Any]],
    day: dt.date,
    replace: bool,
) -> None:
    """Notes what people tend to find out too late."""
    untitled = sum(
        1 for fa, en in zip(columns["title_fa"], columns["title_en"], strict=True) if fa is None and en is None
    )
    if untitled:
        read.notes.append(f"{untitled} codes have no title: titles sent with them are not compared")
    if replace or not any(m["valid_from"] < day.isoformat() for m in given):
        read.notes.append(
            f"before {jalali.jdate(day)} ({day}) no code of {terminology} is in force, but for rows with an earlier valid_from"
        )


def _refuse(
    given: list[dict[str, Any]], same: dict[str, Any] | None, terminology: str, release: str, day: dt.date
) -> None:
    """Raises InputError if the release would hide one that is there."""
    if same:
        raise InputError(
            f"{terminology} already has a release {same['release']} (from {same['valid_from']}, {same['rows']} rows) with other content. "
            "Give the new one another --release name, add its rows with --append, or drop every earlier release with --replace."
        )
    for meta in given:
        if meta["valid_from"] == day.isoformat():
            raise InputError(
                f"{terminology} releases {meta['release']} and {release} would both start on {day}, and a release is full: one would hide the other. "
                f"Merge them (--release {meta['release']} --append), or drop {meta['release']} with --replace."
            )


def _sha256(path: Path) -> str:
    if not path.is_file():
        raise InputError(f"{path}: there is no such file.")
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _reasons(read: Neutral) -> str:
    return "; ".join(f"{reason}: {rows}" for reason, rows in read.rejected.items()) or "it has no rows"


def _summary(meta: dict[str, Any], read: Neutral, changed: bool) -> dict[str, Any]:
    return {
        **{key: meta[key] for key in ("terminology", "release", "valid_from", "rows", "path")},
        "changed": changed,
        "added": read.rows if changed else 0,
        "rejected": dict(read.rejected),
        "examples": read.examples,
        "notes": read.notes,
    }
