"""When each code was in force, from the rows of the releases: `intervals.sql` run terminology by terminology, and its promise checked.

Belongs here: which rows go in, whether a status means usable, keeping what is made. Does not: which releases count (`codes`, `policies`).
"""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines import persian
from pipelines.settings import Home, memory_limit
from pipelines.terminologies import parquet, store
from pipelines.terminologies.neutral import COLUMNS
from pipelines.terminologies.parquet import quoted

if TYPE_CHECKING:
    import duckdb

_NOT_USABLE = {
    "deleted", "delete", "removed", "retired", "inactive", "deprecated", "obsolete", "withdrawn", "revoked", "disabled", "invalid",
    "حذف", "محذوف", "منسوخ", "غیرفعال", "باطل", "ابطال", "لغو", "نامعتبر",
}  # fmt: skip
_OPEN = "DATE '9999-12-31'"
_SORTED = f"SELECT * REPLACE (nullif(valid_to, {_OPEN}) AS valid_to) FROM intervals ORDER BY terminology, code, valid_from"


def usable(status: str | None) -> bool:
    """False if a status says that the code must not be used (deleted, retired, حذف شده …)."""
    words = persian.clean(status).casefold().replace("غیر فعال", "غیرفعال").replace("غیر\u200cفعال", "غیرفعال").split()
    return not any(word.strip("()[],.;:-_") in _NOT_USABLE for word in words) and not "".join(words).startswith(
        "notactive"
    )


def unusable_in(db: "duckdb.DuckDBPyConnection", rows: str) -> str:
    """The statuses among rows (a SQL source) that mean not usable, as a SQL list."""
    statuses = db.execute(f"SELECT DISTINCT status FROM {rows} WHERE status IS NOT NULL").fetchall()
    return f"[{', '.join(quoted(status) for (status,) in statuses if not usable(status))}]::VARCHAR[]"


def write_codes(
    db: "duckdb.DuckDBPyConnection", home: Home, releases: list[dict[str, Any]], target: Path, note: str, grace: int | None = None
) -> list[Path]:
    """Writes the intervals that `releases` (as `store.list_releases` gives them) make; `grace`: days by which an announced end is late.

    Gives the files it is joined of. The intervals of each terminology are kept: adding a release costs what its own terminology costs, and policies share them.
    """
    db.execute(f"SET memory_limit = {quoted(memory_limit())}; SET temp_directory = {quoted(home.reference / '.spill')}")
    held = {m["terminology"] for m in releases}
    parts = [_intervals_of(db, home, [m for m in releases if m["terminology"] == one], grace) for one in sorted(held)]
    rows = f"read_parquet([{', '.join(map(quoted, parts))}])" if parts else _no_intervals(db)
    parquet.swap_in(target, lambda beside: db.execute(
        f"COPY (FROM {rows}) TO {quoted(beside)} (FORMAT parquet, COMPRESSION zstd, KV_METADATA {{{parquet.NOTE}: {quoted(note)}}})"
    ))  # fmt: skip
    return parts


def _intervals_of(db: "duckdb.DuckDBPyConnection", home: Home, releases: list[dict[str, Any]], grace: int | None) -> Path:
    """The file of one terminology's intervals, made if it is not there."""
    known = ("release", "valid_from", "valid_to", "announced", "delta", "synthetic", "content")
    made_of = hashlib.sha256(repr([version(), grace, *([m.get(k) for k in known] for m in releases)]).encode()).hexdigest()[:24]
    path = home.reference / "intervals" / f"{store.slug(releases[0]['terminology'])}-{made_of}.parquet"
    if not path.is_file():
        _load(db, releases)
        run_intervals(db, grace)
        parquet.swap_in(path, lambda beside: db.execute(f"COPY ({_SORTED}) TO {quoted(beside)} (FORMAT parquet, COMPRESSION zstd)"))
        _drop(db)
    return path


def _no_intervals(db: "duckdb.DuckDBPyConnection") -> str:
    _load(db, [])
    run_intervals(db)
    db.execute(f"CREATE OR REPLACE TEMP TABLE no_intervals AS {_SORTED}")
    _drop(db)
    return "no_intervals"


def _drop(db: "duckdb.DuckDBPyConnection") -> None:
    for table in ("neutral_rows", "spans", "intervals"):
        db.execute(f"DROP TABLE {table}")


def run_intervals(db: "duckdb.DuckDBPyConnection", grace: int | None = None) -> None:
    """Makes the table `intervals` from the table `neutral_rows`; an open end is 9999-12-31. Checks that none overlap."""
    db.execute(f"SET VARIABLE grace = {'NULL' if grace is None else int(grace)}")
    db.execute(_sql())
    overlaps = db.execute(
        "SELECT terminology, code FROM intervals WHERE (terminology, code) IN (SELECT (terminology, code) FROM intervals GROUP BY ALL HAVING count(*) > 1) "
        "QUALIFY lead(valid_from) OVER (PARTITION BY terminology, code ORDER BY valid_from, valid_to) < valid_to "
        "OR count(*) OVER (PARTITION BY terminology, code, valid_from) > 1 LIMIT 3"
    ).fetchall()
    assert not overlaps, f"overlapping validity: {overlaps}"


def _load(db: "duckdb.DuckDBPyConnection", releases: list[dict[str, Any]]) -> None:
    """Makes `neutral_rows` of the release files. Values stand in the SQL as literals: DuckDB imports pandas for parameters."""
    columns = ", ".join(f"NULL::{kind} AS {name}" for name, kind in store.types().items() if name != "facts")
    rows = f"(SELECT {columns}, '' AS filename LIMIT 0)"
    about = "(NULL, NULL, NULL, NULL, NULL, NULL, NULL)"
    if releases:
        rows = (
            f"read_parquet([{', '.join(quoted(m['path']) for m in releases)}], filename = true, union_by_name = true)"
        )
        about = ", ".join(
            f"({quoted(m['path'])}, {quoted(m['terminology'])}, {quoted(m['release'])}, DATE {quoted(m['valid_from'])}, "
            f"{'NULL' if m['valid_to'] is None else 'DATE ' + quoted(m['valid_to'])}, DATE {quoted(m.get('announced') or m['valid_from'])}, {bool(m['synthetic'])})"
            for m in releases
        )
    db.execute(
        "CREATE OR REPLACE TABLE neutral_rows AS SELECT r.terminology, r.release, r.starts::DATE AS starts, r.ends::DATE AS ends, r.announced::DATE AS announced, r.synthetic::BOOLEAN AS synthetic, "
        f"{', '.join(f'n.{name}' for name in COLUMNS)}, NOT coalesce(list_contains({unusable_in(db, rows)}, n.status), false) AS usable "
        f"FROM {rows} n JOIN (VALUES {about}) r (file, terminology, release, starts, ends, announced, synthetic) ON r.file = n.filename"
    )


def _sql() -> str:
    return (Path(__file__).parent / "intervals.sql").read_text("utf-8")


def version() -> str:
    """Changes with the statement and with the statuses that mean not usable."""
    return hashlib.sha256((_sql() + repr(sorted(_NOT_USABLE))).encode()).hexdigest()[:16]
