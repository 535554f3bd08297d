"""When a code is in force: `intervals.sql` against a naive count of days."""

import datetime as dt
import itertools
from collections.abc import Iterator

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.terminologies.intervals import run_intervals, usable

DAY0 = dt.date(2020, 1, 1)
SPAN = 12  # days looked at
day = st.integers(0, SPAN - 1)
STATUSES = [None, "active", "TRIAL", "asterisk", "Update", "deleted", "DEPRECATED", "retired", "حذف شده"]
ENDING = {"deleted", "DEPRECATED", "retired", "حذف شده"}
row = st.tuples(st.sampled_from("AB"), st.none() | day, st.none() | day, st.sampled_from(STATUSES))
# (day it starts, whether it is a delta, its rows); the first one is always full
releases = st.lists(st.tuples(day, st.booleans(), st.lists(row, max_size=4)), max_size=5, unique_by=lambda r: r[0])


@pytest.fixture(scope="module")
def db() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


def date(offset: int | None) -> dt.date | None:
    return None if offset is None else DAY0 + dt.timedelta(offset)


def load(db: duckdb.DuckDBPyConnection, given_releases: list) -> list[tuple]:
    """Fills neutral_rows as `codes._load` does, from (starts, delta, rows); gives (code, starts, since, until, status) as numbers of days."""
    db.execute(
        "CREATE OR REPLACE TABLE neutral_rows (terminology VARCHAR, release VARCHAR, starts DATE, ends DATE, announced DATE, synthetic BOOLEAN, code VARCHAR, "
        "title_fa VARCHAR, title_en VARCHAR, status VARCHAR, valid_from DATE, valid_to DATE, successor VARCHAR, usable BOOLEAN)"
    )
    ordered, plain = full_first(given_releases), []
    for starts, _, rows in ordered:
        ends = min((day for day, delta, _ in ordered if day > starts and not delta), default=None)
        seen = set()
        for code, since, until, status in rows:
            if (code, since) in seen or (since is not None and until is not None and until < since):
                continue
            seen.add((code, since))
            values = [f"r{starts}", date(starts), date(ends), date(starts), code, f"{code} of r{starts}", status, date(since), date(until), usable(status)]
            db.execute("INSERT INTO neutral_rows VALUES ('T', ?, ?, ?, ?, false, ?, NULL, ?, ?, ?, ?, NULL, ?)", values)
            plain.append((code, starts, since, until, status))
    return plain


def full_first(given_releases: list) -> list[tuple]:
    """In order; what comes first is no delta."""
    return [(starts, delta and place > 0, rows) for place, (starts, delta, rows) in enumerate(sorted(given_releases, key=lambda r: r[0]))]


def in_force(plain: list[tuple], ordered: list[tuple], code: str, today: int) -> bool:
    """The definition, a day at a time: the newest full release and what deltas have said of the code since, later ones over earlier."""
    listed: dict[int, list[tuple]] = {}  # release → its rows of the code
    for name, starts, since, until, status in plain:
        if name == code:
            listed.setdefault(starts, []).append((starts, since, until, status))
    # a row may begin before its release does, so it also counts on days before; what ends it are later releases that have started
    for starts, rows in listed.items():
        over = any(starts < day <= today and (not delta or day in listed) for day, delta, _ in ordered)
        for _, since, until, status in rows:
            begins = starts if since is None else since
            if not over and (status not in ENDING or until is not None) and begins <= today and (until is None or today < until):
                return True
    return False


@settings(max_examples=150, deadline=None)
@given(given_releases=releases)
def test_intervals_are_the_days_in_force(db, given_releases):
    plain, ordered = load(db, given_releases), full_first(given_releases)
    run_intervals(db)
    intervals = db.execute("SELECT code, valid_from, valid_to FROM intervals ORDER BY code, valid_from").fetchall()
    for code in "AB":
        mine = [(since, until) for name, since, until in intervals if name == code]
        for today in range(SPAN + 2):
            covering = [1 for since, until in mine if since <= date(today) < until]
            assert len(covering) == int(in_force(plain, ordered, code, today)), (code, today, mine, plain)
        solid = [pair for pair in mine if pair[0] < pair[1]]
        assert all(one[1] < after[0] for one, after in itertools.pairwise(solid)), "touching intervals must be merged"
        assert bool(mine) == any(name == code for name, *_ in plain), "every listed code has a row"
        assert len({since for since, _ in mine}) == len(mine)


def test_titles_are_the_newest_and_the_release_is_where_it_began(db):
    load(db, [(0, False, [("A", None, None, None)]), (5, False, [("A", None, None, None)]), (8, False, [])])
    run_intervals(db)
    assert db.execute("SELECT release, title_en, valid_from, valid_to FROM intervals").fetchall() == [
        ("r0", "A of r5", date(0), date(8))
    ]


def test_a_code_that_comes_back_has_two_intervals(db):
    load(db, [(0, False, [("A", None, None, None)]), (3, False, []), (6, False, [("A", None, None, None)])])
    run_intervals(db)
    assert db.execute("SELECT release, valid_from, valid_to FROM intervals ORDER BY valid_from").fetchall() == [
        ("r0", date(0), date(3)),
        ("r6", date(6), dt.date(9999, 12, 31)),
    ]


def test_a_delta_ends_only_what_it_names(db):
    load(db, [(0, False, [("A", None, None, None), ("B", None, None, None)]), (4, True, [("A", None, None, "deleted")])])
    run_intervals(db)
    assert db.execute("SELECT code, valid_from, valid_to FROM intervals ORDER BY ALL").fetchall() == [
        ("A", date(0), date(4)), ("A", date(4), date(4)), ("B", date(0), dt.date(9999, 12, 31)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "status",
    [
        "deleted",
        "Deleted SYNTHETIC",
        "DEPRECATED",
        "retired",
        "حذف شده",
        "غیر فعال",
        "غیر‌فعال",
        "غیرفعال",
        "منسوخ",
        "(inactive)",
    ],
)
def test_statuses_that_end_a_code(status):
    assert not usable(status)


@pytest.mark.parametrize(
    "status", [None, "", "active", "TRIAL", "DISCOURAGED", "SYNTHETIC", "فعال", "Old", "New", "Update"]
)
def test_statuses_that_do_not(status):
    assert usable(status)
