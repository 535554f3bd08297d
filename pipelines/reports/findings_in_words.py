"""Sentences that say what the numbers found: for the head of the page and beside each chart.

Belongs here: choosing and filling a sentence. Does not: causes (a falling rate may be repair, or errors blanked or relabelled).
"""

from typing import Any

from pipelines.reports.speech import Speech
from pipelines.reports.supervision import evidence_in_words

Row = dict[str, Any]


def findings(numbers: Row, say: Speech) -> Row:
    """`headline`, `rules` (one sentence a rule id), `gates_in_doubt`, `synthetic` (terminologies of stand-in lists), `bypass` (evidence of each sender shown), `by_rule`."""
    return {
        "headline": _headline(numbers, say),
        "rules": {r["rule_id"]: _rollout(r, say) for r in numbers["rules"]},
        "synthetic": sorted({r["terminology"] for r in numbers["rules"] if r["synthetic"]}),
        "gates_in_doubt": any(g["gate"] != "before" for g in numbers["gates"]),
        "bypass": [evidence_in_words(row, say) for row in numbers["supervision"]["senders"]],
        "by_rule": {r["rule_id"]: r for r in numbers["rules"]},
    }


def _headline(numbers: Row, say: Speech) -> str:
    totals = numbers["totals"]
    if totals["error_rate"] is None:
        return say.text("headline_nothing")
    kinds: dict[str, int] = {}
    for outcomes in numbers["outcomes"].values():
        for outcome, items in outcomes.items():
            if outcome not in ("passed", "not_applicable", "error"):
                kinds[outcome] = kinds.get(outcome, 0) + items
    if not kinds:
        return say.text("headline_clean")
    worst = max(kinds, key=lambda k: kinds[k])
    return say.text("headline", rate=say.pct(totals["error_rate"]), outcome=say.outcome(worst), share=say.pct(kinds[worst] / sum(kinds.values()), 0))


def _rollout(rule: Row, say: Speech) -> str:
    before, after = rule["before"]["error_rate"], rule["after"]["error_rate"]
    if before is None and after is None:
        return say.text("rollout_nothing")
    if before is None or after is None:
        return say.text("rollout_one_side_before" if after is None else "rollout_one_side_after", rate=say.pct(before if after is None else after))
    change = after - before
    apart = rule["before"]["low"] > rule["after"]["high"] or rule["before"]["high"] < rule["after"]["low"]
    key = "rollout_same" if not apart else "rollout_down" if change < 0 else "rollout_up"
    return say.text(key, before=say.pct(before), after=say.pct(after), size=say.pct(abs(change)))

