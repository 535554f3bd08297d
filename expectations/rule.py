"""The model of one rule file: strict, frozen, every field explained. A wrong file is a RuleError naming file and field.

Belongs here: what a rule may say. Does not: how it is judged (`kinds/`) or which files exist (`catalogue.py`).
Codes and dates are strings only: YAML reads 1402-07-01 as a Gregorian date and 0012 as ten.
"""

import datetime as dt
import re
from functools import lru_cache
from typing import Annotated, Any, Literal

import jdatetime
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StrictStr,
    StringConstraints,
    field_validator,
    model_validator,
)

from expectations.kinds import Kind, parse_kind
from expectations.outcomes import FAILURES, OUTCOMES, Text, register

OTHER_SERVICES = "OtherServices"


def id_of(service: str, field: str, terminology: str) -> str:
    """A rule's id, service-field-terminology in small letters: `patientbill-wardtype-wardtype`. The part before a dot tells nothing,
    but for `HospitalWardVO.Type`, which is the ward's type."""
    field = "WardType" if field == "HospitalWardVO.Type" else field
    return "-".join(part.rsplit(".", 1)[-1].lower() for part in (service, field, terminology))


@lru_cache(maxsize=1024)
def jalali_day(text: str) -> dt.date:
    """`1401/11/10` as a Gregorian day. ValueError if it is not a Jalali day."""
    if not re.fullmatch("[0-9]{4}/[0-9]{2}/[0-9]{2}", text):
        raise ValueError(f"'{text}' is not a Jalali day written as 1401/11/10")
    try:
        return jdatetime.date(*map(int, text.split("/"))).togregorian()
    except ValueError as error:
        raise ValueError(f"'{text}' is not a day of the Jalali calendar ({error})") from error


def _checked_day(text: str) -> str:
    jalali_day(text)
    return text


JalaliDay = Annotated[StrictStr, AfterValidator(_checked_day)]


Name = Annotated[StrictStr, StringConstraints(pattern="^[A-Za-z][A-Za-z0-9.]*$")]


class Strict(BaseModel):
    """No unknown field, nothing changed after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Directive(Strict):
    """Which row of which letter the rule answers, how the row was read, and whether that was checked against the scan."""

    letter: StrictStr
    row: StrictInt
    interpretation: Text
    confirmed_against_scan: StrictBool


class Paths(Strict):
    """Where the field stands in a message, without positions and class wrappers; `**` is any number of steps.

    `literal`: the field the letter names. `wide`: the same code list elsewhere in the same message.
    """

    literal: list[StrictStr] = Field(min_length=1)
    wide: list[StrictStr] = []


class When(Strict):
    """For a field that carries two terminologies: which items are this rule's.

    An item belongs to the rule of the terminology it declares; if it declares neither, `otherwise` says by its ServiceType.
    """

    declares: Name
    otherwise: Literal["drug_or_supply", "any_other_service"]


class Listed(Strict):
    """One code of the little list that a rule's examples are judged by; valid from the first day up to, not on, the second."""

    code: StrictStr
    title_fa: StrictStr = ""
    title_en: StrictStr = ""
    valid_from: JalaliDay = "1390/01/01"
    valid_to: JalaliDay | None = None
    successor: StrictStr | None = None


class Example(Strict):
    """A code as sent, and what becomes of it. Left out: the rule's own terminology id, no title, the day after the rule starts."""

    code: StrictStr | None = None
    title: StrictStr = ""
    terminology_id: StrictStr | None = None
    exchange_on: JalaliDay | None = None
    outcome: StrictStr = "passed"
    cause: StrictStr = ""
    suggested: StrictStr = ""

    @field_validator("outcome")
    @classmethod
    def _known(cls, value: str) -> str:
        if value not in OUTCOMES:
            raise ValueError(f"'{value}' is not an outcome; one of {', '.join(OUTCOMES)}")
        return value

    @model_validator(mode="after")
    def _cause_of_outcome(self) -> "Example":
        causes = {name for name, cause in register().causes.items() if cause.outcome == self.outcome}
        if self.cause not in (causes or {""}):
            raise ValueError(f"'{self.cause}' is not a cause of {self.outcome}; one of {', '.join(sorted(causes)) or 'none'}")
        return self


class Examples(Strict):
    """Right and wrong items; they are the rule's tests."""

    codes: list[Listed] = []
    accept: list[Example] = Field(min_length=2)
    reject: list[Example] = Field(min_length=2)

    @model_validator(mode="after")
    def _sorted_rightly(self) -> "Examples":
        if any(example.outcome != "passed" for example in self.accept):
            raise ValueError("accept holds right items only")
        if any(example.outcome not in FAILURES for example in self.reject):
            raise ValueError("every example to reject says which failure it is, by outcome and cause")
        return self


class Rule(Strict):
    """One binding of the directive: service × field × terminology × start date, with its expectations in order."""

    id: StrictStr
    title: Text
    why: Text
    directive: Directive
    service: Name
    field: Name
    terminology: Name
    starts_on: JalaliDay
    paths: Paths
    when: When | None = None
    expectations: list[Kind] = Field(min_length=1)
    tolerance: float = Field(ge=0, le=1)
    how_to_fix: Text
    examples: Examples
    status: Literal["draft", "active", "retired"]
    authored_by: StrictStr = Field(min_length=1)
    checked_by: StrictStr = Field(min_length=1)
    reviewed: JalaliDay

    @field_validator("expectations", mode="before")
    @classmethod
    def _kinds(cls, value: Any) -> list[Kind]:
        if not isinstance(value, list):
            raise ValueError("is a list of kinds of expectation")
        return [parse_kind(entry) for entry in value]

    @model_validator(mode="after")
    def _consistent(self) -> "Rule":
        expected = id_of(self.service, self.field, self.terminology)
        if self.id != expected:
            raise ValueError(f"id: must be service-field-terminology, '{expected}'")
        outcomes = [kind.outcome for kind in self.expectations]
        if outcomes != sorted(outcomes, key=OUTCOMES.index) or len(set(outcomes)) != len(outcomes):
            raise ValueError(f"expectations: must follow the order of the outcomes, each once: {', '.join(sorted(set(outcomes), key=OUTCOMES.index))}")
        if self.authored_by.strip().casefold() == self.checked_by.strip().casefold():
            raise ValueError("checked_by: must be another person than authored_by")
        return self

    @property
    def start(self) -> dt.date:
        """The day the ministry validates from, Gregorian."""
        return jalali_day(self.starts_on)
