"""How often a vendor's system at a university goes wrong on a given day, and how.

Belongs here: rates over time, choice of fault. Does not: what a fault does (`faults`), facts of vendors (`vendors`).
"""

import datetime as dt
import zlib
from random import Random

from pipelines.generator.faults import FAULTS
from pipelines.generator.vendors import Vendor

STARTS = {
    "thritaEHR.otherCost": dt.date(2023, 1, 30),
    "thritaEHR.WardType": dt.date(2023, 1, 30),
    "IRC": dt.date(2023, 2, 9),
    "eRx": dt.date(2023, 2, 9),
    "RVU3": dt.date(2023, 2, 20),
    "LNC": dt.date(2023, 3, 1),
    "ICD10": dt.date(2023, 3, 11),
}
_EASE = {
    "thritaEHR.otherCost": 0.6,
    "thritaEHR.WardType": 1.0,
    "IRC": 1.3,
    "eRx": 0.9,
    "RVU3": 0.9,
    "LNC": 1.6,
    "ICD10": 1.0,
}
_NAMES = list(FAULTS)
_WEIGHTS = [weight for _, weight in FAULTS.values()]


def remaining(progress: str, days: int) -> float:
    """Share of a vendor's errors that is still there so many days after (or before) a start date."""
    if progress == "none":
        return 1.0
    if progress == "slow":
        return min(1.0, max(0.35, 1.0 - (days + 20) * 0.65 / 70))
    fallen = min(1.0, max(0.25, 1.0 - (days + 7) * 0.75 / 10))
    if progress == "back" and days > 20:
        return min(0.9, fallen + (days - 20) * 0.7 / 20)
    return fallen


def _spread(*parts: str) -> float:
    """A factor between 0.5 and 1.5 that belongs to these names for good."""
    return 0.5 + zlib.crc32("/".join(parts).encode()) % 1000 / 1000


class Habits:
    """Rates of one vendor at one university. `gate`: behind the gate, few errors are left once a rule is in force.

    `obeys`: none are, for the sender repairs what the validation service refuses.
    """

    def __init__(self, vendor: Vendor, university_id: str, gate: str, obeys: bool = False) -> None:
        self.vendor = vendor
        self.university_id = university_id
        self.gate = gate
        self.obeys = obeys
        self._rates: dict[tuple[str, dt.date], tuple[float, float]] = {}

    def rates(self, terminology: str, day: dt.date) -> tuple[float, float]:
        """(chance of the vendor's own fault, chance of any fault) for an item of this terminology on this day."""
        key = (terminology, day)
        found = self._rates.get(key)
        if found is None:
            days = (day - STARTS[terminology]).days
            left = remaining(self.vendor.progress, days)
            if self.gate == "after" and days >= 0:
                left *= 0.35
            if self.obeys and days >= 0:
                left = 0.0
            place = _spread(self.university_id, self.vendor.vendor_id)
            base = 1.35 * self.vendor.base * _EASE[terminology] * _spread(self.vendor.vendor_id, terminology) * place
            special = 1.15 * self.vendor.special.get(terminology, ("", 0.0))[1] * place
            found = self._rates[key] = (min(0.7, special * left), min(0.9, (special + base) * left))
        return found

    def faults(self, terminology: str, special: bool, rng: Random) -> list[str]:
        """Faults to try in this order: the vendor's own, or one by general frequency; the last ones can always be made."""
        first = self.vendor.special[terminology][0] if special else rng.choices(_NAMES, _WEIGHTS)[0]
        return [first, rng.choices(_NAMES, _WEIGHTS)[0], "unknown_code", "code_missing"]

    def benign(self, rng: Random) -> str | None:
        """A benign variation for an item that is right, or None."""
        chance = rng.random()
        for kind, share in (*self.vendor.benign.items(), *_EVERYBODY):
            if chance < share:
                return kind
            chance -= share
        return None


_EVERYBODY = (
    ("id_case", 0.03),
    ("arabic_letters", 0.06),
    ("blanks_in_title", 0.02),
    ("zwnj_in_title", 0.02),
    ("title_blank", 0.02),
)
