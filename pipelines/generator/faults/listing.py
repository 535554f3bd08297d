"""Faults against the list: a code it does not know, one that is not in force, the title of another code.

Belongs here: outcomes unknown, not_in_force, title_mismatch. Does not: shape (`shape`).
"""

import datetime as dt
from random import Random

from rapidfuzz import fuzz

from pipelines.generator.codes import CodeList, Row, letters_of
from pipelines.generator.faults.base import Faulty
from pipelines.generator.shapes import check_digit, like_placeholder, unlike


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
    titles_of = codes.beside if codes.beside and rng.random() < 0.4 else codes
    for _ in range(60):
        other = rng.choice(titles_of.in_force(day))
        if not (row.title and other.title and other.persian == row.persian):
            continue
        # a title that one other code of the list bears is wrong for sure; any other must be so by its words
        named = codes.names_one(other.title)
        if all(unlike(other.title, t) and (named or _strange(other.title, t)) for t in own):
            return Faulty(other.title, codes.terminology, row.code, "title_mismatch", row.code)
    return None


def _strange(title: str, own: str) -> bool:
    words = fuzz.token_set_ratio(title.lower(), own.lower())
    return max(words, fuzz.ratio(letters_of(title), letters_of(own))) < 35


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
        return f"{rng.choice('ABCDEFGHIJKLMNOPQRSTUVWXYZ')}{rng.randrange(100):02d}" + (
            f".{rng.randrange(10)}" if rng.random() < 0.7 else ""
        )
    return f"{rng.randrange(1000):03d}" if terminology == "thritaEHR.WardType" else str(rng.randrange(25, 4000))
