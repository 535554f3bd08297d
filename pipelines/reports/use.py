"""Use of the validation service, where a log was given: the numbers of the report's section.

Belongs here: sums, shares with their interval, small cells hidden. Does not: words (`texts.yaml`), who went around it (`supervision`).
The denominator of every share is the sent messages that a log covers and whose order with their calls is known.
"""

import datetime as dt
from typing import Any

from pipelines.charts.wilson import wilson
from pipelines.disclosure import suppress
from pipelines.reports.reading import query

Row = dict[str, Any]
CLASSES = ("validated_before", "sent_after_failure", "validated_after", "not_validated")
BESIDE = ("order_unknown", "no_log", "never_sent", "no_extract")


def use(con: Any, first: dt.date, after: dt.date) -> Row | None:
    """`classes` by gate, `beside` (what is in no share), `weeks`, `vendors`, `sure` (share matched with high confidence); None without a log."""
    if not con.execute("select count(*) from landed.call_logs where kind = 'validation'").fetchall()[0][0]:
        return None
    rows = query(con, "use_classes", first=first, after=after)
    counted = [row for row in rows if row["use_class"] in CLASSES]
    judged = sum(row["messages"] for row in counted)
    beside = {name: sum(row["messages"] for row in rows if row["use_class"] == name) for name in BESIDE}
    return {
        "gates": [_of_gate(gate, [r for r in counted if r["gate"] == gate]) for gate in sorted({r["gate"] for r in counted})],
        "beside": {name: suppress(int(messages)) for name, messages in beside.items() if messages},
        "weeks": [row for row in query(con, "use_weeks") if suppress(int(row["items_judged"])) is not None],
        "vendors": sorted((_shares(row, row["judged"]) for row in query(con, "use_vendors", first=first, after=after)), key=lambda r: (r["shares"] is None, -r["judged"] if r["shares"] else 0)),
        "sure": sum(row["sure"] or 0 for row in counted) / judged if judged else None,
        **_shares({name: sum(row["messages"] for row in counted if row["use_class"] == name) for name in CLASSES}, judged),
    }


def _of_gate(gate: str, rows: list[Row]) -> Row:
    counts = {name: sum(row["messages"] for row in rows if row["use_class"] == name) for name in CLASSES}
    before = [row for row in rows if row["use_class"] == "validated_before"]
    timed = sum(row["timed"] for row in before)
    shared = _shares(counts, sum(counts.values()))
    return shared | {"gate": gate, "soon": sum(row["within_10m"] for row in before) / timed if suppress(int(timed)) else None}


def _shares(row: Row, judged: int) -> Row:
    """The row with `judged` (None if small), the share of every class, and the interval of the first; counts of a small cell go."""
    kept = {name: value for name, value in row.items() if name not in CLASSES}
    judged = int(judged or 0)
    if not suppress(judged):
        return kept | {"judged": suppress(judged), "shares": None, "low": None, "high": None}
    low, high = wilson(int(row["validated_before"] or 0), judged) or (None, None)
    return kept | {"judged": judged, "shares": {name: int(row[name] or 0) / judged for name in CLASSES}, "low": low, "high": high}
