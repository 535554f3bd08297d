"""Small tables of the marts that are made of rules, not of data: who can repair a cause, and the days readiness is asked for.

Belongs here: `marts.causes` and `marts.readiness_days`. Does not: counting (the .sql files).
"""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from expectations.catalogue import catalogue
from expectations.outcomes import register
from pipelines.warehouse import table_of

if TYPE_CHECKING:
    import duckdb

HORIZONS = (6, 4, 2)  # weeks before a start date
WINDOW = dt.timedelta(weeks=4)
DAYS = {"rule_id": "varchar", "weeks_before": "integer", "as_of": "date", "window_from": "date", "previous_from": "date"}
_CAUSES = {"cause": "varchar", "outcome": "varchar", "error_class": "integer", "responsible": "varchar"}


def write(con: "duckdb.DuckDBPyConnection") -> None:
    """Both tables. Of the horizons only those the data reach: their as-of day is at most the day after the last exchange."""
    causes = [(name, c.outcome, c.error_class, c.responsible) for name, c in register().causes.items()]
    table_of(con, "causes_rows", causes, _CAUSES)
    con.execute("create table marts.causes as select * from causes_rows")
    last = con.execute("select max(exchange_on) from findings.sender_days").fetchall()[0][0]
    asked = [(rule.id, weeks, rule.start - dt.timedelta(weeks=weeks)) for rule in catalogue() for weeks in HORIZONS]
    reached = [day_row(*one) for one in asked if last is not None and one[2] <= last + dt.timedelta(days=1)]
    table_of(con, "readiness_days_rows", reached, DAYS)
    con.execute("create table marts.readiness_days as select * from readiness_days_rows")


def day_row(rule_id: str, weeks_before: int, as_of: dt.date) -> tuple:
    """A row of `readiness_days`: the window is the four weeks up to the as-of day, that day not included; before it the previous one."""
    return rule_id, weeks_before, as_of, as_of - WINDOW, as_of - 2 * WINDOW


def ask(con: "duckdb.DuckDBPyConnection", query: str, days: Iterable[tuple]) -> list[dict]:
    """The mart's own query (`readiness.sql`) for other days than the warehouse holds, as dictionaries."""
    table_of(con, "readiness_days_asked", list(days), DAYS)
    found = con.execute(query.replace("marts.readiness_days", "readiness_days_asked"))
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
