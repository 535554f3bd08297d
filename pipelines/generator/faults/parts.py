"""Faults of a part: blank, missing, a placeholder, another terminology.

Belongs here: outcomes incomplete, placeholder, terminology_not_allowed. Does not: shape (`shape`), lists (`listing`).
"""

import datetime as dt
from random import Random

from pipelines.generator.codes import CodeList, Row
from pipelines.generator.faults.base import Faulty
from pipelines.generator.shapes import PLACEHOLDERS, like_placeholder

_LOCAL = {
    "IRC": ("iranDrugCoding", "iranDrugCoding", "Imed-ir", "FDO-ir", "Local"),
    "eRx": ("FDO-ir", "FDO-ir", "iranDrugCoding", "Local"),
    "RVU3": ("Local", "RVU2", "iranDrugCoding"),
    "LNC": ("Local", "LIS-Local", "RVU3"),
    "ICD10": ("ICD9", "ICPC2P", "Local"),
    "thritaEHR.otherCost": ("thritaEHR.insuranceBox", "Local"),
    "thritaEHR.WardType": ("thritaEHR.ward", "Local"),
}


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
