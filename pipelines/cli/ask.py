"""`check` and `rules`: asking before sending, and reading what is demanded."""

import json
from pathlib import Path

import click

from pipelines.cli.directive import rule_pages, show_rule
from pipelines.cli.progress import table
from pipelines.settings import home

SUGGESTIONS = 3

@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--on", metavar="DATE", help="Judge as on this day (default: the file name's day, else today).")
@click.option("--list-policy", default="in_force", show_default=True, metavar="POLICY", help="The list to hold codes against: in_force, grace:N, latest, release:NAME.")
@click.option("--json", "as_json", is_flag=True, help="One JSON array on stdout.")
def check(files: tuple[Path, ...], on: str | None, list_policy: str, as_json: bool) -> int:
    """Judge single messages, in any dialect. Exit code 1 if any item fails or a message cannot be read.

    \b
    Example:  sepas-dq check message.xml
              sepas-dq check message.json --on 1401/12/20 --json
    """
    from pipelines.check import check_file, opened
    from pipelines.jalali import parse_day

    day = parse_day(on) if on else None
    con = opened(home(), list_policy)
    answers = [check_file(con, path, day) for path in files]
    standing_in, not_estimable = _stand_ins(), _not_estimable()
    for answer in answers:
        answer.stand_in_lists, answer.notes_not_estimable = standing_in, sorted(not_estimable)
    if as_json:
        click.echo(json.dumps([answer.as_dict() for answer in answers], ensure_ascii=False, indent=2))
    else:
        for answer in answers:
            _show(answer)
        for check_id, missing in sorted(not_estimable.items()):
            click.echo(f"Note {check_id}: not estimable, the lists at hand carry no {missing}")
        if standing_in:
            click.echo(f"Beware: stand-in lists are in force for {', '.join(standing_in)}; add the official ones with: sepas-dq terminology add")
    return 0 if all(answer.ok for answer in answers) else 1


def _stand_ins() -> list[str]:
    from pipelines import terminologies

    return sorted({r["terminology"] for r in terminologies.list_releases(home()) if r.get("synthetic") or r.get("partial")})


def _not_estimable() -> dict[str, str]:
    """Extra checks that the loaded lists do not allow → what is missing."""
    from expectations.extra_check import extra_checks
    from pipelines import terminologies

    carried = terminologies.carried(home())
    missing = {check.id: check.missing(carried) for check in extra_checks()}
    return {name: ", ".join(f"{need.what} {need.name} of {need.terminology}" for need in needs) for name, needs in missing.items() if needs}


def _show_notes(answer) -> None:  # type: ignore[no-untyped-def]
    if answer.notes:
        click.echo("\n  یادداشت / Notes: beside the outcomes, never part of them")
    for one in answer.notes:
        click.echo(f"\n  {one.location}")
        click.echo(f"    {one.note}: {one.code or '∅'} | {one.title or '∅'}; for the {one.responsible} to look at")
        click.echo(f"    {one.title_fa}. {one.repair_fa}")
        click.echo(f"    {one.title_en}. {one.repair_en}")


def _show(answer) -> None:  # type: ignore[no-untyped-def]
    if answer.refused:
        click.echo(f"{answer.file}: cannot be read: {answer.refused} ({answer.detail})")
        return
    from pipelines.jalali import jdate, parse_day

    judged = len(answer.findings) + answer.passed
    click.echo(
        f"{answer.file}: {answer.service}, judged on {jdate(parse_day(answer.judged_on))}: {judged} items judged, {answer.passed} passed,"
        f" {len(answer.findings)} failed; {answer.items - judged} items no rule asks about, {answer.not_applicable} fixed-form results not applicable"
    )
    for one in answer.findings:
        suggested = f" → {one.suggested_code}" if one.suggested_code else ""
        click.echo(f"\n  {one.location}")
        click.echo(f"    {one.outcome} ({one.cause}): {one.terminology_id or '∅'} | {one.code or '∅'} | {one.title or '∅'}{suggested}")
        asked = _rule(one.rule_id).directive
        click.echo(f"    rule {one.rule_id} (row {asked.row} of letter {asked.letter}), {'in force' if one.phase == 'after' else 'not yet in force on that day'}; to be repaired by the {one.responsible}")
        click.echo(f"    {one.reason_fa} {one.repair_fa}")
        click.echo(f"    {one.reason_en} {one.repair_en}")
        for told in one.suggestions[:SUGGESTIONS]:
            click.echo(f"    probably {told.code} | {told.title or '∅'} ({told.score:.0%}): {told.reason_en} {told.reason_fa}")
    _show_notes(answer)


@click.group()
def rules() -> None:
    """The rules of the directive.

    \b
    Example:  sepas-dq rules list
              sepas-dq rules try medicationprescription-productcode-erx 61001
    """


@rules.command("list")
def list_rules() -> int:
    """Every rule: start date, letter and row, terminology, where it applies. Exit code 1 if a row of a letter has no rule.

    \b
    Example:  sepas-dq rules list
    """
    from expectations.catalogue import catalogue, without_rule
    from expectations.rule import OTHER_SERVICES

    found = catalogue()
    table(
        ["rule", "starts on", "letter", "row", "terminology", "service", "field", "عنوان"],
        [[r.id, r.starts_on, r.directive.letter, str(r.directive.row), r.terminology, r.service, r.field, r.title.fa] for r in found],
    )
    for letter in dict.fromkeys(r.directive.letter for r in found):
        own = [r for r in found if r.directive.letter == letter]
        beyond = [r for r in own if r.service == OTHER_SERVICES]
        rows = ", ".join(str(r.directive.row) for r in beyond)
        click.echo(f"{len(own) - len(beyond)} rules of letter {letter}" + (f", and {len(beyond)} for every service its row {rows} does not name" if beyond else ""))
    missing = without_rule(found)
    for line in missing:
        click.echo(f"sepas-dq: {line}", err=True)
    return 1 if missing else 0


def _rule(rule_id: str):  # type: ignore[no-untyped-def]  # noqa: ANN202
    from expectations.catalogue import catalogue
    from pipelines.errors import InputError

    found = {rule.id: rule for rule in catalogue()}
    if rule_id not in found:
        raise InputError(f"'{rule_id}' is not a rule. See: sepas-dq rules list")
    return found[rule_id]


rules.add_command(show_rule)
rules.add_command(rule_pages)


@rules.command("try")
@click.argument("rule_id", metavar="ID")
@click.argument("code")
@click.option("--title", help="The title sent with the code.")
@click.option("--terminology", "terminology_id", help="The terminology id sent (default: the rule's own).")
@click.option("--on", metavar="DATE", help="The exchange date (default: today).")
@click.option("--list-policy", default="in_force", show_default=True, metavar="POLICY", help="The list to hold codes against: in_force, grace:N, latest, release:NAME.")
def try_(rule_id: str, code: str, title: str | None, terminology_id: str | None, on: str | None, list_policy: str) -> int:
    """Judge one code under one rule. Exit code 1 if it fails.

    \b
    Example:  sepas-dq rules try patientbill-wardtype-wardtype 36 --on 1401/11/10
    """
    import datetime as dt

    from expectations.outcomes import register
    from pipelines.check import opened, verdicts_of
    from pipelines.jalali import jdate, parse_day
    from pipelines.landed.tables import text_row

    rule = _rule(rule_id)
    day = parse_day(on) if on else dt.date.today()
    row = ("1", rule.id, rule.terminology, day, *text_row("", rule.terminology if terminology_id is None else terminology_id, code, title))
    outcome, cause, suggested, notes = verdicts_of(opened(home(), list_policy), [row])["1"]
    click.echo(f"{outcome}{f' ({cause})' if cause else ''} on {jdate(day)}{f' → {suggested}' if suggested else ''}{f' [{notes.strip()}]' if notes else ''}")
    known = register().causes.get(cause)
    if known:
        click.echo(f"{known.reason.fa} {known.repair.fa}\n{known.reason.en} {known.repair.en}")
    return 0 if outcome == "passed" else 1
