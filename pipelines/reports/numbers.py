"""The numbers of a quarter, once, for every language: read from the marts, small cells already hidden.

Belongs here: queries and sums. Does not: words, formats, pictures. What leaves this module may be printed as it is:
the report embeds it as JSON, and the Persian and the English page are made of the same object.
"""

from collections.abc import Iterable
from typing import Any

from pipelines.charts.wilson import wilson
from pipelines.disclosure import SMALLEST_SHOWN, suppress
from pipelines.jalali import jdate, quarter_span
from pipelines.reports.reading import connect, quarters, query
from pipelines.reports.releases import newest
from pipelines.reports.supervision import supervision
from pipelines.reports.use import use
from pipelines.settings import Home

Row = dict[str, Any]


def quarter_numbers(home: Home, quarter: str) -> Row:
    """Everything the report of one quarter says. Raises NotBuiltError naming the quarters that hold data."""
    first, after = quarter_span(quarter)
    quarter = quarter.strip().upper()
    with connect(home) as con:
        held = quarters(con, quarter)
        changes = {r["vendor_id"]: r for r in query(con, "vendor_changes")}
        cells = query(con, "cells", quarter=quarter)
        names = {r["university_id"]: r for r in query(con, "universities", quarter=quarter)}
        totals = query(con, "totals", quarter=quarter)[0] | query(con, "messages", quarter=quarter)[0]
        outcomes = query(con, "outcomes", quarter=quarter)
        coverage = query(con, "coverage", quarter=quarter)
        rollouts = query(con, "rollouts")
        rules = query(con, "rules", quarter=quarter)
        place = {r["rule_id"]: i for i, r in enumerate(rules)}
        return {
            "quarter": quarter,
            "first_day": jdate(first),
            "last_day": jdate(_day_before(after)),
            "held": held,
            "totals": _rated(totals),
            "gates": [_rated(r) for r in query(con, "gates", quarter=quarter)],
            "outcomes": _outcomes(outcomes),
            "months": [_rated(r) for r in query(con, "months")],
            "rules": [_rule(r, rollouts) for r in rules],
            "list_policies": _policies(query(con, "list_policies", quarter=quarter), place),
            "rollouts": _grouped([_rated(r) for r in rollouts], "rule_id"),
            "universities": _senders([r | names[r["university_id"]] for r in cells], "university_id"),
            "cells": [_rated(r) for r in _summed(cells, ("university_id", "rule_id"))],
            "vendors": [r | _change(changes.get(r["vendor_id"])) for r in _senders(query(con, "vendors", quarter=quarter), "vendor_id")],
            "worst_codings": query(con, "worst_codings", quarter=quarter, smallest=SMALLEST_SHOWN),
            "coverage": [_hidden(r) | _declared(r, outcomes) for r in sorted(coverage, key=lambda r: place.get(r["rule_id"], len(place)))],
            "extra_checks": [_rated(r) for r in query(con, "extra_checks", quarter=quarter)],
            "extracts": query(con, "extracts")[0],
            "quarantine": query(con, "quarantine"),
            "releases": newest(con, quarter),
            "supervision": supervision(con, quarter),
            "use": use(con, first, after),
        }


def _day_before(day: Any) -> Any:
    import datetime as dt

    return day - dt.timedelta(days=1)


def _rated(row: Row) -> Row:
    """The row with its rate and interval; counts of a small cell are replaced by None and `hidden` says so."""
    judged, failed = int(row["items_judged"] or 0), int(row["items_failed"] or 0)
    shown = suppress(judged)
    bounds = wilson(failed, judged) if shown else None
    rate = {"error_rate": failed / judged, "low": bounds[0], "high": bounds[1]} if bounds else {"error_rate": None, "low": None, "high": None}
    return row | {"items_judged": shown, "items_failed": None if shown is None else failed, "hidden": shown is None, **rate}


def _summed(rows: Iterable[Row], keys: tuple[str, ...]) -> list[Row]:
    sums: dict[tuple, Row] = {}
    for row in rows:
        into = sums.setdefault(tuple(row[k] for k in keys), {k: row[k] for k in keys} | {"items_judged": 0, "items_failed": 0})
        into["items_judged"] += row["items_judged"]
        into["items_failed"] += row["items_failed"]
    return list(sums.values())


def _grouped(rows: Iterable[Row], key: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row[key], []).append({k: v for k, v in row.items() if k != key})
    return groups


def _senders(rows: list[Row], key: str) -> list[Row]:
    """One row a sender: names, sums, and the one gate of its items or `mixed`; worst rate first, hidden ones last."""
    gates: dict[str, set[str]] = {}
    for row in rows:
        gates.setdefault(row[key], set()).add(row["gate"])
    found = [_rated(r) | {"gate": next(iter(g)) if len(g := gates[r[key]]) == 1 else "mixed"} for r in _summed(rows, (key, "name_fa", "name_en"))]
    return sorted(found, key=lambda r: (r["error_rate"] is None, -(r["error_rate"] or 0), r["name_fa"]))


def _rule(row: Row, rollouts: list[Row]) -> Row:
    sides = {}
    for name, after in (("before", False), ("after", True)):
        weeks = [r for r in rollouts if r["rule_id"] == row["rule_id"] and (r["weeks_from_start"] >= 0) == after]
        sides[name] = _rated({"items_judged": sum(r["items_judged"] for r in weeks), "items_failed": sum(r["items_failed"] for r in weeks)})
    return _rated(row | {"start_on": row["start_on"].isoformat()}) | sides


def _outcomes(rows: list[Row]) -> dict[str, dict[str, int | None]]:
    by_rule: dict[str, dict[str, int | None]] = {}
    for row in rows:
        by_rule.setdefault(row["rule_id"], {})[row["outcome"]] = row["items"]
    return by_rule


def _policies(rows: list[Row], place: dict[str, int]) -> dict[str, list[Row]]:
    """Rule → its rate under every list policy, each with its difference (a share) to the rate under the list of the day."""
    by_rule = _grouped([_rated(r) for r in sorted(rows, key=lambda r: place.get(r["rule_id"], len(place)))], "rule_id")
    for policies in by_rule.values():
        day = policies[0]["error_rate"]
        for row in policies:
            row["change"] = None if day is None or row["error_rate"] is None else round(row["error_rate"] - day, 9)
    return by_rule


def _change(row: Row | None) -> Row:
    if row is None:
        return {"rate_before": None, "rate_after": None, "change": None, "rules_compared": 0}
    before, after = round(row["rate_before"], 9), round(row["rate_after"], 9)  # the order of a parallel sum must not show
    return {"rate_before": before, "rate_after": after, "change": round(after - before, 9), "rules_compared": row["rules"]}


def _hidden(row: Row) -> Row:
    return {k: suppress(v) if isinstance(v, int) else v for k, v in row.items()}


def _declared(row: Row, outcomes: list[Row]) -> Row:
    """Items that declared another terminology than the rule allows: they escape the list, so their share is a measure of its own."""
    kinds = {r["outcome"]: r["items"] for r in outcomes if r["rule_id"] == row["rule_id"]}
    judged = sum(n for kind, n in kinds.items() if kind not in ("not_applicable", "error"))
    other = kinds.get("terminology_not_allowed", 0)
    return {"declared_other": other, "declared_other_share": other / judged if suppress(judged) else None}
