"""Where a log's rows carry our fields, and the value of a field in a row.

Belongs here: paths through columns and nested JSON, value maps, constants, a wrong mapping's one clear line. Does not: what a value means.
"""

from typing import Any

import orjson

from pipelines.calls.fields import FIELDS, alias, key, text_of
from pipelines.calls.mapping import Mapping
from pipelines.errors import InputError


class Columns:
    """The columns of one log under one mapping. `paths`: field → names from the row inwards."""

    def __init__(self, mapping: Mapping, columns: list[str], file: str) -> None:
        self._mapping = mapping
        self.paths = self._resolved(columns, file)
        self._filters = {_column(columns, name, "rows", mapping, file): wanted for name, wanted in mapping.rows.items()}

    def has(self, name: str) -> bool:
        """Whether the log says this field at all."""
        return name in self.paths or name in self._mapping.constants

    def _resolved(self, columns: list[str], file: str) -> dict[str, tuple[str, ...]]:
        """Every field's path in a row: as mapped, else by its usual names. Raises InputError for a column that is not there."""
        paths = {ours: (_column(columns, path[0], f"columns.{ours}", self._mapping, file), *path[1:]) for ours, path in self._mapping.columns.items()}
        taken = {path[0] for path in paths.values()}
        for ours in FIELDS:
            if ours not in paths and ours not in self._mapping.constants:
                found = alias([c for c in columns if c not in taken], ours)
                if found is not None:
                    paths[ours] = (found,)
                    taken.add(found)
        if "at" not in paths:
            raise InputError(f"{file}: no column holds the time; map called_at or sent_at in a mapping file. The columns are: {_shown(columns)}.")
        if not {"answer", "error_message", "normalized_error_message", "passed"} & {*paths, *self._mapping.constants}:
            raise InputError(f"{file}: no column holds the answer; map error_message, answer or passed in a mapping file. The columns are: {_shown(columns)}.")
        return paths

    def wanted(self, row: dict[str, Any]) -> bool:
        """Whether a row is of this log, where one file holds several kinds of rows."""
        return all(text_of(row.get(column)).casefold() in wanted for column, wanted in self._filters.items())

    def value(self, row: dict[str, Any], name: str) -> Any:
        path = self.paths.get(name)
        if path is None:
            return self._mapping.constants.get(name)
        value: Any = row.get(path[0])
        for step in path[1:]:
            value = inside(value)
            if isinstance(value, list):
                value = value[0] if value else None
            value = value.get(step, next((v for k, v in value.items() if key(k) == key(step)), None)) if isinstance(value, dict) else None
        values = self._mapping.values.get(name)
        return values.get(text_of(value).casefold(), value) if values else value


def inside(value: Any) -> Any:
    """What a JSON text holds; anything else as it is."""
    if isinstance(value, str) and value.lstrip()[:1] in ("{", "["):
        try:
            return orjson.loads(value)
        except orjson.JSONDecodeError:
            return value
    return value


def at(row: dict[str, Any], path: tuple[str, ...]) -> Any:
    """What stands at a path of names, or None."""
    value: Any = row
    for step in path:
        value = inside(value)
        value = value.get(step) if isinstance(value, dict) else None
    return value


def _column(columns: list[str], name: str, part: str, mapping: Mapping, file: str) -> str:
    found = name if name in columns else next((c for c in columns if key(c) == key(name)), None)
    if found is None:
        raise InputError(f"{mapping.file}: {part}: {file} has no column '{name}'. The columns are: {_shown(columns)}.")
    return found


def _shown(columns: list[str]) -> str:
    return ", ".join(columns[:40]) + (" …" if len(columns) > 40 else "")
