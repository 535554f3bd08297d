"""`manifest.yaml` beside an extract: what the files do not say themselves, and under which names they say the rest.

Belongs here: reading and merging manifests, names of envelope columns. Unknown fields are an InputError, not ignored.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pipelines.errors import InputError
from pipelines.jalali import parse_day

GATES = ("before", "after", "unknown")
# Names under which each envelope field is looked for when a manifest does not name it; letter case does not matter.
DEFAULTS: dict[str, tuple[str, ...]] = {
    "message": ("message", "payload", "xml_content", "message_xml", "content", "body", "xml", "json"),
    "received_at": ("received_at", "receive_time", "received", "receive_date", "sent_at", "exchange_at"),
    "operation": ("operation", "service", "method"),
    "system_id": ("system_id", "systemid"),
    "facility_id": ("facility_id", "healthcarefacilityid", "location_id", "locationid"),
    "university_id": ("university_id", "universityid", "university"),
    "message_uid": ("message_uid", "messageuid", "uid", "id"),
}
FIELDS = ("university_id", "gate", "period", "operation", "columns", "skip")


@dataclass(frozen=True)
class Columns:
    """Under which names a row carries the envelope's fields."""

    names: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: DEFAULTS)

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(self.names)

    def accepted(self, name: str) -> str:
        """The accepted names of a field, for an error text."""
        return " or ".join(self.names[name])

    def find(self, present: Iterable[str], name: str) -> str | None:
        """The column that carries the field, or None."""
        by_small = {column.lower(): column for column in present}
        return next((by_small[alias] for alias in self.names[name] if alias in by_small), None)

    def envelope(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """The envelope's fields of a row, absent and blank ones left out."""
        by_small = {key.lower(): value for key, value in row.items()}
        found = {name: next((by_small[a] for a in aliases if by_small.get(a) not in (None, "")), None) for name, aliases in self.names.items()}
        return {name: value for name, value in found.items() if value is not None}


@dataclass(frozen=True)
class Manifest:
    """What is known of the files of a folder."""

    university_id: str | None = None
    gate: str = "unknown"
    period: tuple[dt.date, dt.date] | None = None
    operation: str | None = None
    columns: Columns = Columns()
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
    import yaml

    try:
        said = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: is no readable YAML. See docs/extracts.md for its fields.") from error
    unknown = set(said) - set(FIELDS) if isinstance(said, dict) else {"(no mapping)"}
    if unknown:
        raise InputError(f"{path}: {', '.join(sorted(unknown))}: not a field of a manifest; accepted are {', '.join(FIELDS)}.")
    gate = said.get("gate", known.gate)
    if gate not in GATES:
        raise InputError(f"{path}: gate: '{gate}' is not one of {', '.join(GATES)}.")
    names = dict(known.columns.names)
    for name, column in (said.get("columns") or {}).items():
        if name not in DEFAULTS:
            raise InputError(f"{path}: columns: '{name}' is not an envelope field; accepted are {', '.join(DEFAULTS)}.")
        names[name] = (str(column).lower(),)
    return replace(
        known,
        university_id=_text(said.get("university_id"), known.university_id),
        gate=gate,
        period=_period(path, said["period"]) if "period" in said else known.period,
        operation=_text(said.get("operation"), known.operation),
        columns=Columns(names),
        skip=known.skip + tuple(said.get("skip") or ()),
    )


def _text(value: Any, otherwise: str | None) -> str | None:
    return otherwise if value in (None, "") else str(value)


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
