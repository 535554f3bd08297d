"""`terminology diff` and `terminology download`: what a new release changes, and fetching one from the coding service."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipelines.cli.progress import table
from pipelines.settings import home

if TYPE_CHECKING:
    from pipelines.release_impact import Impact


@click.command()
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.option("--terminology", metavar="T", help="Needed only if several terminologies have releases of both names.")
@click.option("--quarter", metavar="QUARTER", help="Whose traffic is joined (default: the last quarter with data).")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(0), help="How many codes to show.")
@click.option("--csv", "csv_", type=click.Path(path_type=Path), help="A .csv file, or a folder for changes.csv and traffic.csv. Small counts are in them.")
@click.option("--page", is_flag=True, help="Write a page beside the quarter's report; small counts are hidden there.")
@click.option("--lang", default="fa", show_default=True, help="Languages of the page: fa, en, or fa,en.")
def diff(before: str, after: str, terminology: str | None, quarter: str | None, limit: int, csv_: Path | None, page: bool, lang: str) -> int:
    """What release B changes against release A, and who sends the codes that go away. B may start in the future.

    \b
    Example:  sepas-dq terminology diff 1401 1402 --terminology RVU3
              sepas-dq terminology diff 2.81 2.82 --quarter 1401Q4 --csv changes --page --lang fa,en
    """
    from pipelines import release_impact
    from pipelines.cli.directive import languages
    from pipelines.jalali import quarter_span

    chosen = languages(lang)
    if quarter:
        quarter_span(quarter)
        quarter = quarter.strip().upper()
    found = release_impact.impact(home(), before, after, terminology, quarter)
    _show(found, limit)
    for path in (*(release_impact.write_tables(found, csv_) if csv_ else ()), *(release_impact.write_pages(home(), found, chosen) if page else ())):
        click.echo(path)
    if csv_:
        click.echo("Beware: the CSV holds counts of one to four, which must not leave the ministry; the page hides them.")
    return 0


@click.command()
@click.argument("config", type=click.Path(path_type=Path), metavar="CONFIG.yaml")
@click.argument("name", metavar="TERMINOLOGY", required=False)
@click.argument("out", type=click.Path(path_type=Path), metavar="OUT.csv", required=False)
@click.option("--since", metavar="DATE", help="Only what changed since this day: a delta.")
@click.option("--list", "list_", is_flag=True, help="Show what the service has, and download nothing.")
def download(config: Path, name: str | None, out: Path | None, since: str | None, list_: bool) -> int:
    """Fetch a list from MAXA, the reference coding service, into a file for `terminology add`.

    The public form of the service is not documented: addresses and names come from CONFIG.yaml, after the pattern
    pipelines/terminologies/maxa_config.yaml. The one command of this program that uses the network. A download that broke off goes on where it stopped.

    \b
    Example:  sepas-dq terminology download maxa.yaml --list
              sepas-dq terminology download maxa.yaml thritaEHR.WardType wards.csv
              sepas-dq terminology download maxa.yaml IRC irc_changes.csv --since 1403/01/01
    """
    from pipelines.cli.progress import working
    from pipelines.jalali import parse_day
    from pipelines.terminologies import canonical
    from pipelines.terminologies.download import download as fetch
    from pipelines.terminologies.maxa import Maxa, read_config

    if list_:
        _show_service(Maxa(read_config(config)).terminologies())
        return 0
    if name is None or out is None:
        raise click.UsageError("name a TERMINOLOGY and a file to write, or give --list", click.get_current_context())
    terminology = canonical(name)
    day = parse_day(since) if since else None
    service = Maxa(read_config(config))
    with working(f"download {terminology}") as progress:
        done = fetch(service, terminology, out, day, lambda rows: progress("rows", rows, rows))
    resumed = f", of which pages before {done['resumed_from']} were there from an earlier call" if done["resumed_from"] else ""
    click.echo(f"{done['file']}: {done['rows']:,} rows of {terminology} in {done['pages']:,} pages{resumed}")
    if not done["rows"]:
        click.echo(f"Nothing of it has changed since {since}.")
        return 0
    delta = " --delta" if done["delta"] else ""
    click.echo(f"Next: sepas-dq terminology add {terminology} {done['file']} --release NAME --valid-from DATE{delta}")
    return 0


def _show_service(found: list[dict[str, Any]]) -> None:
    """What the service says it has, in the words it uses."""
    names = list(dict.fromkeys(key for row in found for key in row))
    if names:
        table(names, [["" if row.get(key) is None else str(row[key]) for key in names] for row in found])
    click.echo(f"{len(found)} terminologies")


def _show(found: "Impact", limit: int) -> None:
    from pipelines.jalali import jdate
    from pipelines.reports.releases import counts

    about = found.about
    click.echo(f"{about['terminology']}: {about['before']} (from {jdate(about['before_from'])}) → {about['after']} (from {jdate(about['after_from'])})")
    traffic = f"in {found.quarter}" if found.quarter else "(no traffic yet)"
    rows = [[row["change"], f"{row['codes']:,}", f"{row['sent']:,}", f"{row['items']:,}"] for row in counts(found.joined["codes"])]
    if rows:
        table(["change", "codes", f"of them sent {traffic}", "items"], rows)
    else:
        click.echo("The two releases are the same.")
    _show_going(found, limit)
    for note in _notes(found):
        click.echo(f"Beware: {note}")


def _show_going(found: "Impact", limit: int) -> None:
    from pipelines.jalali import jdate

    sent = [row for row in found.going if row["items"]]
    items = sum(row["items"] for row in sent)
    if not found.quarter:
        click.echo(f"\n{len(found.going):,} codes go away. There is no traffic to join: sepas-dq ingest PATH, then sepas-dq build")
        return
    senders = ", ".join(f"{sum(row['id'] != 'unknown' for row in found.joined['senders'][kind]):,} {name}" for kind, name in _SENDERS.items())
    click.echo(
        f"\n{len(found.going):,} codes go away; {len(sent):,} of them were sent in {found.quarter}: {items:,} of {found.joined['total']:,} items of the list"
        + (f", by {senders}" if sent else "")
    )
    day = lambda value: jdate(value) if value else "–"  # noqa: E731
    shown = [
        [row["code"], _short(row["title_before"] or ""), row["change"], day(row["ends_on"]), f"{row['items']:,}", f"{row['items_passed']:,}", str(row["universities"]),
         str(row["facilities"]), str(row["vendors"]), day(row["first_on"]), day(row["last_on"]), row["successor"] or ""]
        for row in sent[:limit]
    ]  # fmt: skip
    if shown:
        table(["code", "title", "change", "ends on", "items", "pass today", "univ.", "facil.", "vendors", "first day", "last day", "successor"], shown)
        for kind, name in _SENDERS.items():
            top = ", ".join(f"{row['id']} {row['items']:,}" for row in found.joined["senders"][kind][:5])
            click.echo(f"{name}, most first: {top}")
    if len(sent) > limit:
        click.echo(f"… and {len(sent) - limit:,} more: --limit {len(sent)}, or --csv FOLDER")


_SENDERS = {"university": "universities", "facility": "facilities", "vendor": "vendors"}


def _short(text: str, width: int = 40) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def _notes(found: "Impact") -> list[str]:
    about = found.about
    notes = []
    if about["after_from"] < about["before_from"]:
        notes.append(f"{about['after']} starts before {about['before']}: this looks back. Give the earlier release first.")
    if found.between:
        notes.append(f"between them stands {', '.join(found.between)}; a code may have ended with it already.")
    if about["stand_in"]:
        notes.append("a stand-in list is compared; its codes are invented or a part.")
    if about["partial"]:
        notes.append("one of the lists is known to lack codes: what it lacks may not have gone.")
    if found.stale:
        notes.append("lists, rules or registers have changed since the last build; for exact counts run sepas-dq build first.")
    return notes
