"""Running one SQL file of the findings layer over given rows; `·` in notes is a blank, which text tables would strip.

Belongs here: tables and their usual values. Does not: what should come out.
"""

from typing import Any

from text_tables import rows

from expectations.catalogue import catalogue
from pipelines.findings import extra, judging
from pipelines.warehouse import connect, sql

COLUMNS = {
    "messages": {
        "message_id": "varchar", "service": "varchar", "exchange_on": "date", "university_id": "varchar", "facility_id": "varchar", "vendor_id": "varchar",
        "system_id": "varchar", "jalali_month": "varchar", "quarter": "varchar", "gate": "varchar", "fixed_form_results": "integer",
    },
    "items": {
        "message_id": "varchar", "item_no": "integer", "path": "varchar", "field": "varchar", "terminology_id": "varchar", "code": "varchar", "title": "varchar",
        "rule_id": "varchar", "coding_id": "varchar", "reading": "varchar",
    },
    "codings": {"coding_id": "varchar", "terminology": "varchar", "code_clean": "varchar"},
    "listed_codes": {"terminology": "varchar", "code": "varchar"},
    "verdicts": {"coding_id": "varchar", "rule_id": "varchar", "outcome": "varchar", "cause": "varchar", "suggested_code": "varchar", "notes": "varchar"},
}  # fmt: skip
WARD, NAME = "patientbill-wardtype-wardtype", "labresult-testname-lnc"
USUAL: dict[str, Any] = {
    "message_id": "m1", "service": "PatientBill", "exchange_on": "2023-02-01", "university_id": "u01", "facility_id": "f1", "vendor_id": "v1", "system_id": "s1",
    "jalali_month": "1401-11", "quarter": "1401Q4", "gate": "before", "fixed_form_results": "0", "item_no": "1", "path": "p", "field": "HospitalWardVO.Type",
    "terminology_id": "thritaEHR.WardType", "code": "036", "title": "t", "rule_id": WARD, "coding_id": "k", "reading": "literal", "outcome": "passed",
    "cause": "", "terminology": "thritaEHR.WardType", "code_clean": "036", "suggested_code": None, "notes": "",
}  # fmt: skip


def counted(file: str, columns: str, **given: str) -> list[tuple]:
    """The chosen columns of `<file>.sql` over messages, items and verdicts given as text tables, all as text, sorted."""
    con = connect()
    judging.attach_rules(con, catalogue())
    extra.attach_check_rules(con)
    con.execute("create temp table looked_at (message_id varchar, item_no integer, rule_id varchar, note varchar, noted boolean)")
    for row in rows(given.pop("looked_at", "x")):
        con.execute("insert into looked_at values (?, ?, ?, ?, ?)", [row.get("message_id", "m1"), row["item_no"], row["rule_id"], row["note"], row["noted"] == "yes"])
    for table, kinds in COLUMNS.items():
        con.execute(f"create temp table {table} ({', '.join(f'{name} {kind}' for name, kind in kinds.items())})")
        for row in rows(given.get(table, "x")):
            assert set(row) <= set(kinds), row
            con.execute(f"insert into {table} values ({', '.join('?' * len(kinds))})", [(row.get(name, USUAL[name]) or "").replace("·", " ") if name == "notes" else row.get(name, USUAL[name]) for name in kinds])
    con.execute(f"create temp table listed_codings as {sql(judging.__file__, 'listed_codings')}")
    found = con.execute(f"select {columns} from ({sql(judging.__file__, file)})").fetchall()
    con.close()
    return sorted((tuple(None if cell is None else str(cell) for cell in row) for row in found), key=repr)


def expect(file: str, expected: str, **given: str) -> None:
    """Assert that a file yields just these rows."""
    columns = ", ".join(cell.strip() for cell in expected.strip().splitlines()[0].split("|"))
    want = [tuple(row.values()) for row in rows(expected)]
    assert counted(file, columns, **given) == sorted(want, key=repr)
