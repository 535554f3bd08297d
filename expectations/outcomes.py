"""The ten outcomes and what each cause of a failure means: class of SEPAS, who can repair it, in both languages.

Belongs here: reading `outcomes.yaml`. Does not: deciding which outcome an item gets (`kinds/`).
Source of the order: design of the judgement, first match wins. Source of the classes: SepasErrorCodes, 1 to 17.
"""

from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, StrictStr

from expectations.errors import RuleError

OUTCOMES = (
    "not_applicable", "error", "incomplete", "placeholder", "terminology_not_allowed",
    "malformed", "unknown", "not_in_force", "title_mismatch", "passed",
)  # fmt: skip
FAILURES = OUTCOMES[2:-1]
UNJUDGED = OUTCOMES[:2]
CAUSE_CLASSES = (
    "missing", "placeholder", "format", "truncation", "swapped", "typed_label",
    "local_code", "wrong_list", "wrong_field", "old_list", "early", "title",
)  # fmt: skip


class Text(BaseModel):
    """A sentence in Persian and in English, neither of them blank."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)
    fa: StrictStr = Field(min_length=1)
    en: StrictStr = Field(min_length=1)


class Cause(BaseModel):
    """Why an item failed: `error_class` is SEPAS's own number; `responsible` is who can repair it.

    `cause_class` is the kind of trouble for those who repair at the source (`CAUSE_CLASSES`); None for `error`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    outcome: Literal["error", "incomplete", "placeholder", "terminology_not_allowed", "malformed", "unknown", "not_in_force", "title_mismatch"]
    error_class: int = Field(ge=1, le=17)
    cause_class: str | None = None
    responsible: Literal["facility", "vendor", "ministry"]
    reason: Text
    repair: Text


class Meaning(BaseModel):
    """What an outcome is called and means."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: Text
    meaning: Text


class Register(BaseModel):
    """All of `outcomes.yaml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    outcomes: dict[str, Meaning]
    causes: dict[str, Cause]


@cache
def register() -> Register:
    """The outcomes and causes: every outcome described, in order; a cause belongs to one outcome that is no pass."""
    path = Path(__file__).with_name("outcomes.yaml")
    found = Register.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    if tuple(found.outcomes) != OUTCOMES:
        raise RuleError(f"{path}: outcomes: must be, in this order, {', '.join(OUTCOMES)}")
    for name, cause in found.causes.items():
        if (cause.cause_class not in CAUSE_CLASSES) if cause.outcome != "error" else cause.cause_class:
            raise RuleError(f"{path}: causes: {name}: cause_class: '{cause.cause_class}' is not one of {', '.join(CAUSE_CLASSES)}")
    return found
