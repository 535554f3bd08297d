"""`marts.note_kinds`: what each note is called, what it needs of the lists, and whether the loaded ones carry it.

Belongs here: that table, which every count of notes must stand beside. Does not: counting.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from expectations.extra_check import coding_notes, extra_checks
from pipelines.warehouse import table_of

if TYPE_CHECKING:
    import duckdb

_COLUMNS = {
    "note": "varchar", "kind": "varchar", "title_fa": "varchar", "title_en": "varchar", "looks_at_fa": "varchar", "looks_at_en": "varchar",
    "rules": "varchar", "needs": "varchar", "missing": "varchar", "estimable": "boolean", "synthetic": "boolean",
}  # fmt: skip


def write(con: "duckdb.DuckDBPyConnection", releases: list[dict[str, Any]], carried: Iterable[tuple[str, str, str]]) -> None:
    """The table `marts.note_kinds`. `kind` is `coding` or `extra_check`; `synthetic`: a list it needs is a stand-in or a part."""
    carried = set(carried)
    standing_in = {r["terminology"] for r in releases if r.get("synthetic") or r.get("partial")}
    everything = ("اقلام سنجیده‌شده", "judged items")
    rows: list[tuple] = [(note, "coding", text.fa, text.en, *everything, "", "", "", True, False) for note, text in coding_notes().items()]
    for check in extra_checks():
        missing = check.missing(carried)
        rows.append(
            (check.id, "extra_check", check.title.fa, check.title.en, check.looks_at.fa, check.looks_at.en, ", ".join(check.rules),
             _said(check.needs), _said(missing), not missing, any(need.terminology in standing_in for need in check.needs))
        )  # fmt: skip
    table_of(con, "note_kinds_rows", rows, _COLUMNS)
    con.execute("create table marts.note_kinds as select * from note_kinds_rows")


def _said(needs: Iterable[Any]) -> str:
    """`LNC: attribute order_or_result; RVU3: codes`."""
    return "; ".join(f"{need.terminology}: {need.what} {need.name}".strip() for need in needs)
