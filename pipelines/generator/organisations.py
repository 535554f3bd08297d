"""The invented universities, facilities, vendors and systems. They are the same for every seed, so that extracts of several runs fit together.

Belongs here: the registry and its CSV files. Does not: what anybody sends.
"""

import csv
import datetime as dt
from pathlib import Path
from random import Random
from typing import NamedTuple

from pipelines.generator.vendors import UNLISTED, VENDORS, Vendor


class System(NamedTuple):
    """One registered system of a vendor."""

    system_id: str
    vendor: Vendor
    kind: str
    version: str


class Facility(NamedTuple):
    """A facility and the systems it runs."""

    facility_id: str
    name_fa: str
    kind: str
    systems: tuple[System, ...]


class University(NamedTuple):
    """A university, its size and its facilities. `gate`: where its extract is taken."""

    university_id: str
    name_fa: str
    name_en: str
    node: str
    weight: float
    gate: str
    facilities: tuple[Facility, ...]


_HEADS = (("خیال", "Khiyal"), ("پندار", "Pendar"), ("رؤیا", "Roya"), ("انگار", "Engar"), ("سراب", "Sarab"), ("افسان", "Afsan"),
          ("گمان", "Goman"), ("نگار", "Negar"), ("مهتاب", "Mahtab"), ("سیمرغ", "Simorgh"), ("ناکجا", "Nakoja"))  # fmt: skip
_TAILS = (("آباد", "abad"), ("شهر", "shahr"), ("کوه", "kuh"), ("رود", "rud"), ("دشت", "dasht"), ("دژ", "dezh"))
_KINDS = (("hospital", "بیمارستان", "HIS"), ("hospital", "بیمارستان", "HIS"), ("clinic", "درمانگاه", "CIS"), ("pharmacy", "داروخانه", "PIS"),
          ("laboratory", "آزمایشگاه", "LIS"), ("office", "مطب", "OIS"), ("imaging", "مرکز تصویربرداری", "RIS"), ("clinic", "درمانگاه", "CIS"))  # fmt: skip
_NAMES = (
    "سپیدار",
    "نیلوفر آبی",
    "کهربا",
    "یاس بنفش",
    "آذرخش",
    "مروارید",
    "شباهنگ",
    "ترمه",
    "پگاه نو",
    "کاج بلند",
    "لاله دشت",
    "بامداد",
)
_UNLISTED_SYSTEM = System("5EED0000-0000-4000-8000-00000000C15E", UNLISTED, "CIS", "1.0")


def guid(rng: Random) -> str:
    """An upper-case GUID."""
    text = f"{rng.getrandbits(128):032X}"
    return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-8{text[17:20]}-{text[20:]}"


def registry() -> tuple[list[University], list[System]]:
    """All 66 universities with their facilities, and all registered systems."""
    rng = Random("sepas-dq invented registry 1")
    systems = [
        System(guid(rng), vendor, kind, f"{rng.randrange(2, 9)}.{rng.randrange(10)}")
        for vendor in VENDORS
        for kind in vendor.kinds
    ]
    universities = []
    for number in range(66):
        (head_fa, head_en), (tail_fa, tail_en) = _HEADS[number % 11], _TAILS[number // 11]
        weight = rng.lognormvariate(0, 0.7)
        facilities = tuple(_facility(place, systems, rng) for place in range(rng.randrange(5, 9)))
        universities.append(
            University(
                f"u{number + 1:02d}", f"دانشگاه علوم پزشکی {head_fa}‌{tail_fa}", f"{head_en}{tail_en} University of Medical Sciences",
                f"Node{number + 1:02d}.behdasht.gov.ir", weight, "after" if number % 4 == 3 else "before", facilities,
            )
        )  # fmt: skip
    return universities, systems


def _facility(place: int, systems: list[System], rng: Random) -> Facility:
    kind, word, wanted = _KINDS[place]

    def choose(system_kind: str) -> System:
        fitting = [s for s in systems if s.kind == system_kind]
        return rng.choices(fitting, [s.vendor.share for s in fitting])[0]

    chosen = [choose(wanted)]
    if kind == "hospital" and rng.random() < 0.5:
        chosen.append(choose("LIS"))
    if place == 7 and rng.random() < 0.4:
        chosen = [_UNLISTED_SYSTEM]
    return Facility(guid(rng), f"{word} {_NAMES[rng.randrange(12)]}", kind, tuple(chosen))


def write_organisations(folder: Path, universities: list[University], systems: list[System]) -> None:
    """The four CSV files that `sepas-dq organisations add` reads."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = Random("sepas-dq invented certificates 1")
    _write(
        folder / "universities.csv",
        "university_id,name_fa,name_en,node",
        [(u.university_id, u.name_fa, u.name_en, u.node) for u in universities],
    )
    _write(
        folder / "facilities.csv", "facility_id,university_id,name_fa,kind,valid_from,valid_to",
        [(f.facility_id, u.university_id, f.name_fa, f.kind, dt.date(2015 + rng.randrange(6), 3, 21), "") for u in universities for f in u.facilities],
    )  # fmt: skip
    _write(folder / "vendors.csv", "vendor_id,name_fa,name_en", [(v.vendor_id, v.name_fa, v.name_en) for v in VENDORS])
    until = dt.date(2022, 9, 1)
    _write(
        folder / "systems.csv", "system_id,vendor_id,product,version,kind,certificate_no,certificate_until,valid_from,valid_to",
        [(s.system_id, s.vendor.vendor_id, s.vendor.product, s.version, s.kind, f"GV-{rng.randrange(1000, 9999)}",
          until + dt.timedelta(days=rng.randrange(800)), dt.date(2019, 3, 21), "") for s in systems],
    )  # fmt: skip


def _write(path: Path, header: str, rows: list[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header.split(","))
        writer.writerows(rows)
