"""Drawing with a fixed seed, and splitting an invented list into two releases.

Belongs here: what every invented list needs. Does not: words or codes of any list.
"""

import json
import random
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, TypeVar

from pipelines.terminologies.standins import StandIn

T = TypeVar("T")
Row = tuple[str, str | None, str | None, str]  # code, title_fa, title_en, status
Facts = Mapping[str, Mapping[str, list[str]]]  # code → attribute, or `map.T` → values
FIRST = ("SYNTHETIC-1399", "2011-03-21")  # 1390/01/01
SECOND = ("SYNTHETIC-1401", "2022-10-23")  # 1401/08/01
STATUS = "SYNTHETIC"
CHANGED = 0.015  # share of codes that only the first, and that only the second release holds


class Draw:
    """Choices that are the same everywhere: built on `random.random()` alone, whose sequence Python guarantees for a seed."""

    def __init__(self, seed: str) -> None:
        self.random = random.Random(seed).random

    def below(self, n: int) -> int:
        """A whole number from 0 to n - 1."""
        return int(self.random() * n)

    def one(self, options: Sequence[T]) -> T:
        """One of the options."""
        return options[int(self.random() * len(options))]

    def some(self, options: Sequence[T], n: int) -> list[T]:
        """n of the options, in their order (selection sampling)."""
        taken: list[T] = []
        left = len(options)
        for option in options:
            if self.random() * left < n - len(taken):
                taken.append(option)
            left -= 1
        return taken

    def fresh(self, seen: set[str], make: Callable[[], str]) -> str:
        """The first text that `make` gives which was not seen before; it is seen then."""
        while (text := make()) in seen:
            pass
        seen.add(text)
        return text


def words(text: str) -> tuple[str, ...]:
    """The words of a text."""
    return tuple(text.split())


def two_releases(rows: Sequence[Row], draw: Draw, settled: Collection[str] = (), facts: Facts | None = None) -> list[StandIn]:
    """Rows as two releases: CHANGED of them end with the first, CHANGED begin with the second; codes in `settled` are in both.

    `facts` are what the list says of a code beside its title, by code.
    """
    lots = [1.0 if row[0] in settled else draw.random() for row in rows]
    first = [row for row, lot in zip(rows, lots, strict=True) if not CHANGED <= lot < 2 * CHANGED]
    second = [row for row, lot in zip(rows, lots, strict=True) if lot >= CHANGED]
    return [StandIn(name, day, as_columns(kept, facts)) for (name, day), kept in ((FIRST, first), (SECOND, second))]


def as_columns(rows: Sequence[Row], facts: Facts | None = None) -> dict[str, list[Any]]:
    """Rows as columns, sorted by code."""
    names = ("code", "title_fa", "title_en", "status")
    ordered = sorted(rows, key=lambda row: row[0])
    columns: dict[str, list[Any]] = dict(zip(names, map(list, zip(*ordered, strict=True)), strict=True))
    return columns | ({"facts": [encoded(facts.get(row[0])) for row in ordered]} if facts else {})


def encoded(said: Mapping[str, list[str]] | None) -> str | None:
    """Facts of one code as a release file holds them."""
    return json.dumps(said, ensure_ascii=False) if said else None
