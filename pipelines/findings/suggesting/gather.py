"""What the lists hold near a batch of cases: codes alike, codes longer, codes linked, titles alike, and what they are called.

Belongs here: asking DuckDB once a batch, and keeping the answers in dictionaries. Does not: preferring one answer to another.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipelines.findings.suggesting.case import Case
from pipelines.findings.suggesting.likeness import parts
from pipelines.warehouse import sql, table_of

if TYPE_CHECKING:
    import duckdb

LONGEST = 100  # characters of a title that are looked at when titles are found (not when they are compared)
_TEXT = "varchar"


@dataclass
class Described:
    """A listed code: its titles and the spans it is valid in."""

    titles: set[str] = field(default_factory=set)
    spans: list[tuple[dt.date, dt.date | None]] = field(default_factory=list)

    def in_force(self, day: dt.date | None) -> bool:
        """Valid on a day; with no day, valid at any time."""
        return any((day is None and (e is None or e > s)) or (day is not None and s <= day and (e is None or day < e)) for s, e in self.spans)


class Lists:
    """The answers for one batch. Keys are (terminology, what was sent)."""

    def __init__(self, con: "duckdb.DuckDBPyConnection", batch: list[Case]) -> None:
        codes = sorted({(case.terminology, case.tidy, case.tight) for case in batch if case.tidy})
        table_of(con, "asked_codes", codes, {"terminology": _TEXT, "tidy": _TEXT, "tight": _TEXT})
        table_of(con, "positions", [(n,) for n in range(LONGEST + 1)], {"n": "integer"})
        con.execute(f"create or replace temp table list_codes as {sql(__file__, 'list_codes')}")
        self.near = self._codes(con, "near_codes")
        self.longer = self._codes(con, "longer_codes")
        self.linked: dict[tuple[str, str], dict[str, tuple[str, int]]] = defaultdict(dict)
        for terminology, tidy, code, via, steps in con.execute(sql(__file__, "linked_codes")).fetchall():
            self.linked[terminology, tidy][code] = (via, steps)
        self.turned: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        for terminology, tidy, code, relation in con.execute(sql(__file__, "successors")).fetchall():
            self.turned[terminology, tidy].setdefault(code, relation)
        self.holders: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for terminology, tidy, holder, *titles in con.execute(sql(__file__, "known_elsewhere")).fetchall():
            self.holders[terminology, tidy][holder].update(title for title in titles if title)
        self._titles(con, batch)
        self._described(con, batch)

    @staticmethod
    def _codes(con: "duckdb.DuckDBPyConnection", query: str) -> dict[tuple[str, str], list[str]]:
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for terminology, tight, code in con.execute(sql(__file__, query)).fetchall():
            found[terminology, tight].append(code)
        return found

    def titles_of(self, case: Case) -> list[str]:
        """What names the thing meant: what was sent, else what the code sent is called in the list that holds it."""
        if case.titles:
            return case.titles
        held = self.holders.get((case.terminology, case.tidy), {})
        return sorted(title for titles in held.values() for title in titles)[:4]

    def _titles(self, con: "duckdb.DuckDBPyConnection", batch: list[Case]) -> None:
        """`bearers`: codes of a title; `alike`: list titles near a title that no code bears."""
        asked = sorted({(case.terminology, parts(title)[0]) for case in batch for title in self.titles_of(case) if parts(title)[0]})
        columns = {"terminology": _TEXT, "title_key": _TEXT}
        table_of(con, "wanted_titles", asked, columns)
        self.alike: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.bearers: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._bearers(con)
        table_of(con, "asked_titles", [one for one in asked if one not in self.bearers], columns)
        for terminology, key, list_key in con.execute(sql(__file__, "similar_titles")).fetchall():
            self.alike[terminology, key].append(list_key)
        table_of(con, "wanted_titles", sorted({(t, key) for (t, _), keys in self.alike.items() for key in keys}), columns)
        self._bearers(con)

    def _bearers(self, con: "duckdb.DuckDBPyConnection") -> None:
        for terminology, key, code in con.execute(sql(__file__, "bearers")).fetchall():
            self.bearers[terminology, key].append(code)

    def _described(self, con: "duckdb.DuckDBPyConnection", batch: list[Case]) -> None:
        wanted = {(case.terminology, code) for case in batch for code in (case.suggested, case.code, case.tidy) if code}
        for found in (self.near, self.longer, self.bearers):
            wanted |= {(terminology, code) for (terminology, _), codes in found.items() for code in codes}
        for linked in (self.linked, self.turned):
            wanted |= {(terminology, code) for (terminology, _), codes in linked.items() for code in codes}
        wanted |= {(case.terminology, case.code.split(".")[0]) for case in batch}
        table_of(con, "wanted_codes", sorted(wanted), {"terminology": _TEXT, "code": _TEXT})
        self.described: dict[tuple[str, str], Described] = defaultdict(Described)
        for terminology, code, title_fa, title_en, since, until in con.execute(sql(__file__, "described")).fetchall():
            one = self.described[terminology, code]
            one.titles |= {title for title in (title_fa, title_en) if title}
            one.spans.append((since, until))
