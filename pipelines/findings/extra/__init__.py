"""Extra checks: what the lists allow to be noticed beyond the directive, counted as notes. One `.sql` file a check.

Belongs here: the tables the checks share, and running them over messages at hand. Does not: what a check means and needs
(`expectations/extra_checks/`), outcomes, which are made before and never touched.
"""

from typing import TYPE_CHECKING, Any

from expectations.extra_check import ExtraCheck, extra_checks
from pipelines.settings import Home
from pipelines.warehouse import files, sql, table_of

if TYPE_CHECKING:
    import duckdb


def attach_lists(con: "duckdb.DuckDBPyConnection", home: Home, releases: list[dict[str, Any]]) -> None:
    """Temp views `attributes`, `maps` and temp table `list_releases` of a data folder, then what the checks ask of them.

    `releases` are the loaded list releases: terminology, release, valid_from and valid_to (ISO or None).
    """
    for name in ("attributes", "maps"):
        con.execute(f"create or replace temp view {name} as select * from {files([str(home.reference / f'{name}.parquet')])}")
    table_of(
        con, "list_releases", [(r["terminology"], r["release"], r["valid_from"], r["valid_to"]) for r in releases],
        {"terminology": "varchar", "release": "varchar", "starts": "date", "ends": "date"},
    )  # fmt: skip
    attach_facts(con)


def attach_facts(con: "duckdb.DuckDBPyConnection") -> None:
    """Temp tables `facts`, `carried` and `generics`. Needs `attributes`, `maps`, `list_releases` and `codes`."""
    for name in ("facts", "carried", "generics"):
        con.execute(f"create or replace temp table {name} as {sql(__file__, name)}")


def look(con: "duckdb.DuckDBPyConnection", checks: tuple[ExtraCheck, ...] | None = None) -> None:
    """Temp table `looked_at` (message_id, item_no, rule_id, note, noted): every item a check could look at, and what it says.

    Needs `items`, `messages`, `verdicts`, `codings`, `codes`, `rules`, `list_titles` and what `attach_facts` leaves.
    """
    checks = extra_checks() if checks is None else checks
    attach_check_rules(con, checks)
    con.execute(f"create or replace temp table seen as {sql(__file__, 'seen')}")
    con.execute("create or replace temp table looked_at (message_id varchar, item_no integer, rule_id varchar, note varchar, noted boolean)")
    for check in checks:
        con.execute(f"insert into looked_at select message_id, item_no, rule_id, '{check.id}', noted from ({sql(__file__, check.id)}) as found")


def attach_check_rules(con: "duckdb.DuckDBPyConnection", checks: tuple[ExtraCheck, ...] | None = None) -> None:
    """Temp table `check_rules`: which check looks at which rules' items."""
    pairs = [(check.id, rule) for check in (extra_checks() if checks is None else checks) for rule in check.rules]
    table_of(con, "check_rules", pairs, {"note": "varchar", "rule_id": "varchar"})
