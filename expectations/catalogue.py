"""Reads every rule file: which rules there are, which bindings of the letters they answer, which paths they own.

Does not belong here: the meaning of a rule's parts (`rule.py`), what the letters say (`letters.py`).
"""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from expectations.errors import RuleError
from expectations.files import read_model
from expectations.letters import Binding, against_the_letter, binding_of, bindings, letters, named_services
from expectations.rule import OTHER_SERVICES, Rule, id_of

RULES = Path(__file__).with_name("rules")


def load_rule(path: Path) -> Rule:
    """One rule file. Raises RuleError with file, field and reason in one line."""
    rule = read_model(path, Rule)
    wrong = against_the_letter(rule)
    if not wrong and path.stem != rule.id:
        wrong = f"id: is '{rule.id}', but the file is named '{path.stem}'; they must agree"
    if wrong:
        raise RuleError(f"{path}: {wrong}")
    return rule


def read_rules(folder: Path = RULES) -> list[Rule]:
    """Every rule below `folder`, drafts and retired ones too, by start date, then id. Adding a file adds a rule."""
    rules = [load_rule(path) for path in sorted(folder.rglob("*.yaml"))]
    ids = [rule.id for rule in rules]
    twice = {name for name in ids if ids.count(name) > 1}
    if twice:
        raise RuleError(f"{folder}: rule id used twice: {', '.join(sorted(twice))}")
    return sorted(rules, key=lambda r: (r.start, r.id))


def load_rules(folder: Path = RULES) -> list[Rule]:
    """Every active rule below `folder`, by start date, then id."""
    return _active(read_rules(folder), folder)


def _active(rules: Iterable[Rule], folder: Path) -> list[Rule]:
    active = [rule for rule in rules if rule.status == "active"]
    if not active:
        raise RuleError(f"{folder}: holds no active rule; every rule is one YAML file")
    return active


@cache
def every_rule() -> tuple[Rule, ...]:
    """The rules with their drafts and those that are retired, read once: what pages tell of."""
    return tuple(read_rules())


@cache
def catalogue() -> tuple[Rule, ...]:
    """The rules in force, read once."""
    return tuple(_active(every_rule(), RULES))


def unanswered(rules: Iterable[Rule]) -> list[Binding]:
    """Bindings of the letters that no rule answers."""
    answered = {binding_of(rule) for rule in rules}
    return [binding for binding in bindings() if binding not in answered]


def without_rule(rules: Iterable[Rule]) -> list[str]:
    """One line a binding that no active rule answers: the letter's file, the row, and the file to write."""
    return [
        f"{letters()[b.letter].slug}.yaml: row {b.row} of letter {b.letter} demands {b.service} × {b.field} × {b.terminology}, but no active rule"
        f" answers it; write expectations/rules/{id_of(b.service, b.field, b.terminology).rsplit('-', 1)[1]}/{id_of(b.service, b.field, b.terminology)}.yaml"
        for b in unanswered(rules)
    ]


def covers(rule: Rule, service: str) -> bool:
    """Whether a rule judges messages of a service. A rule for every other service leaves the named ones to their own rules."""
    return service == rule.service or (rule.service == OTHER_SERVICES and service not in named_services(rule))


def path_matches(pattern: str, path: str) -> bool:
    """Whether a path stands where a rule's path pattern says, without regard to letter case; `**` is any number of steps."""
    parts = [".*?" if step == "**" else re.escape(step) for step in pattern.split("/")]
    regex = "/".join(parts).replace("/.*?/", "/(?:.+/)?")
    return re.fullmatch(regex, path, re.IGNORECASE) is not None


def field_rules(rules: Iterable[Rule], service: str, path: str) -> list[dict[str, str]]:
    """Which rule judges an item that stands at `path` of a `service` message, case by case.

    One row a case: `case_key` is a declared terminology (lower case), or `drug_or_supply` / `any_other_service` for items that
    declare none of the field's terminologies. A field with one terminology has a row for both of the latter.
    """
    rows = []
    for rule in rules:
        if not covers(rule, service):
            continue
        reading = next(
            (name for name, patterns in (("literal", rule.paths.literal), ("wide", rule.paths.wide)) if any(path_matches(p, path) for p in patterns)),
            None,
        )
        if reading is None:
            continue
        cases = [rule.when.declares.lower(), rule.when.otherwise] if rule.when else ["drug_or_supply", "any_other_service"]
        rows += [
            {"service": service, "path": path, "case_key": case, "rule_id": rule.id, "field": rule.field, "reading": reading,
             "terminology": rule.terminology}
            for case in cases
        ]  # fmt: skip
    return rows


def service_kind(service_type: str | None) -> str:
    """`drug_or_supply` for ServiceType 4 and 5 (4.1 drugs of the ward, 5.2 supplies of the ward …), else `any_other_service`."""
    return "drug_or_supply" if (service_type or "").split(".")[0] in ("4", "5") else "any_other_service"


def fingerprint() -> str:
    """Changes whenever a rule, an outcome text or a kind changes: what was judged before must then be judged again."""
    import hashlib

    digest = hashlib.blake2b(digest_size=8)
    for path in sorted(p for p in RULES.parent.rglob("*") if p.suffix in (".yaml", ".py") and not {"gx", "validation_service"} & set(p.parts)):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()
