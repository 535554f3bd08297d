"""The directive's pages and texts, held against the files they are made of."""

import datetime as dt
import html
import re
import shutil
from pathlib import Path

import pytest

from expectations.catalogue import every_rule
from expectations.letters import bindings, letters
from pipelines.jalali import jdate, months_later
from pipelines.reports.directive import ahead_text, letter_text, rule_text, write_pages
from pipelines.reports.directive.ahead import ahead, holidays_near
from pipelines.reports.directive.lists import announced, in_force
from pipelines.reports.directive.speech import DirectiveSpeech
from pipelines.settings import Home

pytestmark = pytest.mark.xdist_group("report")
TODAY, BEFORE = dt.date(2026, 11, 23), dt.date(2023, 1, 21)  # 1405/09/02 and 1401/11/01
RELEASES = [
    {"terminology": "LNC", "release": "110-501", "valid_from": "2023-03-06", "valid_to": "2023-05-08", "rows": 900, "synthetic": False, "partial": False, "delta": False},
    {"terminology": "LNC", "release": "110-37", "valid_from": "2023-05-08", "valid_to": None, "rows": 1200, "synthetic": False, "partial": False, "delta": False},
    {"terminology": "IRC", "release": "SYNTHETIC-1401", "valid_from": "2022-10-23", "valid_to": None, "rows": 30, "synthetic": True, "partial": False, "stand_in": True},
    {"terminology": "RVU3", "release": "1406", "valid_from": "2027-03-21", "valid_to": None, "rows": 6000, "synthetic": False, "partial": False, "delta": False},
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return write_pages(Home(tmp_path_factory.mktemp("directive")), RELEASES, TODAY)


@pytest.fixture(scope="module")
def pages(folder) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.html")}


def prose(page: str) -> str:
    """What a person reads, without codes."""
    page = re.sub(r"<(script|style)\b.*?</\1>", " ", page, flags=re.S)
    page = re.sub(r'<bdi dir="ltr" class="code">.*?</bdi>|<li class="code">.*?</li>', " ", page, flags=re.S)
    return html.unescape(re.sub("<[^>]+>", " ", page))


def test_a_page_a_rule_a_letter_an_index_and_what_starts_when(pages, folder):
    stems = {f"rule-{rule.id}" for rule in every_rule()} | {f"letter-{letter.slug}" for letter in letters().values()} | {"index", "what-starts-when"}
    assert set(pages) == {f"{stem}.{lang}.html" for stem in stems for lang in ("fa", "en")}
    assert (folder / "Vazirmatn.woff2").stat().st_size > 100_000 and not list(folder.glob("*.part"))
    assert max(map(len, pages.values())) < 60_000, "the font stands beside the pages"


def test_every_link_resolves_also_in_a_copied_folder(pages, folder, tmp_path):
    copy = shutil.copytree(folder, tmp_path / "elsewhere")
    for name, page in pages.items():
        for link in re.findall(r'(?:href|src)="([^"]+)"', page) + re.findall(r'url\("([^"]+)"\)', page):
            if link.startswith(("#", "data:")):
                continue
            if link.startswith("https://"):
                assert name.startswith("letter-") and link in {each.url for letter in letters().values() for each in letter.links}
                continue
            target, _, anchor = link.partition("#")
            assert (copy / target).is_file(), (name, link)
            assert not anchor or f'id="{anchor}"' in pages[target], (name, link)


@pytest.mark.parametrize("lang", ["fa", "en"])
@pytest.mark.parametrize("rule", every_rule(), ids=lambda rule: rule.id)
def test_a_rule_page_says_what_its_file_says(rule, lang, pages):
    page = html.unescape(pages[f"rule-{rule.id}.{lang}.html"])
    for path in (*rule.paths.literal, *rule.paths.wide):
        assert f'<li class="code">{path}</li>' in page
    assert re.findall('<li data-outcome="([a-z_]+)"', page) == [kind.outcome for kind in rule.expectations]
    rows = {part: len(re.findall("<tr>", re.search(f'data-examples="{part}".*?</table>', page, re.S)[0])) - 1 for part in ("accept", "reject")}
    assert rows == {"accept": len(rule.examples.accept), "reject": len(rule.examples.reject)}
    for example in (*rule.examples.accept, *rule.examples.reject):
        assert not example.code or f'class="code">{example.code}</bdi>' in page
        assert example.title in page
    say = DirectiveSpeech(lang)
    plain = html.unescape(re.sub("<[^>]+>", "", page))
    for text in (rule.title, rule.why, rule.directive.interpretation, rule.how_to_fix):
        assert html.unescape(re.sub("<[^>]+>", "", str(say.of(text, ())))).translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")) in plain.translate(
            str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")
        )
    assert say.text("scan_yes" if rule.directive.confirmed_against_scan else "scan_no") in page
    assert say.day(rule.starts_on) in page and rule.checked_by in page
    assert f'href="letter-{letters()[rule.directive.letter].slug}.{lang}.html#row-{rule.directive.row}"' in page


@pytest.mark.parametrize("lang", ["fa", "en"])
@pytest.mark.parametrize("letter", letters().values(), ids=lambda letter: letter.slug)
def test_a_letter_page_says_what_its_file_says(letter, lang, pages):
    page, say = html.unescape(pages[f"letter-{letter.slug}.{lang}.html"]), DirectiveSpeech(lang)
    said = [*letter.demands, *letter.readings, *letter.recipients, *(a.name for a in letter.attachments or []), *(each.title for each in letter.lists)]
    for text in said:
        assert html.unescape(str(say.of(text))) in page
    assert say.text(f"known_{letter.known}") in page
    for row in letter.rows:
        part = re.search(f'<tr id="row-{row.row}">.*?</tr>', page, re.S)[0]
        for rule in every_rule():
            mine = (rule.directive.letter, rule.directive.row) == (letter.letter, row.row)
            assert (f'href="rule-{rule.id}.{lang}.html"' in part) == mine
    for other in letters().values():
        linked = f'href="letter-{other.slug}.{lang}.html"' in page
        named = other.letter in {r.letter for r in letter.refers_to} or letter.letter in {r.letter for r in other.refers_to}
        assert linked == named


def test_pages_are_in_one_language_each(pages):
    for name, page in pages.items():
        text = prose(page)
        assert "{" not in text and "None" not in text and "Undefined" not in text
        if name.endswith(".fa.html"):
            assert '<html lang="fa" dir="rtl">' in page
            shown = re.sub(r"<bdi>.*?</bdi>", " ", page)  # titles as sent
            latin = [w for w in re.findall(r"[^\s«»()،؛]+", prose(shown)) if re.search("[0-9]", w) and not re.search("[A-Za-z]", w)]
            assert not latin, (name, latin[:5])
        else:
            shown = re.sub(r'<bdi>.*?</bdi>|<a [^>]*lang="fa">.*?</a>', " ", page)
            assert not re.search("[آ-ی]", re.sub("‌", "", prose(shown))), name


def test_codes_in_prose_keep_their_digits(pages):
    assert '<bdi dir="ltr" class="code">24</bdi>' in pages["rule-patientbill-othercosts-othercost.fa.html"].split('id="paths"')[0]
    fix = re.search('id="fix".*?</section>', pages["rule-patientbill-wardtype-wardtype.fa.html"], re.S)[0]
    assert 'class="code">036</bdi>' in fix and 'class="code">36</bdi>' in fix


def test_a_release_named_by_the_number_of_its_letter_is_the_list_that_the_letter_announces():
    added = [r | {"release": r["release"].replace("110-", "110/")} for r in RELEASES]
    assert [one["loaded"] for one in announced(added, "LNC")] == [one["loaded"] for one in announced(RELEASES, "LNC")] == [True, True]
    assert not any(one["loaded"] for one in announced([], "LNC"))


def test_the_list_in_force_is_that_of_the_day(pages):
    assert [r["release"] for r in in_force(RELEASES, "LNC", dt.date(2023, 3, 5))] == []
    assert [r["release"] for r in in_force(RELEASES, "LNC", dt.date(2023, 3, 6))] == ["110-501"]
    assert [r["release"] for r in in_force(RELEASES, "LNC", dt.date(2023, 5, 8))] == ["110-37"]
    page = pages["rule-labresult-testname-lnc.fa.html"]
    assert 'data-release="110-37"' in page and 'data-release="110-501"' not in page and "بارگذاری شده" in page
    assert "نباید نقل شوند" not in page and "نباید نقل شوند" in pages["rule-patientbill-service-irc.fa.html"]
    assert "terminology add" in pages["rule-medicationprescription-productcode-erx.en.html"], "no list: what to do"


def test_nothing_ahead_is_said_and_what_has_started_is_shown(pages):
    found = ahead(TODAY, 6, [])
    assert found.nothing and len(found.started) == sum(len(letter.rows) for letter in letters().values())
    text = ahead_text([], TODAY, 6, "fa")
    assert "هیچ قاعده‌ای آغاز نمی‌شود" in text and "۳ سال و ۹ ماه پیش" in text
    page = pages["what-starts-when.en.html"]  # a release is ahead, no rule
    assert "No rule starts" in page and 'data-release="1406"' in page and "in 118 days (16 weeks and 6 days)" in page
    assert page.count("data-started=") == 8 and "data-start=" not in page


def test_the_five_start_dates_seen_from_the_first_of_bahman(tmp_path):
    found = ahead(BEFORE, 6, [])
    assert [jdate(s.day) for s in found.starts] == [
        "1401/11/10", "1401/11/10", "1401/11/20", "1401/11/20", "1401/11/20", "1401/12/01", "1401/12/10", "1401/12/20",
    ]  # fmt: skip
    assert sum(len(s.rules) for s in found.starts) == 16 and not any(s.without_rule for s in found.starts) and not found.started
    assert [letter.letter for _, letter in found.announced] == ["110/501", "110/37"]
    assert [letter.letter for _, letter in ahead(BEFORE, 2, []).announced] == ["110/501"]
    text = ahead_text([], BEFORE, 6, "en")
    assert "in 9 days (1 week and 2 days)" in text and "10 days before Nowruz" in text and "2 days before Revolution Day" in text
    page = (write_pages(Home(tmp_path), [], BEFORE, ["fa"]) / "what-starts-when.fa.html").read_text(encoding="utf-8")
    assert "۴۹ روز دیگر (۷ هفته)" in page and "۵ تاریخ آغاز در ۴۰ روز" in page and page.count("data-start=") == 8
    assert not (tmp_path / "reports" / "directive" / "index.en.html").exists() and "English" not in page


def test_a_start_on_the_day_itself_has_started():
    assert [jdate(s.day) for s in ahead(dt.date(2023, 1, 30), 6, []).started] == ["1401/11/10", "1401/11/10"]
    assert DirectiveSpeech("en").distance(TODAY, TODAY) == "that very day"
    assert DirectiveSpeech("en").distance(TODAY - dt.timedelta(days=1), TODAY) == "1 day ago"
    assert DirectiveSpeech("fa").distance(TODAY + dt.timedelta(days=7), TODAY) == "۷ روز دیگر (۱ هفته)"


def test_holidays_and_months_are_those_of_the_solar_calendar():
    near = {holiday["en"]: distance for holiday, distance in holidays_near(dt.date(2023, 3, 11))}
    assert near == {"Nowruz": 10}
    assert {h["en"]: d for h, d in holidays_near(dt.date(2023, 3, 22))}["Nowruz"] == 0
    assert {h["en"]: d for h, d in holidays_near(dt.date(2023, 3, 25))}["Nowruz"] == -1
    assert jdate(months_later(dt.date(2023, 1, 21), 6)) == "1402/05/01"
    assert jdate(months_later(dt.date(2022, 9, 22), 6)) == "1401/12/29", "1401/06/31: Esfand has no such day"


def test_texts_for_the_terminal_hold_the_same(tmp_path):
    for rule in every_rule():
        for lang in ("fa", "en"):
            text = rule_text(rule, RELEASES, TODAY, lang)
            assert "<" not in text.replace("<5", "") and "`" not in text
            assert all(path in text for path in (*rule.paths.literal, *rule.paths.wide)) and all(k.outcome in text for k in rule.expectations)
            assert all((e.code or "∅") in text for e in (*rule.examples.accept, *rule.examples.reject))
    for letter in letters().values():
        text = letter_text(letter, RELEASES, TODAY, "en")
        assert all(rule.id in text for rule in every_rule() if rule.directive.letter == letter.letter)
        assert all(f"{b.service} × {b.field}" in text for b in bindings() if b.letter == letter.letter)


def test_pages_of_rules_that_are_gone_vanish(tmp_path):
    home = Home(tmp_path)
    folder = write_pages(home, [], TODAY, ["en"])
    (folder / "rule-long-gone.en.html").write_text("x", encoding="utf-8")
    (folder / "rule-long-gone.fa.html").write_text("x", encoding="utf-8")
    write_pages(home, [], TODAY, ["en"])
    assert not (folder / "rule-long-gone.en.html").exists() and (folder / "rule-long-gone.fa.html").exists()
