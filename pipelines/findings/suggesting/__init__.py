"""What a failing coding was probably meant to be, with score and reason, and the class of its cause.

Belongs here: the order of the steps. Needs `codings`, `verdicts`, `codes`, `list_titles` and `links`; leaves temp table `suggestions`.
"""

from typing import TYPE_CHECKING

from pipelines.findings.suggesting.case import Case, cases
from pipelines.findings.suggesting.classes import cause_class
from pipelines.findings.suggesting.gather import Lists
from pipelines.findings.suggesting.weigh import weigh
from pipelines.warehouse import files, sql, table_of

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

BATCH = 10_000
COLUMNS = {"coding_id": "varchar", "rank": "integer", "suggested_code": "varchar", "score": "double", "reason": "varchar", "cause_class": "varchar"}


def suggest(con: "duckdb.DuckDBPyConnection") -> None:
    """Temp table `suggestions`: at most five rows a failing coding, rank 1 the best; one row without a code where nothing is near.

    `score` is 0 to 1. Rank 1 is the verdict's `suggested_code` wherever that is set.
    """
    asked = cases(con.execute(sql(__file__, "asked")).fetchall())
    rows = [row for start in range(0, len(asked), BATCH) for row in _batch(con, asked[start : start + BATCH])]
    table_of(con, "suggestions", rows, COLUMNS)


def _batch(con: "duckdb.DuckDBPyConnection", batch: list[Case]) -> list[tuple]:
    lists = Lists(con, batch)
    rows: list[tuple] = []
    for case in batch:
        found = weigh(case, lists)
        named = cause_class(case, lists, found)
        told: list[tuple] = [(one.code, round(one.score, 4), one.reason) for one in found] or [(None, None, "none")]
        rows += [(coding_id, rank, *one, named) for coding_id in case.coding_ids for rank, one in enumerate(told, 1)]
    return rows


def attach_links(con: "duckdb.DuckDBPyConnection", reference: "Path | None") -> None:
    """Temp table `links`: the maps between terminologies in both directions, and GTIN, the number on a package."""
    con.execute("create or replace temp table links (from_terminology varchar, from_code varchar, to_terminology varchar, to_code varchar)")
    maps, attributes = (reference / f"{name}.parquet" if reference else None for name in ("maps", "attributes"))
    if maps and maps.exists():
        con.execute(f"create or replace temp view maps as select * from {files([str(maps)])}")
        con.execute(f"insert into links {sql(__file__, 'links')}")
    if attributes and attributes.exists():
        con.execute(f"create or replace temp view attributes as select * from {files([str(attributes)])}")
        con.execute(f"insert into links {sql(__file__, 'gtins')}")
