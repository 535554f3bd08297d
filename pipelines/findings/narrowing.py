"""Lists kept in memory, and of them the few rows that judging some codings can look at. The very same `judge` then runs on those.

Judging reads lists by equality only: of a code as sent, its part before the dot, a repair, a successor, or of a title's compared form.
So the rows of those codes, whole and in every terminology, give the verdicts that the whole lists give (a property test holds it).
Belongs here: which rows can matter. Does not: judging, caches, threads.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pipelines.findings.repairs import candidates
from pipelines.warehouse import table_of

if TYPE_CHECKING:
    import duckdb

    from pipelines.sqlite_engine import SqliteEngine

_CODES = "terminology, code, title_fa, title_en, cast(valid_from as varchar), cast(valid_to as varchar), successor"
_CODES_COLUMNS = dict.fromkeys(("terminology", "code", "title_fa", "title_en", "valid_from", "valid_to", "successor"), "varchar")
_TITLES_COLUMNS = dict.fromkeys(("terminology", "code", "title_key"), "varchar")


def keep_lists(engine: "SqliteEngine", con: "duckdb.DuckDBPyConnection") -> None:
    """Copy `codes` and `list_titles` of a connection into `all_codes` and `all_titles`, with an index each. 150,000 codes: a second, 60 MB."""
    engine.fill("all_codes", con.execute(f"select {_CODES} from codes").fetchall(), _CODES_COLUMNS)
    engine.fill("all_titles", con.execute("select terminology, code, title_key from list_titles where title_key <> ''").fetchall(), _TITLES_COLUMNS)
    engine.execute("create index temp.by_code on all_codes (code)")
    engine.execute("create index temp.by_title on all_titles (title_key)")
    engine.execute("create or replace temp table loaded_lists as select terminology, min(code) as code from all_codes group by terminology")


def narrow(engine: "SqliteEngine", codings: Iterable[tuple[str | None, str | None, str | None]]) -> None:
    """Temp tables `codes` and `list_titles` for codings given as (code as sent, title_clean, title_key)."""
    codes: set[str] = set()
    titles: set[str] = set()
    for code, title_clean, title_key in codings:
        sent = code or ""
        codes.add(sent)
        codes.add(sent.split(".", 1)[0])
        codes.update(made for _, made in candidates(sent, title_clean or ""))
        titles.add(title_key or "")
    table_of(engine, "wanted_codes", [(code,) for code in codes], {"code": "varchar"})
    table_of(engine, "wanted_titles", [(title,) for title in titles if title], {"title_key": "varchar"})
    engine.execute("create or replace temp table codes as select * from all_codes where code in (select code from wanted_codes)")
    # successors, and one code of every list, so that a list is known to be loaded
    engine.execute(
        "insert into codes select * from all_codes where code in (select successor from codes where successor is not null"
        " union select code from loaded_lists) and code not in (select code from wanted_codes)"
    )
    engine.execute("create or replace temp table list_titles as select * from all_titles where title_key in (select title_key from wanted_titles)")
