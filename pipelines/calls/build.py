"""Landed logs and landed messages → matches, use classes, counts: the tables `calls` adds to `landed` and `findings`.

Belongs here: the order of the SQL files, and making their results current in one transaction. Does not: landing, the mart.
Everything is made anew when a log, a message, a register or the table of texts changed: each step is a hash join or one sorted
pass, so the cost is linear in calls and messages (docs/performance.md has it).
"""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.calls import answers
from pipelines.calls.inputs import HERE, attach, coverage, make, raw
from pipelines.calls.store import logs, remove_unnamed
from pipelines.partitions import Inputs
from pipelines.state import State, relative
from pipelines.warehouse import sql, table_of, write_file

if TYPE_CHECKING:
    import duckdb

LAYER = "calls"
_STEPS = ("uid_keys", "candidates", "pinned", "by_uid", "fellows", "open_calls", "by_window", "earlier_versions", "call_matches")
_CALL = "call_id, log_id, \"at\" as {at}, \"on\" as {on}, system_id, facility_id, composition_uid, message_uid, message_id, content_sha256, service"
_SEND = _CALL.replace("call_id", "call_id as result_id", 1)


def refresh(con: "duckdb.DuckDBPyConnection", state: State, inputs: Inputs, progress: Callable[[str], None] = lambda _: None) -> bool:
    """Make the tables anew if anything they depend on changed; whether it did. Without a log there is nothing to do."""
    landed = logs(state)
    if not landed and state.fact("calls") is None:
        return False
    fingerprint = _fingerprint(state, inputs, landed)
    if state.fact("calls") == fingerprint:
        return False
    written = _tables(con, state, landed, progress) if landed else {}
    quarantined = [f"{log['folder']}/quarantine.parquet" for log in landed if log["quarantined"]]
    with state.transaction() as db:
        db.execute("delete from files where layer = ?", [LAYER])
        rows = [(LAYER, table, "", "", relative(state.home, path)) for table, path in written.items()]
        rows += [(LAYER, "call_quarantine", "", "", path) for path in quarantined]
        db.executemany("insert into files values (?, ?, ?, ?, ?)", rows)
        db.execute("insert or replace into facts values ('calls', ?)" if landed else "delete from facts where name = 'calls' or name = ?", [fingerprint])
    remove_unnamed(state)
    return True


def _fingerprint(state: State, inputs: Inputs, landed: list[dict[str, Any]]) -> str:
    code = b"".join(path.read_bytes() for path in sorted([*HERE.glob("*.sql"), Path(__file__)]))
    said = [inputs.organisations, answers.fingerprint(), [(log["log_id"], log["made_by"]) for log in landed], sorted(state.paths("messages"))]
    return hashlib.blake2b(json.dumps(said).encode() + code, digest_size=8).hexdigest()


def _tables(con: "duckdb.DuckDBPyConnection", state: State, landed: list[dict[str, Any]], progress: Callable[[str], None]) -> dict[str, Path]:
    """Every table of this layer, written to a new file each."""
    attach(con, state, landed)
    _calls(con, state, landed, "validation", "calls")
    _calls(con, state, landed, "send", "results")
    make(con, "sent")
    make(con, "uid_keys")
    make(con, "result_matches")
    con.execute(
        "update sent set sent_s = r.s from (select m.message_id, coalesce(min(r.at_s) filter (where r.passed), min(r.at_s)) as s"
        " from result_matches as m join results as r on r.call_id = m.result_id group by m.message_id) as r where r.message_id = sent.message_id"
    )
    for step in _STEPS:
        progress(step)
        make(con, step)
    coverage(con)
    for step in ("message_use", "unsent", "use_counts"):
        progress(step)
        make(con, step)
    _meanings(con)
    return {name: write_file(con, query, state.home, name) for name, query in _queries(landed).items()}


def _calls(con: "duckdb.DuckDBPyConnection", state: State, landed: list[dict[str, Any]], kind: str, name: str) -> None:
    raw(con, state, landed, kind, "calls")
    con.execute(
        f"create or replace temp table {name} as select c.*, cast(floor(epoch(c.at)) as bigint) as at_s, s.before_s, s.after_s from ({sql(HERE, 'calls')}) as c"
        " join log_settings as s on s.log_id = c.log_id"
    )
    raw(con, state, landed, kind, "answers")
    con.execute(f"create or replace temp table {name}_said as select *, row_number() over (partition by call_id order by row, place) as answer_no from raw_answers")


def _meanings(con: "duckdb.DuckDBPyConnection") -> None:
    """What each distinct (text, service) says, by the table of texts as it stands now. A service the log does not say is the matched message's."""
    for name, matches, key in (("calls", "call_matches", "call_id"), ("results", "result_matches", "result_id")):
        con.execute(
            f"create or replace temp table {name}_texts as select a.*, coalesce(a.service, m.service, '') as of_service from {name}_said as a"
            f" left join {matches} as x on x.{key} = a.call_id left join sent as m on m.message_id = x.message_id"
        )
    pairs = con.execute("select distinct text_key, of_service from calls_texts union select distinct text_key, of_service from results_texts").fetchall()
    table, rows = answers.table(), []
    for text_key, service in sorted(pairs):
        said = table.meaning(text_key, service or None)
        rows.append((text_key, service, said and said.answer_id, said and said.rule_id, said and said.outcome, said and said.error_class))
    table_of(con, "meanings", rows, {"text_key": "varchar", "of_service": "varchar", "answer_id": "varchar", "rule_id": "varchar", "outcome": "varchar", "error_class": "integer"})


def _queries(landed: list[dict[str, Any]]) -> dict[str, str]:
    """Table → the query that fills it."""
    said = "left join meanings as t on t.text_key = a.text_key and t.of_service = a.of_service"
    names = ("log_id", "file", "kind", "format", "bytes", "rows", "landed", "quarantined", "skipped", "first_on", "last_on", "university_id", "added_at")
    return {
        "call_logs": _values(names, [[log[n] if n != "added_at" else log[n][:19] for n in names] for log in landed]),
        "validation_calls": f"select {_CALL.format(at='called_at', on='called_on')}, passed, answers from calls",
        "validation_answers": "select a.call_id, a.answer_no, a.error_category_type, a.critical, a.source, a.text_key, t.answer_id, t.rule_id, t.outcome, t.error_class,"
        f" a.code_named from calls_texts as a {said}",
        "send_results": f"select {_SEND.format(at='sent_at', on='sent_on')}, passed as accepted, a.text_key, a.answer_id, a.error_class from results left join"
        f" (select a.call_id as answered, a.text_key, t.answer_id, t.error_class from results_texts as a {said} where a.answer_no = 1) as a on a.answered = call_id",
        "call_matches": "select * from call_matches",
        "result_matches": "select * from result_matches",
        "message_use": "select * from message_use",
        "use_counts": "select * from use_counts",
        "log_days": "select university_id, day, calls, messages, covered from log_days_of_scopes",
    }


def _values(names: tuple[str, ...], rows: list[list[Any]]) -> str:
    from pipelines.warehouse import literal

    filled = ", ".join("(" + ", ".join("null" if v is None else str(v) if isinstance(v, int) else literal(str(v)) for v in row) + ")" for row in rows)
    blank = f"({', '.join(['null'] * len(names))})"
    return f"select * from (values {filled or blank}) as t({', '.join(names)})" + ("" if rows else " where false")
