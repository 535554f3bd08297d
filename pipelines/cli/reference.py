"""`terminology` and `organisations`: what messages are held against."""

from pathlib import Path
from typing import Any

import click

from pipelines.cli.progress import table
from pipelines.cli.releases import diff, download
from pipelines.settings import home


@click.group()
def terminology() -> None:
    """Code lists in dated releases.

    \b
    Example:  sepas-dq terminology add IRC irc_1403.csv --release 1403-01 --valid-from 1403/01/01
              sepas-dq terminology diff 1402-07 1403-01
    """


@terminology.command("add")
@click.argument("name", metavar="TERMINOLOGY")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--release", required=True, help="Name of the release, for example 1403-01.")
@click.option("--valid-from", required=True, metavar="DATE", help="First day it is in force: 1403/01/01 or 2024-03-20.")
@click.option("--announced", metavar="DATE", help="Day it was published, if not the day it starts; list policy grace:N counts from it.")
@click.option("--replace", is_flag=True, help="Drop every earlier release of this terminology.")
@click.option("--append", is_flag=True, help="Add rows to the release of this name: lists that come in several files.")
@click.option("--delta", is_flag=True, help="The file holds changes only: codes it lacks go on.")
@click.option("--partial", is_flag=True, help="The list is known to lack codes; reports say so.")
def add(name: str, file: Path, release: str, valid_from: str, announced: str | None, replace: bool, append: bool, delta: bool, partial: bool) -> int:
    """Load a full release: codes it lacks end the day it starts. TERMINOLOGY `all` takes every list found in a workbook, zip or folder.

    Official distributions are known by their content (docs/terminologies.md); else the columns are code, title_fa, title_en, status,
    valid_from, valid_to, successor, of which only code is needed.

    \b
    Example:  sepas-dq terminology add RVU3 rvu3.csv --release 1401 --valid-from 1401/01/01
    """
    from pipelines import terminologies
    from pipelines.flow import ensure_reference
    from pipelines.jalali import parse_day

    ensure_reference(home())
    day = parse_day(valid_from)
    published = parse_day(announced) if announced else None
    done = terminologies.add_release(
        home(), name, file, release, day, replace=replace, append=append, delta=delta or None, partial=partial, announced=published
    )  # fmt: skip
    for part in done.get("parts") or [done]:
        _taken_in(part)
    click.echo("Next: sepas-dq build (judges again whatever this list touches)")
    return 0


def _taken_in(done: dict[str, Any]) -> None:
    """What one release took in, left out and noted."""
    if not done["changed"]:
        click.echo(f"{done['terminology']} {done['release']}: the same content was loaded before; nothing changed")
        return
    completed = f", {done['completed']:,} completed by it" if done["completed"] else ""
    click.echo(
        f"{done['terminology']} {done['release']}, in force from {done['valid_from']}: {done['rows']:,} codes, {done['added']:,} of them from this file{completed}"
    )
    for reason, count in sorted(done["rejected"].items()):
        examples = ", ".join(str(code) for code in done["examples"].get(reason, [])[:5])
        click.echo(f"  left out: {count:,} × {reason}{f' (for example {examples})' if examples else ''}")
    if done["rejects"]:
        click.echo(f"  row by row: {done['rejects']}")
    for note in done["notes"]:
        click.echo(f"  note: {note}")


@terminology.command("list")
def list_() -> int:
    """The releases that are loaded, and which of them are stand-ins.

    \b
    Example:  sepas-dq terminology list
    """
    from pipelines import terminologies
    from pipelines.flow import ensure_reference

    ensure_reference(home())
    rows = terminologies.list_releases(home())
    table(
        ["terminology", "release", "valid from", "codes", "kind"],
        [
            [r["terminology"], r["release"], str(r["valid_from"]), f"{r['rows']:,}",
             "SYNTHETIC stand-in" if r.get("synthetic") else "part of a list" if r.get("partial") else "release"]
            for r in rows
        ],
    )  # fmt: skip
    return 0


terminology.add_command(diff)
terminology.add_command(download)


@click.group()
def organisations() -> None:
    """Registers of universities, facilities, vendors and systems, dated.

    \b
    Example:  sepas-dq organisations add facilities.csv
    """


@organisations.command("add")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def add_organisations(files: tuple[Path, ...]) -> int:
    """Add rows to the register that the file's columns name; a folder is taken file by file.

    \b
    Example:  sepas-dq organisations add universities.csv facilities.csv vendors.csv systems.csv
    """
    from pipelines import organisations as registers
    from pipelines.flow import ensure_reference

    ensure_reference(home())
    for file in files:
        done = registers.add(home(), file)
        for register, counts in done["registers"].items():
            click.echo(f"{file}: {register}: " + ", ".join(f"{count:,} {what}" for what, count in counts.items() if count))
        for register, missing in done["dangling"].items():
            click.echo(f"  beware: {register} name {len(missing):,} ids that are in no register, for example {', '.join(list(missing)[:5])}")
        for note in done["notes"]:
            click.echo(f"  note: {note}")
    click.echo("Next: sepas-dq build")
    return 0
