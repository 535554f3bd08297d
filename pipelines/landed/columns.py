"""Under which names the rows of an extract carry the envelope: received_at, operation, system … and the message itself.

Belongs here: the names looked for, and finding them in a row. Does not: manifests, which may name others.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

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
