"""Faults of shape: lost zeros and dots, Persian digits, blanks, signs, wrong check digits, code and title swapped.

Belongs here: outcome malformed. A fault is only made if the changed code is listed nowhere and no longer well formed.
Does not: codes of the right shape (`listing`).
"""

import datetime as dt
from random import Random

from pipelines.generator.codes import CodeList, Row
from pipelines.generator.faults.base import Faulty
from pipelines.generator.shapes import PERSIAN_DIGITS, PLACEHOLDERS, like_placeholder, well_formed


def _malformed(codes: CodeList, row: Row, code: str) -> Faulty | None:
    if code in codes.rows or well_formed(codes.terminology, code) or code in PLACEHOLDERS or like_placeholder(code):
        return None
    return Faulty(row.title, codes.terminology, code, "malformed", row.code)


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
