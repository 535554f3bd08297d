"""A new release held against generated traffic: codes, items, senders and days equal a count in plain Python; names, future, no traffic, pages, CSV."""

import csv
import datetime as dt
import json
import re
import shutil
from collections import defaultdict
from dataclasses import dataclass, field

import duckdb
import pytest

from pipelines import flow, organisations, release_impact, terminologies
from pipelines.errors import InputError, NotBuiltError
from pipelines.generator import generate
from pipelines.reports import releases
from pipelines.settings import home as home_of
from tests.end_to_end.conftest import Run

QUARTER = "1401Q4"
FUTURE = "1450/01/01"


def csv_of(path, rows):
    path.write_text("code,title,status\n" + "".join(f'{c},"{t}",{s}\n' for c, t, s in rows), "utf-8")
    return path


@dataclass
class Built(Run):
    """A built home in which release `110/185` of RVU3 holds the generator's codes, and `110/186`, far in the future, lacks what is sent most."""

    gone: list[str] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)
    renamed: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def run(lists, same_policy, tmp_path_factory):
    root = tmp_path_factory.mktemp("impact")
    home = home_of(root / "home")
    shutil.copytree(lists, home.reference)
    generate(home, root / "out", 250, 5, "ndjson", universities=5)
    organisations.add(home, root / "out" / "organisations")
    flow.ingest(home, [root / "out" / "extracts"])
    with duckdb.connect(str(home.warehouse), read_only=True) as con:
        rvu = con.execute("select code, any_value(title_fa) from reference.codes where terminology = 'RVU3' and valid_to is null and length(code) = 6 group by 1 order by 1").fetchall()
        often = con.execute("select code from coded.items where rule_id = 'patientbill-service-rvu3' group by 1 order by count(*) desc, 1").fetchall()
    sent = [code for (code,) in often if code in dict(rvu)]
    made = Built(home, root / "out", [], sent[:6], sent[6:8], sent[8:10])
    before = [(c, t, "active") for c, t in rvu]
    after = [(c, f"{t} تازه" if c in made.renamed else t, "deleted" if c in made.retired else "active") for c, t in rvu if c not in made.gone]
    terminologies.add_release(home, "RVU3", csv_of(root / "a.csv", before), "110/185", "1390/01/01")
    terminologies.add_release(home, "RVU3", csv_of(root / "b.csv", [*after, ("999998", "نو", "active")]), "110/186", FUTURE)
    flow.build(home)
    return made


def naive(run, codes, quarter=QUARTER):
    """code → items, passed, senders, days: every item looked at by itself."""
    days = dict(run.rows("select date, quarter from reference.calendar"))
    messages = {row[0]: row[1:] for row in run.rows("select message_id, university_id, facility_id, vendor_id, exchange_on from landed.messages")}
    codings = {row[0]: row[1:] for row in run.rows("select c.coding_id, code_clean, v.outcome from coded.codings c join findings.verdicts v using (coding_id) where terminology = 'RVU3'")}
    listed = {code for (code,) in run.rows("select distinct code from reference.codes where terminology = 'RVU3'")}
    found = defaultdict(lambda: {"items": 0, "items_passed": 0, "university": set(), "facility": set(), "vendor": set(), "days": []})
    for message, coding in run.rows("select message_id, coding_id from coded.items where coding_id is not null"):
        if coding not in codings:
            continue
        code, outcome = codings[coding]
        if code not in listed and code.split(".")[0] in listed and outcome in ("passed", "not_in_force", "title_mismatch"):
            code = code.split(".")[0]
        university, facility, vendor, day = messages[message]
        if code in codes:
            one = found[code]
            one["days"].append(day)
            if days.get(day) == quarter:
                one["items"] += 1
                one["items_passed"] += outcome == "passed"
                for kind, value in (("university", university), ("facility", facility), ("vendor", vendor)):
                    one[kind].add(value)
    return {code: one for code, one in found.items() if one["items"]}


def test_codes_that_go_away_are_counted_as_one_would_by_hand(run):
    found = release_impact.impact(run.home, "110/185", "110/186", quarter=QUARTER)
    want = naive(run, {*run.gone, *run.retired})
    assert len(want) >= 6
    got = {row["code"]: row for row in found.going if row["items"]}
    assert set(got) == set(want)
    for code, one in want.items():
        row = got[code]
        assert (row["items"], row["items_passed"]) == (one["items"], one["items_passed"]), code
        assert (row["universities"], row["facilities"], row["vendors"]) == tuple(len(one[kind] - {"unknown"}) for kind in ("university", "facility", "vendor")), code
        dated = [day for day in one["days"] if day]
        assert (row["first_on"], row["last_on"]) == (min(dated), max(dated)), code
        assert row["change"] == ("removed" if code in run.gone else "retired")
        assert row["ends_on"] == dt.date(2071, 3, 21)
    for kind in releases.SENDERS:
        assert {row["id"] for row in found.joined["senders"][kind]} == set().union(*(one[kind] for one in want.values()))
        assert sum(row["items"] for row in found.joined["senders"][kind]) == sum(one["items"] for one in want.values())
    everything = naive(run, {code for (code,) in run.rows("select distinct code from reference.codes where terminology = 'RVU3'")})
    assert found.joined["total"] == sum(one["items"] for one in everything.values())
    assert [row["items"] for row in found.going] == sorted((row["items"] for row in found.going), reverse=True)
    assert not found.stale and not found.about["stand_in"] and found.between == []


def test_renamed_codes_stay_and_carry_their_traffic(run):
    codes = {row["code"]: row for row in release_impact.impact(run.home, "110/185", "110/186", quarter=QUARTER).joined["codes"]}
    want = naive(run, set(run.renamed))
    assert {code: codes[code]["items"] for code in want} == {code: one["items"] for code, one in want.items()}
    assert all(codes[code]["change"] == "retitled" and codes[code]["ends_on"] is None for code in run.renamed)
    assert codes["999998"]["change"] == "added" and codes["999998"]["items"] == 0


def test_an_earlier_quarter_and_the_default(run):
    last = release_impact.impact(run.home, "110/185", "110/186")
    assert last.quarter == max(q for (q,) in run.rows("select distinct quarter from marts.outcome_counts where quarter <> 'unknown'"))
    with pytest.raises(NotBuiltError, match=QUARTER):
        release_impact.impact(run.home, "110/185", "110/186", quarter="1399Q1")


def test_csv_as_a_file_and_as_a_folder(run, tmp_path):
    found = release_impact.impact(run.home, "110/185", "110/186", quarter=QUARTER)
    (single,) = release_impact.write_tables(found, tmp_path / "all.csv")
    changes, traffic = release_impact.write_tables(found, tmp_path / "out")
    rows = {path: list(csv.DictReader(path.open(encoding="utf-8-sig", newline=""))) for path in (single, changes, traffic)}
    total = sum(row["items"] for row in found.joined["codes"])
    assert [sum(int(row["items"]) for row in rows[path]) for path in (single, changes, traffic)] == [total] * 3
    assert len(rows[changes]) == len(found.joined["codes"]) == len({row["code"] for row in rows[single]})
    assert {row["code"] for row in rows[traffic]} == {row["code"] for row in rows[changes] if row["items"] != "0"}
    assert all(row["university_id"] and row["first_on"] for row in rows[traffic])
    (tmp_path / "taken").write_text("")
    with pytest.raises(InputError, match=r"\.csv"):
        release_impact.write_tables(found, tmp_path / "taken")


def test_pages_say_the_same_in_both_languages_and_hide_what_is_small(run):
    found = release_impact.impact(run.home, "110/185", "110/186", quarter=QUARTER)
    fa, en = release_impact.write_pages(run.home, found, ("fa", "en"))
    assert fa == run.home.reports / QUARTER / "terminology-RVU3-110-185-110-186.fa.html"
    texts = [path.read_text("utf-8") for path in (fa, en)]
    numbers = [json.loads(re.search('<script type="application/json" id="numbers">(.*?)</script>', text, re.S)[1]) for text in texts]
    assert numbers[0] == numbers[1]
    assert not any(re.search("https?://", text) for text in texts)
    shown = numbers[0]
    often = [row for row in found.going if row["items"] >= 5]
    assert [(row["code"], row["items"]) for row in shown["going"]] == [(row["code"], row["items"]) for row in often]
    assert shown["ahead"] and shown["few"] == sum(0 < row["items"] < 5 for row in found.going)
    hidden = [row for rows in shown["senders"].values() for row in rows if row["items"] is None]
    assert hidden and all(row["first_on"] is row["items_passed"] is row["codes"] is None for row in hidden)
    assert "۱۴۵۰" in texts[0] and "1450Q1" not in texts[0]


def test_the_report_of_the_quarter_names_the_newest_release(run):
    from pipelines.reports.numbers import quarter_numbers
    from pipelines.reports.quarter import render

    numbers = quarter_numbers(run.home, QUARTER)
    (said,) = numbers["releases"]
    found = release_impact.impact(run.home, "110/185", "110/186", quarter=QUARTER)
    assert said == json.loads(json.dumps(releases.shown(found.about, QUARTER, found.joined), default=str))
    page = render(numbers, "en")
    assert 'id="releases"' in page and "diff 110/185 110/186 --terminology RVU3" in page
    assert all(f'data-code="{row["code"]}"' in page for row in said["going"][:10])


def test_without_traffic_the_changes_stand_alone(lists, tmp_path):
    home = home_of(tmp_path / "home")
    shutil.copytree(lists, home.reference)
    found = release_impact.impact(home, "SYNTHETIC-1399", "SYNTHETIC-1401", "RVU3")
    assert found.quarter is None and found.going and found.about["stand_in"]
    assert all(row["items"] == 0 for row in found.joined["codes"])
    with pytest.raises(NotBuiltError, match="sepas-dq build"):
        release_impact.write_pages(home, found, ["fa"])
    with pytest.raises(NotBuiltError, match="sepas-dq build"):
        release_impact.impact(home, "SYNTHETIC-1399", "SYNTHETIC-1401", "RVU3", quarter="1401Q4")
    flow.publish(home)
    empty = release_impact.impact(home, "SYNTHETIC-1399", "SYNTHETIC-1401", "RVU3")
    assert empty.quarter is None and [row["code"] for row in empty.going] == [row["code"] for row in found.going]


def test_lists_added_after_the_build_are_said(lists, tmp_path):
    home = home_of(tmp_path / "home")
    shutil.copytree(lists, home.reference)
    for number, name in enumerate(("a", "b", "c"), 1):
        terminologies.add_release(home, "RVU3", csv_of(tmp_path / "list.csv", [(f"00000{number}", "x", "active")]), name, f"140{number}/01/01")
        if name == "b":
            flow.publish(home)
            assert not release_impact.impact(home, "a", "b").stale
    found = release_impact.impact(home, "a", "c")
    assert found.stale and found.between == ["b"]
