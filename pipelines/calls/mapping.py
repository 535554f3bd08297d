"""The small file that says how a log's columns are called: our name → theirs, constants, values, time, hash, coverage.

Belongs here: reading and checking that file. Does not: rows (`rows`, `reading`). Its parts are explained in docs/calls.md.
"""

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pipelines.calls.fields import FIELDS, KINDS, OTHER_NAMES, text_of
from pipelines.errors import InputError

PARTS = ("kind", "columns", "constants", "values", "time", "content_hash", "rows", "window", "covers", "university")
HASHES = ("message_id", "sha256")


@dataclass(frozen=True)
class Covers:
    """What a log is complete for: a period and senders. Nothing said: every sender, the days that its own calls show."""

    first: dt.date | None = None
    last: dt.date | None = None
    systems: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mapping:
    """A mapping file, checked. `columns`: field → path of names in a row. `window`: minutes before and after a call (see docs/calls.md)."""

    file: str = ""
    kind: str = ""
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, Any]] = field(default_factory=dict)
    time_format: str = "auto"
    zone: str = "Asia/Tehran"
    content_hash: str = ""
    rows: dict[str, frozenset[str]] = field(default_factory=dict)
    window: tuple[int, int] = (10, 10)
    covers: Covers = Covers()
    university: str = ""


def read_mapping(path: Path | None) -> Mapping:
    """The mapping file, or one that says nothing. Raises InputError naming file, field and what is accepted."""
    if path is None:
        return Mapping()
    import yaml

    try:
        said = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}).") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: is no YAML: {' '.join(str(error).split())[:160]}") from error
    if not isinstance(said, dict):
        raise InputError(f"{path}: a mapping file is a table of {', '.join(PARTS)}; see docs/calls.md.")
    if not set(said) <= set(PARTS) and all(OTHER_NAMES.get(str(name), name) in FIELDS for name in said):
        said = {"columns": said}  # nothing but columns
    unknown = sorted(str(part) for part in set(said) - set(PARTS))
    if unknown:
        raise InputError(f"{path}: '{unknown[0]}' is no part of a mapping file; accepted are {', '.join(PARTS)}.")
    return _checked(path, {part: value for part, value in said.items() if value is not None})


def _checked(path: Path, said: dict[str, Any]) -> Mapping:
    tables = {part: _table(path, said, part) for part in ("columns", "constants", "values", "time", "rows", "window", "covers")}
    hashed = str(said.get("content_hash", ""))
    if hashed and hashed not in HASHES:
        raise InputError(f"{path}: content_hash: '{hashed}' is not known; accepted are {', '.join(HASHES)} (docs/calls.md says of which bytes).")
    return Mapping(
        file=path.name,
        kind=_one_of(path, "kind", str(said.get("kind", "")), ("", *KINDS)),
        columns={_field(path, "columns", ours): tuple(str(theirs).split(".")) for ours, theirs in tables["columns"].items()},
        constants={_field(path, "constants", ours): str(value) for ours, value in tables["constants"].items()},
        values={_field(path, "values", ours): {_key(k): v for k, v in _inner(path, f"values.{ours}", table).items()} for ours, table in tables["values"].items()},
        time_format=_time_format(path, tables["time"]),
        zone=_zone(path, tables["time"]),
        content_hash=hashed,
        rows={str(column): frozenset(_key(v) for v in (wanted if isinstance(wanted, list) else [wanted])) for column, wanted in tables["rows"].items()},
        window=_window(path, tables["window"]),
        covers=_covers(path, tables["covers"]),
        university=str(said.get("university", "")).strip(),
    )


def _key(value: Any) -> str:
    return text_of(value).casefold()


def _table(path: Path, said: dict[str, Any], part: str) -> dict[str, Any]:
    return _inner(path, part, said.get(part, {}))


def _inner(path: Path, part: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise InputError(f"{path}: {part}: must be a table of 'name: value' lines.")
    return {str(k) if not isinstance(k, bool) else str(k).lower(): v for k, v in value.items()}


def _field(path: Path, part: str, name: str) -> str:
    ours = OTHER_NAMES.get(name, name)
    if ours not in FIELDS:
        raise InputError(f"{path}: {part}: '{name}' is no field of ours; accepted are called_at or sent_at, {', '.join(f for f in FIELDS if f != 'at')}.")
    return ours


def _one_of(path: Path, part: str, value: str, accepted: tuple[str, ...]) -> str:
    if value not in accepted:
        raise InputError(f"{path}: {part}: '{value}' is not known; accepted are {', '.join(a for a in accepted if a)}.")
    return value


def _time_format(path: Path, said: dict[str, Any]) -> str:
    form = str(said.get("format", "auto"))
    if "%" not in form:
        _one_of(path, "time.format", form, ("auto", "iso", "jalali", "epoch_s", "epoch_ms"))
    return form


def _zone(path: Path, said: dict[str, Any]) -> str:
    zone = str(said.get("zone", "Asia/Tehran"))
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InputError(f"{path}: time.zone: '{zone}' is no zone; write it as Asia/Tehran or UTC.") from error
    return zone


def _window(path: Path, said: dict[str, Any]) -> tuple[int, int]:
    found = [said.get(side, 10) for side in ("before", "after")]
    if not all(isinstance(minutes, int) and 0 <= minutes <= 1440 for minutes in found) or set(said) - {"before", "after"}:
        raise InputError(f"{path}: window: holds minutes from 0 to 1440 under 'before' and 'after', for example {{before: 10, after: 10}}.")
    return found[0], found[1]


def _covers(path: Path, said: dict[str, Any]) -> Covers:
    from pipelines.jalali import parse_day

    if set(said) - {"from", "to", "systems"}:
        raise InputError(f"{path}: covers: accepted are from, to, systems (for a university's log: university, or --university).")
    days = [parse_day(str(said[side])) if said.get(side) else None for side in ("from", "to")]
    if (days[0] is None) != (days[1] is None):
        raise InputError(f"{path}: covers: from and to are given together.")
    return Covers(days[0], days[1], tuple(str(s).strip().lower() for s in said.get("systems") or ()))
