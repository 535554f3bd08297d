"""What a new release of a code list touches: its changes joined with the traffic of a quarter, and what of that may be shown.

Belongs here: sums over `marts.code_traffic`. Does not: comparing releases (the rows are given, of any two releases, or read from
`reference.release_changes`), words, pages.
"""

from typing import Any

from pipelines.disclosure import SMALLEST_SHOWN, suppress
from pipelines.jalali import jdate, quarter_span
from pipelines.reports.reading import SQL, query
from pipelines.warehouse import table_of

Row = dict[str, Any]
KINDS = ("removed", "retired", "redated", "rescoped", "retitled", "revived", "added")
SENDERS = ("university", "facility", "vendor")
LISTED = 200  # rows of a table of codes or facilities on a page; the CSV has all
_MEASURES = ("items", "items_passed", "universities", "facilities", "vendors", "first_on", "last_on")
NOT_SENT: Row = dict.fromkeys(("items", "items_passed", "universities", "facilities", "vendors"), 0) | {"first_on": None, "last_on": None}


def traffic(con: Any, quarter: str, terminology: str, changes: list[Row]) -> Row:
    """`total` (items with any listed code of the terminology in the quarter), `codes` (the changes, each with its measures), `senders` (by
    kind, of codes that go away: id, names, codes, items, items_passed, first_on, last_on). Leaves the temp table `sent`, one row a code and sender.

    Days are the first and the last of all data; items are those of the quarter, in both readings, whatever their outcome.
    """
    table_of(con, "changed", [(row["code"], row["ends_on"] is not None) for row in changes], {"code": "varchar", "goes": "boolean"})
    con.execute(f"create or replace temp table sent as {(SQL / 'release_sent.sql').read_text(encoding='utf-8')}", {"quarter": quarter, "terminology": terminology})
    sent = {row["code"]: {name: row[name] for name in _MEASURES} for row in query(con, "release_codes")}
    senders: dict[str, list[Row]] = {kind: [] for kind in SENDERS}
    for row in query(con, "release_senders"):
        senders[row["kind"]].append({name: value for name, value in row.items() if name != "kind"})
    codes = sorted((row | sent.get(row["code"], NOT_SENT) for row in changes), key=lambda row: (-row["items"], row["code"]))
    return {"total": query(con, "release_total", terminology=terminology, quarter=quarter)[0]["items"], "codes": codes, "senders": senders}


def counts(codes: list[Row]) -> list[Row]:
    """One row a kind of change there is: change, codes, sent (codes that were), items. A code that changes in two ways is in two rows."""
    found = []
    for kind in KINDS:
        rows = [row for row in codes if kind in row["changes"]]
        if rows:
            found.append({"change": kind, "codes": len(rows), "sent": sum(row["items"] > 0 for row in rows), "items": sum(row["items"] for row in rows)})
    return found


def shown(about: Row, quarter: str, joined: Row) -> Row:
    """What a page may say, small counts already hidden: `about` (terminology, before, after, after_from …), counts, totals, `going`,
    `renamed`, `rescoped` (codes with at least SMALLEST_SHOWN items), `few` (codes that were sent less often), `senders`."""
    codes = joined["codes"]
    going = [row for row in codes if row["ends_on"]]
    sent = [row for row in going if row["items"]]
    return {
        **{name: about[name] for name in ("terminology", "before", "after", "partial")},
        "stand_in": about.get("stand_in", False),  # never of `reference.release_changes`
        "before_from": jdate(about["before_from"]),
        "after_from": jdate(about["after_from"]),
        "ahead": about["after_from"] >= quarter_span(quarter)[1],
        "backwards": about["after_from"] < about["before_from"],
        "quarter": quarter,
        "total": suppress(joined["total"]),
        "counts": [row | {"items": suppress(row["items"])} for row in counts(codes)],
        "gone": len(going),
        "sent": len(sent),
        "items": suppress(sum(row["items"] for row in sent)),
        "items_passed": suppress(sum(row["items_passed"] for row in sent)),
        **{f"{kind}_count": sum(row["id"] != "unknown" for row in joined["senders"][kind]) for kind in SENDERS},
        "few": sum(row["items"] < SMALLEST_SHOWN for row in sent),
        "going": _listed(sent),
        "rescoped": _listed([row for row in codes if "rescoped" in row["changes"] and not row["ends_on"]]),
        "renamed": _listed([row for row in codes if "retitled" in row["changes"] and not row["ends_on"]]),
        "senders": {kind: [_hidden(row) for row in rows[:LISTED]] for kind, rows in joined["senders"].items()},
    }


def _listed(rows: list[Row]) -> list[Row]:
    """The codes that were sent often enough to be named, as many as a page holds."""
    names = ("code", "change", "title_before", "title_after", "scope", "successor", *_MEASURES, "ends_on")
    often = [row for row in rows if row["items"] >= SMALLEST_SHOWN][:LISTED]
    return [_hidden({name: row[name] for name in names} | {"ends_on": row["ends_on"] and jdate(row["ends_on"])}) for row in often]


def _hidden(row: Row) -> Row:
    """A small count is hidden together with its days and the number of codes; days become Jalali."""
    small = suppress(row["items"]) is None
    days = {name: jdate(row[name]) if row[name] and not small else None for name in ("first_on", "last_on")}
    passed = None if small else suppress(row["items_passed"])
    codes = {"codes": None} if small and "codes" in row else {}
    return row | {"items": suppress(row["items"]), "items_passed": passed, **codes, **days}


def newest(con: Any, quarter: str) -> list[Row]:
    """`shown` of every terminology with two real releases: the newest against the one before it."""
    pairs: dict[str, list[Row]] = {}
    for row in query(con, "release_changes"):
        pairs.setdefault(row["terminology"], []).append(row)
    return [shown(rows[0], quarter, traffic(con, quarter, name, rows)) for name, rows in pairs.items()]
