"""Given rows and expected rows of a mart as small text tables.

Belongs here: reading such tables, and running a mart's SQL over them. Does not: any mart's expectations.
"""

import datetime as dt
from typing import Any

import duckdb

from pipelines.marts import build
from pipelines.marts.given import DAYS
from pipelines.warehouse import connect, sql

USUAL: dict[str, Any] = {
    "rule_id": "r", "terminology": "T", "service": "S", "field": "F", "reading": "literal", "university_id": "u01", "facility_id": "f1",
    "vendor_id": "v1", "system_id": "s1", "exchange_on": dt.date(2023, 2, 1), "jalali_month": "1401-11", "quarter": "1401Q4", "phase": "after",
    "gate": "before", "outcome": "passed", "cause": "", "items": 1, "items_passed": 1, "messages": 1, "messages_with_items": 1, "note": "repairable",
    "terminology_id": "T", "code": "c", "title": "t", "responsible": "vendor", "suggested_code": None, "start_on": dt.date(2023, 1, 30),
    "tolerance": 0.05, "weeks_before": 2, "as_of": dt.date(2023, 1, 16), "window_from": dt.date(2022, 12, 19), "previous_from": dt.date(2022, 11, 21),
    "messages_with_field": 1,
}  # fmt: skip

# Tables the marts read that are made otherwise: the columns they are read for.
BESIDE = {
    "marts.rules": {"rule_id": "varchar", "terminology": "varchar", "start_on": "date", "tolerance": "double"},
    "marts.readiness_days": DAYS,
    "marts.causes": {"cause": "varchar", "responsible": "varchar"},
    "reference.codes": {"terminology": "varchar", "code": "varchar", "title_fa": "varchar", "title_en": "varchar"},
    "reference.calendar": {"date": "date", "jdate": "varchar", "week": "date"},
    "reference.systems": {"system_id": "varchar", "product": "varchar", "version": "varchar", "valid_from": "date", "valid_to": "date"},
}


def rows(text: str) -> list[dict[str, str | None]]:
    """One dict a line, all text: the first line names the columns, `-` is NULL."""
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return [{name: None if cell == "-" else cell for name, cell in zip(lines[0], line, strict=True)} for line in lines[1:]]


def warehouse(**given: str) -> duckdb.DuckDBPyConnection:
    """Every table the marts read, empty but for what is given as `schema__table="text"`; what a row does not say is usual."""
    con = connect()
    for schema in ("reference", "landed", "coded", "findings", "marts"):
        con.execute(f"create schema {schema}")
    con.execute(build._WILSON)
    for table, columns in {**build.tables(), **BESIDE}.items():
        declared = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
        con.execute(f"create table {table} ({declared})")
        for row in rows(given.pop(table.replace(".", "__"), "x")):
            unknown = set(row) - set(columns)
            assert not unknown, f"{table} has no column {unknown}"
            full = {name: row.get(name, USUAL.get(name)) for name in columns}
            con.execute(f"insert into {table} values ({', '.join('?' * len(full))})", list(full.values()))
    assert not given, f"no such table: {given}"
    for name in build.mart_order():
        con.execute(f"create table marts.{name} as {sql(build.HERE, name)}")
    return con


def mart(name: str, expected: str, **given: str) -> None:
    """Assert that a mart holds just the expected rows, in the columns that `expected` names."""
    columns = [cell.strip() for cell in expected.strip().splitlines()[0].split("|")]
    found = warehouse(**given).execute(f"select {', '.join(columns)} from marts.{name}").fetchall()
    got = [tuple(None if cell is None else str(cell) for cell in row) for row in found]
    want = [tuple(row.values()) for row in rows(expected)]
    assert sorted(got, key=repr) == sorted(want, key=repr)
