"""What the extra checks remark on one message that was just judged: for `check`, beside its outcomes.

Belongs here: the message's items as the checks read them, and a note in words. Does not: judging (`check.py`), the checks themselves.
"""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from expectations.extra_check import ExtraCheck, extra_checks
from pipelines.findings import extra
from pipelines.warehouse import table_of

if TYPE_CHECKING:
    import duckdb

    from pipelines.check import Judged


@dataclass
class Noted:
    """One remark of an extra check, beside the outcome and never a part of it."""

    item_no: int
    location: str
    rule_id: str
    code: str | None
    title: str | None
    outcome: str
    note: str
    responsible: str
    title_fa: str
    title_en: str
    why_fa: str
    why_en: str
    repair_fa: str
    repair_en: str


def notes_of(con: "duckdb.DuckDBPyConnection", judged: "list[Judged]", day: dt.date) -> list[Noted]:
    """What the extra checks remark on the items of one message that was just judged (`codings` and `verdicts` are its own)."""
    table_of(con, "messages", [("", day)], {"message_id": "varchar", "exchange_on": "date"})
    items = [("", one.item_no, one.rule_id, str(one.item_no), one.code, one.reading) for one in judged]
    table_of(con, "items", items, {"message_id": "varchar", "item_no": "integer", "rule_id": "varchar", "coding_id": "varchar", "code": "varchar", "reading": "varchar"})
    extra.look(con)
    found = con.execute("select item_no, note from looked_at where noted order by item_no, note").fetchall()
    places, checks = {one.item_no: one for one in judged}, {check.id: check for check in extra_checks()}
    return [_noted(places[number], checks[note]) for number, note in found]


def _noted(one: "Judged", check: ExtraCheck) -> Noted:
    return Noted(
        one.item_no, one.location, one.rule_id, one.code, one.title, one.outcome, check.id, check.responsible,
        check.title.fa, check.title.en, check.why.fa, check.why.en, check.how_to_fix.fa, check.how_to_fix.en,
    )  # fmt: skip
