"""What matching reads, as views and small tables: messages, registers, landed logs, and which days and senders the logs speak for.

Belongs here: preparing. Does not: matching (`build` and its SQL).
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.calls.store import SCHEMAS, folder_of
from pipelines.state import State
from pipelines.warehouse import files, sql, table_of

if TYPE_CHECKING:
    import duckdb

HERE = Path(__file__).parent / "sql"
REPAIR = 3600  # seconds from a refusal to the sending of the repaired message


def make(con: "duckdb.DuckDBPyConnection", name: str) -> None:
    """The table of a SQL file."""
    con.execute(f"create or replace temp table {name} as {sql(HERE, name)}")


def attach(con: "duckdb.DuckDBPyConnection", state: State, landed: list[dict[str, Any]]) -> None:
    """Views over messages and registers, and one row a log."""
    messages = state.paths("messages")
    empty = "(select " + ", ".join(f"cast(null as {kind}) as {name}" for name, kind in _MESSAGE.items()) + " where false)"
    con.execute(f"create or replace temp view messages as select * from {files(messages) if messages else empty}")
    for name in ("calendar", "facilities", "systems"):
        con.execute(f"create or replace temp view {name} as select * from {files([str(state.home.reference / f'{name}.parquet')])}")
    rows = []
    for log in landed:
        said = json.loads(log["settings"])
        before, after = said["window"]
        rows.append((log["log_id"], log["kind"], log["university_id"].lower(), before * 60, after * 60, bool(said["grouped"]), said["from"] or None, said["to"] or None, ",".join(said["systems"])))
    table_of(
        con, "log_settings", rows,
        {"log_id": "varchar", "kind": "varchar", "university_id": "varchar", "before_s": "integer", "after_s": "integer", "grouped": "boolean", "first": "date",
         "last": "date", "systems": "varchar"},
    )  # fmt: skip
    width = max((max(row[3], row[4]) for row in rows), default=600)
    table_of(con, "buckets", [(max(width, 1),)], {"width": "integer"})
    table_of(con, "repair", [(REPAIR,)], {"width": "integer"})


_MESSAGE = {
    "message_id": "varchar", "service": "varchar", "system_id": "varchar", "facility_id": "varchar", "university_id": "varchar", "vendor_id": "varchar", "gate": "varchar",
    "jalali_month": "varchar", "exchange_on": "date", "exchange_on_source": "varchar", "content_sha256": "varchar", "composition_uid": "varchar", "message_uid": "varchar",
    "exchange_at": "timestamp",
}  # fmt: skip


def raw(con: "duckdb.DuckDBPyConnection", state: State, landed: list[dict[str, Any]], kind: str, table: str) -> None:
    """A view over one table of the landed logs of a kind."""
    paths = [str(folder_of(state.home, log) / f"{table}.parquet") for log in landed if log["kind"] == kind]
    kinds = {"string": "varchar", "timestamp[ms]": "timestamp", "date32[day]": "date", "bool": "boolean", "int32": "integer", "int64": "bigint"}
    empty = "(select " + ", ".join(f'cast(null as {kinds[str(f.type)]}) as "{f.name}"' for f in SCHEMAS[table]) + " where false)"
    con.execute(f"create or replace temp view raw_{table} as select * from {files(paths) if paths else empty}")


def coverage(con: "duckdb.DuckDBPyConnection") -> None:
    """Which days the logs speak for, and by what their calls are known."""
    con.execute(
        "create or replace temp table scopes as select row_number() over () as scope_id, * from (select distinct university_id,"
        " case when systems <> '' then string_split(systems, ',') end as systems, first, last from log_settings where kind = 'validation')"
    )
    con.execute(
        "create or replace temp table log_calls as select s.scope_id, c.\"on\" as day, count(*) as calls from calls as c join log_settings as l on l.log_id = c.log_id"
        " join scopes as s on s.university_id = l.university_id and s.systems is not distinct from case when l.systems <> '' then string_split(l.systems, ',') end"
        " and s.first is not distinct from l.first and s.last is not distinct from l.last group by 1, 2"
    )
    con.execute(
        "create or replace temp table day_messages as select university_id, system_id, exchange_on as day, count(*) as messages from sent"
        " where exchange_on is not null group by 1, 2, 3"
    )
    con.execute(f"create or replace temp table log_days_of_scopes as {sql(HERE, 'log_days')}")
    make(con, "covered")
    con.execute(
        "create or replace temp table identified as select coalesce(bool_and(coalesce(message_id, content_sha256) is not null), false) as content,"
        " coalesce(bool_and(message_uid is not null), false) as message, coalesce(bool_and(composition_uid is not null), false) as composition from calls"
    )
    con.execute(
        "create or replace temp table facility_university as select facility_id, min(university_id) as university_id from (select facility_id, university_id from sent"
        " where facility_id <> 'unknown' and university_id <> 'unknown' union select facility_id, university_id from facilities) group by 1"
    )
    con.execute("create or replace temp table extract_months as select distinct university_id, jalali_month from sent where university_id <> 'unknown'")
