"""The model of one letter of the ministry: strict, frozen, every field explained. A wrong file is a RuleError naming file and field.

Belongs here: what a letter's file may say. Does not: which letters there are and how they hang together (`letters.py`).
Only what the letter's text says stands in its fields; what we read into it stands in `readings`.
"""

import re
from typing import Annotated, Literal

from pydantic import Field, StrictBool, StrictInt, StrictStr, StringConstraints, model_validator

from expectations.outcomes import Text
from expectations.rule import JalaliDay, Name, Strict

Number = Annotated[StrictStr, StringConstraints(pattern="^[0-9]+(/[0-9]+)+(/[آ-ی]+)?$")]


class Cell(Strict):
    """A service and the field of it that a row names."""

    service: Name
    field: Name


class Row(Strict):
    """One row of a letter's table. `merged`: a cell that the scan shows merged, so that its content is our reading.

    `every_service`: the row says all services, among them those it names; one more rule file then judges every other service.
    """

    row: StrictInt = Field(ge=1)
    terminology: Name
    starts_on: JalaliDay
    bindings: list[Cell] = Field(min_length=1)
    merged: StrictBool = False
    every_service: StrictBool = False
    note: Text | None = None


class Reference(Strict):
    """Another letter that this one names: it `follows` it («پیرو») or `recalls` it. The day is the one this letter gives."""

    letter: Number
    dated: JalaliDay
    how: Literal["follows", "recalls"]
    says: Text


class Attachment(Strict):
    """What came with the letter, and whether the project holds it."""

    name: Text
    what: Text
    held: StrictBool


class Link(Strict):
    """An address that the letter gives."""

    url: Annotated[StrictStr, StringConstraints(pattern="^https://[^ <>\"]+$")]
    what: Text


class Announced(Strict):
    """A code list that the letter announces. `release`: the name under which to add it, so that the letter and the list are found together."""

    terminology: Name
    release: Annotated[StrictStr, StringConstraints(pattern="^[A-Za-z0-9._-]+$")]
    title: Text
    without: list[Text] = []


class Deadline(Strict):
    """By when something must be done; `on` is left out if the letter names no day. `said`: how the letter puts it."""

    what: Text
    said: Text
    on_day: JalaliDay | None = None


class Letter(Strict):
    """A letter. `known`: we have its `text`, or know it by `reference` of another letter only; then most of it is unknown (left out)."""

    letter: Number
    also_written: list[Number] = []
    known: Literal["text", "reference"]
    dated: JalaliDay
    title: Text | None = None
    sender: Text | None = None
    signed_by: Text | None = None
    urgency: Text | None = None
    recipients: list[Text] = []
    demands: list[Text] = Field(min_length=1)
    readings: list[Text] = []
    refers_to: list[Reference] = []
    services: dict[Name, Text] = {}
    rows: list[Row] = []
    deadlines: list[Deadline] = []
    lists: list[Announced] = []
    attachments: list[Attachment] | None = None
    links: list[Link] = []

    @model_validator(mode="after")
    def _whole(self) -> "Letter":
        if self.known == "text":
            for field in ("title", "sender", "urgency", "recipients"):
                if not getattr(self, field):
                    raise ValueError(f"{field}: is missing; a letter whose text we have says it")
            if self.attachments is None:
                raise ValueError("attachments: is missing; write [] if the letter says it has none")
        elif self.rows:
            raise ValueError("rows: a letter known by reference only has no table we have read")
        numbers = [row.row for row in self.rows]
        if len(set(numbers)) != len(numbers):
            raise ValueError(f"rows: a row is given twice: {', '.join(map(str, numbers))}")
        return self

    @property
    def slug(self) -> str:
        """The number as a file is named: `1927-110` for `1927/110/د`."""
        return re.sub("[^0-9]+", "-", self.letter).strip("-")

    def row(self, number: int) -> Row | None:
        """A row of the table, None if it has no such row."""
        return next((row for row in self.rows if row.row == number), None)
