"""`supervision`: evidence of sending around the validation service, for those who must ask."""

import csv
import sys

import click

from pipelines.cli.progress import table
from pipelines.settings import home


@click.group()
def supervision() -> None:
    """Is the validation service used, and does it judge as ordered?

    \b
    Example:  sepas-dq supervision bypass --quarter 1401Q4
              sepas-dq supervision audit
    """


@supervision.command()
@click.option("--quarter", help="Only this quarter (1401Q4) instead of all.")
@click.option("--month", help="By month: this one (1401-12).")
@click.option("--least", type=click.FloatRange(0, 1), default=0.5, show_default=True, help="Show probabilities from this one on.")
@click.option("--csv", "as_csv", is_flag=True, help="Every sender with every number, as CSV on stdout.")
def bypass(quarter: str | None, month: str | None, least: float, as_csv: bool) -> int:
    """How probable it is that senders went around the service, where no log answers. A probability, never an accusation.

    \b
    Example:  sepas-dq supervision bypass --quarter 1401Q4
              sepas-dq supervision bypass --month 1401-12 --csv > bypass.csv
    """
    from pipelines.warehouse import reading

    period = _period(quarter, month)
    with reading(home()) as con:
        found = con.execute(
            "select * from marts.bypass_evidence where period_kind = $kind and ($period is null or period = $period)"
            " order by period, probability desc nulls last, university_id, facility_id, system_id, gate",
            {"kind": "month" if month else "quarter", "period": period},
        )
        names = [column[0] for column in found.description or []]
        rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    if as_csv:
        _csv(names, [list(row.values()) for row in rows])
        return 0
    _show(rows, least)
    return 0


def _csv(names: list[str], rows: list) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(rows)


@supervision.command()
@click.option("--quarter", help="Only this quarter (1401Q4) instead of all.")
@click.option("--examples", is_flag=True, help="Every call on which the service and we differ, with the item's place, as CSV on stdout.")
@click.option("--days", is_flag=True, help="Every day on which a rule was not enforced, enforced too early, or the service was down.")
def audit(quarter: str | None, examples: bool, days: bool) -> int:
    """Where the validation service and we differ about the same message on the same day. Needs a call log: sepas-dq calls add LOG

    \b
    Example:  sepas-dq supervision audit --quarter 1401Q4
              sepas-dq supervision audit --examples > to_the_operator.csv
    """
    from pipelines.warehouse import reading

    period = _period(quarter, None)
    with reading(home()) as con:
        known = {"quarter": period}
        if examples:
            found = con.execute(
                "select d.* from marts.service_disagreements d left join reference.calendar k on k.date = d.called_on"
                " where $quarter is null or k.quarter = $quarter order by d.verdict, d.rule_id, d.called_at, d.call_id", known
            )  # fmt: skip
            _csv([column[0] for column in found.description or []], found.fetchall())
        elif days:
            found = con.execute(
                "select k.jdate, d.day, case when d.rule_id = '' then 'the whole service' else d.rule_id end, d.state, d.calls, d.missed, d.enforced, d.failed from marts.service_days d"
                " join reference.calendar k on k.date = d.day where d.state in ('not_enforced', 'enforced_early', 'down') and ($quarter is null or k.quarter = $quarter) order by d.day, d.rule_id", known
            )  # fmt: skip
            table(["day", "date", "rule", "state", "calls", "errors passed", "errors refused", "unanswered"], [[str(cell) for cell in row] for row in found.fetchall()])
        else:
            _show_audit(con, known)
    return 0


def _show_audit(con, known: dict) -> None:  # type: ignore[no-untyped-def]
    rows = con.execute(
        "select rule_id, coalesce(list_release, ''), sum(calls) filter (where verdict = 'agree'), sum(calls) filter (where verdict = 'false_accept'),"
        " sum(calls) filter (where verdict = 'false_refuse'), sum(calls) filter (where verdict = 'other_reason'), sum(calls) filter (where list_timing <> ''),"
        " sum(calls) filter (where verdict = 'not_told'), sum(calls) filter (where verdict = 'not_comparable')"
        " from marts.service_audit where $quarter is null or quarter = $quarter group by all order by all", known
    ).fetchall()  # fmt: skip
    if not rows:
        click.echo("No call can be held against our verdict: add a call log that knows messages by content or id with: sepas-dq calls add LOG")
        return
    heads = ["rule", "list", "agree", "false accept", "false refuse", "other reason", "of these list timing", "not told", "not comparable"]
    table(heads, [[str(0 if cell is None else cell) for cell in row] for row in rows])
    click.echo("Calls by rule. The service answers one error at a time: of a message refused for another rule it told nothing (not told).")
    click.echo("Examples for the operator: sepas-dq supervision audit --examples. Days: --days")


def _period(quarter: str | None, month: str | None) -> str | None:
    from pipelines.errors import InputError
    from pipelines.jalali import quarter_span

    if quarter and month:
        raise InputError("give --quarter or --month, not both.")
    if quarter:
        quarter_span(quarter)
        return quarter.strip().upper()
    if month and not (len(month) == 7 and month[4] == "-" and month.replace("-", "").isdigit()):
        raise InputError(f"--month: '{month}' is not a month; write it as 1401-12.")
    return month


def _show(rows: list[dict], least: float) -> None:
    from pipelines.disclosure import HIDDEN, suppress

    shown = [r for r in rows if r["probability"] is not None and r["probability"] >= least]

    def count(number: int) -> str:
        return HIDDEN if suppress(number) is None else f"{number:,}"

    if shown:
        table(
            ["period", "university", "facility", "system", "gate", "messages", "refusable", "expected if validating", "if bypassing", "probability", "interval"],
            [[r["period"], r["university_id"], r["facility_id"], f"{r['product']} {r['version']}", r["gate"], count(r["messages"]), count(r["refusable_messages"]),
              f"{r['expected_if_validating']:.1f}", f"{r['expected_if_bypassing']:.1f}", f"{r['probability']:.2f}", f"{r['low']:.2f} to {r['high']:.2f}"] for r in shown],
        )  # fmt: skip
    reasons: dict[str, int] = {}
    for row in rows:
        if not row["estimable"]:
            reasons[row["reason"]] = reasons.get(row["reason"], 0) + 1
    given = sum(r["estimable"] for r in rows)
    click.echo(
        f"{len(shown)} of {given} senders with a probability have {least:.2f} or more; {len(rows) - given} are not estimable"
        + (f" ({', '.join(f'{reason} {n}' for reason, n in sorted(reasons.items()))})" if reasons else "")
        + "."
    )
    click.echo("A probability from counts is a reason to ask, not a finding. A sender answers it with its call log: sepas-dq calls add LOG")
