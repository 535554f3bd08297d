"""`demo` and `generate`: invented data, and the whole flow run on them."""

from pathlib import Path

import click

from pipelines.cli.progress import working
from pipelines.settings import home

CALL_FORMATS, CALL_IDS = ("ndjson", "csv", "parquet"), ("all", "uid", "content", "none")
FORMATS = ("ndjson", "ndjson-gz", "ndjson-zst", "files", "xml-zip", "tar", "tar-gz", "big-xml", "csv", "parquet", "mixed")


@click.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--messages", default=20_000, show_default=True, type=click.IntRange(1), help="How many messages.")
@click.option("--seed", default=1, show_default=True, help="The same seed gives the same bytes.")
@click.option("--universities", type=click.IntRange(1), help="How many of the 66 invented universities send (default: all).")
@click.option("--format", "form", type=click.Choice(FORMATS), default="ndjson", show_default=True, help="The container.")
@click.option("--broken", default=0, show_default=True, help="Broken messages beside them, for the quarantine.")
@click.option("--duplicates", default=0, show_default=True, help="Messages delivered twice.")
@click.option("--calls", is_flag=True, help="A call log of the validation service beside them, with planted behaviour and its truth.")
@click.option("--call-format", type=click.Choice(CALL_FORMATS), default="ndjson", show_default=True, help="The call log's format.")
@click.option("--call-ids", type=click.Choice(CALL_IDS), default="all", show_default=True, help="What the call log knows messages by.")
def generate(out: Path, messages: int, seed: int, universities: int | None, form: str, broken: int, duplicates: int, calls: bool, call_format: str, call_ids: str) -> int:
    """Write invented extracts, registers and truth.parquet into OUT (one row an injected fault and a clean item).

    \b
    Example:  sepas-dq generate C:\\invented --messages 5000 --seed 7 --format xml-zip
    """
    from pipelines.flow import ensure_reference
    from pipelines.generator import generate as write
    from pipelines.generator.calls import CallOptions

    ensure_reference(home())
    with working("generate") as progress:
        options = CallOptions(call_format, call_ids, seed) if calls else None
        done = write(home(), out, messages, seed, form, lambda n, _: progress("generating", min(100, n), 0), broken=broken, duplicates=duplicates, calls=options, universities=universities)
    outcomes = ", ".join(f"{outcome} {items:,}" for outcome, items in sorted(done.outcomes.items()))
    click.echo(f"{done.messages:,} messages, {done.items:,} coded items, {done.judged:,} judged: {outcomes}")
    click.echo(f"{done.broken:,} broken messages and {done.duplicates:,} repeated ones beside them")
    if calls:
        use = ", ".join(f"{name} {messages:,}" for name, messages in done.use.items())
        click.echo(f"{done.calls:,} calls of the validation service: {use}")
    click.echo(f"{out}: extracts/, organisations/, truth.parquet" + (", calls/" if calls else ""))
    click.echo(f"Next: sepas-dq organisations add {out / 'organisations'}, then sepas-dq ingest {out / 'extracts'}")
    return 0


@click.command()
@click.option("--messages", default=20_000, show_default=True, type=click.IntRange(100), help="How many messages.")
@click.option("--seed", default=1, show_default=True, help="The same seed gives the same quarter.")
@click.option("--universities", type=click.IntRange(1), help="How many of the 66 invented universities send (default: all).")
@click.option("--calls", is_flag=True, help="With a call log of the validation service; evidence of going around it then gives way to the log.")
def demo(messages: int, seed: int, universities: int | None, calls: bool) -> int:
    """Invent a national quarter around the start dates, run the whole flow on it, write the report, print where things are.

    Works in a folder of its own (demo/ in the data folder), so it never mixes with real data.

    \b
    Example:  sepas-dq demo --messages 20000 --seed 1
    """
    from pipelines.demo import run

    with working("demo") as progress:
        paths = run(home().root / "demo", messages, seed, progress, calls, universities)
    for name, path in paths.items():
        click.echo(f"{name}: {path}")
    click.echo(f"Look further with SEPAS_DQ_HOME={paths['data folder']}: sepas-dq sql, sepas-dq lab, sepas-dq ui")
    return 0
