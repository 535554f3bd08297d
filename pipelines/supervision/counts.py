"""The counts the model reads: one shape for the warehouse, for tests and for simulated worlds.

Belongs here: what a unit and its windows are. Does not: reading or judging.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

Product = tuple[str, str, str]  # vendor, product, version
Stage = tuple[str, str]  # service, ISO day of the latest start date in force


class Window(NamedTuple):
    """One sender's messages of one service while one set of its rules was in force."""

    stage: Stage
    messages: int
    refusable: int  # messages that carry at least one error which a rule in force refuses


class Natural(NamedTuple):
    """A sender's messages that no service could have refused yet (before the start dates, or taken before the gate), judged by a stage's rules."""

    sender: str
    product: Product
    stage: Stage
    messages: int
    refusable: int


@dataclass
class Unit:
    """One sender (university, facility, system) behind one gate in one period. `mix`: kind of error (service/terminology/outcome) → refusable messages that carry it."""

    sender: str
    product: Product
    gate: str
    windows: list[Window]
    mix: dict[str, int] = field(default_factory=dict)
    logged: bool = False  # a log answers for this sender: no probability is given
    validated: bool = False  # and proves that its messages were validated: a reference for its peers
    passed_calls: int | None = None  # None: nobody counted
    refusals: int | None = None  # None: nobody counted

    @property
    def messages(self) -> int:
        return sum(w.messages for w in self.windows)

    @property
    def refusable(self) -> int:
        return sum(w.refusable for w in self.windows)


NaturalMix = dict[tuple[Product, Stage], tuple[int, dict[str, int]]]  # messages nobody had filtered, and how many carry each kind of error
