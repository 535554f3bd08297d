"""Small code lists for the generator's tests, and the plainest judgement of a coded item against them.

Belongs here: the tests' own reading of the directive, made apart from `pipelines` and `expectations`. Does not: tests.
"""

import datetime as dt
import re
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

FOREVER = None
OLD, NEW, SOON = dt.date(2011, 3, 21), dt.date(2023, 2, 1), dt.date(2023, 4, 10)
WORDS = [
    "قلب",
    "ریه",
    "کبد",
    "معده",
    "پوست",
    "چشم",
    "گوش",
    "استخوان",
    "خون",
    "عصب",
    "مغز",
    "کلیه",
    "دندان",
    "زانو",
    "شانه",
    "گردن",
]
STEMS = [
    "abra",
    "kelo",
    "mirza",
    "tondu",
    "wexi",
    "quilo",
    "zafir",
    "nembu",
    "hasto",
    "pergo",
    "rulti",
    "vosca",
    "yadim",
    "fluxo",
    "grent",
    "opasi",
]


def small_codes(path: Path) -> None:
    """A code list of each terminology, small, with codes that end, that come, that begin with zero and whose title changes."""
    rows = []

    def add(terminology, code, fa, en, start=OLD, end=FOREVER, successor=None, release="R1"):
        rows.append((terminology, release, code, fa, en, "active", start, end, successor, True))

    for number in range(60):
        fa = f"{WORDS[number % 16]} {WORDS[(number * 7 + 3) % 16]} {WORDS[(number // 16 * 5 + number) % 16]} گروه {number}"
        en = f"{STEMS[number % 16]}{STEMS[(number * 7 + 3) % 16]} {STEMS[(number // 4) % 16]} {number} mg"
        end = NEW if number % 10 == 7 else FOREVER
        start = SOON if number % 10 == 8 else OLD
        later = {"start": start, "end": end}
        add("IRC", f"{number % 9}{number:03d}00000{number * 7919 % 10**7:07d}", None if number % 2 else fa, en, **later)
        add("eRx", f"6{number:04d}", None, en, **later)
        add("RVU3", f"80{number:02d}05", fa, None, successor="800105" if number % 20 == 7 else None, **later)
        add("LNC", loinc(str(1000 + number * 37)), None, en, **later)
        add(
            "ICD10",
            f"{chr(65 + number % 26)}{number:02d}" + (f".{number % 10}" if number % 3 else ""),
            None,
            en,
            **later,
        )
        if number < 25:
            add("thritaEHR.WardType", f"{number * 31:03d}" if number else "010", fa, None, **later)
            add("thritaEHR.otherCost", str(number + 1), fa, None)
    for code in ("26", "27", "31", "39", "85", "90.1"):
        add("RVU3", code, f"جزء {code} خدمت", None)
    add("RVU3", "990650", "هتلینگ پیشین", None, end=NEW)
    add("RVU3", "990650", "اقامت در بخش", None, start=NEW, release="R2")
    names = [
        "terminology",
        "release",
        "code",
        "title_fa",
        "title_en",
        "status",
        "valid_from",
        "valid_to",
        "successor",
        "synthetic",
    ]
    types = [pa.string()] * 6 + [pa.date32()] * 2 + [pa.string(), pa.bool_()]
    arrays = [pa.array(column, type=kind) for column, kind in zip(zip(*rows, strict=True), types, strict=True)]
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_arrays(arrays, names=names), path)


def loinc(digits: str) -> str:
    doubled = "".join(str(int(d) * 2) if i % 2 == 0 else d for i, d in enumerate(reversed(digits)))
    return f"{digits}-{(10 - sum(map(int, doubled))) % 10}"


class Lists:
    """The code lists, read in the plainest way."""

    def __init__(self, path: Path) -> None:
        self.rows: dict[str, dict[str, list[dict]]] = {}
        for row in pq.read_table(path).to_pylist():
            self.rows.setdefault(row["terminology"], {}).setdefault(row["code"], []).append(row)

    def outcome(self, terminology: str, title, declared, code, day: dt.date) -> str:
        """What the directive says of an item that a rule of this terminology judges."""
        listed = self.rows[terminology].get(code or "")
        if not (code or "").strip() or not (declared or "").strip():
            return "incomplete"
        if not listed and (code in ("-", "test", "تست") or re.fullmatch("0+|9{3,}", code)):
            return "placeholder"
        if declared.lower() != terminology.lower():
            return "terminology_not_allowed"
        if not listed:
            return (
                "unknown"
                if re.fullmatch(SHAPES[terminology], code) and (terminology != "LNC" or loinc(code[:-2]) == code)
                else "malformed"
            )
        current = [r for r in listed if r["valid_from"] <= day and (r["valid_to"] is None or day < r["valid_to"])]
        if not current:
            return "not_in_force"
        titles = {_plain(r[k]) for r in listed for k in ("title_fa", "title_en") if r[k]}
        return "passed" if not _plain(title) or _plain(title) in titles else "title_mismatch"


def _plain(title: str | None) -> str:
    return "".join(c for c in (title or "").replace("ي", "ی").replace("ك", "ک").casefold() if c.isalnum())


SHAPES = {
    "thritaEHR.otherCost": r"[0-9]+(\.[0-9]+)*", "thritaEHR.WardType": "[0-9]{3}", "IRC": "[0-9]{16}", "eRx": "[0-9]{5}",
    "RVU3": r"[0-9]{6}(\.[0-9])?|26|27|31|39|85|90\.1", "LNC": "[0-9]{1,6}-[0-9]", "ICD10": r"[A-Z][0-9]{2}(\.[0-9]{1,2})?",
}  # fmt: skip
TERMINOLOGY_OF = {name.split(".")[-1].lower(): name for name in SHAPES}
