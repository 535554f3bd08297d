"""Code lists as the generator uses them: what is listed at all, what is in force on a day, what is popular.

Belongs here: reading `reference/codes.parquet` and choosing codes. Does not: faults.
"""

import datetime as dt
from pathlib import Path
from random import Random
from typing import NamedTuple

from pipelines.errors import NotBuiltError

TERMINOLOGIES = ("thritaEHR.otherCost", "thritaEHR.WardType", "IRC", "eRx", "RVU3", "LNC", "ICD10")
MODIFIERS = ("26", "27", "31", "39", "85", "90.1")
_FIRST = {"thritaEHR.otherCost": ("13", "12", "24", "10"), "thritaEHR.WardType": ("400", "300", "036", "506", "010")}
_POPULAR = 1200
_PERSIAN_FIRST = ("thritaEHR.otherCost", "thritaEHR.WardType", "RVU3", "IRC")


class Row(NamedTuple):
    """One row of a code list: a code with one validity."""

    code: str
    title: str | None
    other_title: str | None
    persian: bool
    valid_from: dt.date
    valid_to: dt.date
    successor: str | None

    def in_force(self, day: dt.date) -> bool:
        return self.valid_from <= day < self.valid_to


def letters_of(text: str) -> str:
    """The letters and digits of a text, small."""
    return "".join(c for c in text.lower() if c.isalnum())


class CodeList:
    """One terminology. `pick` follows a power law over the popular codes that are in force on the day."""

    def __init__(self, terminology: str, rows: list[Row], rng: Random) -> None:
        self.terminology = terminology
        self.beside: CodeList | None = None  # the other list of drugs, whose titles senders take by mistake
        self.rows: dict[str, list[Row]] = {}
        for row in rows:
            self.rows.setdefault(row.code, []).append(row)
        first = [c for c in _FIRST.get(terminology, ()) if c in self.rows]
        others = sorted(set(self.rows) - set(first))
        popular = first + rng.sample(others, min(_POPULAR, len(others)))
        self._popular = [row for code in popular for row in self.rows[code]]
        self._changing = sorted(
            code for code, entries in self.rows.items()
            if any(e.valid_to < dt.date.max or e.valid_from > dt.date(2020, 1, 1) for e in entries)
        )  # fmt: skip
        self._changing = rng.sample(self._changing, min(3000, len(self._changing)))
        self._in_force: dict[dt.date, list[Row]] = {}
        self._outside: dict[dt.date, list[Row]] = {}
        self._bearers: dict[str, set[str]] = {}

    def in_force(self, day: dt.date) -> list[Row]:
        """The popular rows in force on a day."""
        found = self._in_force.get(day)
        if found is None:
            found = self._in_force[day] = [row for row in self._popular if row.valid_from <= day < row.valid_to]
        return found

    def pick(self, day: dt.date, rng: Random) -> Row:
        """A code in force on the day."""
        found = self.in_force(day)
        if not found:
            raise NotBuiltError(
                f"The list of {self.terminology} has no code in force on {day}. Add a release that covers it."
            )
        return found[int(len(found) * rng.random() ** 2.2)]

    def outside(self, day: dt.date) -> list[Row]:
        """Rows of codes that are listed, but in force on that day in none of their rows."""
        found = self._outside.get(day)
        if found is None:
            found = self._outside[day] = [
                self.rows[code][-1] for code in self._changing if not any(e.in_force(day) for e in self.rows[code])
            ]
        return found

    def names_one(self, title: str) -> bool:
        """Whether just one code of this list bears a title, however it is written."""
        if not self._bearers:
            for code, entries in self.rows.items():
                for entry in entries:
                    for text in (entry.title, entry.other_title):
                        if text:
                            self._bearers.setdefault(letters_of(text), set()).add(code)
        return len(self._bearers.get(letters_of(title), ())) == 1

    def modifier(self, day: dt.date, rng: Random) -> Row | None:
        """One of the two-digit RVU3 modifiers in force, if the list has any."""
        known = [row for code in MODIFIERS for row in self.rows.get(code, ()) if row.in_force(day)]
        return rng.choice(known) if known else None


def read_codes(path: Path, seed: int) -> dict[str, CodeList]:
    """All seven lists out of `codes.parquet`. Raises NotBuiltError if the file or a terminology is missing."""
    import pyarrow.parquet as pq

    if not path.exists():
        raise NotBuiltError(
            f"{path} is missing. Any sepas-dq command that needs code lists makes it, for example: sepas-dq terminology list"
        )
    columns = ["terminology", "code", "title_fa", "title_en", "valid_from", "valid_to", "successor"]
    table = pq.read_table(path, columns=columns)
    grouped: dict[str, list[Row]] = {name: [] for name in TERMINOLOGIES}
    for name, code, fa, en, start, end, successor in sorted(
        zip(*(table.column(c).to_pylist() for c in columns), strict=True), key=lambda r: tuple(map(str, r))
    ):
        if name in grouped and code:
            persian = bool(fa) and (name in _PERSIAN_FIRST or not en)
            title, other = (fa, en) if persian else (en, fa)
            row = Row(
                code, _line(title), _line(other), persian, start or dt.date.min, end or dt.date.max, successor or None
            )
            grouped[name].append(row)
    for name, rows in grouped.items():
        if not rows:
            raise NotBuiltError(
                f"{path} has no code of {name}. Add a release: sepas-dq terminology add {name} FILE --release R --valid-from DATE"
            )
    lists = {name: CodeList(name, rows, Random(f"{seed}/codes/{name}")) for name, rows in grouped.items()}
    lists["IRC"].beside, lists["eRx"].beside = lists["eRx"], lists["IRC"]
    return lists


def _line(title: str | None) -> str | None:
    """A title without line breaks and other characters that XML cannot carry."""
    if title and not title.isprintable():
        title = "".join(c if c.isprintable() or c == "\u200c" else " " for c in title)
    return title or None
