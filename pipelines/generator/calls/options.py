"""What may be chosen about an invented log: its format, what it knows calls by, who behaves how.

Belongs here: choices and their defaults. Does not: what they do.
"""

import zlib
from dataclasses import dataclass, field

FORMATS = ("ndjson", "csv", "parquet")
IDS = ("all", "uid", "content", "none")
BEHAVIOURS = {
    "honest": 0.40,  # validates, repairs what is refused, validates again, sends
    "late": 0.10,  # validates after sending
    "never": 0.14,
    "ignores_refusals": 0.12,  # validates and sends whatever the answer
    "validates_another": 0.08,  # validates some clean message of its own instead
    "partial": 0.10,  # an honest half, a never half
    "never_sends": 0.06,  # honest, and validates messages that it never sends
}


@dataclass(frozen=True)
class CallOptions:
    """`ids`: the log holds uids and content hashes, one of them, or neither. `shares`: behaviour → weight."""

    form: str = "ndjson"
    ids: str = "all"
    seed: int = 1
    shares: dict[str, float] = field(default_factory=lambda: dict(BEHAVIOURS))

    def behaviour(self, facility_id: str) -> str:
        """A facility behaves one way, for good."""
        place = zlib.crc32(f"{self.seed}/{facility_id.lower()}".encode()) / 2**32 * sum(self.shares.values())
        for name, share in self.shares.items():
            place -= share
            if place < 0:
                return name
        return next(reversed(self.shares))

    def obeys(self, facility_id: str) -> bool:
        """Whether what a facility sends is free of what the service refuses."""
        return self.behaviour(facility_id) in ("honest", "never_sends")
