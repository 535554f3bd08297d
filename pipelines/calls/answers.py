"""What an error text means: the table `expectations/validation_service/answers.yaml`, compiled, and held against templates.

Belongs here: patterns, and the way from field and terminology a text names, with the call's service, to one rule. Does not: masking
(`texts`). Only templates are looked at, so that what landed can be read again when the table has grown.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

import expectations.validation_service
from expectations.catalogue import catalogue, covers
from expectations.outcomes import FAILURES
from pipelines.calls.patterns import found, holes, names, pattern
from pipelines.calls.texts import NEXT, Masker
from pipelines.errors import InputError

TABLE = Path(expectations.validation_service.__file__).with_name("answers.yaml")
KINDS = ("rule", "outside", "technical", "none")


@dataclass(frozen=True)
class Answer:
    """What a text was found to say. `terminology` is the one it names, or that of its rule."""

    answer_id: str
    kind: str
    outcome: str | None = None
    rule_id: str | None = None
    error_class: int | None = None
    terminology: str | None = None


@dataclass(frozen=True)
class _Entry:
    answer_id: str
    kind: str
    outcome: str | None
    error_class: int | None
    pattern: re.Pattern[str]


class Answers:
    """The table, ready for use."""

    def __init__(self, table: dict[str, Any], path: Path = TABLE) -> None:
        self._fields = names(table["fields"])
        self._terminologies = names(table["terminologies"])
        self._shapes = {name: re.compile(shape) for name, shape in table["shapes"].items()}
        known = holes(self._fields, self._terminologies)
        self._entries = [_entry(path, said, known) for said in table["answers"]]
        self.examples = [(said["id"], example) for said in table["answers"] for example in said["examples"]]
        listed = [name for names in (*table["fields"].values(), *table["terminologies"].values()) for name in names]
        said = [re.sub(r"[{][a-z]+[}]|[|]", " ", p) for entry in table["answers"] for group in entry["patterns"].values() for p in group]
        self.masker = Masker([*listed, *said, table["words"], *(rule.service for rule in catalogue())])
        self._known: dict[tuple[str, str | None], Answer | None] = {}

    def meaning(self, template: str, service: str | None) -> Answer | None:
        """What a template says about a message of this service; None if no entry knows it. Cached by both."""
        key = (template, service)
        if key not in self._known:
            self._known[key] = self._meaning(template, service)
        return self._known[key]

    def _meaning(self, template: str, service: str | None) -> Answer | None:
        text = template
        parts = [form for part in text.split(f" {NEXT} ") for form in (part, part.replace(".", " "))]
        entry = next((e for part in parts for e in self._entries if e.pattern.search(part)), None)
        if entry is None:
            return None
        if entry.kind != "rule":
            return Answer(entry.answer_id, entry.kind, None, None, entry.error_class)
        fields, terminologies = found(self._fields, text), found(self._terminologies, text)
        rules = [
            rule for rule in catalogue()
            if (not service or covers(rule, service))
            and (not fields or rule.field in fields) and (not terminologies or rule.terminology in terminologies)
        ]  # fmt: skip
        one = rules[0] if len(rules) == 1 and (fields or terminologies) else None
        named = one.terminology if one else next(iter(terminologies)) if len(terminologies) == 1 else None
        return Answer(entry.answer_id, entry.kind, entry.outcome, one.id if one else None, entry.error_class, named)

    def code_in(self, text: str, terminology: str | None) -> str | None:
        """The code a text names, if it has the shape of a code of this terminology; nothing else is ever kept of a text."""
        shape = self._shapes.get(terminology or "")
        if shape is None:
            return None
        return next((token for token in re.findall(r"(?<![\w.\-])[A-Za-z]?[0-9][0-9A-Za-z]*(?:[.\-][0-9A-Za-z]+)?(?![\w\-])", text) if shape.fullmatch(token)), None)


@cache
def table() -> Answers:
    """The table as it stands in the file. Raises InputError naming the entry that is wrong."""
    return Answers(yaml.safe_load(TABLE.read_text(encoding="utf-8")))


def fingerprint() -> str:
    """Changes whenever the table or a rule's field changes."""
    import hashlib

    rules = "/".join(f"{r.id}:{r.service}:{r.field}:{r.terminology}" for r in catalogue())
    return hashlib.blake2b(TABLE.read_bytes() + rules.encode(), digest_size=8).hexdigest()


def _entry(path: Path, said: dict[str, Any], known: dict[str, str]) -> _Entry:
    name = said.get("id", "?")
    if said.get("kind") not in KINDS:
        raise InputError(f"{path}: {name}: kind: '{said.get('kind')}' is not known; accepted are {', '.join(KINDS)}.")
    if (said["kind"] == "rule") != (said.get("outcome") in FAILURES):
        raise InputError(f"{path}: {name}: outcome: an entry of kind rule has one of {', '.join(FAILURES)}; others have none.")
    patterns = [pattern(path, name, text, known) for group in said["patterns"].values() for text in group]
    return _Entry(name, said["kind"], said.get("outcome"), said.get("error_class"), re.compile("|".join(patterns)))
