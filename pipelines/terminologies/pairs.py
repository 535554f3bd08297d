"""Which two releases somebody means: by their names, or the newest real one and the one before it.

Belongs here: finding releases by name. Does not: comparing them (`diff`).
"""

from typing import Any

from pipelines.errors import InputError
from pipelines.settings import Home
from pipelines.terminologies import names, store

Row = dict[str, Any]


def find_pair(home: Home, before: str, after: str, terminology: str | None = None) -> tuple[Row, Row]:
    """What `list_releases` says of two releases of one terminology, which is inferred if just one has releases of both names.

    Raises InputError with the releases there are, or the terminologies that could be meant.
    """
    held: dict[str, dict[str, Row]] = {}
    wanted = names.canonical(terminology) if terminology else None
    for meta in store.list_releases(home):
        if wanted in (None, meta["terminology"]):
            held.setdefault(meta["terminology"], {})[_key(meta["release"])] = meta
    keys = [_key(before), _key(after)]
    found = [name for name, releases in held.items() if all(key in releases for key in keys)]
    if len(found) > 1:
        raise InputError(f"'{before}' and '{after}' are releases of {' and '.join(found)}: say which with --terminology, for example --terminology {found[0]}.")
    if not found and wanted:
        raise InputError(_absent(wanted, [before, after], keys, held.get(wanted, {})))
    if not found:
        there = "; ".join(f"{name}: {_listed(releases)}" for name, releases in held.items())
        raise InputError(f"No terminology has releases '{before}' and '{after}'. Releases there are: {there or 'none yet; add one with `sepas-dq terminology add`'}.")
    return held[found[0]][keys[0]], held[found[0]][keys[1]]


def newest_pairs(releases: list[Row]) -> list[tuple[Row, Row]]:
    """(the one before, the newest) of every terminology with at least two real releases; a stand-in is none."""
    real: dict[str, list[Row]] = {}
    for meta in releases:
        if not (meta["stand_in"] or meta["synthetic"]):
            real.setdefault(meta["terminology"], []).append(meta)
    return [(metas[-2], metas[-1]) for metas in real.values() if len(metas) > 1]


def between(releases: list[Row], before: Row, after: Row) -> list[str]:
    """Names of the releases that stand between two: a code that is gone in the later one may have ended with one of them."""
    first, last = sorted((before["valid_from"], after["valid_from"]))
    return [m["release"] for m in releases if m["terminology"] == after["terminology"] and first < m["valid_from"] < last]


def _key(name: str) -> str:
    return store.slug(name).casefold()


def _listed(releases: dict[str, Row]) -> str:
    return ", ".join(meta["release"] for meta in releases.values())


def _absent(terminology: str, given: list[str], keys: list[str], releases: dict[str, Row]) -> str:
    missing = next(name for name, key in zip(given, keys, strict=True) if key not in releases)
    there = _listed(releases) or "none yet; add one with `sepas-dq terminology add`"
    return f"{terminology} has no release '{missing}'. Its releases: {there}."
