"""`calls`: logs of the validation service and results of sending."""

from pathlib import Path

import click

from pipelines.cli.progress import table, working
from pipelines.settings import home


@click.group()
def calls() -> None:
    """The call log of the validation service: who validated what, before or after sending it.

    \b
    Example:  sepas-dq calls add validation_1401-11.ndjson --columns log_columns.yaml
              sepas-dq sql "select use_class, sum(messages) from marts.validation_service_use group by 1"
    """


@calls.command("add")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--kind", type=click.Choice(["validation", "send"]), help="What the log holds, where its columns do not tell.")
@click.option("--columns", type=click.Path(path_type=Path), metavar="FILE.yaml", help="How the log's columns are called (docs/calls.md).")
@click.option("--university", metavar="ID", help="The log is of this university's senders only; others are then not held to it.")
def add(paths: tuple[Path, ...], kind: str | None, columns: Path | None, university: str | None) -> int:
    """Land logs (NDJSON, CSV, Parquet; files or folders), match them to the messages, publish. Doing it twice changes nothing.

    \b
    Example:  sepas-dq calls add log.csv --columns log_columns.yaml --kind validation
              sepas-dq calls add sends.ndjson --kind send --university u07
    """
    from pipelines import call_log

    with working("calls") as progress:
        done = call_log.add(home(), paths, columns, kind, university, progress)
    for log in done:
        if log.already:
            click.echo(f"{log.label}: the same log was added before; nothing changed")
            continue
        reasons = ", ".join(f"{reason} {count:,}" for reason, count in sorted(log.reasons.items()))
        click.echo(
            f"{log.label} ({log.kind}): {log.rows:,} rows = {log.landed:,} landed + {log.quarantined:,} quarantined + {log.skipped:,} skipped" + (f" ({reasons})" if reasons else "")
        )
    if not university and any(log.kind == "validation" and not log.already for log in done):
        click.echo("Taken as the log of every sender on the days it shows; if it is of one university, add it with --university ID.")
    unknown, texts = call_log.unmapped(home(), 0)[1:]
    if texts:
        click.echo(f"{unknown:,} answers have texts nobody mapped, {texts:,} different ones. See: sepas-dq calls unmapped")
    click.echo('Next: sepas-dq sql "select use_class, sum(messages) as messages from marts.validation_service_use group by 1"')
    return 0


@calls.command("list")
def list_() -> int:
    """The logs that were added.

    \b
    Example:  sepas-dq calls list
    """
    from pipelines import call_log

    found = call_log.added(home())
    if not found:
        click.echo("No log was added. Next: sepas-dq calls add PATH")
        return 0
    table(
        ["log", "file", "kind", "from", "to", "rows", "landed", "quarantined", "skipped", "of"],
        [
            [log["log_id"][:12], log["file"], log["kind"], log["first_on"] or "", log["last_on"] or "", *(f"{log[n]:,}" for n in ("rows", "landed", "quarantined", "skipped")),
             log["university_id"] or "every sender"]
            for log in found
        ],
    )  # fmt: skip
    return 0


@calls.command("remove")
@click.argument("log_id", metavar="LOG")
def remove(log_id: str) -> int:
    """Take a log out again: LOG is its id as `calls list` shows it.

    \b
    Example:  sepas-dq calls remove 3f2a91c07be4
    """
    from pipelines import call_log

    click.echo(f"{call_log.remove(home(), log_id)} removed")
    return 0


@calls.command("unmapped")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1), help="How many texts at most.")
def unmapped(limit: int) -> int:
    """Error texts that no entry of expectations/validation_service/answers.yaml knows, most frequent first, masked.

    \b
    Example:  sepas-dq calls unmapped
    """
    from pipelines import call_log

    found, unknown, texts = call_log.unmapped(home(), limit)
    if not found:
        click.echo("Every text is mapped.")
        return 0
    table(["answers", "calls or sends", "text (masked)"], [[f"{count:,}", kind, text] for kind, text, count in found])
    click.echo(f"{unknown:,} answers with {texts:,} texts in all. Map them in expectations/validation_service/answers.yaml, then: sepas-dq build")
    return 0
