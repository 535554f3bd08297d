"""What the loaded lists say of their codes beside titles: which attributes, statuses and maps there are at all.

Belongs here: that one question, for whoever must say «not estimable» instead of zero. Does not: what a single code says (`facts`).
"""

from pipelines.settings import Home
from pipelines.terminologies import parquet, tables
from pipelines.terminologies.codes import codes_path
from pipelines.terminologies.parquet import quoted


def carried(home: Home) -> set[tuple[str, str, str]]:
    """(terminology, `codes` | `attribute` | `status` | `map`, name): the name of an attribute, a status in small letters, the list a map leads to."""
    codes, attributes, maps = (quoted(path) for path in (codes_path(home), tables.attributes_path(home), tables.maps_path(home)))
    with parquet.database() as db:
        found = db.execute(
            f"SELECT DISTINCT terminology, 'codes', '' FROM read_parquet({codes})"
            f" UNION ALL SELECT DISTINCT terminology, 'status', lower(status) FROM read_parquet({codes}) WHERE status <> ''"
            f" UNION ALL SELECT DISTINCT terminology, 'attribute', name FROM read_parquet({attributes})"
            f" UNION ALL SELECT DISTINCT from_terminology, 'map', to_terminology FROM read_parquet({maps})"
        ).fetchall()
    return {(terminology, what, name) for terminology, what, name in found}
