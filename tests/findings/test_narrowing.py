"""The few rows of a list that can matter give the verdicts that whole lists give, and SQLite gives those that DuckDB gives."""

import datetime as dt
import random

import pytest

from pipelines.check import CODINGS, opened, verdicts_of
from pipelines.findings.narrowing import keep_lists, narrow
from pipelines.landed.tables import text_row
from pipelines.settings import Home
from pipelines.sqlite_engine import SqliteEngine
from pipelines.warehouse import connect, table_of

DAYS = [dt.date(1990, 1, 1), dt.date(2019, 6, 1), dt.date(2023, 1, 30), dt.date(2023, 3, 15), dt.date(2024, 8, 1), None]
FILLERS = ["0", "000", "-", "test", "TEST", "تست", "ندارد", "؟", "", None, "  ", "9999", "a\0b", "İ", "N/A", "#" * 150 + "x"]
ALPHABET = "0123456789ABCXYZabc.-/ \u200c\u200f۰۱۲٣٤٥كيی#*+†\u00a0_,،'\"\n\t"


@pytest.fixture(scope="module")
def con(tmp_path_factory):
    return opened(Home(tmp_path_factory.mktemp("lists")))


@pytest.fixture(scope="module")
def engine(con):
    kept = SqliteEngine()
    keep_lists(kept, con)
    yield kept
    kept.close()


@pytest.fixture(scope="module")
def listed(con):
    found = con.execute("select terminology, code, title_fa, title_en, successor from codes order by all").fetchall()
    return random.Random(7).sample(found, min(4000, len(found))) + con.execute("select terminology, code, title_fa, title_en, successor from codes where valid_to is not null order by all limit 300").fetchall()


def damaged(text: str | None, rng: random.Random) -> str | None:
    """A text as senders damage it."""
    text = text or ""
    place = rng.randrange(len(text) + 1)
    return rng.choice(
        [
            text, text, text.lower(), text.replace(".", ""), text.replace("-", ""), text.lstrip("0"), f" {text}", f"{text}+", f"#{text}", text[:-1], f"{text}.1",
            text.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")), text[:place] + rng.choice(ALPHABET) + text[place:], text[:place] + text[place + 1 :],
            "".join(rng.choice(ALPHABET) for _ in range(rng.randrange(12))), rng.choice(FILLERS),
        ]
    )  # fmt: skip


def codings(listed: list[tuple], rules, number: int, seed: int) -> list[tuple]:
    """Codings right, damaged, swapped, of other lists, with titles of their own or of other codes."""
    rng = random.Random(seed)
    rows = []
    for n in range(number):
        terminology, code, title_fa, title_en, _ = rng.choice(listed)
        other = rng.choice(listed)
        rule = rng.choice([r for r in rules if r.terminology == terminology] or rules) if rng.random() < 0.8 else rng.choice(rules)
        title = rng.choice([title_fa, title_en, title_fa, title_en, other[2], other[3], "", None, damaged(title_fa or title_en, rng)])
        sent = damaged(code, rng) if rng.random() < 0.6 else code
        if rng.random() < 0.05:
            sent, title = title, sent
        declared = rng.choice([rule.terminology] * 6 + [terminology, rule.terminology.lower(), "local", "", None])
        rows.append((str(n), rule.id, rule.terminology, rng.choice(DAYS), *text_row("", declared, sent, title)))
    return rows


def narrowly(engine, rows):
    narrow(engine, [(row[6], row[10], row[11]) for row in rows])
    return verdicts_of(engine, rows)


def test_narrowed_lists_give_the_verdicts_of_whole_lists(con, engine, listed):
    from expectations.catalogue import catalogue

    rules = catalogue()
    rows = codings(listed, rules, 6000, 11)
    whole = verdicts_of(con, rows)
    assert len({verdict[:2] for verdict in whole.values()}) > 15, "a test of few outcomes says little"
    assert narrowly(engine, rows) == whole
    rng = random.Random(5)
    for _ in range(60):  # a message at a time, as the service asks
        some = rng.sample(rows, rng.randrange(1, 9))
        asked = {row[1] for row in some}
        narrow(engine, [(row[6], row[10], row[11]) for row in some])
        assert verdicts_of(engine, some, tuple(r for r in rules if r.id in asked)) == {row[0]: whole[row[0]] for row in some}


def test_a_list_that_is_not_loaded_is_an_error_of_ours(con, engine, listed):
    from expectations.catalogue import catalogue

    bare = SqliteEngine()
    few = connect()
    few.execute("create temp table codes as select 'IRC' as terminology, '1' as code, '' as title_fa, '' as title_en, date '2020-01-01' as valid_from, null::date as valid_to, null::varchar as successor")
    few.execute("create temp table list_titles as select 'IRC' as terminology, '1' as code, '' as title_key")
    keep_lists(bare, few)
    rule = next(r for r in catalogue() if r.terminology == "LNC")
    rows = [("1", rule.id, "LNC", DAYS[3], *text_row("", "LNC", "718-7", None))]
    assert narrowly(bare, rows)["1"][:2] == ("error", "no_list")


def test_an_engine_keeps_texts_days_and_nothing_as_they_are(engine):
    table_of(engine, "kept", [("a\0'b", dt.date(2023, 1, 2), None, True)], {"t": "varchar", "d": "date", "n": "varchar", "b": "boolean"})
    assert engine.execute("select t, d, n, b, length(t), d >= date '2023-01-02' from kept").fetchall() == [("a\0'b", "2023-01-02", None, 1, 4, 1)]
    table_of(engine, "codings", [], CODINGS)
    assert engine.execute("select count(*) from codings").fetchall() == [(0,)]


@pytest.mark.parametrize(
    "question",
    [
        "regexp_like('12\n', '^([0-9]+)$')", "regexp_like('a12', '^(a[0-9]{2}|b)$')", "split_part('a.b.c', '.', 1)", "split_part('abc', '.', 1)", "split_part('a.b', '.', 3)",
        "lpad('12', 5, '0')", "lpad('123456', 5, '0')", "ascii('')", "ascii('٣')", "lower('İÇA')", "length('آب\u200cی')", "coalesce(nullif('', ''), 'x')",
        "substr('abc', 2, 1)", "replace('1-2', '-', '')", "coalesce(date '2023-01-01' < null, false)", "'ب' < 'پ'", "min('IRC') filter (where false)",
    ],
)  # fmt: skip
def test_both_engines_agree_on_functions(engine, question):
    con = connect()
    assert [tuple(row) for row in engine.execute(f"select {question} as found").fetchall()] == con.execute(f"select {question} as found").fetchall()
