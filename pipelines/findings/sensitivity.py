"""The same items judged under other list policies, partition by partition: how far a rate depends on the list behind it.

Belongs here: the order of this table's SQL files. Does not: what a policy's lists hold (given as paths), the judging (`judging.py`).
No message is read again: uses of texts are counted once a partition, and only texts without a verdict under a policy are judged.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from expectations.catalogue import catalogue
from pipelines.findings.judging import attach_rules, judge, list_titles
from pipelines.partitions import (
    Inputs,
    Partition,
    Progress,
    attach_epochs,
    batches,
    chosen,
    drop_vanished,
    make_current,
    paths_of,
)
from pipelines.state import State
from pipelines.warehouse import files, sql, table_of, write_file, write_partitions

if TYPE_CHECKING:
    import duckdb

LAYER = "policies"
TABLE = "list_policy_counts"
_JUDGED = "select p.list_policy, v.coding_id, v.outcome from verdicts as v cross join this_policy as p"
_NO_VERDICTS = "(select null::varchar as list_policy, null::varchar as coding_id, null::varchar as outcome where false)"


@dataclass(frozen=True)
class OtherLists:
    """A list policy: its name, the terminologies it says something of, and the Parquet file of its `codes`."""

    name: str
    terminologies: tuple[str, ...]
    codes: Path


def judge_under(con: "duckdb.DuckDBPyConnection", state: State, inputs: Inputs, policies: list[OtherLists], only: list[Partition] | None = None, progress: Progress = lambda *_: None, force: bool = False) -> list[Partition]:
    """`findings.list_policy_counts` of the stale partitions; returns those built. Needs their coded layer to be current."""
    under = replace(inputs, lists=f"{inputs.lists}/{'/'.join(p.name for p in policies)}")
    todo = chosen(state, LAYER, under, only, force)
    if todo:
        attach_rules(con, catalogue())
    for done, batch in enumerate(batches(state, todo), start=1):
        written, verdicts = _judge_batch(con, state, inputs, under, policies, batch) if policies else ([], None)
        make_current(state, LAYER, under, batch, {TABLE: written}, {"policy_verdicts": verdicts} if verdicts else {})
        progress(done, len(batch))
    drop_vanished(state, LAYER, under)
    return todo


def _judge_batch(con: "duckdb.DuckDBPyConnection", state: State, inputs: Inputs, under: Inputs, policies: list[OtherLists], batch: list[Partition]) -> tuple[list, Path]:
    for view in ("messages", "items"):
        con.execute(f"create or replace temp view {view} as select * from {files(paths_of(state, view, batch))}")
    con.execute(f"create or replace temp table policy_uses as {sql(__file__, 'policy_uses')}")
    con.execute(f"create or replace temp view all_codings as select * from {files(state.shared_paths('codings', inputs.judgement))}")
    con.execute(f"create or replace temp table text_forms as {sql(__file__, 'text_forms')}")
    known = state.shared_paths("policy_verdicts", under.judgement)
    con.execute(f"create or replace temp view kept_verdicts as select * from {files(known) if known else _NO_VERDICTS}")
    for number, policy in enumerate(policies):
        _judge_policy(con, policy, inputs.lists)
        for table, query in (("counted", sql(__file__, TABLE)), ("judged_now", _JUDGED)):
            con.execute(f"insert into {table} {query}" if number else f"create or replace temp table {table} as {query}")
    return (
        write_partitions(con, "select * from counted", state.home, LAYER, TABLE),
        write_file(con, "select * from judged_now", state.home, "policy_verdicts"),
    )


def _judge_policy(con: "duckdb.DuckDBPyConnection", policy: OtherLists, lists: str) -> None:
    """Temp tables `dated_uses`, `verdicts` (what was judged anew) and `policy_verdicts` (every coding at hand) under one policy."""
    con.execute(f"create or replace temp view codes as select * from {files([str(policy.codes)])}")
    attach_epochs(con)
    table_of(con, "judged_terminologies", [(t,) for t in policy.terminologies], {"terminology": "varchar"})
    table_of(con, "this_policy", [(policy.name,)], {"list_policy": "varchar"})
    con.execute(f"create or replace temp table dated_uses as {sql(__file__, 'dated_uses')}")
    con.execute(
        "create or replace temp table known_verdicts as select k.coding_id, k.outcome from kept_verdicts as k"
        " join this_policy as p on p.list_policy = k.list_policy where k.coding_id in (select coding_id from dated_uses)"
    )
    con.execute(f"create or replace temp table codings as {sql(__file__, 'policy_codings')}")
    list_titles(con, policy.codes.parent, lists)
    judge(con)
    con.execute("create or replace temp table policy_verdicts as select coding_id, outcome from verdicts union all select coding_id, outcome from known_verdicts")
