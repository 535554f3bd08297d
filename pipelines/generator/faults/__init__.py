"""Faults put into coded items on purpose, each with the one outcome it must get, and how common each is.

Belongs here: the table of all faults. Does not: how often a vendor errs (`habits`), benign variations (`benign`).
"""

from pipelines.generator.faults import listing, parts, shape
from pipelines.generator.faults.base import Fault

FAULTS: dict[str, tuple[Fault, float]] = {
    "code_blank": (parts.code_blank, 1.0), "code_missing": (parts.code_missing, 0.8), "terminology_blank": (parts.terminology_blank, 0.5),
    "title_only": (parts.title_only, 0.4), "placeholder": (parts.placeholder, 1.0), "local_terminology": (parts.local_terminology, 2.2),
    "leading_zero_lost": (shape.leading_zero_lost, 0.5), "truncated": (shape.truncated, 0.6), "persian_digits": (shape.persian_digits, 0.6),
    "blanks_around": (shape.blanks_around, 0.7), "blank_inside": (shape.blank_inside, 0.2), "dot_lost": (shape.dot_lost, 1.0),
    "lower_case": (shape.lower_case, 0.4), "swapped": (shape.swapped, 0.3), "attribute_sign": (shape.attribute_sign, 0.7),
    "check_digit_wrong": (shape.check_digit_wrong, 0.7), "text_as_code": (shape.text_as_code, 0.3), "unknown_code": (listing.unknown_code, 2.2),
    "not_in_force": (listing.not_in_force, 1.6), "wrong_title": (listing.wrong_title, 1.2),
}  # fmt: skip
