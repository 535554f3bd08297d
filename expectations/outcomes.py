"""The ten outcomes and what each cause of a failure means: class of SEPAS, who can repair it, in both languages.

Belongs here: reading `outcomes.yaml`. Does not: deciding which outcome an item gets (`kinds/`).
Source of the order: design of the judgement, first match wins. Source of the classes: SepasErrorCodes, 1 to 17.
"""

from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

OUTCOMES = (
    "not_applicable", "error", "incomplete", "placeholder", "terminology_not_allowed",
    "malformed", "unknown", "not_in_force", "title_mismatch", "passed",
)  # fmt: skip
FAILURES = OUTCOMES[2:-1]
UNJUDGED = OUTCOMES[:2]


class Text(BaseModel):
    """A sentence in Persian and in English."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    fa: str
    en: str


class Cause(BaseModel):
    """Why an item failed: `error_class` is SEPAS's own number; `responsible` is facility, vendor or ministry."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    outcome: str
    error_class: int
    responsible: str
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
    """The outcomes and causes, checked: every outcome described, every cause of a failing outcome."""
    path = Path(__file__).with_name("outcomes.yaml")
    found = Register.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    assert tuple(found.outcomes) == OUTCOMES, f"{path.name}: outcomes must be {OUTCOMES}"
    assert all(c.outcome in (*FAILURES, "error") for c in found.causes.values()), f"{path.name}: a cause of no failure"
    return found
