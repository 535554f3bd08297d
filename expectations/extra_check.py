"""The model of one extra check: what the lists allow to be noticed beyond the directive. A note, never an outcome.

Belongs here: what a file of `extra_checks/` may say, and reading all of them. Does not: how it is counted (findings layer).
An extra check never judges: it looks at items that a rule has passed (or whose title alone failed) and remarks on them.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import Field, StrictStr, StringConstraints, ValidationError, model_validator

from expectations.catalogue import catalogue
from expectations.errors import RuleError
from expectations.files import read_yaml
from expectations.outcomes import Text
from expectations.rule import JalaliDay, Strict

FOLDER = Path(__file__).with_name("extra_checks")
SAYS = ("noted", "clear", "unseen")


class Need(Strict):
    """Something a list must carry, or the check is not estimable. `name`: of an attribute, a status, or the list a map leads to."""

    terminology: StrictStr
    what: Literal["codes", "attribute", "status", "map"]
    name: StrictStr = ""

    @model_validator(mode="after")
    def _named(self) -> "Need":
        if (self.what == "codes") != (self.name == ""):
            raise ValueError("name: is given for an attribute, a status or a map, and for nothing else")
        return self

    @property
    def key(self) -> tuple[str, str, str]:
        """What the lists must carry, as `terminologies.carried` says it."""
        return self.terminology, self.what, self.name.lower() if self.what == "status" else self.name


class ListedCode(Strict):
    """A code of the little lists an example is looked at by."""

    terminology: StrictStr
    code: StrictStr
    title_fa: StrictStr = ""
    title_en: StrictStr = ""
    status: StrictStr = ""
    attributes: dict[StrictStr, StrictStr] = {}
    maps: dict[StrictStr, StrictStr] = {}


class SentItem(Strict):
    """An item of a message, the rule that has judged it, and what the check says: noted, clear, or unseen (it could not look)."""

    rule: StrictStr
    code: StrictStr
    title: StrictStr = ""
    outcome: Literal["passed", "title_mismatch", "unknown"] = "passed"
    says: Literal["noted", "clear", "unseen"]


class Examples(Strict):
    """Messages as they may come; they are the check's tests. Sent on 1402/01/20."""

    lists: list[ListedCode] = Field(min_length=1)
    messages: list[Annotated[list[SentItem], Field(min_length=1)]] = Field(min_length=2)

    @model_validator(mode="after")
    def _all_answers(self) -> "Examples":
        said = {item.says for message in self.messages for item in message}
        if said != set(SAYS):
            raise ValueError(f"messages: show each of {', '.join(SAYS)} at least once")
        return self


class ExtraCheck(Strict):
    """One remark that the lists allow: at which rules' items it looks, what it needs, how it is read, how to put it right."""

    id: Annotated[StrictStr, StringConstraints(pattern="^[a-z][a-z0-9_]*$")]
    title: Text
    why: Text
    reading: Text
    looks_at: Text
    rules: list[StrictStr] = Field(min_length=1)
    needs: list[Need] = Field(min_length=1)
    source: StrictStr = Field(min_length=1)
    responsible: Literal["facility", "vendor", "ministry"]
    how_to_fix: Text
    examples: Examples
    status: Literal["draft", "active", "retired"]
    authored_by: StrictStr = Field(min_length=1)
    checked_by: StrictStr = Field(min_length=1)
    reviewed: JalaliDay

    @model_validator(mode="after")
    def _consistent(self) -> "ExtraCheck":
        known = {rule.id for rule in catalogue()}
        used = {*self.rules, *(item.rule for message in self.examples.messages for item in message)}
        if used - known:
            raise ValueError(f"rules: '{sorted(used - known)[0]}' is not a rule; see: sepas-dq rules list")
        if self.authored_by.strip().casefold() == self.checked_by.strip().casefold():
            raise ValueError("checked_by: must be another person than authored_by")
        return self

    def missing(self, carried: Iterable[tuple[str, str, str]]) -> list[Need]:
        """What the check needs and the loaded lists do not carry: with anything missing it is not estimable."""
        there = set(carried)
        return [need for need in self.needs if need.key not in there]


def load_extra_check(path: Path) -> ExtraCheck:
    """One file. Raises RuleError with file, field and reason in one line."""
    try:
        check = ExtraCheck.model_validate(read_yaml(path))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        reason = " ".join(first["msg"].removeprefix("Value error, ").split())
        raise RuleError(f"{path}: {place}: {reason}" if place else f"{path}: {reason}") from error
    except (yaml.YAMLError, OSError, ValueError) as error:
        raise RuleError(f"{path}: cannot be read as YAML: {' '.join(str(error).split())}") from error
    if path.stem != check.id:
        raise RuleError(f"{path}: id: is '{check.id}', but the file is named '{path.stem}'; they must agree")
    return check


@cache
def extra_checks() -> tuple[ExtraCheck, ...]:
    """The active extra checks, by id. Adding a file here takes a `<id>.sql` in the findings layer, and the other way round."""
    return tuple(check for path in sorted(FOLDER.glob("*.yaml")) if (check := load_extra_check(path)).status == "active")


@cache
def coding_notes() -> dict[str, Text]:
    """The notes a coding carries by itself, with their names."""
    return {note: Text.model_validate(text) for note, text in read_yaml(FOLDER.with_name("coding_notes.yaml")).items()}
