"""What may be shown of a readiness list: small cells hidden, trends, sums by rule, university and vendor.

Belongs here: sums and what is left out. Does not: words, formats, layout.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from pipelines.charts.wilson import wilson
from pipelines.disclosure import suppress

Row = dict[str, Any]
CLASSES = ("not_ready", "unsure", "silent", "ready")
SHOWN = 40


def numbers(rows: list[Row]) -> Row:
    """`days`: one entry a rule and as-of day; of each rule's last day `breaks`, `universities`, `vendors`, `silent`: what the page shows."""
    last = {row["rule_id"]: row["as_of"] for row in sorted(rows, key=lambda r: r["as_of"])}
    latest = [row for row in rows if row["as_of"] == last[row["rule_id"]]]
    shown = [shown_row(row) for row in latest]
    failing = [row for row in shown if row["items_failed"] and row["readiness"] in ("not_ready", "unsure")]
    return {
        "days": [_summed(found) | {"rule_id": key[0], "weeks_before": key[1], "as_of": key[2]} for key, found in _grouped(rows, ("rule_id", "weeks_before", "as_of"))],
        "breaks": sorted(failing, key=lambda r: (-r["expected_weekly_failures"], r["rule_id"], r["facility_id"]))[:SHOWN],
        "failing": len(failing),
        "universities": _senders(latest, "university"),
        "vendors": _senders(latest, "vendor"),
        "silent": _silent(latest),
        "classes": dict(Counter(row["readiness"] for row in latest)),
        "senders": len({(row["facility_id"], row["system_id"]) for row in latest}),
        "expected": sum(row["expected_weekly_failures"] for row in latest),
        "behind_gate": sum(row["gate"] == "after" for row in latest),
        "unknown_gate": sum(row["gate"] == "unknown" for row in latest),
    }


def shown_row(row: Row) -> Row:
    """A row as it may leave the ministry: counts and rates of one to four items are None; with its trend."""
    shown = dict(row) | {"trend": trend(row)}
    if suppress(row["items_judged"]) is None:
        shown |= dict.fromkeys(("items_judged", "items_failed", "error_rate", "low", "high", "expected_weekly_failures"))
    if suppress(row["items_judged_before"]) is None:
        shown |= dict.fromkeys(("items_judged_before", "items_failed_before"))
    return shown


def trend(row: Row) -> str:
    """`better` or `worse` if the intervals of this window and the one before are apart, `same` if not, `` where one has fewer than five items."""
    if min(row["items_judged"], row["items_judged_before"]) < 5:
        return ""
    low, high = wilson(row["items_failed"], row["items_judged"]) or (0, 1)
    low_before, high_before = wilson(row["items_failed_before"], row["items_judged_before"]) or (0, 1)
    return "better" if high < low_before else "worse" if low > high_before else "same"


def _grouped(rows: Iterable[Row], keys: tuple[str, ...]) -> list[tuple[tuple, list[Row]]]:
    groups: dict[tuple, list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(row[key] for key in keys), []).append(row)
    return list(groups.items())


def _summed(rows: list[Row]) -> Row:
    """Classes, counts and the rate of rows together; a small sum is hidden."""
    judged, failed = sum(r["items_judged"] for r in rows), sum(r["items_failed"] for r in rows)
    shown = suppress(judged)
    bounds = wilson(failed, judged) if shown else None
    return {
        "senders": len(rows), "classes": {name: sum(r["readiness"] == name for r in rows) for name in CLASSES},
        "items_judged": shown, "items_failed": None if shown is None else failed, "hidden": shown is None,
        "error_rate": failed / judged if bounds else None, "low": bounds[0] if bounds else None, "high": bounds[1] if bounds else None,
        "expected": None if shown is None else sum(r["expected_weekly_failures"] for r in rows),
    }  # fmt: skip


def _senders(rows: list[Row], who: str) -> list[Row]:
    """One row a university or vendor, over the rules it sends for; what breaks most first."""
    found = [
        _summed(own) | {"id": key, "name_fa": own[0][f"{who}_fa"], "name_en": own[0][f"{who}_en"], "rules": len({r["rule_id"] for r in own if r["readiness"] == "not_ready"})}
        for (key,), own in _grouped(rows, (f"{who}_id",))
    ]
    return sorted(found, key=lambda r: (-(r["expected"] or 0), -r["classes"]["not_ready"], r["id"]))


def _silent(rows: list[Row]) -> list[Row]:
    """Silent senders by rule and reason."""
    silent = [row for row in rows if row["readiness"] == "silent"]
    found = [
        {"rule_id": rule, "reason": reason, "senders": len(own), "messages": sum(r["messages"] for r in own), "vendors": len({r["vendor_id"] for r in own}), "universities": len({r["university_id"] for r in own})}
        for (rule, reason), own in _grouped(silent, ("rule_id", "reason"))
    ]
    return sorted(found, key=lambda r: (-r["senders"], r["rule_id"], r["reason"]))
