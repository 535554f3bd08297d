"""The letters of the ministry as data, row by row, and whether a rule says what its row says.

Belongs here: reading `directive/*.yaml`. Does not: which rules there are (`catalogue.py`).
"""

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

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


class _Loader(yaml.SafeLoader):
    """YAML, but a key given twice is a mistake, and so is one that YAML does not read as a word (on, yes, 12)."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
        keys = [key.value for key, _ in node.value]
        faults = [f"'{key}' is given twice" for key in keys if keys.count(key) > 1]
        faults += [f"'{key.value}' is not the name of a field" for key, _ in node.value if key.tag != "tag:yaml.org,2002:str"]
        if faults:
            raise yaml.constructor.ConstructorError(problem=faults[0], problem_mark=node.start_mark)
        return super().construct_mapping(node, deep)


def read_yaml(path: Path) -> Any:
    """The content of a YAML file of ours."""
    return yaml.load(path.read_text(encoding="utf-8"), _Loader)


@cache
def letters() -> dict[str, dict[str, Any]]:
    """The letters' tables as data: number of the letter → its content."""
    found = [read_yaml(path) for path in sorted(DIRECTIVE.glob("*.yaml"))]
    return {letter["letter"]: letter for letter in found}


def bindings() -> list[Binding]:
    """Every cell of every letter's table, in the letters' order."""
    return [
        Binding(number, row["row"], binding["service"], binding["field"], row["terminology"], row["starts_on"])
        for number, letter in letters().items()
        for row in letter["rows"]
        for binding in row["bindings"]
    ]


def binding_of(rule: Rule) -> Binding:
    """What a rule says it answers."""
    return Binding(rule.directive.letter, rule.directive.row, rule.service, rule.field, rule.terminology, rule.starts_on)


def against_the_letter(rule: Rule) -> str:
    """How a rule contradicts the row it names, '' if it does not."""
    letter = letters().get(rule.directive.letter)
    if letter is None:
        return f"directive.letter: '{rule.directive.letter}' is not known; one of {', '.join(letters())}"
    row = next((row for row in letter["rows"] if row["row"] == rule.directive.row), None)
    if row is None:
        return f"directive.row: the letter has no row {rule.directive.row}"
    if rule.terminology != row["terminology"]:
        return f"terminology: row {row['row']} of the letter demands {row['terminology']}"
    if rule.starts_on != row["starts_on"]:
        return f"starts_on: row {row['row']} of the letter starts on {row['starts_on']}"
    demanded = {(b["service"], b["field"]) for b in row["bindings"]}
    if row.get("every_service"):
        demanded |= {(OTHER_SERVICES, field) for _, field in demanded}
    if (rule.service, rule.field) not in demanded:
        return f"field: row {row['row']} of the letter names {', '.join(' × '.join(pair) for pair in sorted(demanded))}"
    return ""
