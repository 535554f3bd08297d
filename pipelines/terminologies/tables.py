"""`reference.attributes` and `reference.maps`: what the releases say of codes beside titles, as two tables.

Belongs here: their columns and how they are written. Does not: what a row says (`facts`).
"""

import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.settings import Home
from pipelines.terminologies import parquet
from pipelines.terminologies.parquet import quoted

if TYPE_CHECKING:
    import duckdb

ATTRIBUTES = {"terminology": "VARCHAR", "release": "VARCHAR", "code": "VARCHAR", "name": "VARCHAR", "value": "VARCHAR"}
MAPS = {
    "from_terminology": "VARCHAR", "from_code": "VARCHAR", "to_terminology": "VARCHAR", "to_code": "VARCHAR",
    "relation": "VARCHAR", "release": "VARCHAR",
}  # fmt: skip
# fact → (terminology it points to, what the relation is called)
RELATIONS = {
    "map.eRx": ("eRx", "prescribed as"),
    "map.GenericCode": ("GenericCode", "has generic code"),
    "map.RVU3": ("RVU3", "tariff"),
    "map.panel": ("LNC", "part of panel"),
    "map.detail": ("LNC", "has component"),
    "map.successor": ("", "replaced by"),  # '' is the same terminology
}


def attributes_path(home: Home) -> Path:
    """`attributes.parquet`: terminology, release, code, name, value."""
    return home.reference / "attributes.parquet"


def maps_path(home: Home) -> Path:
    """`maps.parquet`: from_terminology, from_code, to_terminology, to_code, relation, release."""
    return home.reference / "maps.parquet"


def build(db: "duckdb.DuckDBPyConnection", home: Home, releases: list[dict[str, Any]], note: str) -> None:
    """Writes both tables from release files, one release at a time; with the right columns and no rows if they hold nothing."""
    known = ", ".join(f"({quoted(fact)}, {quoted(to)}, {quoted(name)})" for fact, (to, name) in RELATIONS.items())
    queries = {
        attributes_path(home): (ATTRIBUTES, "SELECT DISTINCT * FROM facts WHERE name NOT LIKE 'map.%' ORDER BY ALL"),
        maps_path(home): (
            MAPS,
            "SELECT DISTINCT f.terminology AS from_terminology, f.code AS from_code, coalesce(nullif(r.target, ''), f.terminology) AS to_terminology, "
            f"f.value AS to_code, r.relation, f.release FROM facts f JOIN (VALUES {known}) r (fact, target, relation) ON r.fact = f.name ORDER BY ALL",
        ),
    }
    home.reference.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".facts-", dir=home.reference) as folder:
        parts: dict[Path, list[Path]] = {path: [] for path in queries}
        for number, meta in enumerate(meta for meta in releases if meta.get("facts")):
            db.execute(
                f"CREATE OR REPLACE TEMP TABLE facts AS SELECT {quoted(meta['terminology'])} AS terminology, {quoted(meta['release'])} AS release, "
                "code, f.key AS name, unnest(f.value) AS value FROM (SELECT code, unnest(map_entries(facts::JSON::MAP(VARCHAR, VARCHAR[]))) AS f "
                f"FROM read_parquet({quoted(meta['path'])}) WHERE facts IS NOT NULL)"
            )
            for path, (_, query) in queries.items():
                part = Path(folder) / f"{path.stem}-{number:04d}.parquet"
                db.execute(f"COPY ({query}) TO {quoted(part)} (FORMAT parquet)")
                parts[path].append(part)
        db.execute("DROP TABLE IF EXISTS facts")
        for path, (types, _) in queries.items():
            parquet.swap_in(path, partial(_join, db, parts[path], types, note))


def _join(db: "duckdb.DuckDBPyConnection", parts: list[Path], types: dict[str, str], note: str, beside: Path) -> None:
    empty = ", ".join(f"NULL::{kind} AS {name}" for name, kind in types.items())
    rows = f"FROM read_parquet([{', '.join(map(quoted, parts))}])" if parts else f"SELECT {empty} WHERE false"
    db.execute(
        f"COPY ({rows}) TO {quoted(beside)} (FORMAT parquet, COMPRESSION zstd, KV_METADATA {{{parquet.NOTE}: {quoted(note)}}})"
    )
