"""`ingest` and `build`: moving data through the layers."""

from pathlib import Path

import click

from pipelines.cli.progress import working
from pipelines.settings import home


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--university", metavar="ID", help="Whose extract this is, where the extract itself does not say.")
@click.option("--gate", type=click.Choice(["before", "after", "unknown"]), help="Where it was taken, seen from the validation service.")
def ingest(paths: tuple[Path, ...], university: str | None, gate: str | None) -> int:
    """Land extracts: XML or JSON messages, folders, zip, tar, NDJSON, one big XML, CSV, Parquet.

    A broken message is quarantined and its neighbours go on; a message delivered before is counted as a duplicate.

    \b
    Example:  sepas-dq ingest D:\\extracts\\u07-1401-11.zip --university u07 --gate before
    """
    from pipelines import flow

    with working("ingest") as progress:
        done = flow.ingest(home(), paths, university, gate, progress)
    new = [d for d in done if not d.already]
    for landed in new:
        reasons = ", ".join(f"{reason} {count}" for reason, count in sorted(landed.reasons.items()))
        if len(new) <= 40 or landed.quarantined:
            click.echo(
                f"{landed.label}: {landed.messages:,} messages = {landed.landed:,} landed + {landed.quarantined:,} quarantined"
                f" + {landed.duplicates:,} duplicates" + (f" ({reasons})" if reasons else "")
            )
    again = len(done) - len(new)
    if again:
        click.echo(f"{again:,} extract{'s' if again > 1 else ''} had landed before; nothing changed by {'them' if again > 1 else 'it'}.")
    total = [sum(getattr(d, part) for d in new) for part in ("messages", "landed", "quarantined", "duplicates")]
    click.echo(f"In all: {total[0]:,} messages = {total[1]:,} landed + {total[2]:,} quarantined + {total[3]:,} duplicates. Next: sepas-dq build")
    return 0


@click.command()
@click.option("--partition", "partitions", multiple=True, metavar="U/YYYY-MM", help="Only this university and Jalali month; may be repeated.")
def build(partitions: tuple[str, ...]) -> int:
    """Judge what changed since the last build and rebuild what depends on it.

    \b
    Example:  sepas-dq build
              sepas-dq build --partition u07/1401-11
    """
    from pipelines import flow

    only = [_partition(text) for text in partitions]
    with working("build") as progress:
        done = flow.build(home(), only or None, progress)
    click.echo(f"{len(done.judged):,} partitions judged; warehouse: {done.warehouse}")
    suites = flow.validate(home())
    for suite in suites:
        if suite.exception:
            raise click.ClickException(f"{suite.rule_id}: the check itself broke: {suite.exception}")
    failed = sum(not suite.success for suite in suites)
    click.echo(f"Great Expectations: {len(suites)} suites validated, {failed} over their tolerance. Next: sepas-dq report QUARTER")
    return 0


def _partition(text: str) -> tuple[str, str]:
    """(university, Jalali month) of `u07/1401-11`, the university in the letter case the data have. Raises InputError."""
    from pipelines.errors import InputError
    from pipelines.state import State

    university, _, month = text.rpartition("/")
    if not university or not (month == "unknown" or (len(month) == 7 and month[4] == "-")):
        raise InputError(f"--partition: '{text}' is not a partition; write university and Jalali month as u07/1401-11.")
    with State(home()) as state:
        there = state.rows("select distinct university_id from extract_partitions where lower(university_id) = ? and jalali_month = ?", [university.lower(), month])
    if not there:
        raise InputError(f"--partition: no message of '{text}' has landed; sepas-dq sql \"select distinct university_id, jalali_month from landed.messages\" lists what has.")
    return there[0]["university_id"], month
