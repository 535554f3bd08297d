"""Use of the validation service where no log tells, and the service itself: what the report's two sections say.

Belongs here: which senders and days are shown, and the evidence in words. Does not: the model, the audit (`supervision`).
A sender is shown from a probability of one half on; a probability is a reason to ask, and the words say so.
"""

from typing import Any

from pipelines.disclosure import suppress
from pipelines.reports.reading import query
from pipelines.reports.speech import Speech

Row = dict[str, Any]
SHOWN_FROM = 0.5
LISTED = 40  # senders on the page; the command line gives all
TELLING = 0.7  # a log likelihood ratio below says nothing worth a sentence: odds of two to one


def supervision(con: Any, quarter: str) -> Row:
    """`senders` (shown), `given`, `likely` (how many have a probability, and one of a half or more), `silent` (reason → senders without), `audit`, `days`."""
    rows = query(con, "bypass", quarter=quarter)
    given = [row for row in rows if row["probability"] is not None]
    likely = [row for row in given if row["probability"] >= SHOWN_FROM]
    silent: dict[str, int] = {}
    for row in rows:
        if row["probability"] is None:
            silent[row["reason"]] = silent.get(row["reason"], 0) + 1
    audit = [{name: suppress(value) if name == "compared" else value for name, value in row.items()} for row in query(con, "audit", quarter=quarter)]
    audit = [row if row["compared"] is not None else row | dict.fromkeys(("false_accept", "false_refuse", "list_timing", "other_reason")) for row in audit]
    return {"senders": likely[:LISTED], "given": len(given), "likely": len(likely), "silent": silent, "audit": audit, "days": query(con, "audit_days", quarter=quarter)}


def evidence_in_words(row: Row, say: Speech) -> list[str]:
    """The evidence for one sender, a sentence a piece; a piece that was not counted or tells nothing has none."""
    said = [
        say.text(
            "bypass_a", refusable=say.num(row["refusable_messages"]), messages=say.num(row["messages"]),
            validating=say.num(row["expected_if_validating"], 1), bypassing=say.num(row["expected_if_bypassing"], 1),
        )
    ]
    if row["passed_calls"] is not None:
        said.append(say.text("bypass_b", calls=say.num(row["passed_calls"]), messages=say.num(row["messages"])))
    if abs(row["llr_c"]) >= TELLING:
        said.append(say.text("bypass_c_unlike" if row["llr_c"] > 0 else "bypass_c_like"))
    if row["refusals"] == 0:
        said.append(say.text("bypass_d_never"))
    elif row["refusals"] is not None:
        said.append(say.text("bypass_d_some", refusals=say.num(row["refusals"])))
    if row["gate"] == "unknown":
        said.append(say.text("bypass_gate"))
    return said
