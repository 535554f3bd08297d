"""How a release is to be added, and which may stand beside each other in time: one a day, a delta on the release it was made for.

Belongs here: refusing, naming both releases; which releases make up one. Does not: the days each code is in force (`codes`).
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from pipelines import jalali
from pipelines.errors import InputError


@dataclass
class How:
    """How a release is to be added; refuses what contradicts itself."""

    release: str
    day: dt.date
    replace: bool
    append: bool
    partial: bool
    delta: bool | None
    announced: dt.date | None = None

    def __post_init__(self) -> None:
        if self.replace and self.append:
            raise InputError(
                "--replace drops the earlier releases and --append adds to one of them: give one of the two."
            )
        if self.replace and self.delta:
            raise InputError("a delta changes earlier releases, and --replace drops them: give one of the two.")


def day_of(text: str | dt.date) -> dt.date:
    return text if isinstance(text, dt.date) else jalali.parse_day(text)


def refuse(
    given: list[dict[str, Any]], same: dict[str, Any] | None, terminology: str, release: str, day: dt.date
) -> None:
    """Raises InputError if the release would hide one that is there."""
    if same:
        raise InputError(
            f"{terminology} already has a release {same['release']} (from {same['valid_from']}, {same['rows']} rows) with other content. "
            "Give the new one another --release name, add its rows with --append, or drop every earlier release with --replace."
        )
    for meta in given:
        if meta["valid_from"] == day.isoformat():
            raise InputError(
                f"{terminology} releases {meta['release']} and {release} would both start on {day}, and a release is full: one would hide the other. "
                f"Merge them (--release {meta['release']} --append), or drop {meta['release']} with --replace."
            )


def refuse_order(given: list[dict[str, Any]], terminology: str, release: str, day: dt.date, delta: bool) -> None:
    """Raises InputError if a delta would have nothing to change, or a full release would slip under a delta made for another."""
    earlier = [m for m in given if m["valid_from"] < day.isoformat()]
    later = [m for m in given if m["valid_from"] > day.isoformat()]
    if delta and not earlier:
        first = f"its first release is {later[0]['release']}, from {later[0]['valid_from']}" if later else "it has none"
        raise InputError(
            f"{terminology} release {release} is a delta from {day} and needs a release before that day to change; {first}. "
            "Add the full release it was made for first."
        )
    if not delta and earlier and later and later[0].get("delta"):
        raise InputError(
            f"{terminology} release {release} from {day} would stand between {earlier[-1]['release']} (from {earlier[-1]['valid_from']}) and "
            f"{later[0]['release']} (from {later[0]['valid_from']}), which is a delta made for the former. Releases are out of order: check --valid-from."
        )


def chain(release: dict[str, Any], releases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The releases that make up one, in order: the last full one and the deltas on it, up to and with `release`."""
    made: list[dict[str, Any]] = []
    for one in reversed([m for m in releases if m["terminology"] == release["terminology"] and m["valid_from"] <= release["valid_from"]]):
        made.insert(0, one)
        if not one.get("delta"):
            break
    return made
