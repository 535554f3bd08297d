"""Which list releases are in force on a day, which come, and which the letters have announced.

Belongs here: choosing among the releases that are given. Does not: reading them. A release is a dictionary of
`terminology list`: terminology, release, valid_from, valid_to (ISO; None while no later full release is known), synthetic, partial, delta.
"""

import datetime as dt
from typing import Any

from expectations.letters import letters

Release = dict[str, Any]


def in_force(releases: list[Release], terminology: str, on: dt.date) -> list[Release]:
    """The full release of the day and the deltas since; none if no release had begun, or none is loaded."""
    begun = [r for r in releases if r["terminology"] == terminology and r["valid_from"] <= on.isoformat()]
    return [r for r in begun if not r.get("valid_to") or r["valid_to"] > on.isoformat()]


def coming(releases: list[Release], on: dt.date, until: dt.date | None = None) -> list[Release]:
    """Releases that begin after the day (and not after `until`), by day."""
    found = [r for r in releases if r["valid_from"] > on.isoformat() and (until is None or r["valid_from"] <= until.isoformat())]
    return sorted(found, key=lambda r: (r["valid_from"], r["terminology"], r["release"]))


def standing_in(release: Release) -> bool:
    """True for a release that is no official list: invented, or a part."""
    return bool(release.get("synthetic") or release.get("partial"))


def kind_of(release: Release) -> str:
    """`synthetic`, `partial`, `stand_in` (a real list that nobody added), `delta` or `official`: what a reader must know of a release before quoting a number made under it."""
    return next((kind for kind in ("synthetic", "partial", "stand_in", "delta") if release.get(kind)), "official")


def loaded_names(releases: list[Release]) -> set[tuple[str, str]]:
    """(terminology, name) of the loaded releases, named as the letters' files name lists: `110/501` and `110-501` are one release, as in `terminology add`."""
    return {(r["terminology"], r["release"].replace("/", "-")) for r in releases}


def announced(releases: list[Release], terminology: str) -> list[dict[str, Any]]:
    """Lists of the terminology that letters announce: letter, list, and whether a release of that name is loaded."""
    loaded = loaded_names(releases)
    return [
        {"letter": letter, "list": each, "loaded": (each.terminology, each.release) in loaded}
        for letter in letters().values()
        for each in letter.lists
        if each.terminology == terminology
    ]
