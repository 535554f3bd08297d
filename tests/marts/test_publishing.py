"""How marts are found, ordered and described; an empty data folder has every table."""

import pytest

from pipelines import flow
from pipelines.marts import build
from pipelines.settings import Home
from pipelines.warehouse import reading


def test_a_mart_comes_after_those_it_reads(monkeypatch):
    order = build.mart_order()
    assert sorted(order) == build.marts() and order.index("outcome_counts") < order.index("coverage")
    bodies = {"a": "select * from marts.b", "b": "select * from marts.a"}
    monkeypatch.setattr(build, "marts", lambda: list(bodies))
    monkeypatch.setattr(build, "_body", bodies.get)
    with pytest.raises(AssertionError, match="circle: a, b"):
        build.mart_order()


@pytest.mark.parametrize("name", build.marts())
def test_a_mart_says_what_it_is(name):
    said = build.header(name)
    assert {"sentence", "grain", "measures", "reads it", "beware"} == set(said) - {"stored"}
    assert said["sentence"].endswith(".") and len(said["sentence"]) > 30


def test_an_empty_folder_has_every_table_and_the_rules(tmp_path):
    home = Home(tmp_path)
    flow.publish(home)
    with reading(home) as con:
        for table in (*build.tables(), *(f"marts.{name}" for name in build.marts()), "landed.extracts"):
            assert con.execute(f"select count(*) from {table}").fetchone() == (0,)
        assert con.execute("select count(*), count(distinct start_on), bool_and(lists <> '') from marts.rules").fetchone() == (16, 5, True)
        made = "from duckdb_tables() select table_name as name, schema_name, comment union all from duckdb_views() select view_name, schema_name, comment"
        commented = {row[0] for row in con.execute(f"select name from ({made}) where schema_name = 'marts' and comment is not null").fetchall()}
        assert commented >= {*build.marts(), "bypass_evidence"}
