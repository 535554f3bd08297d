"""The warehouse file: views over the current Parquet files, small tables, and the marts, built beside and swapped in.

Belongs here: publishing. A mart is a .sql file whose header names its sentence, grain, measures, readers and traps; the file is
the body of the table, its dependencies are read off its text. Readers see the old warehouse until the new one is whole.
"""

import re
import uuid
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from expectations.catalogue import catalogue
from pipelines.marts import given, note_kinds
from pipelines.partitions import Inputs
from pipelines.state import State, remove_unnamed
from pipelines.warehouse import connect, files, literal, sql, swap, table_of

if TYPE_CHECKING:
    import duckdb

HERE = Path(__file__).parent
REFERENCE = ("codes", "calendar", "universities", "facilities", "systems", "vendors", "release_changes")
# Wilson's score interval at 95 %, z = 1.959963984540054 (Wilson 1927): z² = 3.841458820694124, z²/2 = 1.920729410347062, z²/4 = 0.960364705173531.
_WILSON = """
create macro wilson_low(failed, judged) as greatest(0, least(failed / judged,
  (failed / judged + 1.920729410347062 / judged - 1.959963984540054 * sqrt((failed / judged * (1 - failed / judged) + 0.960364705173531 / judged) / judged)) / (1 + 3.841458820694124 / judged)));
create macro wilson_high(failed, judged) as least(1, greatest(failed / judged,
  (failed / judged + 1.920729410347062 / judged + 1.959963984540054 * sqrt((failed / judged * (1 - failed / judged) + 0.960364705173531 / judged) / judged)) / (1 + 3.841458820694124 / judged)));
"""


def publish(
    state: State, inputs: Inputs, releases: list[dict], carried: set[tuple[str, str, str]], further: "Iterable[Callable[[duckdb.DuckDBPyConnection], None]]" = ()
) -> Path:
    """Build `warehouse.duckdb` from the state and swap it in; returns its path. `releases`: the loaded list releases; `carried`: what they say of codes.

    `further` are called with the connection once the marts stand: tables that SQL alone does not make.
    """
    home = state.home
    building = home.root / f"warehouse-{uuid.uuid4().hex}.building"
    con = connect(building, spill=home.staging / "spill")
    try:
        for schema in ("reference", "landed", "coded", "findings", "marts"):
            con.execute(f"create schema {schema}")
        con.execute(_WILSON)
        _reference(con, state)
        _extracts(con, state)
        for table, columns in tables().items():
            _view(con, table, columns, _paths(state, inputs, table))
        _rules(con, releases)
        note_kinds.write(con, releases, carried)
        given.write(con)
        for name in mart_order():
            kind = "view" if "stored" in header(name) else "table"
            con.execute(f"create {kind} marts.{name} as {sql(HERE, name)}")
            con.execute(f"comment on {kind} marts.{name} is {literal(header(name)['sentence'])}")
        for add in further:
            add(con)
        con.execute("checkpoint")
    finally:
        con.close()
    swap(building, home.warehouse)
    for left in home.root.glob("warehouse-*.building*"):
        left.unlink(missing_ok=True)
    remove_unnamed(state)
    return home.warehouse


def tables() -> dict[str, dict[str, str]]:
    """Columns of every table that is made of files."""
    return yaml.safe_load((HERE / "tables.yaml").read_text(encoding="utf-8"))


def marts() -> list[str]:
    """Names of the marts, one a .sql file."""
    return sorted(path.stem for path in HERE.glob("*.sql"))


def header(name: str) -> dict[str, str]:
    """What a mart's header says: sentence, grain, measures, reads it, beware; `stored` where it is a view and no table."""
    lines = [line[3:].rstrip() for line in sql(HERE, name).splitlines() if line.startswith("-- ")]
    said = {"sentence": lines[0]}
    for line in lines[1:]:
        found = re.match(r"(grain|measures|reads it|beware|stored)\s+(.*)", line)
        if found:
            key = found[1]
            said[key] = found[2]
        else:
            said[key] += " " + line.strip()
    return said


def mart_order() -> list[str]:
    """Marts so that each comes after those it reads."""
    reads = {name: set(re.findall(r"marts\.(\w+)", _body(name))) & set(marts()) for name in marts()}
    ordered: list[str] = []
    while reads:
        free = sorted(name for name, needed in reads.items() if needed <= set(ordered))
        assert free, f"marts read each other in a circle: {', '.join(reads)}"
        ordered += free
        for name in free:
            del reads[name]
    return ordered


def _body(name: str) -> str:
    return "\n".join(line for line in sql(HERE, name).splitlines() if not line.startswith("--"))


def _paths(state: State, inputs: Inputs, table: str) -> list[str]:
    name = table.split(".")[1]
    if table == "landed.quarantine":
        return [str(state.home.landed / e["extract_id"] / "quarantine.parquet") for e in state.extracts() if e["quarantined"]]
    if name in ("codings", "verdicts", "suggestions"):
        return state.shared_paths(name, inputs.judgement)
    return state.paths(name)


def _view(con: "duckdb.DuckDBPyConnection", table: str, columns: dict[str, str], paths: list[str]) -> None:
    quoted = {f'"{name}"': kind for name, kind in columns.items()}
    if paths:
        body = f"select {', '.join(f'cast({n} as {k}) as {n}' for n, k in quoted.items())} from {files(paths)}"
    else:
        body = f"select {', '.join(f'cast(null as {k}) as {n}' for n, k in quoted.items())} where false"
    con.execute(f"create view {table} as {body}")


def _reference(con: "duckdb.DuckDBPyConnection", state: State) -> None:
    for name in REFERENCE:
        con.execute(f"create table reference.{name} as select * from {files([str(state.home.reference / f'{name}.parquet')])}")


def _extracts(con: "duckdb.DuckDBPyConnection", state: State) -> None:
    columns = ("extract_id", "file", "format", "bytes", "messages", "landed", "quarantined", "duplicates", "gate", "university_id", "landed_at")
    con.execute(
        "create table landed.extracts (extract_id varchar primary key, file varchar, format varchar, bytes bigint, messages bigint, landed bigint,"
        " quarantined bigint, duplicates bigint, gate varchar, university_id varchar, landed_at timestamp)"
    )
    rows = [[e[c] if c != "landed_at" else e[c][:19] for c in columns] for e in state.extracts()]
    if rows:
        con.executemany(f"insert into landed.extracts values ({', '.join('?' * len(columns))})", rows)


def _rules(con: "duckdb.DuckDBPyConnection", releases: list[dict]) -> None:
    """`marts.rules`: what every rate must stand beside."""
    from pipelines.jalali import jdate

    rows = []
    for rule in catalogue():
        lists = [r for r in releases if r["terminology"] == rule.terminology]
        rows.append(
            (rule.id, rule.terminology, rule.service, rule.field, rule.title.fa, rule.title.en, rule.start, jdate(rule.start), rule.directive.letter,
             rule.directive.row, ", ".join(r["release"] for r in lists), any(r.get("synthetic") or r.get("partial") for r in lists), rule.tolerance)
        )  # fmt: skip
    kinds = ("varchar",) * 6 + ("date", "varchar", "varchar", "integer", "varchar", "boolean", "double")
    names = ("rule_id", "terminology", "service", "field", "title_fa", "title_en", "start_on", "start_jalali", "letter", "letter_row", "lists", "synthetic", "tolerance")
    table_of(con, "rules_rows", rows, dict(zip(names, kinds, strict=True)))
    con.execute("create table marts.rules as select * from rules_rows")
