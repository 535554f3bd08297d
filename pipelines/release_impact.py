"""Who a new release of a code list will break: the differences of two releases, joined with who sends the codes.

Belongs here: connecting `terminologies` (what changes) with `reports` (what was sent), and the files an analyst takes along.
Does not: comparing lists, sums, pages.
"""

import contextlib
import csv
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipelines import flow, terminologies
from pipelines.errors import InputError, NotBuiltError
from pipelines.reports import release_page, releases
from pipelines.reports.reading import quarters, query
from pipelines.settings import Home

Row = dict[str, Any]
_CODE = ("code", "change", "changes", "title_before", "title_after", "status_before", "status_after", "scope", "valid_from_before",
         "valid_from_after", "valid_to_before", "valid_to_after", "ends_on", "successor")  # fmt: skip
_SUMS = ("items", "items_passed", "universities", "facilities", "vendors", "first_on", "last_on")
_SENT = ("university_id", "facility_id", "vendor_id", "items", "items_passed", "first_on", "last_on")


@dataclass
class Impact:
    """Two releases, the quarter whose traffic was joined (None without any), and what `releases.traffic` gives; `sent`: one row a code and sender."""

    about: Row
    between: list[str]
    quarter: str | None
    joined: Row
    sent: list[Row] = field(default_factory=list)
    stale: bool = False

    @property
    def going(self) -> list[Row]:
        """Codes that stop being in force, most items first."""
        return [row for row in self.joined["codes"] if row["ends_on"]]


def impact(home: Home, before: str, after: str, terminology: str | None = None, quarter: str | None = None) -> Impact:
    """Compares two releases by name and joins them with a quarter's traffic, by default that of the last with data.

    The later release may start in the future. Without a warehouse the changes stand alone. Raises InputError for names that are unknown or
    not of one terminology, NotBuiltError for a quarter without data.
    """
    flow.ensure_reference(home)
    held = terminologies.list_releases(home)
    pair = terminologies.find_pair(home, before, after, terminology)
    changes = terminologies.compare(held, *pair)
    about = {
        "terminology": pair[1]["terminology"], "before": pair[0]["release"], "after": pair[1]["release"],
        "before_from": dt.date.fromisoformat(pair[0]["valid_from"]), "after_from": dt.date.fromisoformat(pair[1]["valid_from"]),
        "partial": any(meta["partial"] for meta in pair), "stand_in": any(meta["stand_in"] or meta["synthetic"] for meta in pair),
    }  # fmt: skip
    found = Impact(about, terminologies.between(held, *pair), None, {})
    if home.warehouse.exists() or quarter:
        _join(home, found, changes, quarter)
    if found.quarter is None:
        found.joined = {"total": 0, "codes": [row | releases.NOT_SENT for row in changes], "senders": {kind: [] for kind in releases.SENDERS}}
    return found


def _join(home: Home, found: Impact, changes: list[Row], quarter: str | None) -> None:
    from pipelines.warehouse import reading

    with reading(home) as con:
        held = quarters(con, quarter)
        found.quarter = quarter or (held[-1] if held else None)
        if found.quarter:
            found.joined = releases.traffic(con, found.quarter, found.about["terminology"], changes)
            found.sent = query(con, "release_rows")
    found.stale = not flow.is_current(home)


def write_pages(home: Home, found: Impact, languages: Iterable[str]) -> list[Path]:
    """The page in each language, into `reports/<quarter>/`. NotBuiltError if there is no traffic to show."""
    if found.quarter is None:
        raise NotBuiltError("The page shows the traffic of a quarter, and nothing has been built yet. Run: sepas-dq ingest PATH, then sepas-dq build.")
    numbers = releases.shown(found.about, found.quarter, found.joined)
    return [release_page.write_release_page(home, numbers, lang) for lang in languages]


def write_tables(found: Impact, target: Path) -> list[Path]:
    """A `.csv` file: one row a code and sender, a code nobody sends once. Else a folder: `changes.csv`, a row a code, and `traffic.csv`."""
    codes = {row["code"]: row for row in found.joined["codes"]}
    sent = [{name: codes[row["code"]][name] for name in _CODE} | row for row in found.sent]
    if target.suffix.casefold() == ".csv":
        silent = [row | {"items": 0, "items_passed": 0} for row in codes.values() if not row["items"]]
        return [_write(target, (*_CODE, *_SENT), [*sent, *silent])]
    if target.is_file():
        raise InputError(f"{target} is a file. Name a file that ends in .csv, or a folder.")
    return [
        _write(target / "changes.csv", (*_CODE, *_SUMS), codes.values()),
        _write(target / "traffic.csv", ("code", "change", "ends_on", *_SENT), sent),
    ]


def _write(path: Path, names: tuple[str, ...], rows: Iterable[Row]) -> Path:
    """UTF-8 with a byte order mark: so a spreadsheet shows Persian."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".part")
    try:
        with beside.open("w", encoding="utf-8-sig", newline="") as stream:
            table = csv.writer(stream)
            table.writerow(names)
            table.writerows([_cell(row.get(name)) for name in names] for row in rows)
        return beside.replace(path)
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def _cell(value: Any) -> Any:
    return " ".join(value) if isinstance(value, list) else "" if value is None else value
