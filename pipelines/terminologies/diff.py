"""What changes between two releases of a terminology, code by code.

Belongs here: comparing lists. Does not: the traffic that a change touches (`pipelines.release_impact`).
"""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.persian import clean
from pipelines.settings import Home
from pipelines.terminologies import facts, parquet, store
from pipelines.terminologies.intervals import unusable_in
from pipelines.terminologies.neutral import STORED
from pipelines.terminologies.pairs import find_pair

if TYPE_CHECKING:
    import duckdb

Row = dict[str, Any]
# A code that changes in several ways has the first of these as its `change`.
CHANGES = ("removed", "retired", "added", "revived", "redated", "rescoped", "retitled")
# Attributes that say what a code may be used for; all others (GTIN, relative values …) describe it.
SCOPE = ("order_or_result", "class", "section", "prescription_status", "level", "marks", "usage")
COLUMNS = (
    "code", "change", "changes", "title_before", "title_after", "status_before", "status_after", "valid_from_before", "valid_from_after",
    "valid_to_before", "valid_to_after", "scope", "ends_on", "successor",
)  # fmt: skip


def diff_releases(home: Home, terminology: str, before: str, after: str) -> list[Row]:
    """Codes that differ, sorted by change and code: rows of COLUMNS. `changes` holds all that is true of the code, `change` the first: removed (no
    longer listed), retired (listed, not to be used), added, revived, redated, rescoped (status or an attribute of SCOPE), retitled.
    `scope` is `name: before → after; …` or None; `ends_on` (day or None) is set if the code stops being in force. Raises InputError
    naming the releases there are.
    """
    return compare(store.list_releases(home), *find_pair(home, before, after, terminology))


def compare(releases: list[Row], before: Row, after: Row) -> list[Row]:
    """The same of two releases by what `list_releases` says of them and of all releases."""
    held = [m for m in releases if m["terminology"] == after["terminology"]]
    with parquet.database() as db:
        db.execute(f"CREATE OR REPLACE TEMP TABLE sides AS SELECT DATE {parquet.quoted(after['valid_from'])} AS after_starts")
        for table, meta in (("before_rows", before), ("after_rows", after)):
            _load(db, table, meta, held)
        told = [_told(db, table) for table in ("before_rows", "after_rows")]
        found = db.execute((Path(__file__).parent / "diff.sql").read_text("utf-8"))
        names = [column[0] for column in found.description]
        rows = [_row(dict(zip(names, row, strict=True)), told[0] & told[1]) for row in found.fetchall()]
    return sorted((row for row in rows if row["changes"]), key=lambda row: (row["change"], row["code"]))


def _load(db: "duckdb.DuckDBPyConnection", table: str, meta: Row, held: list[Row]) -> None:
    rows = f"({_listed(meta, held)})"
    usable = f"NOT coalesce(list_contains({unusable_in(db, rows)}, status), false)"
    # the newest row of a code that has several
    db.execute(
        f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT *, {usable} AS usable FROM {rows} "
        "QUALIFY row_number() OVER (PARTITION BY code ORDER BY place DESC, valid_from DESC NULLS LAST) = 1"
    )


def _listed(meta: Row, releases: list[Row]) -> str:
    """SQL of the rows of a release; of a delta also those of the releases it changes, back to the last full one."""
    chain = []
    for one in reversed([m for m in releases if m["valid_from"] <= meta["valid_from"]]):
        chain.append(one)
        if not one.get("delta"):
            break
    columns = ", ".join(STORED)
    return " UNION ALL ".join(
        f"SELECT {columns}, {-number} AS place FROM read_parquet({parquet.quoted(one['path'])})"
        for number, one in enumerate(chain)
    )


def _told(db: "duckdb.DuckDBPyConnection", table: str) -> set[str]:
    """The parts of a scope that a release speaks of at all: a list without a status or a mark says nothing about them."""
    named = db.execute(f"SELECT DISTINCT unnest(json_keys(facts)) FROM {table} WHERE facts IS NOT NULL").fetchall()
    status = db.execute(f"SELECT 1 FROM {table} WHERE status IS NOT NULL LIMIT 1").fetchall()
    return {name for (name,) in named if name in SCOPE} | ({"status"} if status else set())


def _row(found: Row, told: set[str]) -> Row:
    scope = _scope(found, told) if found["was"] and found["is_there"] else ""
    row = found | {
        "title_before": found["title_fa_before"] or found["title_en_before"],
        "title_after": found["title_fa_after"] or found["title_en_after"],
        "scope": scope or None,
        "successor": found["successor"] or _mapped(found["facts_after"]) or _mapped(found["facts_before"]),
    }
    row["changes"] = [change for change in CHANGES if change in set(_changes(found, scope))]
    row["change"] = row["changes"][0] if row["changes"] else ""
    return {name: row[name] for name in COLUMNS}


def _changes(found: Row, scope: str) -> Iterable[str]:
    if not found["was"]:
        yield "added"
    elif not found["is_there"]:
        yield "removed"
    else:
        if found["was_usable"] != found["is_usable"]:
            yield "revived" if found["is_usable"] else "retired"
        if any(found[f"{part}_before"] != found[f"{part}_after"] for part in ("valid_from", "valid_to")):
            yield "redated"
        if scope:
            yield "rescoped"
        # another spelling of a letter (ي, ی) is no other title
        if any(clean(found[f"{part}_before"]) != clean(found[f"{part}_after"]) for part in ("title_fa", "title_en")):
            yield "retitled"


def _scope(found: Row, told: set[str]) -> str:
    """What of the scope differs, `name: before → after; …`. A status says more than usable or not: ACTIVE became TRIAL."""
    sides = []
    for side in ("before", "after"):
        said = {name: ", ".join(values) for name, values in (facts.decode(found[f"facts_{side}"]) or {}).items()}
        sides.append(said | {"status": _status(found[f"status_{side}"])})
    compared = ("status", *SCOPE) if found["was_usable"] and found["is_usable"] else SCOPE
    pairs = ((name, sides[0].get(name, ""), sides[1].get(name, "")) for name in compared if name in told)
    return "; ".join(f"{name}: {a or '∅'} → {b or '∅'}" for name, a, b in pairs if a.casefold() != b.casefold())


def _status(status: str | None) -> str:
    """A status; a row without one is as good as active."""
    return status if status and status.casefold() not in ("فعال", "1", "true") else "active"


def _mapped(text: str | None) -> str | None:
    """Several successors, where no single one is named."""
    return ", ".join((facts.decode(text) or {}).get("map.successor", [])) or None
