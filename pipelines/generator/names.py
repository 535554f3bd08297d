"""Invented words for people and places: plainly made up, yet varied, so that a privacy test can search for them.

Belongs here: syllables, streets, phrases of free text. Does not: anything that looks like a real person's data.
"""

from random import Random

_FIRST = ("کیر", "مار", "پیو", "آرت", "نیل", "سپ", "خوش", "دیم", "ون", "شاب", "گیل", "رم")
_MIDDLE = ("دا", "وی", "مو", "شا", "نی", "رو", "که", "لا", "بی", "تو")
_LAST = ("روند", "شنا", "دوخت", "گوشه", "مهین", "کنده", "وشک", "زادین", "لیک", "مندنام")
NOTES = ("یادداشت آزاد ساختگی", "توضیح نمونهٔ ساختگی", "شرح حال ساختگی")


def invented_name(rng: Random) -> str:
    """A first or last name nobody bears."""
    return rng.choice(_FIRST) + rng.choice(_MIDDLE) + rng.choice(_MIDDLE) + rng.choice(_LAST)


def fake_national_code(rng: Random) -> str:
    """Ten digits whose check digit is wrong, so that it is nobody's."""
    digits = [rng.randrange(10) for _ in range(9)]
    rest = sum(d * (10 - i) for i, d in enumerate(digits)) % 11
    right = rest if rest < 2 else 11 - rest
    return "".join(map(str, digits)) + str((right + 1 + rng.randrange(8)) % 10)


def fake_mobile(rng: Random) -> str:
    """A number in a range that is not given out."""
    return f"0900{rng.randrange(1000):03d}{rng.randrange(10_000):04d}"


def fake_address(rng: Random) -> str:
    """A street that is nowhere."""
    return f"خیابان ساختگی {invented_name(rng)}، کوچهٔ {rng.randrange(1, 99)}، پلاک {rng.randrange(1, 400)}"


def note(rng: Random, name: str) -> str:
    """Free text with a name in it, as clerks write it."""
    return f"{rng.choice(NOTES)} — {name} {rng.randrange(10_000, 99_999)}"
