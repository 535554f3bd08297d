"""One message on its way into an extract: content, envelope, file name.

Belongs here: what every container needs to know of a message. Does not: containers.
"""

import datetime as dt
from typing import NamedTuple

from pipelines.generator.dialects import write
from pipelines.generator.vendors import Vendor

ENVELOPE = ("received_at", "operation", "system_id", "facility_id", "university_id", "message_uid")
TEHRAN = dt.timezone(dt.timedelta(hours=3, minutes=30))


class Delivery(NamedTuple):
    """A message as received. `raw` is set for a broken one and stands for its bytes; `flaw` says how it is broken."""

    vendor: Vendor
    content: str
    received: dt.datetime
    operation: str
    system_id: str
    facility_id: str
    university_id: str
    message_uid: str
    raw: bytes | None = None
    flaw: str = ""

    @property
    def json(self) -> bool:
        """True if the content is a whole JSON object."""
        return self.raw is None and write.is_json(self.vendor)

    def text(self, nuls: bool = True) -> str:
        """The payload in a table of messages."""
        if self.raw is not None:
            return self.raw.decode(errors="replace").replace("\0", "")
        return write.as_text(self.vendor, self.content, nuls)

    def payload(self) -> bytes:
        """The payload in a file of its own."""
        return write.as_bytes(self.vendor, self.content) if self.raw is None else self.raw

    def envelope(self) -> tuple[str, ...]:
        """Values of the columns ENVELOPE."""
        return (
            self.received.isoformat(),
            self.operation,
            self.system_id,
            self.facility_id,
            self.university_id,
            self.message_uid,
        )

    def file_name(self) -> str:
        """`1_30_2023 10_04_37 AM_<SystemID>_SavePatientBillSecure.xml`: Tehran's local time, the system, the operation."""
        t = self.received
        clock = f"{t.hour % 12 or 12}_{t.minute:02d}_{t.second:02d} {'AM' if t.hour < 12 else 'PM'}"
        ending = "json" if write.is_json(self.vendor) else "xml"
        return f"{t.month}_{t.day}_{t.year} {clock}_{self.system_id}_{self.operation}Secure.{ending}"
