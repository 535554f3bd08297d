"""`reference.codes`, and the tables beside it: of the releases that count, when each code was in force.

Belongs here: building them anew and knowing whether they are. Does not: reading what people give, the intervals (`intervals`).
"""

from pathlib import Path

from pipelines.settings import Home
from pipelines.terminologies import changes, parquet, store, tables
from pipelines.terminologies.intervals import version, write_codes


def codes_path(home: Home) -> Path:
    """`codes.parquet`."""
    return home.reference / "codes.parquet"


def build_codes(home: Home) -> Path:
    """Writes `attributes.parquet`, `maps.parquet`, `release_changes.parquet` and `codes.parquet`: terminology, release, code, title_fa, title_en, status, valid_from (DATE), valid_to (DATE, exclusive;
    null = open; equal to valid_from = listed but never in force), successor, synthetic. Sorted by terminology, code, valid_from."""
    releases = store.list_releases(home)
    made_of = made_of_releases(home)
    with parquet.database() as db:
        used = write_codes(db, home, releases, codes_path(home), made_of)
        tables.build(db, home, releases, made_of)
        changes.build(home, releases, made_of)
    for old in set((home.reference / "intervals").glob("*.parquet")) - set(used):
        old.unlink(missing_ok=True)
    return codes_path(home)


def is_current(home: Home) -> bool:
    """True if `codes.parquet` was built from just the releases that count, by this version of `intervals.sql`."""
    paths = [codes_path(home), tables.attributes_path(home), tables.maps_path(home)]
    made_of = made_of_releases(home)
    return all(path.is_file() for path in paths) and all(made == made_of for made in parquet.notes(paths).values()) and changes.is_current(home, made_of)


def made_of_releases(home: Home) -> str:
    """What tables over the releases are made of: the releases that count and the version of `intervals.sql`."""
    return f"{version()} {store.fingerprint(home)}"
