"""`readiness`: who is ready for a rule before it starts, as a list, a CSV and a page."""

from pathlib import Path
from typing import Any

import click

from pipelines.cli.progress import table
from pipelines.settings import home


@click.command()
@click.argument("rules", nargs=-1, metavar="[RULE]…")
@click.option("--on", metavar="DATE", help="As of this day (default: two, four and six weeks before each rule's start; today for a rule that starts later).")
@click.option("--weeks", default="2,4,6", show_default=True, metavar="N,N…", help="Weeks before the start.")
@click.option("--university", metavar="ID", help="Only this university's senders.")
@click.option("--vendor", metavar="ID", help="Only this vendor's systems.")
@click.option("--csv", "csv_file", type=click.Path(dir_okay=False, path_type=Path), help="Write every row to this file too.")
@click.option("--lang", default="fa,en", show_default=True, help="Languages of the page: fa, en, or both.")
def readiness(rules: tuple[str, ...], on: str | None, weeks: str, university: str | None, vendor: str | None, csv_file: Path | None, lang: str) -> int:
    """Readiness before a rule starts, by sender: from the shadow rate of the four weeks before a day.

    \b
    Example:  sepas-dq readiness
              sepas-dq readiness patientbill-service-irc --on 1401/11/05 --csv readiness.csv
              sepas-dq readiness --university u07 --weeks 2
    """
    from pipelines.errors import InputError
    from pipelines.jalali import jdate, parse_day
    from pipelines.readiness import pages
    from pipelines.readiness import readiness as ask
    from pipelines.reports.readiness import numbers, write_csv

    horizons = _weeks(weeks)
    languages = [part.strip() for part in lang.split(",") if part.strip()]
    if not languages or set(languages) - {"fa", "en"}:
        raise InputError(f"--lang: '{lang}' is not a language; accepted are fa, en, and fa,en.")
    found = ask(home(), rules, horizons, parse_day(on) if on else None, university=university, vendor=vendor)
    _show(numbers(found.rows))
    for rule_id, before, day in found.beyond:
        click.echo(f"{rule_id}, {before} weeks before, {jdate(day)}: not estimable, the last data are of {jdate(found.last_on) if found.last_on else 'no day'}")
    for rule_id in found.started:
        click.echo(f"{rule_id}: has started by then, left out")
    if csv_file:
        click.echo(f"{len(found.rows):,} rows: {write_csv(found.rows, csv_file)}")
    for page in pages(home(), found, languages):
        click.echo(page)
    return 0


def _weeks(text: str) -> list[int]:
    from pipelines.errors import InputError

    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not parts or not all(part.isascii() and part.isdigit() and 0 < int(part) <= 52 for part in parts):
        raise InputError(f"--weeks: '{text}' are not weeks; write whole numbers from 1 to 52, as 2,4,6.")
    return [int(part) for part in parts]


def _show(shown: dict[str, Any]) -> None:
    """What each rule looks like on each day, and what breaks most."""
    from pipelines.jalali import jdate
    from pipelines.reports.readiness.words import ReadinessSpeech

    say = ReadinessSpeech("en")
    if not shown["days"]:
        click.echo("Nothing to judge readiness by: no data in the four weeks before any of these days.")
        return
    table(
        ["rule", "weeks before", "as of", "senders", "not ready", "unsure", "silent", "ready", "judged", "rate %", "95 %", "failing a week"],
        [[d["rule_id"], str(d["weeks_before"]), jdate(d["as_of"]), str(d["senders"]), *(str(d["classes"][c]) for c in ("not_ready", "unsure", "silent", "ready")),
          say.num(d["items_judged"]), say.pct(d["error_rate"]), say.span(d["low"], d["high"]), say.few(d["expected"])] for d in shown["days"]],
    )  # fmt: skip
    if shown["breaks"]:
        click.echo("\nWhat breaks most, on the last day of each rule:")
        table(
            ["rule", "university", "facility", "vendor", "judged", "failed", "rate %", "failing a week", "class", "who acts"],
            [[r["rule_id"], r["university_id"], r["facility_id"], r["vendor_id"], say.num(r["items_judged"]), say.num(r["items_failed"]), say.pct(r["error_rate"]),
              say.few(r["expected_weekly_failures"]), r["readiness"], r["act"]] for r in shown["breaks"][:15]],
        )  # fmt: skip
