"""`reference.codes`: from the releases that count, when each code was in force.

Belongs here: running `codes.sql` over the release files and checking its promise. Does not: reading what people give.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from pipelines import persian
from pipelines.settings import Home
from pipelines.terminologies import store

if TYPE_CHECKING:
    import duckdb

_NOT_USABLE = {
    "deleted", "delete", "removed", "retired", "inactive", "deprecated", "obsolete", "withdrawn", "revoked", "disabled", "invalid",
    "حذف", "محذوف", "منسوخ", "غیرفعال", "باطل", "ابطال", "لغو", "نامعتبر",
}  # fmt: skip
_OPEN = "DATE '9999-12-31'"


def usable(status: str | None) -> bool:
    """False if a status says that the code must not be used (deleted, retired, حذف شده …)."""
    words = persian.clean(status).casefold().replace("غیر فعال", "غیرفعال").replace("غیر\u200cفعال", "غیرفعال").split()
    return not any(word.strip("()[],.;:-_") in _NOT_USABLE for word in words) and not "".join(words).startswith(
        "notactive"
    )


def codes_path(home: Home) -> Path:
    """`codes.parquet`."""
    return home.reference / "codes.parquet"


def build_codes(home: Home) -> Path:
    """Writes `codes.parquet`: terminology, release, code, title_fa, title_en, status, valid_from (DATE), valid_to (DATE, exclusive;
    null = open; equal to valid_from = listed but never in force), successor, synthetic. Sorted by terminology, code, valid_from."""
    import duckdb

    releases = store.list_releases(home)
    with duckdb.connect() as db:
        _load(db, releases)
        run_intervals(db)
        store.swap_in(codes_path(home), lambda beside: db.execute(
            f"COPY (SELECT * REPLACE (nullif(valid_to, {_OPEN}) AS valid_to) FROM intervals ORDER BY terminology, code, valid_from) "
            f"TO '{_quoted(beside)}' (FORMAT parquet, COMPRESSION zstd)"
        ))  # fmt: skip
    return codes_path(home)


def run_intervals(db: "duckdb.DuckDBPyConnection") -> None:
    """Makes the table `intervals` from the table `neutral_rows`; an open end is 9999-12-31. Checks that none overlap."""
    db.execute((Path(__file__).parent / "codes.sql").read_text("utf-8"))
    overlaps = db.execute(
        "SELECT terminology, code FROM intervals QUALIFY lead(valid_from) OVER (PARTITION BY terminology, code ORDER BY valid_from, valid_to) "
        "< valid_to OR count(*) OVER (PARTITION BY terminology, code, valid_from) > 1 LIMIT 3"
    ).fetchall()
    assert not overlaps, f"overlapping validity: {overlaps}"


def _load(db: "duckdb.DuckDBPyConnection", releases: list[dict[str, object]]) -> None:
    db.execute(
        "CREATE TABLE releases (file VARCHAR, terminology VARCHAR, release VARCHAR, starts DATE, ends DATE, synthetic BOOLEAN)"
    )
    if releases:
        db.executemany(
            "INSERT INTO releases VALUES (?, ?, ?, ?, ?, ?)",
            [
                [m["path"], m["terminology"], m["release"], m["valid_from"], m["valid_to"], m["synthetic"]]
                for m in releases
            ],
        )
        files = ", ".join(f"'{_quoted(str(m['path']))}'" for m in releases)
        rows = f"read_parquet([{files}], filename = true)"
    else:
        columns = ", ".join(
            f"NULL::{'DATE' if name.startswith('valid_') else 'VARCHAR'} AS {name}" for name in store.COLUMNS
        )
        rows = f"(SELECT {columns}, NULL::VARCHAR AS filename LIMIT 0)"
    statuses = [row[0] for row in db.execute(f"SELECT DISTINCT status FROM {rows} WHERE status IS NOT NULL").fetchall()]
    db.execute(
        f"CREATE TABLE neutral_rows AS SELECT r.terminology, r.release, r.starts, r.ends, r.synthetic, n.* EXCLUDE (filename), "
        f"NOT coalesce(list_contains($bad, n.status), false) AS usable FROM {rows} n JOIN releases r ON r.file = n.filename",
        {"bad": [status for status in statuses if not usable(status)]},
    )


def _quoted(path: object) -> str:
    return str(path).replace("'", "''")
