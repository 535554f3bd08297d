"""The report as a file: the same numbers in both languages and in the marts, nothing loaded, nothing small shown, Persian right."""

import datetime as dt
import html
import json
import re

import duckdb
import pytest

from pipelines.errors import InputError, NotBuiltError
from pipelines.reports import write_report
from pipelines.reports.directive import write_pages
from pipelines.reports.numbers import quarter_numbers
from pipelines.reports.quarter import render
from pipelines.settings import Home

pytestmark = pytest.mark.xdist_group("report")


def embedded(page):
    return json.loads(re.search('<script type="application/json" id="numbers">(.*?)</script>', page, re.S)[1])


@pytest.fixture(scope="module")
def texts(pages):
    return {lang: path.read_text(encoding="utf-8") for lang, path in pages.items()}


def attributes(page):
    """Every number a table or card carries, in the order of the page."""
    return re.findall(r'data-(?:kpi="([a-z_]+)" data-v|judged|failed|v)="([^"]*)"', page)


def test_where_it_is_written(pages, invented):
    assert pages["fa"] == invented.reports / "1401Q4" / "report.fa.html" and pages["en"].name == "report.en.html"
    assert not list(pages["fa"].parent.glob("*.part"))


def test_both_languages_say_the_same_numbers(texts):
    assert embedded(texts["fa"]) == embedded(texts["en"])
    assert attributes(texts["fa"]) == attributes(texts["en"]) and len(attributes(texts["fa"])) > 500


def test_numbers_are_those_of_the_marts(texts, invented):
    with duckdb.connect(str(invented.warehouse), read_only=True) as con:
        judged, failed = con.execute("""select sum(items), sum(items) filter (where outcome <> 'passed') from marts.outcome_counts
            where quarter = '1401Q4' and reading = 'literal' and outcome not in ('not_applicable', 'error')""").fetchone()
        vendors = dict(con.execute("select vendor_id, sum(items_failed)::bigint from marts.error_rate_by_vendor where quarter = '1401Q4' group by 1").fetchall())
        universities = dict(con.execute("select university_id, sum(items_judged)::bigint from marts.error_rate_by_university where quarter = '1401Q4' group by 1").fetchall())
    cards = {name: value for name, value in attributes(texts["fa"]) if name}
    assert (int(cards["items_judged"]), int(cards["items_failed"])) == (judged, failed)
    assert float(cards["error_rate"]) == pytest.approx(failed / judged)
    rows = dict(re.findall(r'<tr data-id="(v[0-9]+)">.*?data-failed="([0-9]*)"', texts["fa"]))
    assert {k: int(v) for k, v in rows.items()} == vendors
    rows = dict(re.findall(r'<tr data-id="(u[0-9]+)">.*?data-judged="([0-9]*)"', texts["en"]))
    assert {k: int(v) for k, v in rows.items()} == {k: n for k, n in universities.items() if n >= 5} | {k: 0 for k, v in rows.items() if not v}


def test_outcomes_add_up_to_items(texts):
    numbers = embedded(texts["fa"])
    for rule in numbers["rules"]:
        kinds = numbers["outcomes"][rule["rule_id"]]
        assert sum(n for k, n in kinds.items() if k not in ("not_applicable", "error")) == rule["items_judged"]
        assert sum(n for k, n in kinds.items() if k not in ("not_applicable", "error", "passed")) == rule["items_failed"]


def test_small_cells_leave_nothing_behind(texts):
    numbers = embedded(texts["fa"])
    cells = numbers["cells"] + numbers["universities"] + numbers["vendors"] + [w for weeks in numbers["rollouts"].values() for w in weeks]
    assert any(c["hidden"] for c in cells), "the invented warehouse has small cells"
    for cell in cells:
        assert cell["items_judged"] is None or cell["items_judged"] == 0 or cell["items_judged"] >= 5
        if cell["hidden"]:
            assert cell["items_failed"] is None and cell["error_rate"] is None and cell["low"] is None
    assert all(c["items"] >= 5 for c in numbers["worst_codings"]) and len(numbers["worst_codings"]) == 20


def test_the_newest_release_is_shown_with_what_it_breaks(texts, invented):
    (release,) = embedded(texts["fa"])["releases"]
    with duckdb.connect(str(invented.warehouse), read_only=True) as con:
        rows = con.execute("""select code, sum(items)::bigint, count(distinct university_id) from marts.code_traffic t join reference.release_changes c using (terminology, code)
            where c.ends_on is not null and t.quarter = '1401Q4' group by code order by 2 desc, 1""").fetchall()
    assert [(c["code"], c["items"], c["universities"]) for c in release["going"]] == [row for row in rows if row[1] >= 5]
    assert release["sent"] == len(rows) and release["items"] == sum(row[1] for row in rows) and release["ahead"]
    assert all(f'data-code="{code}"' in texts["en"] for code, *_ in rows[:10])


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_nothing_is_loaded_from_anywhere(texts, lang):
    page = texts[lang]
    assert not re.search("https?://", page)
    assert not re.findall(r'\b(?:src|href|action)="(?!#|data:|[.][.]/directive/[a-z0-9.-]+[.]html[#"])[^"]*"', page) and "@import" not in page
    assert all(u.startswith(('"data:', "#c")) for u in re.findall(r"url\(([^)]*)\)", page))


def prose(page):
    """The text a Persian reader meets: no code, style, script or picture."""
    page = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", page, flags=re.S)
    page = re.sub(r'<bdi dir="ltr" class="code">.*?</bdi>', " ", page, flags=re.S)
    return html.unescape(re.sub("<[^>]+>", " ", page))


def test_persian_page_is_persian(texts):
    text = prose(texts["fa"])
    assert '<html lang="fa" dir="rtl">' in texts["fa"] and '<html lang="en" dir="ltr">' in texts["en"]
    latin = [w for w in re.findall(r"[^\s«»()،؛]+", text) if re.search("[0-9]", w) and not re.search("[A-Za-z]", w)]
    assert not latin, latin[:10]
    assert not re.search("[يك٤٥٦]", text)
    assert "زمستان ۱۴۰۱" in text and "واحد درصد" in text and "1401Q4" not in text
    assert "{" not in text and "None" not in text


def test_english_page_has_no_persian_sentence(texts):
    text = re.sub(r'<td class="title">.*?</td>', "", texts["en"])
    assert not re.search("[\u0622-\u06cc]", re.sub("[يكآأإی]", "", prose(text)))


def test_what_must_be_said(texts):
    text = prose(texts["fa"])
    for said in ("فهرست آزمایشی", "بنا به تعریف پاک", "قاعدهٔ LNC پیش از اعلام فهرست آن آغاز شد", "۵ روز پس از آغاز آمد", "۵ تاریخ آغاز در ۴۰ روز", "۱۰ روز پیش از نوروز", "نوروز", "نرخ سایه", "خوانش لفظی", "برآوردناپذیر", "درون هر ستون مقایسه کنید"):
        assert said in text, said
    assert len(re.findall(r'<figure data-rule="', texts["fa"])) == 15
    assert texts["fa"].count('scope="col"') > 30 and texts["fa"].count('scope="row"') > 100


def test_unsafe_titles_are_text_and_empty_sections_are_friendly(invented):
    numbers = quarter_numbers(invented, "1401Q4")
    coding = numbers["worst_codings"][0] | {"title": "<img src=x onerror=alert(1)></script>", "cause": None, "suggested_code": None, "responsible": None}
    bare = numbers | {"rules": [], "rollouts": {}, "universities": [], "cells": [], "vendors": [], "coverage": [], "quarantine": [], "months": [], "outcomes": {},
                      "gates": [], "worst_codings": [coding]}  # fmt: skip
    page = render(bare)
    assert "<img" not in page and "&lt;img src=x" in page and "</script>" not in page.split('id="numbers">')[1].split("</script>")[0]
    assert embedded(page)["worst_codings"][0]["title"] == coding["title"]
    assert page.count('class="nothing"') >= 5
    nothing = bare | {"worst_codings": [], "totals": {k: None if k in ("error_rate", "low", "high") else 0 for k in numbers["totals"]}}
    assert "برآوردناپذیر" in render(nothing) and "در این فصل به اندازهٔ برآورد" in render(nothing)


def test_a_quarter_without_data_names_those_with(invented):
    with pytest.raises(NotBuiltError, match="1401Q4, 1402Q1"):
        write_report(invented, "1399Q2")


def test_what_cannot_be_is_refused(invented, tmp_path):
    with pytest.raises(InputError):
        write_report(invented, "winter")
    with pytest.raises(InputError):
        write_report(invented, "1401Q4", "de")
    with pytest.raises(NotBuiltError, match="sepas-dq"):
        write_report(Home(tmp_path), "1401Q4")
    duckdb.connect(str(tmp_path / "warehouse.duckdb")).close()
    with pytest.raises(NotBuiltError, match="sepas-dq build"):
        write_report(Home(tmp_path), "1401Q4")


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_every_rule_and_figure_opens_its_page(texts, lang, invented):
    """Rules, rows of letters and charts link to pages that `write_pages` writes beside; nothing else is linked."""
    page = texts[lang]
    linked = set(re.findall(r'href="[.][.]/directive/([^"#]+)', page))
    rules = {r["rule_id"] for r in embedded(page)["rules"]}
    assert {f"rule-{rule_id}.{lang}.html" for rule_id in rules} <= linked
    assert linked - {f"rule-{rule_id}.{lang}.html" for rule_id in rules} == {f"letter-1927-110.{lang}.html", f"index.{lang}.html", f"what-starts-when.{lang}.html"}
    for figure in re.findall("<figure.*?</figure>", page, re.S):
        assert 'href="../directive/' in figure
    assert page.count(f'href="../directive/letter-1927-110.{lang}.html#row-8"') == 6
    folder = write_pages(invented, [], dt.date(2026, 11, 22), [lang])
    assert not [name for name in linked if not (folder / name).is_file()]
