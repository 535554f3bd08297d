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
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(names)
        writer.writerows(row.values() for row in rows)
        return 0
    _show(rows, least)
    return 0


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
