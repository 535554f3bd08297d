"""Judging codings: evidence gathered, the compiled plan run, verdicts written. The same for a partition, one message or an example.

Belongs here: the order of the steps. Needs temp views `codings` and `codes`; leaves temp tables `evidence` and `verdicts`.
"""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from expectations.catalogue import catalogue
from expectations.extra_check import coding_notes
from expectations.letters import named_services
from expectations.outcomes import register
from expectations.plan import verdicts_sql
from expectations.rule import Rule
from pipelines.findings.repairs import candidates
from pipelines.findings.titles import score
from pipelines.persian import match_key
from pipelines.warehouse import files, literal, sql, table_of

if TYPE_CHECKING:
    import duckdb

    from pipelines.warehouse import Engine



def judge(con: "Engine", rules: tuple[Rule, ...] | None = None) -> None:
    """Temp table `verdicts` (coding_id, rule_id, outcome, cause, suggested_code, notes) for every row of `codings`.

    Needs `codes`, `codings` and `list_titles` (see `list_titles`).
    """
    rules = rules or catalogue()
    attach_rules(con, rules)
    con.execute(f"create or replace temp table listed_codes as {sql(__file__, 'listed_codes')}")
    con.execute(f"create or replace temp table title_owners as {sql(__file__, 'title_owners')}")
    _repairs(con)
    _title_scores(con)
    con.execute(f"create or replace temp table evidence as {sql(__file__, 'evidence')}")
    con.execute(f"create or replace temp table judged as {verdicts_sql(rules)}")
    con.execute(f"create or replace temp table verdicts as {sql(__file__, 'verdicts')}")


def attach_rules(con: "Engine", rules: tuple[Rule, ...]) -> None:
    """Temp tables `rules`, `named_services`, `causes` and `note_names`: the few facts of the rules that SQL joins."""
    table_of(
        con, "rules", [(r.id, r.terminology, r.service, r.field, r.start) for r in rules],
        {"rule_id": "varchar", "terminology": "varchar", "service": "varchar", "field": "varchar", "start_on": "date"},
    )  # fmt: skip
    named = [(r.id, service) for r in rules for service in sorted(named_services(r))]
    table_of(con, "named_services", named, {"rule_id": "varchar", "service": "varchar"})
    causes = [(name, c.error_class, c.responsible) for name, c in register().causes.items()]
    table_of(con, "causes", causes, {"cause": "varchar", "error_class": "integer", "responsible": "varchar"})
    table_of(con, "note_names", [(note,) for note in coding_notes()], {"note": "varchar"})


_key = lru_cache(maxsize=1 << 18)(match_key)  # lists of other days and policies hold the same titles


def list_titles(con: "duckdb.DuckDBPyConnection", cache: Path | None, fingerprint: str) -> None:
    """Temp view `list_titles`: the compared form of every title of `codes`, kept in `cache` under the lists' fingerprint."""
    kept = cache / f"list_titles-{fingerprint}.parquet" if cache else None
    if kept is None or not kept.exists():
        found = con.execute(
            "select distinct terminology, code, title_fa as title from codes where title_fa <> '' union"
            " select distinct terminology, code, title_en from codes where title_en <> ''"
        ).fetchall()
        table_of(
            con, "title_forms", [(t, c, _key(title)) for t, c, title in found],
            {"terminology": "varchar", "code": "varchar", "title_key": "varchar"},
        )  # fmt: skip
        if kept is None:
            con.execute("create or replace temp view list_titles as select * from title_forms")
            return
        for old in kept.parent.glob("list_titles-*.parquet"):
            old.unlink(missing_ok=True)
        con.execute(f"copy (select * from title_forms order by all) to {literal(str(kept) + '.new')} (format parquet, compression zstd)")
        Path(f"{kept}.new").replace(kept)
        con.execute("drop table title_forms")
    con.execute(f"create or replace temp view list_titles as select * from {files([str(kept)])}")


def _repairs(con: "Engine") -> None:
    """Temp table `repairs`: for each code that is not listed, the first candidate that is."""
    unlisted = con.execute(sql(__file__, "unlisted")).fetchall()
    rows = [(*coding, match_key(coding[2]), kind, made, rank) for coding in unlisted for rank, (kind, made) in enumerate(candidates(*coding[1:]))]
    table_of(
        con, "repair_candidates", rows,
        {
            "terminology": "varchar", "code": "varchar", "title_clean": "varchar", "title_key": "varchar", "repair_kind": "varchar",
            "repaired_code": "varchar", "rank": "integer",
        },
    )  # fmt: skip
    con.execute(f"create or replace temp table repairs as {sql(__file__, 'repairs')}")


def _title_scores(con: "Engine") -> None:
    """Temp table `title_scores` for listed codings with a title; equal pairs are compared once."""
    pairs = con.execute(sql(__file__, "title_pairs")).fetchall()
    known: dict[tuple, int] = {}
    rows = []
    for coding_id, *pair in pairs:
        key = tuple(pair)
        if key not in known:
            known[key] = score(*pair)
        rows.append((coding_id, known[key]))
    table_of(con, "title_scores", rows, {"coding_id": "varchar", "title_score": "integer"})
