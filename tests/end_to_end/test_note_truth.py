"""Extra notes: what the pipeline notes is what the generator, which shares no code with it, says; and no outcome moves by them."""

import contextlib

import duckdb
import pytest

from expectations.extra_check import extra_checks
from pipelines.findings import build as findings
from pipelines.findings import extra

OUTCOMES = "select rule_id, university_id, vendor_id, exchange_on, reading, outcome, cause, items, messages from marts.outcome_counts order by all"


def truth(run, query: str) -> list[tuple]:
    with contextlib.closing(duckdb.connect(str(run.home.warehouse), read_only=True)) as con:
        con.execute(f"create temp view said as select * from read_parquet('{(run.out / 'truth_notes.parquet').as_posix()}')")
        return con.execute(query).fetchall()


@pytest.fixture(scope="module")
def run(make_run):
    return make_run("ndjson", messages=700, seed=5)


def test_precision_and_recall_are_one_for_every_note(run):
    pairs = truth(run, """
        with got as (select * from findings.item_notes), want as (select * from said where noted)
        select coalesce(w.note, g.note), count(*) filter (where w.note is not null and g.note is not null), count(w.note), count(g.note)
        from want w full join got g on (g.message_id, g.item_no, g.rule_id, g.note) = (w.message_id, w.item_no, w.rule_id, w.note) group by 1""")  # fmt: skip
    found = {note: (both, said, got) for note, both, said, got in pairs}
    assert set(found) == {"addon_alone", "asterisk_alone", "erx_irc_disagree", "icd10_not_leaf", "order_only_in_result", "standalone_procedure"}
    for note, (both, said, got) in found.items():
        assert both == said == got > 0, f"{note}: recall {both}/{said}, precision {both}/{got}"


def test_denominators_are_those_of_the_generator(run):
    want = dict(truth(run, "select note, count(*) from said group by 1"))
    got = dict(truth(run, "select note, sum(items_looked_at) from marts.notes where note in (select note from marts.note_kinds where kind = 'extra_check') group by 1"))
    assert got == want | {"discouraged_code": 0}
    assert want["result_only_in_order"] > 0


def test_notes_say_what_they_are_and_whether_they_can_be_told(run):
    kinds = dict(truth(run, "select note, estimable from marts.note_kinds where kind = 'extra_check'"))
    assert kinds == {check.id: check.id != "discouraged_code" for check in extra_checks()}
    assert truth(run, "select missing from marts.note_kinds where note = 'discouraged_code'") == [("LNC: status active",)]
    assert truth(run, "select count(*) from marts.notes where items > items_looked_at or note not in (select note from marts.note_kinds)") == [(0,)]


def test_outcomes_are_the_same_without_the_checks(make_run, monkeypatch):
    with_checks = make_run("ndjson", messages=100, seed=5)
    monkeypatch.setattr(extra, "extra_checks", tuple)
    monkeypatch.setattr(findings, "look", lambda con: extra.look(con, ()))
    without = make_run("ndjson", messages=100, seed=5)
    assert without.rows("select count(*) from findings.item_notes") == [(0,)] != with_checks.rows("select count(*) from findings.item_notes")
    assert without.rows(OUTCOMES) == with_checks.rows(OUTCOMES)
    assert without.rows("select * from findings.findings order by all") == with_checks.rows("select * from findings.findings order by all")
