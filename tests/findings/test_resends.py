"""A resend of a composition is another attempt, numbered by time over all extracts; its items are counted like any others."""

from text_tables import rows

from pipelines.coded import build
from pipelines.warehouse import connect, sql

RAW = """
  message_id | extract_id | composition_uid | exchange_at         | exchange_on
  m3         | x2         | c1              | 2023-02-03 10:00:00 | 2023-02-03
  m1         | x1         | c1              | 2023-02-01 10:00:00 | 2023-02-01
  m2         | x1         | c1              | 2023-02-01 11:00:00 | 2023-02-01
  m4         | x1         | c2              | -                   | 2023-02-01
  m5         | x2         | c2              | -                   | 2023-02-01
  m6         | x1         | -               | -                   | -
"""


def attempts(extracts: str) -> dict[str, int]:
    con = connect()
    kinds = {"exchange_at": "timestamp", "exchange_on": "date", "items": "integer", "private_items": "integer", "codeless_items": "integer", "fixed_form_results": "integer"}
    names = ["message_id", "extract_id", "composition_uid", "exchange_at", "exchange_on", "service", "exchange_on_source", "stated_university", "message_university",
             "stated_facility", "stated_system", "node", "items", "private_items", "codeless_items", "fixed_form_results", "message_uid", "content_sha256"]  # fmt: skip
    declared = ", ".join(f"{n} {kinds.get(n, 'varchar')}" for n in names)
    con.execute(f"create temp table all_messages ({declared})")
    for row in rows(RAW):
        con.execute(f"insert into all_messages values ({', '.join('?' * len(names))})", [row.get(n) for n in names])
    con.execute(f"create temp view raw_messages as select * from all_messages where extract_id in ({extracts})")
    con.execute("create temp table extracts as select * from (values ('x1', 'before', 1), ('x2', 'before', 2)) as t(extract_id, gate, sequence)")
    con.execute("create temp table calendar as select date '2023-02-01' as date, '1401-11' as jalali_month, '1401Q4' as quarter")
    con.execute("create temp table universities (university_id varchar); create temp table nodes (node varchar, university_id varchar)")
    con.execute("create temp table facilities (facility_id varchar, university_id varchar, valid_from date, valid_to date)")
    con.execute("create temp table systems (system_id varchar, vendor_id varchar, valid_from date, valid_to date)")
    return dict(con.execute(f"select message_id, attempt_no from ({sql(build.__file__, 'messages')})").fetchall())


def test_attempts_follow_time_then_the_order_of_extracts():
    assert attempts("'x1', 'x2'") == {"m1": 1, "m2": 2, "m3": 3, "m4": 1, "m5": 2, "m6": 1}


def test_a_partition_alone_numbers_them_as_all_do():
    assert attempts("'x2'") == {"m3": 3, "m5": 2}
