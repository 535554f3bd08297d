"""Findings and counts of the stale partitions: new codings judged, verdicts joined back to items, outcomes counted.

Belongs here: the order of this layer's SQL files. Does not: how a coding is judged (`judging.py`).
"""

from typing import TYPE_CHECKING, Any

from expectations.catalogue import catalogue
from pipelines.findings.extra import attach_lists, look
from pipelines.findings.judging import attach_rules, judge, list_titles
from pipelines.findings.suggesting import attach_links, suggest
from pipelines.partitions import Inputs, Partition, Progress, batches, chosen, drop_vanished, make_current, paths_of
from pipelines.state import State
from pipelines.warehouse import files, sql, table_of, write_file, write_partitions

if TYPE_CHECKING:
    import duckdb

TABLES = ("findings", "outcome_counts", "failing_codings", "item_notes", "note_counts", "coverage_counts", "code_counts", "sender_days", "refusable_counts", "refusable_kinds", "title_habits")
_NO_VERDICTS = "(select null::varchar as coding_id, null::varchar as rule_id, null::varchar as outcome, null::varchar as cause, null::varchar as suggested_code, null::varchar as notes where false)"


def find(
    con: "duckdb.DuckDBPyConnection", state: State, inputs: Inputs, releases: list[dict[str, Any]],
    only: list[Partition] | None = None, progress: Progress = lambda *_: None, force: bool = False,
) -> list[Partition]:  # fmt: skip
    """Judge what is new and rebuild the stale partitions of this layer; returns those built. `releases` are the loaded list releases."""
    con.execute(f"create or replace temp view codes as select * from {files([str(state.home.reference / 'codes.parquet')])}")
    todo = chosen(state, "findings", inputs, only, force)
    if todo:
        _judge_new(con, state, inputs)
        attach_rules(con, catalogue())
        attach_lists(con, state.home, releases)
        list_titles(con, state.home.reference, inputs.lists)
        con.execute(f"create or replace temp view all_codings as select * from {files(state.shared_paths('codings', inputs.judgement))}")
        con.execute(f"create or replace temp view all_verdicts as select * from {files(state.shared_paths('verdicts', inputs.judgement))}")
        con.execute(f"create or replace temp table listed_codes as {sql(__file__, 'listed_codes')}")
    for done, batch in enumerate(batches(state, todo), start=1):
        _find_batch(con, state, inputs, batch)
        progress(done, len(batch))
    drop_vanished(state, "findings", inputs)
    return todo


def _judge_new(con: "duckdb.DuckDBPyConnection", state: State, inputs: Inputs) -> None:
    """Verdicts and suggestions for the codings that have none under these rules and lists."""
    known = state.shared_paths("verdicts", inputs.judgement)
    con.execute(f"create or replace temp view known_verdicts as select * from {files(known) if known else _NO_VERDICTS}")
    con.execute(
        "create or replace temp table codings as select c.* from "
        + files(state.shared_paths("codings", inputs.judgement))
        + " as c left join known_verdicts as k on k.coding_id = c.coding_id where k.coding_id is null"
    )
    if known and not con.execute("select count(*) from codings").fetchall()[0][0]:
        return
    list_titles(con, state.home.reference, inputs.lists)
    judge(con)
    attach_links(con, state.home.reference)
    suggest(con)
    written = {table: write_file(con, f"select * from {table}", state.home, table) for table in ("verdicts", "suggestions")}
    make_current(state, "findings", inputs, [], {}, dict(written))


def _find_batch(con: "duckdb.DuckDBPyConnection", state: State, inputs: Inputs, batch: list[Partition]) -> None:
    table_of(con, "batch", batch, {"university_id": "varchar", "jalali_month": "varchar"})
    for view in ("messages", "items"):
        con.execute(f"create or replace temp view {view} as select * from {files(paths_of(state, view, batch))}")
    for table in ("verdicts", "codings"):
        con.execute(
            f"create or replace temp table {table} as select v.* from all_{table} as v"
            " where v.coding_id in (select coding_id from items where coding_id is not null)"
        )
    look(con)
    con.execute(f"create or replace temp table listed_codings as {sql(__file__, 'listed_codings')}")
    written = {table: write_partitions(con, sql(__file__, table), state.home, "findings", table) for table in TABLES}
    lost = con.execute("select count(*) from items as i left join verdicts as v on v.coding_id = i.coding_id where i.rule_id is not null and v.coding_id is null").fetchall()[0][0]
    if lost:
        raise RuntimeError(f"{lost} judged items have no verdict: nothing of this batch was made current")
    make_current(state, "findings", inputs, batch, written, {})
