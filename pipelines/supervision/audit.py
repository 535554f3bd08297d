"""The audit of the validation service: its verdict against ours for the same message on the same day, written into the warehouse.

Belongs here: the order of the audit's queries, its tables and their sentences. Does not: how a day is decided (`days.py`).
"""

from typing import TYPE_CHECKING, Any

from pipelines.partitions import attach_epochs
from pipelines.supervision.days import RuleDay, rule_states, service_states
from pipelines.supervision.reading import SQL
from pipelines.warehouse import literal, sql, table_of

if TYPE_CHECKING:
    import duckdb

SENTENCES = {
    "service_disagreements": "Calls on which the validation service and we differ about the same message on the same day, with the item's place: to take up with its operator.",
    "service_audit": "Validation calls by rule, list in force, day and verdict: agree, false_accept, false_refuse, other_reason, not_told, not_comparable.",
    "service_days": "Days on which a rule was in force, not enforced, enforced too early, or the service was down; with the counts that say so.",
}
_DAYS = {
    "rule_id": "varchar", "day": "date", "state": "varchar", "calls": "bigint", "missed": "bigint", "enforced": "bigint", "failed": "bigint", "chance": "double",
}  # fmt: skip


def write_service_audit(con: "duckdb.DuckDBPyConnection", releases: list[dict[str, Any]]) -> None:
    """Create `marts.service_disagreements`, `marts.service_audit` and `marts.service_days`; empty without a call log.

    `releases`: the loaded list releases, with `terminology`, `release` and `valid_from`.
    """
    table_of(
        con, "audit_releases", [(r["terminology"], r["release"], r["valid_from"]) for r in releases],
        {"terminology": "varchar", "release": "varchar", "valid_from": "date"},
    )  # fmt: skip
    con.execute("create or replace temp view codes as select * from reference.codes")
    attach_epochs(con)
    con.execute(sql(SQL, "audit_calls"))
    con.execute(f"create table marts.service_disagreements as {sql(SQL, 'audit_disagreements')}")
    con.execute(f"create table marts.service_audit as {sql(SQL, 'audit_counts')}")
    states = rule_states(RuleDay(*row) for row in con.execute(
        f"select d.rule_id, d.called_on, r.start_on, d.calls, d.missed, d.enforced from ({sql(SQL, 'audit_days')}) as d join marts.rules as r on r.rule_id = d.rule_id order by 1, 2"
    ).fetchall())  # fmt: skip
    states += service_states({day: (calls, failed) for day, calls, failed in con.execute(sql(SQL, "log_days")).fetchall()})
    con.execute(f"create table marts.service_days ({', '.join(f'{name} {kind}' for name, kind in _DAYS.items())})")
    if states:
        con.executemany(f"insert into marts.service_days values ({', '.join('?' * len(_DAYS))})", states)
    for name, sentence in SENTENCES.items():
        con.execute(f"comment on table marts.{name} is {literal(sentence)}")
    for name in ("audit_calls", "audit_present", "audit_named", "audit_failing", "audit_pairs", "epochs", "audit_releases"):
        con.execute(f"drop table {name}")
    con.execute("drop view codes")
