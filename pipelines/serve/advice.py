"""What takes longer than a verdict: ranked suggestions for failing items, and remarks of the extra checks. Asked for with `advice=true`.

Belongs here: the one DuckDB connection that holds whole lists, because what is near a code can be any code. A quarter of a second a message.
"""

import datetime as dt
import threading
from typing import Any

from expectations.catalogue import catalogue
from pipelines.check import CODINGS, Judged, add_suggestions, asked, coding
from pipelines.findings.judging import attach_rules
from pipelines.landed.message import Message
from pipelines.notes import Noted, notes_of
from pipelines.serve.refusals import Refusal
from pipelines.warehouse import table_of

MOST_ITEMS = 500
_VERDICTS = dict.fromkeys(("coding_id", "rule_id", "outcome", "cause", "suggested_code", "notes"), "varchar")


class Advisor:
    """Advises on judged messages, one at a time. Keeps nothing of a message behind."""

    def __init__(self, con: Any) -> None:
        con.execute("set threads = 1")
        con.execute("set temp_directory = ''")  # too large a message fails; it is not written to a disk
        attach_rules(con, catalogue())
        self._con, self._lock = con, threading.Lock()
        self._kept = self._tables()

    def advise(self, message: Message, judged: list[Judged], day: dt.date) -> list[Noted]:
        """Fill in `cause_class` and `suggestions` of the failing items; the remarks beside them. Raises Refusal too_many_items."""
        if len(judged) > MOST_ITEMS:
            raise Refusal("too_many_items", f"{len(judged)} items; with advice a message may have {MOST_ITEMS}")
        verdicts = [(str(one.item_no), one.rule_id, one.outcome, one.cause, one.suggested_code, "".join(f"{note} " for note in one.notes)) for one in judged]
        failing = [one for one in judged if one.outcome not in ("passed", "not_applicable")]
        with self._lock:
            try:
                table_of(self._con, "codings", [coding(str(one.number), one, day) for one in asked(message)], CODINGS)
                table_of(self._con, "verdicts", verdicts, _VERDICTS)
                if failing:
                    add_suggestions(self._con, failing)
                return notes_of(self._con, judged, day)
            finally:
                self._forget()

    def _forget(self) -> None:
        for name in self._tables() - self._kept:
            self._con.execute(f'drop table if exists "{name}"')

    def _tables(self) -> set[str]:
        return {name for (name,) in self._con.execute("select table_name from duckdb_tables() where temporary").fetchall()}
