"""Faults put into coded items on purpose, each with the one outcome it must get.

Belongs here: one function a fault; it gives None where it cannot be made without doubt (the changed code happens to be listed, and so on).
Does not: how often a vendor makes which fault (`habits`), benign variations (`benign`).
"""

import datetime as dt
from collections.abc import Callable
from random import Random
from typing import NamedTuple

from pipelines.generator.codes import CodeList, Row
from pipelines.generator.shapes import PERSIAN_DIGITS, PLACEHOLDERS, check_digit, like_placeholder, unlike, well_formed


class Faulty(NamedTuple):
    """The parts of an item with a fault."""

    title: str | None
    terminology: str | None
    code: str | None
    outcome: str
    cause_known: str | None


Fault = Callable[[CodeList, Row, dt.date, Random, str], Faulty | None]
_LOCAL = {
    "IRC": ("iranDrugCoding", "iranDrugCoding", "Imed-ir", "FDO-ir", "Local"),
    "eRx": ("FDO-ir", "FDO-ir", "iranDrugCoding", "Local"),
    "RVU3": ("Local", "RVU2", "iranDrugCoding"),
    "LNC": ("Local", "LIS-Local", "RVU3"),
    "ICD10": ("ICD9", "ICPC2P", "Local"),
    "thritaEHR.otherCost": ("thritaEHR.insuranceBox", "Local"),
    "thritaEHR.WardType": ("thritaEHR.ward", "Local"),
}


def _malformed(codes: CodeList, row: Row, code: str) -> Faulty | None:
    if code in codes.rows or well_formed(codes.terminology, code) or code in PLACEHOLDERS or like_placeholder(code):
        return None
    return Faulty(row.title, codes.terminology, code, "malformed", row.code)


def code_blank(codes: CodeList, row: Row, day: dt.date, rng: Random, product: str) -> Faulty:
    return Faulty(row.title, codes.terminology, rng.choice(("", "", " ")), "incomplete", row.code)


def code_missing(codes: CodeList, row: Row, day: dt.date, rng: Random, product: str) -> Faulty:
    return Faulty(row.title if rng.random() < 0.8 else None, codes.terminology, None, "incomplete", row.code)


def terminology_blank(codes: CodeList, row: Row, day: dt.date, rng: Random, product: str) -> Faulty:
    return Faulty(row.title, rng.choice(("", None)), row.code, "incomplete", row.code)


def title_only(codes: CodeList, row: Row, day: dt.date, rng: Random, product: str) -> Faulty | None:
    return Faulty(row.title, None, None, "incomplete", row.code) if row.title else None


def placeholder(codes: CodeList, row: Row, day: dt.date, rng: Random, product: str) -> Faulty | None:
    code = rng.choice(PLACEHOLDERS)
    return None if code in codes.rows else Faulty(row.title, codes.terminology, code, "placeholder", row.code)


def local_terminology(codes: CodeList, row: Row, day: dt.date, rng: Random, product: str) -> Faulty:
    code = str(rng.randrange(10_203, 98_765) if rng.random() < 0.5 else rng.randrange(2_000_301, 9_876_543))
    while like_placeholder(code):
        code = str(int(code) + 1)
    name = product if rng.random() < 0.15 else rng.choice(_LOCAL[codes.terminology])
    return Faulty(row.title, name, code, "terminology_not_allowed", row.code)


def leading_zero_lost(codes: CodeList, row: Row, day: dt.date, rng: Random, product: str) -> Faulty | None:
    if not row.code.startswith("0"):  # look for a code that has one, where leading zeros matter
        zeros = [r for r in codes.in_force(day) if r.code.startswith("0")] if codes.terminology != "ICD10" else []
        if not zeros:
            return None
        row = rng.choice(zeros)
    return _malformed(codes, row, row.code.lstrip("0"))


def truncated(codes: CodeList, row: Row, day: dt.date, rng: Random, product: str) -> Faulty | None:
    if codes.terminology not in ("IRC", "eRx"):
        return None
    return _malformed(codes, row, row.code[: rng.choice((12, 15)) if codes.terminology == "IRC" else 4])


def persian_digits(codes: CodeList, row: Row, day: dt.date, rng: Random, product: str) -> Faulty | None:
    return _malformed(codes, row, row.code.translate(PERSIAN_DIGITS))


def blanks_around(codes: CodeList, row: Row, day: dt.date, rng: Random, product: str) -> Faulty | None:
    return _malformed(codes, row, rng.choice((f" {row.code}", f"{row.code} ", f" {row.code}  ")))


def blank_inside(codes: CodeList, row: Row, day: dt.date, rng: Random, product: str) -> Faulty | None:
    return _malformed(codes, row, f"{row.code[:2]} {row.code[2:]}") if len(row.code) > 2 else None


def dot_lost(codes: CodeList, row: Row, day: dt.date, rng: Random, product: str) -> Faulty | None:
    if codes.terminology != "ICD10":
        return None
    if "." not in row.code:
        dotted = [r for r in codes.in_force(day) if "." in r.code]
        if not dotted:
            return None
        row = rng.choice(dotted)
    return _malformed(codes, row, row.code.replace(".", ""))


def lower_case(codes: CodeList, row: Row, day: dt.date, rng: Random, product: str) -> Faulty | None:
    return _malformed(codes, row, row.code.lower()) if codes.terminology == "ICD10" else None


def swapped(codes: CodeList, row: Row, day: dt.date, rng: Random, product: str) -> Faulty | None:
    found = _malformed(codes, row, row.title) if row.title else None
    return found and found._replace(title=row.code)


def attribute_sign(codes: CodeList, row: Row, day: dt.date, rng: Random, product: str) -> Faulty | None:
    return _malformed(codes, row, rng.choice("#*+") + row.code) if codes.terminology == "RVU3" else None


def check_digit_wrong(codes: CodeList, row: Row, day: dt.date, rng: Random, product: str) -> Faulty | None:
    if codes.terminology != "LNC":
        return None
    return _malformed(codes, row, row.code[:-1] + str((int(row.code[-1]) + rng.randrange(1, 10)) % 10))


def text_as_code(codes: CodeList, row: Row, day: dt.date, rng: Random, product: str) -> Faulty | None:
    return _malformed(codes, row, rng.choice(("نامشخص در فهرست", "سایر موارد", "کد محلی بخش", "see attached")))


def unknown_code(codes: CodeList, row: Row, day: dt.date, rng: Random, product: str) -> Faulty | None:
    for _ in range(200):
        code = _random_code(codes.terminology, rng)
        if code not in codes.rows and not like_placeholder(code):
            return Faulty(row.title, codes.terminology, code, "unknown", row.code)
    return None


def not_in_force(codes: CodeList, row: Row, day: dt.date, rng: Random, product: str) -> Faulty | None:
    outside = codes.outside(day)
    if not outside:
        return None
    old = rng.choice(outside)
    successor = old.successor if old.successor in codes.rows else None
    return Faulty(old.title, codes.terminology, old.code, "not_in_force", successor)


def wrong_title(codes: CodeList, row: Row, day: dt.date, rng: Random, product: str) -> Faulty | None:
    own = [t for r in codes.rows[row.code] for t in (r.title, r.other_title) if t]
    for _ in range(30):
        other = rng.choice(codes.in_force(day))
        if row.title and other.title and other.persian == row.persian and all(unlike(other.title, t) for t in own):
            return Faulty(other.title, codes.terminology, row.code, "title_mismatch", row.code)
    return None


def _random_code(terminology: str, rng: Random) -> str:
    if terminology == "IRC":
        return str(rng.randrange(10**15, 10**16))
    if terminology == "eRx":
        return str(rng.randrange(10_000, 100_000))
    if terminology == "RVU3":
        return str(rng.randrange(100_000, 1_000_000))
    if terminology == "LNC":
        digits = str(rng.randrange(1_000, 1_000_000))
        return f"{digits}-{check_digit(digits)}"
    if terminology == "ICD10":
        return f"{rng.choice('ABCDEFGHIJKLMNOPQRSTUVWXYZ')}{rng.randrange(100):02d}" + (f".{rng.randrange(10)}" if rng.random() < 0.7 else "")
    return f"{rng.randrange(1000):03d}" if terminology == "thritaEHR.WardType" else str(rng.randrange(25, 4000))


FAULTS: dict[str, tuple[Fault, float]] = {
    "code_blank": (code_blank, 1.0), "code_missing": (code_missing, 0.8), "terminology_blank": (terminology_blank, 0.5),
    "title_only": (title_only, 0.4), "placeholder": (placeholder, 1.0), "local_terminology": (local_terminology, 2.2),
    "leading_zero_lost": (leading_zero_lost, 0.5), "truncated": (truncated, 0.6), "persian_digits": (persian_digits, 0.6),
    "blanks_around": (blanks_around, 0.7), "blank_inside": (blank_inside, 0.2), "dot_lost": (dot_lost, 1.0),
    "lower_case": (lower_case, 0.4), "swapped": (swapped, 0.3), "attribute_sign": (attribute_sign, 0.7),
    "check_digit_wrong": (check_digit_wrong, 0.7), "text_as_code": (text_as_code, 0.3), "unknown_code": (unknown_code, 2.2),
    "not_in_force": (not_in_force, 1.6), "wrong_title": (wrong_title, 1.2),
}  # fmt: skip
