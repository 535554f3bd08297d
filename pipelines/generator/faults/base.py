"""What a fault is: a function that gives the parts of an item gone wrong, or None where it cannot be made without doubt.

Belongs here: the types. Does not: any fault.
"""

import datetime as dt
from collections.abc import Callable
from random import Random
from typing import NamedTuple

from pipelines.generator.codes import CodeList, Row


class Faulty(NamedTuple):
    """The parts of an item with a fault."""

    title: str | None
    terminology: str | None
    code: str | None
    outcome: str
    cause_known: str | None


Fault = Callable[[CodeList, Row, dt.date, Random, str], Faulty | None]
