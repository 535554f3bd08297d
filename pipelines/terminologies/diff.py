"""What changes between two releases of a terminology, code by code.

Belongs here: comparing lists. Does not: the traffic that a change touches (whoever reads the marts joins it by code).
"""

from pathlib import Path
from typing import Any

from pipelines.errors import InputError
from pipelines.settings import Home
from pipelines.terminologies import names, parquet, store
from pipelines.terminologies.intervals import unusable_in
from pipelines.terminologies.neutral import COLUMNS


def diff_releases(home: Home, terminology: str, before: str, after: str) -> list[dict[str, Any]]:
    """Codes that differ: code, change (added, removed, retired, revived, redated, retitled), title_before, title_after,
    status_before, status_after, successor. Raises InputError naming the releases there are."""
    terminology = names.canonical(terminology)
    held = {
        store.slug(m["release"]).casefold(): m for m in store.list_releases(home) if m["terminology"] == terminology
    }
    with parquet.database() as db:
        for table, name in (("before_rows", before), ("after_rows", after)):
            meta = held.get(store.slug(name).casefold())
            if meta is None:
                there = (
                    ", ".join(m["release"] for m in held.values())
                    or "none yet; add one with `sepas-dq terminology add`"
                )
                raise InputError(f"{terminology} has no release '{name}'. Its releases: {there}.")
            rows = f"({_listed(meta, list(held.values()))})"
            usable = f"NOT coalesce(list_contains({unusable_in(db, rows)}, status), false)"
            # the newest row of a code that has several
            db.execute(
                f"CREATE OR REPLACE TABLE {table} AS SELECT *, {usable} AS usable FROM {rows} "
                "QUALIFY row_number() OVER (PARTITION BY code ORDER BY place DESC, valid_from DESC NULLS LAST) = 1"
            )
        found = db.execute((Path(__file__).parent / "diff.sql").read_text("utf-8"))
        columns = [column[0] for column in found.description]
        return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]


def _listed(meta: dict[str, Any], releases: list[dict[str, Any]]) -> str:
    """SQL of the rows of a release; of a delta also those of the releases it changes, back to the last full one."""
    chain = []
    for one in reversed([m for m in releases if m["valid_from"] <= meta["valid_from"]]):
        chain.append(one)
        if not one.get("delta"):
            break
    columns = ", ".join(COLUMNS)
    return " UNION ALL ".join(
        f"SELECT {columns}, {-number} AS place FROM read_parquet({parquet.quoted(one['path'])})"
        for number, one in enumerate(chain)
    )
