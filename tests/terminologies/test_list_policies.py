"""List policies: which codes count on which day under another list, against the definition applied a day at a time."""

import tempfile
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines import terminologies
from pipelines.errors import InputError
from pipelines.settings import Home

from .test_intervals import ENDING, STATUSES, date, full_first, in_force

day = st.integers(0, 11)
row = st.tuples(st.sampled_from("AB"), st.none() | day, st.none() | day, st.sampled_from(STATUSES))
# (day it starts, whether it is a delta, its rows, days from start to announcement)
releases = st.lists(st.tuples(day, st.booleans(), st.lists(row, min_size=1, max_size=4), st.integers(-5, 5)), min_size=1, max_size=4, unique_by=lambda r: r[0])


def history(home: Home, drawn: list) -> tuple[list, list, dict[int, int]]:
    """Adds the drawn releases of IRC; gives its rows and releases as `test_intervals.in_force` takes them, and when each was announced."""
    announced = {starts: starts + late for starts, _, _, late in drawn}
    plain, ordered = [], []
    for starts, delta, rows in full_first([(starts, delta, rows) for starts, delta, rows, _ in drawn]):
        unique = {row[0]: row for row in reversed(rows) if None in row[1:3] or row[1] <= row[2]}
        lines = [f"{c},{date(a) or ''},{date(b) or ''},{status or ''}" for c, a, b, status in unique.values()] or ["C,,,"]
        file = home.root / f"r{starts}.csv"
        home.root.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join(["code,valid_from,valid_to,status", *lines]), encoding="utf-8")
        terminologies.add_release(home, "IRC", file, f"r{starts}", date(starts), delta=delta, announced=date(announced[starts]))
        ordered.append((starts, delta, list(unique.values())))
        plain += [(c, starts, a, b, status) for c, a, b, status in unique.values()]
    return plain, ordered, announced


def counted(home: Home, policy: str, code: str, days: range) -> set[int]:
    """The days on which a policy's list has a code in force."""
    with duckdb.connect() as db:
        found = db.execute(
            "select valid_from, coalesce(valid_to, date '9999-12-31') from read_parquet(?) where terminology = 'IRC' and code = ?",
            [str(terminologies.codes_under(home, policy)), code],
        ).fetchall()
    covering = {d: sum(since <= date(d) < until for since, until in found) for d in days}
    assert set(covering.values()) <= {0, 1}, "a code has at most one validity interval on any day"
    return {d for d, times in covering.items() if times}


def alone(chain: list, code: str, today: int) -> bool:
    """A release (with what it changes, if it is a delta) as the only list there is: the last one that names the code decides."""
    named = [rows for _, _, rows in chain if any(row[0] == code for row in rows)]
    for _, since, until, status in (row for row in (named[-1] if named else []) if row[0] == code):
        if (status not in ENDING or until is not None) and (since is None or since <= today) and (until is None or today < until):
            return True
    return False


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(drawn=releases)
def test_single_releases_and_the_newest_are_lists_of_their_own(drawn):
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        _, ordered, _ = history(home, drawn)
        for place, (starts, _, _) in enumerate(ordered):
            first = max(p for p in range(place + 1) if not ordered[p][1])
            chain = ordered[first : place + 1]
            for code in "AB":
                found = counted(home, f"release:r{starts}", code, range(14))
                assert found == {d for d in range(14) if alone(chain, code, d)}
                if place == len(ordered) - 1:
                    assert counted(home, "latest", code, range(14)) == found


def lenient_days(plain: list, ordered: list, announced: dict[int, int], code: str, grace: int, days: range) -> set[int]:
    """Row by row: a day counts until the row's end, and on until the end has been announced for `grace` days."""
    found = set()
    for name, starts, since, until, status in plain:
        if name != code or (status in ENDING and until is None):
            continue
        begins = starts if since is None else since
        over = [s for s, delta, rows in ordered if s > starts and (not delta or any(row[0] == code for row in rows))]
        end = min([*over, *([] if until is None else [until])], default=None)
        if end is None:
            found |= {d for d in days if d >= begins}
        elif end > begins:
            said = announced.get(end, announced[starts])
            found |= {d for d in days if begins <= d < max(end, said + grace)}
    return found


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(drawn=releases, grace=st.integers(0, 4))
def test_grace_adds_the_days_a_sender_could_not_know_better(drawn, grace):
    with tempfile.TemporaryDirectory() as folder:
        home, days = Home(Path(folder)), range(-6, 26)
        plain, ordered, announced = history(home, drawn)
        for code in "AB":
            strict = {d for d in days if in_force(plain, ordered, code, d)}
            assert counted(home, "in_force", code, days) == strict
            lenient = counted(home, f"grace:{grace}", code, days)
            assert lenient == lenient_days(plain, ordered, announced, code, grace, days)
            assert lenient >= strict


def write(home: Home, name: str, codes: str) -> Path:
    home.root.mkdir(parents=True, exist_ok=True)
    file = home.root / name
    file.write_text("code,title,status,successor\n" + codes, encoding="utf-8")
    return file


@pytest.fixture
def three_lists(home: Home) -> Home:
    """The laboratory lists of the letters, in small."""
    for release, day, announced, codes in (
        ("110/186", "1400/06/20", None, "1-8,old,,\n2-6,both,,\n"),
        ("110/501", "1401/12/10", "1401/12/15", "2-6,both,,\n3-4,new,,\n"),
        ("110/37", "1402/02/18", None, "1-8,old,deleted,3-4\n3-4,new,,\n4-2,last,,\n"),
    ):
        terminologies.add_release(home, "LNC", write(home, "list.csv", codes), release, day, announced=announced)
    return home


def rows(home: Home, policy: str) -> dict[str, list[tuple[str, str]]]:
    with duckdb.connect() as db:
        found = db.execute(
            "select code, cast(valid_from as varchar), cast(coalesce(valid_to, date '9999-12-31') as varchar) from read_parquet(?) where terminology = 'LNC' order by all",
            [str(terminologies.codes_under(home, policy))],
        ).fetchall()
    return {code: [(since, until) for c, since, until in found if c == code] for code, *_ in found}


def test_the_three_laboratory_lists_are_three_policies(three_lists):
    names = [p.name for p in terminologies.policies(three_lists)]
    assert {"grace:30", "latest", "release:110/186", "release:110/501", "release:110/37"} <= set(names)
    always = [("0001-01-01", "9999-12-31")]
    assert rows(three_lists, "release:110/186") == {"1-8": always, "2-6": always}
    assert rows(three_lists, "release:110/501") == {"2-6": always, "3-4": always}
    assert rows(three_lists, "release:110/37") == {"1-8": [("0001-01-01", "0001-01-01")], "3-4": always, "4-2": always} == rows(three_lists, "latest")


def test_grace_counts_from_the_announcement(three_lists):
    lenient = rows(three_lists, "grace:10")
    # 1-8 ends on 1401/12/10, said on 1401/12/15: it counts until 1401/12/25; its successor is not lost
    assert lenient["1-8"] == [("2021-09-11", "2023-03-16"), ("2023-05-08", "2023-05-08")]
    assert lenient["2-6"] == [("2021-09-11", "2023-05-18")]
    assert rows(three_lists, "in_force")["1-8"] == [("2021-09-11", "2023-03-01"), ("2023-05-08", "2023-05-08")]


def test_a_policy_follows_what_is_added(three_lists):
    before = terminologies.codes_under(three_lists, "latest").read_bytes()
    terminologies.add_release(three_lists, "LNC", write(three_lists, "n.csv", "9-9,x,,\n"), "next", "1403/01/01")
    assert terminologies.codes_under(three_lists, "latest").read_bytes() != before
    assert list(rows(three_lists, "latest")) == ["9-9"]


@pytest.mark.parametrize("name", ["latset", "grace:", "grace:-3", "grace:x", "release:110/999", "release:", ""])
def test_what_is_no_policy_is_said(three_lists, name):
    with pytest.raises(InputError, match=r"is not a list policy.*in_force, grace:N.*latest.*release:110/186"):
        terminologies.policy(three_lists, name)


def test_policies_may_be_chosen(three_lists, monkeypatch):
    monkeypatch.setenv("SEPAS_DQ_LIST_POLICIES", "grace:7, in_force,release:110/37")
    assert [(p.name, p.terminologies) for p in terminologies.policies(three_lists)] == [
        ("grace:7", terminologies.TERMINOLOGIES), ("release:110/37", ("LNC",)),
    ]  # fmt: skip
    monkeypatch.setenv("SEPAS_DQ_LIST_POLICIES", "")
    assert terminologies.policies(three_lists) == []

