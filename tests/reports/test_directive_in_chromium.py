"""The directive's pages where people read them: a real Chromium, without a network, at the width of a desk and of a telephone."""

import datetime as dt

import pytest
from chromium import width
from selenium.webdriver.support.ui import WebDriverWait

from expectations.letters import letters
from pipelines.reports.directive import write_pages
from pipelines.settings import Home

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("report")]
LETTERS = [f"letter-{letter.slug}" for letter in letters().values()]
STEMS = ["index", "what-starts-when", *LETTERS, "rule-patientbill-service-rvu3", "rule-patientbill-othercosts-othercost", "rule-otherservices-diagnosis-icd10"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_pages(Home(tmp_path_factory.mktemp("pages")), [], dt.date(2023, 1, 21))


@pytest.fixture
def offline(browser):
    browser.execute_cdp_cmd("Network.enable", {})
    browser.execute_cdp_cmd("Network.emulateNetworkConditions", {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0})
    yield browser
    browser.execute_cdp_cmd("Network.emulateNetworkConditions", {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1})


@pytest.mark.parametrize("pixels", [390, 1280])
def test_pages_fit_their_screen_in_both_languages(offline, folder, pixels):
    width(offline, pixels)
    for stem in STEMS:
        for lang in ("fa", "en"):
            offline.get((folder / f"{stem}.{lang}.html").as_uri())
            offline.execute_script("document.querySelectorAll('details').forEach(d => d.open = true)")
            assert offline.execute_script("return document.documentElement.scrollWidth") <= pixels, (stem, lang)
            assert offline.execute_script("return getComputedStyle(document.body).direction") == ("rtl" if lang == "fa" else "ltr")


def test_the_font_beside_the_page_is_used_and_nothing_else_is_asked_for(offline, folder):
    width(offline, 1280)
    offline.get((folder / "rule-labresult-testname-lnc.fa.html").as_uri())
    offline.execute_async_script("document.fonts.ready.then(arguments[0])")
    assert offline.execute_script("return [...document.fonts].map(f => f.family + ' ' + f.status)") == ["Vazirmatn loaded"]
    asked = offline.execute_script("return performance.getEntriesByType('resource').map(e => e.name)")
    assert [a for a in asked if not a.startswith("data:") and not a.endswith("/Vazirmatn.woff2")] == []
    assert [e for e in offline.get_log("browser") if e["level"] == "SEVERE"] == []


def test_from_a_rule_to_its_row_and_back(offline, folder):
    width(offline, 1280)
    offline.get((folder / "rule-labresult-testname-lnc.fa.html").as_uri())
    offline.find_element("css selector", "#letter a").click()
    assert offline.current_url.endswith("letter-1927-110.fa.html#row-7")
    WebDriverWait(offline, 5).until(lambda b: 0 <= b.execute_script("return document.getElementById('row-7').getBoundingClientRect().top") < 900)
    offline.find_element("css selector", "#row-7 a[href='rule-labresult-testname-lnc.fa.html']").click()
    assert offline.title.startswith("کد LNC نام آزمایش")
    offline.find_element("css selector", ".back a[lang=en]").click()
    assert offline.current_url.endswith("rule-labresult-testname-lnc.en.html")


def test_the_timeline_reads_in_the_page_s_direction(offline, folder):
    for lang, later_is_left in (("fa", True), ("en", False)):
        offline.get((folder / f"what-starts-when.{lang}.html").as_uri())
        places = offline.execute_script("return [...document.querySelectorAll('.line i.k-start')].map(e => e.getBoundingClientRect().x)")
        assert len(places) == 5 and places == sorted(places, reverse=later_is_left)
