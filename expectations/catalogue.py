"""Reads every rule file and holds the directive against them: ids unique, every binding of the letter answered.

Belongs here: which rules there are and which paths they own. Does not: the meaning of a rule's parts (`rule.py`).
"""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import yaml
from pydantic import ValidationError

from expectations.errors import RuleError
from expectations.rule import OTHER_SERVICES, SERVICES, Rule

RULES = Path(__file__).with_name("rules")
DIRECTIVE = Path(__file__).with_name("directive")


def load_rule(path: Path) -> Rule:
    """One rule file. Raises RuleError with file, field and reason in one line."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        rule = Rule.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "the file"
        raise RuleError(f"{path}: {field}: {first['msg']}") from error
    except (yaml.YAMLError, OSError, UnicodeDecodeError) as error:
        raise RuleError(f"{path}: cannot be read as YAML: {str(error).splitlines()[0]}") from error
    if path.stem != rule.id:
        raise RuleError(f"{path}: id: is '{rule.id}', but the file is named '{path.stem}'; they must agree")
    return rule


def load_rules(folder: Path = RULES) -> list[Rule]:
    """Every active rule below `folder`, by start date, then id. Adding a file adds a rule."""
    rules = [load_rule(path) for path in sorted(folder.rglob("*.yaml"))]
    ids = [rule.id for rule in rules]
    twice = {name for name in ids if ids.count(name) > 1}
    if twice:
        raise RuleError(f"{folder}: rule id used twice: {', '.join(sorted(twice))}")
    if not rules:
        raise RuleError(f"{folder}: holds no rule; every rule is one YAML file")
    return sorted((r for r in rules if r.status == "active"), key=lambda r: (r.start, r.id))


@cache
def catalogue() -> tuple[Rule, ...]:
    """The rules in force, read once."""
    return tuple(load_rules())


@cache
def directive() -> dict:
    """The letter's rows as data, with the bindings each makes."""
    path = DIRECTIVE / "1927-110.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def unanswered(rules: Iterable[Rule]) -> list[str]:
    """Bindings of the letter (row, service, terminology) that no rule answers."""
    answered = {(r.directive.row, r.service, r.terminology) for r in rules}
    return [
        f"row {row['row']}: {binding['service']} × {binding['field']} × {row['terminology']}"
        for row in directive()["rows"]
        for binding in row["bindings"]
        if (row["row"], binding["service"], row["terminology"]) not in answered
    ]


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
        if rule.service != (service if service in SERVICES else OTHER_SERVICES):
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
    for path in sorted(p for p in RULES.parent.rglob("*") if p.suffix in (".yaml", ".py") and "gx" not in p.parts):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()
