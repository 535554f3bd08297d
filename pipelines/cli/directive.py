"""`directive`, and `rules show` and `rules pages`: the letters, what starts when, and the pages of both.

Belongs here: options and printing. Does not: what stands on a page (`pipelines.reports.directive`).
"""

import datetime as dt

import click

from pipelines.settings import home

LANG = click.option("--lang", type=click.Choice(["fa", "en"]), default="fa", show_default=True, help="Language of the text.")
LANGS = click.option("--lang", default="fa,en", show_default=True, help="fa, en, or both: fa,en")
ON = click.option("--on", metavar="DATE", help="Seen from this day (default: today).")
MONTHS = click.option("--months", default=6, show_default=True, type=click.IntRange(1, 60), help="How many months to look ahead.")


def _day(on: str | None) -> dt.date:
    from pipelines.jalali import parse_day

    return parse_day(on) if on else dt.date.today()


def _releases() -> list:
    from pipelines import terminologies
    from pipelines.flow import ensure_reference

    ensure_reference(home())
    return terminologies.list_releases(home())


def languages(text: str) -> list[str]:
    """`fa`, `en` or both of an option written `fa,en`; InputError for anything else."""
    from pipelines.errors import InputError

    found = [part.strip() for part in text.split(",") if part.strip()]
    if not found or set(found) - {"fa", "en"}:
        raise InputError(f"--lang: '{text}' is not a language; accepted are fa, en, and fa,en.")
    return found


@click.group()
def directive() -> None:
    """The ministry's letters, and what starts when.

    \b
    Example:  sepas-dq directive list
              sepas-dq directive ahead --on 1401/11/01
    """


@directive.command("list")
@LANG
def list_letters(lang: str) -> int:
    """Every letter: day, subject, what it follows, its rows. Exit code 1 if a row has no rule.

    \b
    Example:  sepas-dq directive list --lang en
    """
    from expectations.catalogue import catalogue, without_rule
    from expectations.letters import letters
    from pipelines.cli.progress import table

    table(
        ["letter", "dated", "known by", "rows", "names", "title"],
        [
            [m.letter, m.dated, m.known, str(len(m.rows) or "–"), ", ".join(r.letter for r in m.refers_to) or "–", getattr(m.title, lang) if m.title else "–"]
            for m in letters().values()
        ],
    )
    missing = without_rule(catalogue())
    for line in missing:
        click.echo(f"sepas-dq: {line}", err=True)
    return 1 if missing else 0


@directive.command("show")
@click.argument("letter", metavar="LETTER")
@LANG
def show_letter(letter: str, lang: str) -> int:
    """One letter: what it demands, its table with the rules, what it follows. LETTER as `directive list` writes it, or `1927-110`.

    \b
    Example:  sepas-dq directive show 110/37 --lang en
    """
    from expectations.letters import letters
    from pipelines.errors import InputError
    from pipelines.persian import clean
    from pipelines.reports.directive import letter_text

    wanted = clean(letter)
    found = next((m for m in letters().values() if wanted in (m.letter, m.slug, *m.also_written)), None)
    if found is None:
        raise InputError(f"'{letter}' is not a letter; one of {', '.join(letters())}. See: sepas-dq directive list")
    click.echo(letter_text(found, _releases(), dt.date.today(), lang))
    return 0


@directive.command()
@ON
@MONTHS
@LANG
def ahead(on: str | None, months: int, lang: str) -> int:
    """What starts when: rules, deadlines and list releases of the months ahead, and what has started.

    \b
    Example:  sepas-dq directive ahead --on 1401/11/01 --months 6
    """
    from pipelines.reports.directive import ahead_text

    click.echo(ahead_text(_releases(), _day(on), months, lang))
    return 0


def _pages(lang: str, on: str | None, months: int) -> int:
    from pipelines import flow
    from pipelines.reports.directive.names import ahead_page, index_page

    chosen = languages(lang)
    folder = flow.directive_pages(home(), chosen, _day(on), months)
    for each in chosen:
        click.echo(folder / index_page(each))
        click.echo(folder / ahead_page(each))
    return 0


@directive.command("pages")
@LANGS
@ON
@MONTHS
def directive_pages(lang: str, on: str | None, months: int) -> int:
    """Write a page a letter, a page a rule, their index and "what starts when" into reports/directive/.

    \b
    Example:  sepas-dq directive pages --lang fa,en
    """
    return _pages(lang, on, months)


@click.command("pages")
@LANGS
@ON
@MONTHS
def rule_pages(lang: str, on: str | None, months: int) -> int:
    """Write a page a rule and a page a letter into reports/directive/: the same as `directive pages`.

    \b
    Example:  sepas-dq rules pages --lang fa
    """
    return _pages(lang, on, months)


@click.command("show")
@click.argument("rule_id", metavar="ID")
@LANG
@ON
@click.option("--yaml", "as_yaml", is_flag=True, help="The rule's own file instead.")
def show_rule(rule_id: str, lang: str, on: str | None, as_yaml: bool) -> int:
    """One rule: its row, how it is read, what is looked at and expected, examples, how to fix, the list in force.

    \b
    Example:  sepas-dq rules show patientbill-service-irc --lang en
              sepas-dq rules show patientbill-service-irc --yaml
    """
    from expectations.catalogue import RULES, every_rule
    from pipelines.errors import InputError
    from pipelines.reports.directive import rule_text

    rule = next((rule for rule in every_rule() if rule.id == rule_id), None)
    if rule is None:
        raise InputError(f"'{rule_id}' is not a rule. See: sepas-dq rules list")
    if as_yaml:
        click.echo(next(RULES.rglob(f"{rule_id}.yaml")).read_text(encoding="utf-8"))
    else:
        click.echo(rule_text(rule, _releases(), _day(on), lang))
    return 0
