"""When a code is in force: `codes.sql` against a naive count of days."""

import datetime as dt
import itertools
from collections.abc import Iterator

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.terminologies.codes import run_intervals, usable

DAY0 = dt.date(2020, 1, 1)
SPAN = 12  # days looked at
day = st.integers(0, SPAN - 1)
row = st.tuples(st.sampled_from("AB"), st.none() | day, st.none() | day, st.booleans())
releases = st.lists(st.tuples(day, st.lists(row, max_size=4)), max_size=4, unique_by=lambda r: r[0])


@pytest.fixture(scope="module")
def db() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


def date(offset: int | None) -> dt.date | None:
    return None if offset is None else DAY0 + dt.timedelta(offset)


def load(db: duckdb.DuckDBPyConnection, given_releases: list) -> list[tuple]:
    """Fills neutral_rows and gives (code, release, from, to, usable) rows as numbers of days."""
    db.execute(
        "CREATE OR REPLACE TABLE neutral_rows (terminology VARCHAR, release VARCHAR, starts DATE, ends DATE, synthetic BOOLEAN, code VARCHAR, "
        "title_fa VARCHAR, title_en VARCHAR, status VARCHAR, valid_from DATE, valid_to DATE, successor VARCHAR, usable BOOLEAN)"
    )
    ordered, plain = sorted(given_releases), []
    for place, (starts, rows) in enumerate(ordered):
        ends = ordered[place + 1][0] if place + 1 < len(ordered) else None
        seen = set()
        for code, since, until, is_usable in rows:
            if (code, since) in seen or (since is not None and until is not None and until < since):
                continue
            seen.add((code, since))
            db.execute(
                "INSERT INTO neutral_rows VALUES ('T', ?, ?, ?, false, ?, NULL, ?, NULL, ?, ?, NULL, ?)",
                [
                    f"r{starts}",
                    date(starts),
                    date(ends),
                    code,
                    f"{code} of r{starts}",
                    date(since),
                    date(until),
                    is_usable,
                ],
            )
            plain.append((code, starts, ends, since, until, is_usable))
    return plain


def in_force(plain: list[tuple], code: str, today: int) -> bool:
    """The definition, a day at a time."""
    for name, starts, ends, since, until, is_usable in plain:
        begins = starts if since is None else since
        if name != code or (not is_usable and until is None):
            continue
        if begins <= today and (until is None or today < until) and (ends is None or today < ends):
            return True
    return False


@settings(max_examples=150, deadline=None)
@given(given_releases=releases)
def test_intervals_are_the_days_in_force(db, given_releases):
    plain = load(db, given_releases)
    run_intervals(db)
    intervals = db.execute("SELECT code, valid_from, valid_to FROM intervals ORDER BY code, valid_from").fetchall()
    for code in "AB":
        mine = [(since, until) for name, since, until in intervals if name == code]
        for today in range(SPAN + 2):
            covering = [1 for since, until in mine if since <= date(today) < until]
            assert len(covering) == int(in_force(plain, code, today)), (code, today, mine, plain)
        solid = [pair for pair in mine if pair[0] < pair[1]]
        assert all(one[1] < after[0] for one, after in itertools.pairwise(solid)), "touching intervals must be merged"
        assert bool(mine) == any(name == code for name, *_ in plain), "every listed code has a row"
        assert len({since for since, _ in mine}) == len(mine)


def test_titles_are_the_newest_and_the_release_is_where_it_began(db):
    load(db, [(0, [("A", None, None, True)]), (5, [("A", None, None, True)]), (8, [])])
    run_intervals(db)
    assert db.execute("SELECT release, title_en, valid_from, valid_to FROM intervals").fetchall() == [
        ("r0", "A of r5", date(0), date(8))
    ]


def test_a_code_that_comes_back_has_two_intervals(db):
    load(db, [(0, [("A", None, None, True)]), (3, []), (6, [("A", None, None, True)])])
    run_intervals(db)
    assert db.execute("SELECT release, valid_from, valid_to FROM intervals ORDER BY valid_from").fetchall() == [
        ("r0", date(0), date(3)),
        ("r6", date(6), dt.date(9999, 12, 31)),
    ]


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
