"""`manifest.yaml` beside an extract: what the files do not say themselves, and under which names they say the rest.

Belongs here: reading and merging manifests. Unknown fields are an InputError, not ignored.
"""

import datetime as dt
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pipelines.errors import InputError
from pipelines.jalali import parse_day
from pipelines.landed.columns import DEFAULTS, Columns

GATES = ("before", "after", "unknown")
FIELDS = ("university_id", "gate", "period", "operation", "columns", "skip")


@dataclass(frozen=True)
class Manifest:
    """What is known of the files of a folder."""

    university_id: str | None = None
    gate: str = "unknown"
    period: tuple[dt.date, dt.date] | None = None
    operation: str | None = None
    columns: Columns = field(default_factory=Columns)
    skip: tuple[str, ...] = ()


def manifest_for(folder: Path, root: Path) -> Manifest:
    """The manifests from `root` down to `folder`, the nearer one winning field by field."""
    chain = [folder, *folder.parents]
    known = Manifest()
    for place in reversed(chain[: chain.index(root) + 1] if root in chain else [folder]):
        for name in ("manifest.yaml", "manifest.yml"):
            if (place / name).is_file():
                known = _read(place / name, known)
    return known


def _read(path: Path, known: Manifest) -> Manifest:
    said = _said(path)
    gate = said.get("gate", known.gate)
    if gate not in GATES:
        raise InputError(f"{path}: gate: '{gate}' is not one of {', '.join(GATES)}.")
    skip = said.get("skip") or []
    if isinstance(skip, str):
        skip = [skip]
    if not isinstance(skip, list) or not all(isinstance(pattern, str) for pattern in skip):
        raise InputError(f'{path}: skip: write a list of patterns, for example ["*.md"].')
    return replace(
        known,
        university_id=_text(path, said, "university_id", known.university_id),
        gate=gate,
        period=_period(path, said["period"]) if "period" in said else known.period,
        operation=_text(path, said, "operation", known.operation),
        columns=_columns(path, said.get("columns"), known.columns),
        skip=known.skip + tuple(skip),
    )


def _said(path: Path) -> dict[str, Any]:
    import yaml

    try:
        said = yaml.safe_load(path.read_text(encoding="utf-8-sig")) or {}
    except (yaml.YAMLError, ValueError) as error:
        raise InputError(f"{path}: is no readable YAML. See docs/extracts.md for its fields.") from error
    unknown = {str(name) for name in said} - set(FIELDS) if isinstance(said, dict) else {"this"}
    if unknown:
        raise InputError(f"{path}: {', '.join(sorted(unknown))}: not a field of a manifest; accepted are {', '.join(FIELDS)}.")
    return dict(said)


def _columns(path: Path, said: Any, known: Columns) -> Columns:
    if said is None:
        return known
    if not isinstance(said, dict):
        raise InputError(f"{path}: columns: write {{field: column}}; fields are {', '.join(DEFAULTS)}.")
    names = dict(known.names)
    for name, column in said.items():
        if name not in DEFAULTS:
            raise InputError(f"{path}: columns: '{name}' is not an envelope field; accepted are {', '.join(DEFAULTS)}.")
        if not isinstance(column, str | int) or not str(column).strip():
            raise InputError(f"{path}: columns: {name}: write the name of one column.")
        names[name] = (str(column).strip().lower(),)
    return Columns(names)


def _text(path: Path, said: dict[str, Any], name: str, otherwise: str | None) -> str | None:
    value = said.get(name)
    if value is None or value == "":
        return otherwise
    if not isinstance(value, str | int):
        raise InputError(f"{path}: {name}: write one word.")
    return str(value)


def _period(path: Path, said: Any) -> tuple[dt.date, dt.date]:
    """`{from: …, to: …}`, a day, or a month written `1401-11`."""
    try:
        if isinstance(said, dict):
            first, last = (_day(said[key]) for key in ("from", "to"))
        elif isinstance(said, str) and len(said) == 7:
            first = parse_day(f"{said}-01")
            last = next(d for n in (31, 30, 29) if (d := _maybe(f"{said}-{n}")) is not None)
        else:
            first = last = _day(said)
    except (KeyError, InputError, StopIteration) as error:
        raise InputError(f"{path}: period: write {{from: \"1401/11/01\", to: \"1401/11/30\"}}, a day, or a month \"1401-11\".") from error
    if first > last:
        raise InputError(f"{path}: period: from is after to.")
    return first, last


def _day(value: Any) -> dt.date:
    """A quoted day in either calendar; YAML turns an unquoted ISO day into a date, and an unquoted Jalali one into a wrong date."""
    if isinstance(value, dt.date):
        return parse_day(value.isoformat())
    return parse_day(str(value))


def _maybe(text: str) -> dt.date | None:
    try:
        return parse_day(text)
    except InputError:
        return None
