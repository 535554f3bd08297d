"""What adding a release would do: which rows it gets, whether it is a delta, and whether it may stand beside the others.

Belongs here: everything that can be refused, before anything is written. Does not: writing (`releases`), the order of releases (`order`).
"""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipelines.errors import InputError
from pipelines.settings import Home
from pipelines.terminologies import order, rejects, store, successors
from pipelines.terminologies.bundle import Source
from pipelines.terminologies.neutral import Neutral, read_neutral
from pipelines.terminologies.order import How


@dataclass
class Plan:
    """One release that may be added: what it will hold, and the release it changes if it is appended to one."""

    terminology: str
    read: Neutral
    meta: dict[str, Any]
    source: Source
    same: dict[str, Any] | None
    given: list[dict[str, Any]] = field(default_factory=list)
    changes: bool = True


def make_plan(home: Home, terminology: str, source: Source, how: How) -> Plan:
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
        return Plan(terminology, note, same, source, same, given, changes=False)
    held = store.read_columns(Path(same["path"])) if same and how.append else None
    read = _read(source, terminology, held, _earlier(given))
    if not read.rows and not (how.append and same):
        raise InputError(
            f"{source.path}: no usable row for {terminology} ({rejects.reasons(read)}). Correct the file and add it again."
        )
    if same and not how.append and _equal(same, read, how) and not (how.replace and len(given) > 1):
        return Plan(terminology, read, same, source, same, given, changes=False)
    others = [m for m in given if m is not same] if how.append else given
    if not how.replace:
        order.refuse(others, None if how.append else same, terminology, how.release, how.day)
    delta = bool(same["delta"] if same and how.append and "delta" in same else _is_delta(read, given, how))
    if not how.replace:
        order.refuse_order(others, terminology, how.release, how.day, delta)
    meta = _meta(terminology, source, how, same, given, delta)
    rejects.note_gaps(read, terminology, given, how.day, how.replace)
    return Plan(terminology, read, meta, source, same, given)


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


def _equal(same: dict[str, Any], read: Neutral, how: How) -> bool:
    announced = same.get("announced") if how.announced is None else how.announced.isoformat()
    return same["valid_from"] == how.day.isoformat() and same.get("announced") == announced and same["content"] == store.content_hash(read.columns)


def _is_delta(read: Neutral, given: list[dict[str, Any]], how: How) -> bool:
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
    how: How,
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
        "announced": how.announced.isoformat() if how.announced else joined.get("announced") if joined else None,
        "synthetic": False,
        "partial": how.partial or bool(joined and joined["partial"]),
        "delta": delta,
        "stand_in": False,
        "sources": [*(joined["sources"] if joined else []), *source.files],
        "replaces": [m["id"] for m in given] if how.replace else [],
        "added_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
    }
