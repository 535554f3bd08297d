"""List policies: which list an item is held against. A policy is another way to line up the releases; the intervals are made as ever.

Belongs here: what a policy's name means, and its `codes`. Does not: judging (`findings`).
`in_force`: the list of the exchange date, the default. `grace:N`: what the sender could have had: what a release ends counts N days
longer from its announcement. `latest`: the newest release of every terminology, on all days. `release:NAME`: the release of that name
alone, on all days; terminologies without one keep theirs in force.
"""

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.errors import InputError
from pipelines.settings import Home, list_policies
from pipelines.terminologies import names, order, parquet, store
from pipelines.terminologies.codes import codes_path, made_of_releases
from pipelines.terminologies.intervals import write_codes

IN_FORCE = "in_force"
_FIRST = dt.date(1, 1, 1)


@dataclass(frozen=True)
class ListPolicy:
    """A policy's name and the terminologies it says something of: an item of another terminology is not judged under it."""

    name: str
    terminologies: tuple[str, ...]


def policy(home: Home, name: str) -> ListPolicy:
    """The policy of that name. Raises InputError saying which there are."""
    releases = store.list_releases(home)
    kind, _, rest = name.strip().partition(":")
    if name == IN_FORCE or name == "latest" or (kind == "grace" and re.fullmatch("[0-9]{1,4}", rest)):
        return ListPolicy(name, names.TERMINOLOGIES)
    if kind == "release" and rest:
        wanted = store.slug(rest).casefold()
        found = [m for m in releases if store.slug(m["release"]).casefold() == wanted]
        if found:
            return ListPolicy(f"release:{found[0]['release']}", tuple(sorted({m["terminology"] for m in found})))
    known = ", ".join(dict.fromkeys(f"release:{m['release']}" for m in releases))
    raise InputError(f"'{name}' is not a list policy. Accepted: {IN_FORCE}, grace:N (days), latest, {known}.")


def policies(home: Home) -> list[ListPolicy]:
    """The policies that every build judges under beside the default: SEPAS_DQ_LIST_POLICIES, else grace:30, latest and each release
    of every terminology that has more than one."""
    chosen = list_policies()
    if chosen is not None:
        return [policy(home, name) for name in dict.fromkeys(chosen) if name != IN_FORCE]
    releases = store.list_releases(home)
    held = [m["terminology"] for m in releases]
    single = dict.fromkeys(f"release:{m['release']}" for m in releases if held.count(m["terminology"]) > 1)
    return [policy(home, name) for name in ("grace:30", "latest", *single)]


def codes_under(home: Home, name: str) -> Path:
    """`codes.parquet` under a policy, made if it is not there or the releases have changed since."""
    chosen = policy(home, name)
    if chosen.name == IN_FORCE:
        return codes_path(home)
    target = home.reference / "policies" / f"{store.slug(chosen.name.replace(':', '-'))}" / "codes.parquet"
    note = f"{chosen.name} {made_of_releases(home)}"
    if not target.is_file() or parquet.notes([target]).get(str(target)) != note:
        kind, _, rest = chosen.name.partition(":")
        with parquet.database() as db:
            write_codes(db, home, _lined_up(home, chosen), target, note, int(rest) if kind == "grace" else None)
    return target


def _lined_up(home: Home, chosen: ListPolicy) -> list[dict[str, Any]]:
    """The releases that a policy counts, with the days it counts them from."""
    releases = store.list_releases(home)
    if chosen.name.startswith("grace:"):
        return releases
    counted = []
    for terminology in names.TERMINOLOGIES:
        own = [m for m in releases if m["terminology"] == terminology]
        wanted = own[-1:] if chosen.name == "latest" else [m for m in own if f"release:{m['release']}" == chosen.name]
        counted += _alone(order.chain(wanted[0], own)) if wanted else own
    return counted


def _alone(chain: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A release as if there were no other: from the first of days, its deltas a day apart."""
    days = [(_FIRST + dt.timedelta(number)).isoformat() for number in range(len(chain))]
    return [meta | {"valid_from": day, "valid_to": None} for meta, day in zip(chain, days, strict=True)]
