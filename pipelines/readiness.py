"""Readiness lists: for which rules and days, asked of the warehouse; the mart's horizons, or any other day.

Belongs here: choosing the days, and connecting the mart's query with names for people. Does not: counting (`marts/readiness.sql`),
pages and files (`reports/readiness/`).
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from expectations.catalogue import catalogue
from pipelines.errors import InputError, NotBuiltError
from pipelines.jalali import jdate, quarter
from pipelines.marts.given import HORIZONS, WINDOW, ask, day_row
from pipelines.settings import Home
from pipelines.warehouse import literal, reading, sql

if TYPE_CHECKING:
    import duckdb

    from expectations.rule import Rule

_NAMES = """
select r.*, coalesce(u.name_fa, r.university_id) as university_fa, coalesce(u.name_en, r.university_id) as university_en,
       coalesce(f.name_fa, r.facility_id) as facility_fa, coalesce(v.name_fa, r.vendor_id) as vendor_fa, coalesce(v.name_en, r.vendor_id) as vendor_en
from ({query}) as r
left join reference.universities as u using (university_id)
left join (select facility_id, max(name_fa) as name_fa from reference.facilities group by 1) as f using (facility_id)
left join reference.vendors as v using (vendor_id)
order by r.start_on, r.rule_id, r.as_of, r.expected_weekly_failures desc, r.items_judged desc, r.university_id, r.facility_id, r.system_id, r.gate
"""


@dataclass
class Listing:
    """Rows of the mart with names, for the asked days. `beyond`: (rule id, weeks, as-of day) the data do not reach; `last_on`: the last day that
    has data; `of`: the university or vendor it is for; `special`: what sets it apart from the list of everything, for a file name."""

    rows: list[dict[str, Any]]
    rules: list[dict[str, Any]]
    days: list[tuple[str, int, dt.date]]
    beyond: list[tuple[str, int, dt.date]] = field(default_factory=list)
    started: list[str] = field(default_factory=list)
    last_on: dt.date | None = None
    of: str = ""
    special: str = ""


def readiness(
    home: Home, rule_ids: Sequence[str] = (), weeks: Sequence[int] = HORIZONS, on: dt.date | None = None, today: dt.date | None = None,
    university: str | None = None, vendor: str | None = None,
) -> Listing:  # fmt: skip
    """The list of some rules (default: all): as of `on`, else at each rule's horizons, and as of today for a rule that starts later.

    A day whose window holds no data is named in `beyond`. Raises InputError for an unknown rule, university or vendor, or if every
    rule has started by `on`; NotBuiltError without a warehouse.
    """
    rules = _chosen(rule_ids)
    today = today or dt.date.today()
    started = [rule.id for rule in rules if on is not None and rule.start <= on]
    if on is not None and len(started) == len(rules):
        raise InputError(f"--on: on {on.isoformat()} every rule asked for has started; give an earlier day, or leave --on out.")
    asked = [day for rule in rules if rule.id not in started for day in _days(rule, weeks, on, today)]
    with reading(home) as con:
        try:
            last = con.execute("select max(exchange_on) from findings.sender_days").fetchall()[0][0]
            said = _rules(con)
        except Exception as absent:
            if type(absent).__name__ != "CatalogException":
                raise
            raise NotBuiltError("The warehouse is of an earlier version and holds no readiness. Run: sepas-dq build") from absent
        reached = [day for day in asked if last is not None and last >= day[2] - WINDOW]
        wanted = {column: _known(con, column, value) for column, value in (("university_id", university), ("vendor_id", vendor)) if value is not None}
        rows = ask(con, _NAMES.format(query=_query(wanted)), [day_row(*day) for day in reached])
    ids = {rule.id for rule in rules}
    special = [_day_part(on, weeks), _rules_part(rule_ids), *wanted.values()]
    beyond = [day for day in asked if day not in reached]
    return Listing(rows, [r for r in said if r["rule_id"] in ids], reached, beyond, started, last, " · ".join(wanted.values()), "-".join(part for part in special if part))


def pages(home: Home, found: Listing, languages: Iterable[str]) -> list[Path]:
    """Writes a page a language for every quarter in which rules of the list start. A list of something special has a file name of its own."""
    from pipelines.reports.readiness import write_page

    written = []
    rules = [rule for rule in found.rules if rule["rule_id"] not in found.started]
    for name in sorted({quarter(rule["start_on"]) for rule in rules}):
        own = [rule for rule in rules if quarter(rule["start_on"]) == name]
        ids = {rule["rule_id"] for rule in own}
        listing: dict[str, Any] = {"rules": own, "rows": [row for row in found.rows if row["rule_id"] in ids], "last_on": found.last_on}
        listing |= {"days": [day for day in found.days if day[0] in ids], "beyond": [day for day in found.beyond if day[0] in ids]}
        written += [write_page(home, name, listing, language, found.of, found.special) for language in languages]
    return written


def _day_part(on: dt.date | None, weeks: Sequence[int]) -> str:
    if on is not None:
        return jdate(on).replace("/", "-")
    return "" if set(weeks) == set(HORIZONS) else "weeks-" + "-".join(str(n) for n in sorted(set(weeks)))


def _rules_part(rule_ids: Sequence[str]) -> str:
    return "-".join(sorted(rule_ids)[:1] + [f"and-{len(rule_ids) - 1}-more"] * (len(rule_ids) > 1))


def _chosen(rule_ids: Sequence[str]) -> "list[Rule]":
    known = {rule.id: rule for rule in catalogue()}
    for rule_id in rule_ids:
        if rule_id not in known:
            raise InputError(f"'{rule_id}' is not a rule. See: sepas-dq rules list")
    return [rule for name, rule in known.items() if not rule_ids or name in rule_ids]


def _days(rule: "Rule", weeks: Sequence[int], on: dt.date | None, today: dt.date) -> list[tuple[str, int, dt.date]]:
    if on is not None:
        return [(rule.id, (rule.start - on).days // 7, on)]
    found = [(rule.id, n, rule.start - dt.timedelta(weeks=n)) for n in sorted(set(weeks), reverse=True)]
    passed = [day for day in found if day[2] <= today]
    return [*passed, (rule.id, (rule.start - today).days // 7, today)] if rule.start > today and today not in {d[2] for d in found} else passed


def _rules(con: "duckdb.DuckDBPyConnection") -> list[dict[str, Any]]:
    found = con.execute("select rule_id, title_fa, title_en, terminology, start_on, start_jalali, tolerance, synthetic, lists from marts.rules order by start_on, rule_id")
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _known(con: "duckdb.DuckDBPyConnection", column: str, value: str) -> str:
    """An id in the letter case the data have. Raises InputError if none of its messages has landed."""
    there = con.execute(f"select distinct {column} from findings.sender_days where lower({column}) = ?", [value.lower()]).fetchall()
    if not there:
        raise InputError(f"--{column.removesuffix('_id')}: no message of '{value}' has landed; sepas-dq sql \"select distinct {column} from landed.messages\" lists what has.")
    return there[0][0]


def _query(wanted: dict[str, str]) -> str:
    """The mart's query, of one university or vendor if asked."""
    from pipelines.marts import build

    query, conditions = sql(build.HERE, "readiness"), [f"{column} = {literal(value)}" for column, value in wanted.items()]
    return f"select * from ({query}) as found where {' and '.join(conditions)}" if conditions else query
