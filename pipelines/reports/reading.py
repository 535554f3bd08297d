"""The warehouse as reports read it: a connection, the queries of `sql/`, the quarters there are.

Belongs here: asking. Does not: sums, words, what may be shown.
"""

from pathlib import Path
from typing import Any

from pipelines.errors import NotBuiltError
from pipelines.settings import Home

SQL = Path(__file__).with_name("sql")
Row = dict[str, Any]


def connect(home: Home) -> Any:
    """The warehouse, read-only."""
    import duckdb

    if not home.warehouse.exists():
        raise NotBuiltError(f"There is no warehouse at {home.warehouse} yet. Run `sepas-dq ingest PATH` and `sepas-dq build`, or `sepas-dq demo`.")
    return duckdb.connect(str(home.warehouse), read_only=True)


def query(con: Any, name: str, **values: Any) -> list[Row]:
    """Rows of `sql/<name>.sql` as dictionaries."""
    import duckdb

    try:
        cursor = con.execute((SQL / f"{name}.sql").read_text(encoding="utf-8"), values or None)
    except duckdb.CatalogException as absent:
        raise NotBuiltError(f"The warehouse lacks a table the report needs ({str(absent).splitlines()[0]}). Run `sepas-dq build`.") from absent
    names = [c[0] for c in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def quarters(con: Any, wanted: str | None = None) -> list[str]:
    """Quarters with data, in order. NotBuiltError naming them if `wanted` is none of them."""
    held = [row["quarter"] for row in query(con, "quarters")]
    if wanted and wanted not in held:
        raise NotBuiltError(f"No data for {wanted}. Quarters with data: {', '.join(held) or 'none yet; run `sepas-dq build`'}.")
    return held
