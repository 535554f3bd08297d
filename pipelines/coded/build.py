"""Messages, items and new codings of the stale partitions, in one pass over their extracts.

Belongs here: the order of this layer's SQL files and the small tables they read. Does not: judging, or what makes a partition stale.
"""

from typing import TYPE_CHECKING

from expectations.catalogue import catalogue, field_rules, service_kind
from pipelines.partitions import (
    Inputs,
    Partition,
    Progress,
    attach_epochs,
    batches,
    chosen,
    drop_vanished,
    make_current,
    view_of_extracts,
)
from pipelines.state import State
from pipelines.warehouse import files, sql, table_of, write_file, write_partitions

if TYPE_CHECKING:
    import duckdb

REFERENCE = ("codes", "calendar", "universities", "facilities", "systems")
_FIELD_RULES = {"service": "varchar", "path": "varchar", "case_key": "varchar", "rule_id": "varchar", "field": "varchar", "reading": "varchar", "terminology": "varchar"}


def attach_reference(con: "duckdb.DuckDBPyConnection", state: State) -> None:
    """Temp views over the reference tables, the extracts and every landed message."""
    for name in REFERENCE:
        con.execute(f"create or replace temp view {name} as select * from {files([str(state.home.reference / f'{name}.parquet')])}")
    con.execute("create or replace temp view nodes as select lower(node) as node, min(university_id) as university_id from universities where node <> '' group by 1")
    table_of(
        con, "extracts", [(e["extract_id"], e["gate"], e["sequence"]) for e in state.extracts()],
        {"extract_id": "varchar", "gate": "varchar", "sequence": "integer"},
    )  # fmt: skip
    view_of_extracts(con, state, "all_messages", "messages", [e["extract_id"] for e in state.extracts()])


def locate(con: "duckdb.DuckDBPyConnection", state: State, inputs: Inputs) -> None:
    """Note for every extract, under the registers of now, which partitions it has messages in. New extracts only, unless registers changed."""
    placed = {row["extract_id"] for row in state.rows("select distinct extract_id from extract_partitions where organisations = ?", [inputs.organisations])}
    missing = [e["extract_id"] for e in state.extracts() if e["extract_id"] not in placed]
    if not missing:
        return
    view_of_extracts(con, state, "raw_messages", "messages", missing)
    found = con.execute(
        f"select extract_id, university_id, jalali_month, count(*) from ({sql(__file__, 'messages')}) group by all"
    ).fetchall()
    empty = [(e, "", "", 0) for e in set(missing) - {row[0] for row in found}]
    built = state.paths("messages")
    renumbered = []
    if built:
        con.execute(f"create or replace temp view coded_messages as select * from {files(built)}")
        renumbered = con.execute(sql(__file__, "renumbered")).fetchall()
    with state.transaction() as db:
        db.executemany("update partitions set fingerprint = '' where layer = 'coded' and university_id = ? and jalali_month = ?", renumbered)
        db.execute("delete from extract_partitions where organisations <> ?", [inputs.organisations])
        db.executemany(
            "insert into extract_partitions values (?, ?, ?, ?, ?)", [(row[0], inputs.organisations, *row[1:]) for row in [*found, *empty]]
        )


def code(con: "duckdb.DuckDBPyConnection", state: State, inputs: Inputs, only: list[Partition] | None = None, progress: Progress = lambda *_: None, force: bool = False) -> list[Partition]:
    """Build `landed.messages`, `coded.items` and new `coded.codings` of the stale partitions; returns those built.

    Batches of partitions bound the memory; each batch is one transaction.
    """
    locate(con, state, inputs)
    attach_epochs(con)
    todo = chosen(state, "coded", inputs, only, force)
    for done, batch in enumerate(batches(state, todo), start=1):
        _code_batch(con, state, inputs, batch)
        progress(done, len(batch))
    drop_vanished(state, "coded", inputs)
    return todo


def _code_batch(con: "duckdb.DuckDBPyConnection", state: State, inputs: Inputs, batch: list[Partition]) -> None:
    table_of(con, "batch", batch, {"university_id": "varchar", "jalali_month": "varchar"})
    chosen = set(batch)
    extract_ids = sorted(
        {r["extract_id"] for r in state.rows("select * from extract_partitions") if (r["university_id"], r["jalali_month"]) in chosen}
    )
    for view, table in (("raw_messages", "messages"), ("raw_items", "items"), ("raw_texts", "texts")):
        view_of_extracts(con, state, view, table, extract_ids)
    con.execute(f"create or replace temp table chosen_messages as select m.* from ({sql(__file__, 'messages')}) as m join batch using (university_id, jalali_month)")
    con.execute(
        "create or replace temp table texts as select text_id, min(terminology_id) as terminology_id, min(code) as code, min(title) as title,"
        " min(terminology_key) as terminology_key, min(code_clean) as code_clean, min(title_clean) as title_clean,"
        " min(title_key) as title_key, bool_or(arabic_letters) as arabic_letters from raw_texts group by text_id"
    )
    _fields(con)
    con.execute(f"create or replace temp table judged_items as {sql(__file__, 'items')}")
    known = state.shared_paths("codings", inputs.judgement)
    con.execute("create or replace temp view known_codings as select coding_id from " + (files(known) if known else "(select null::varchar as coding_id where false)"))
    messages = write_partitions(con, "select * from chosen_messages", state.home, "coded", "messages")
    items = write_partitions(con, "select * exclude (rule_terminology, epoch_day) from judged_items", state.home, "coded", "items")
    codings = write_file(con, sql(__file__, "codings"), state.home, "codings")
    make_current(state, "coded", inputs, batch, {"messages": messages, "items": items}, {"codings": codings})


def _fields(con: "duckdb.DuckDBPyConnection") -> None:
    """The rules' paths, resolved for the (service, path) pairs and service types at hand."""
    rules = catalogue()
    pairs = con.execute("select distinct m.service, i.path from raw_items as i join chosen_messages as m using (message_id)").fetchall()
    rows = [tuple(row[c] for c in _FIELD_RULES) for service, path in sorted(pairs) for row in field_rules(rules, service, path)]
    table_of(con, "field_rules", rows, _FIELD_RULES)
    types = con.execute("select distinct service_type from raw_items where service_type is not null").fetchall()
    table_of(con, "service_kinds", [(t, service_kind(t)) for (t,) in types], {"service_type": "varchar", "kind": "varchar"})
