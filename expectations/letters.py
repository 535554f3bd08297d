"""Which letters there are, how they hang together, what their tables demand, and whether a rule says what its row says.

Belongs here: reading `directive/*.yaml`, one file a letter. Does not: what a letter may say (`letter.py`), which rules there are (`catalogue.py`).
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from expectations.errors import RuleError
from expectations.files import read_model
from expectations.letter import Letter, Row
from expectations.rule import OTHER_SERVICES, Rule

DIRECTIVE = Path(__file__).with_name("directive")


class Binding(NamedTuple):
    """One cell of a letter's table: what must be coded how, from when on."""

    letter: str
    row: int
    service: str
    field: str
    terminology: str
    starts_on: str


def load_letters(folder: Path = DIRECTIVE) -> dict[str, Letter]:
    """Every letter below `folder`, by day: number → letter. Raises RuleError naming file and field. Adding a file adds a letter."""
    found: dict[str, Letter] = {}
    for path in sorted(folder.glob("*.yaml")):
        letter = read_model(path, Letter)
        if path.stem != letter.slug:
            raise RuleError(f"{path}: letter: '{letter.letter}' belongs in a file named {letter.slug}.yaml")
        if letter.letter in found:
            raise RuleError(f"{path}: letter: '{letter.letter}' has a file already")
        found[letter.letter] = letter
    named = {service for letter in found.values() for service in letter.services}
    for letter in found.values():
        wrong = _loose_end(letter, found, named)
        if wrong:
            raise RuleError(f"{folder / letter.slug}.yaml: {wrong}")
    return dict(sorted(found.items(), key=lambda item: (item[1].dated, item[0])))


def _loose_end(letter: Letter, found: dict[str, Letter], named: set[str]) -> str:
    """What a letter says of others that they do not bear out, '' if nothing."""
    for reference in letter.refers_to:
        other = found.get(reference.letter)
        if other is None:
            return f"refers_to: '{reference.letter}' has no file; write one, if only with known: reference"
        if other.dated != reference.dated:
            return f"refers_to: '{reference.letter}' is dated {other.dated} in its own file, not {reference.dated}"
    if letter.known == "reference" and not any(r.letter == letter.letter for other in found.values() for r in other.refers_to):
        return f"known: no letter refers to '{letter.letter}'"
    nameless = {cell.service for row in letter.rows for cell in row.bindings} - named
    return f"services: say what {', '.join(sorted(nameless))} is called" if nameless else ""


@cache
def letters() -> dict[str, Letter]:
    """The letters, read once: number → letter, by day."""
    return load_letters()


def followers(number: str) -> list[tuple[Letter, str]]:
    """Letters that name this one, by day, and how: `follows` or `recalls`."""
    return [(letter, reference.how) for letter in letters().values() for reference in letter.refers_to if reference.letter == number]


def bindings() -> list[Binding]:
    """Every cell of every letter's table, in the letters' order."""
    return [
        Binding(letter.letter, row.row, cell.service, cell.field, row.terminology, row.starts_on)
        for letter in letters().values()
        for row in letter.rows
        for cell in row.bindings
    ]


def binding_of(rule: Rule) -> Binding:
    """What a rule says it answers."""
    return Binding(rule.directive.letter, rule.directive.row, rule.service, rule.field, rule.terminology, rule.starts_on)


def row_of(rule: Rule) -> Row:
    """The row of the letter that a rule answers."""
    row = letters()[rule.directive.letter].row(rule.directive.row)
    if row is None:
        raise RuleError(f"{rule.id}: directive.row: the letter has no row {rule.directive.row}")
    return row


def named_services(rule: Rule) -> set[str]:
    """The services that some row names with the rule's field and terminology. A rule for every other service leaves these to their own rules."""
    return {b.service for b in bindings() if (b.field, b.terminology) == (rule.field, rule.terminology)}


def services() -> dict[str, str]:
    """Every service that a table names, in the order of the letters → the number of the first letter that names it."""
    found: dict[str, str] = {}
    for binding in bindings():
        found.setdefault(binding.service, binding.letter)
    return found


def terminologies() -> tuple[str, ...]:
    """Every terminology that a table demands or a letter announces a list of, in the order of the letters."""
    announced = [each.terminology for letter in letters().values() for each in letter.lists]
    return tuple(dict.fromkeys([*(binding.terminology for binding in bindings()), *announced]))


def against_the_letter(rule: Rule) -> str:
    """How a rule contradicts the row it names, '' if it does not."""
    if rule.service not in (*services(), OTHER_SERVICES):
        return f"service: '{rule.service}' is not a service; one of {', '.join((*services(), OTHER_SERVICES))}"
    letter = letters().get(rule.directive.letter)
    if letter is None:
        return f"directive.letter: '{rule.directive.letter}' is not known; one of {', '.join(n for n, known in letters().items() if known.rows)}"
    row = letter.row(rule.directive.row)
    if row is None:
        return f"directive.row: the letter has no row {rule.directive.row}"
    if rule.terminology != row.terminology:
        return f"terminology: row {row.row} of the letter demands {row.terminology}"
    if rule.starts_on != row.starts_on:
        return f"starts_on: row {row.row} of the letter starts on {row.starts_on}"
    demanded = {(cell.service, cell.field) for cell in row.bindings}
    if row.every_service:
        demanded |= {(OTHER_SERVICES, field) for _, field in demanded}
    if (rule.service, rule.field) not in demanded:
        return f"field: row {row.row} of the letter names {', '.join(' × '.join(pair) for pair in sorted(demanded))}"
    return ""
