"""What suggestions are told by: classes of causes and reasons, in both languages.

Belongs here: reading `suggestions.yaml`. Does not: finding suggestions (`pipelines.findings.suggesting`).
"""

from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from expectations.errors import RuleError
from expectations.outcomes import CAUSE_CLASSES, Text, register


class Words(BaseModel):
    """All of `suggestions.yaml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    classes: dict[str, Text]
    reasons: dict[str, Text]


@cache
def words() -> Words:
    """Class → name, reason → sentence. Every class that a cause may have is there, and no other."""
    path = Path(__file__).with_name("suggestions.yaml")
    found = Words.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    if set(found.classes) != set(CAUSE_CLASSES):
        raise RuleError(f"{path}: classes: must be {', '.join(CAUSE_CLASSES)}")
    return found


def class_of(cause: str) -> str:
    """The class a cause has before anybody looks at the coding itself; '' for a check that could not be made."""
    return register().causes[cause].cause_class or ""
