"""The report where people read it: a real Chromium, at the width of a desk and of a telephone."""

import pytest
from chromium import width

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("report")]

@pytest.fixture
def page(browser, pages):
    width(browser, 1280)
    browser.get(pages["fa"].as_uri())
    browser.execute_async_script("document.fonts.ready.then(arguments[0])")
    return browser


def test_reads_from_right_to_left_in_its_own_font(page):
    assert page.execute_script("return getComputedStyle(document.body).direction") == "rtl"
    assert page.execute_script("return getComputedStyle(document.querySelector('.vg svg')).direction") == "ltr"
    loaded = page.execute_script("return [...document.fonts].map(f => f.family + ' ' + f.status)")
    assert loaded == ["Vazirmatn loaded"] and page.execute_script("return document.fonts.check('12px Vazirmatn')")
    menu, text = (page.execute_script("return document.querySelector(arguments[0]).getBoundingClientRect().x", s) for s in ("nav", "main"))
    assert menu > text, "contents stand on the right"


def test_asks_for_nothing(page):
    asked = page.execute_script("return performance.getEntriesByType('resource').map(e => e.name)")
    assert [a for a in asked if not a.startswith("data:")] == []
    assert [e for e in page.get_log("browser") if e["level"] == "SEVERE"] == []


def column(page, number):
    script = "return [...document.querySelectorAll('#table-vendors tbody tr')].filter(r => !r.hidden).map(r => r.cells[arguments[0]].dataset.v || r.cells[arguments[0]].textContent)"
    return page.execute_script(script, number)


def test_sorts_and_finds(page):
    heads = page.find_elements("css selector", "#table-vendors th button")
    page.execute_script("arguments[0].click()", heads[1])
    judged = [int(v) for v in column(page, 1)]
    assert judged == sorted(judged, reverse=True) and heads[1].find_element("xpath", "..").get_attribute("aria-sort") == "descending"
    page.execute_script("arguments[0].click()", heads[1])
    assert [int(v) for v in column(page, 1)] == sorted(judged)
    page.execute_script("arguments[0].click()", heads[0])
    names = column(page, 0)
    assert names[0].startswith("آ") and names.index("پویاسامانه") < names.index("رایان‌پرداز سلامت") < names.index("گنجینهٔ پزشکی")
    box = page.find_element("css selector", "input[data-filter=table-vendors]")
    box.send_keys("اواي")  # as typed on an Arabic keyboard, without the madda
    assert column(page, 0) == ["آوای طب"]
    box.send_keys("xyz")
    assert column(page, 0) == [] and page.find_element("css selector", "#vendors .none").is_displayed()


@pytest.mark.parametrize("pixels", [390, 820, 1280])
def test_fits_its_screen(browser, pages, pixels):
    width(browser, pixels)
    for lang in ("fa", "en"):
        browser.get(pages[lang].as_uri())
        assert browser.execute_script("return document.documentElement.scrollWidth") <= pixels
        browser.execute_script("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert browser.execute_script("return document.documentElement.scrollWidth") <= pixels


def test_focus_is_seen(page):
    page.execute_script("document.querySelector('nav a').focus({focusVisible: true})")
    assert page.execute_script("return getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_labels_of_charts_stay_inside_their_pictures(page):
    script = """const out = [];
      for (const svg of document.querySelectorAll('.vg svg')) { const box = svg.getBoundingClientRect();
        for (const t of svg.querySelectorAll('text')) { const b = t.getBoundingClientRect();
          if (b.width && (b.left < box.left - 2 || b.right > box.right + 2 || b.top < box.top - 3 || b.bottom > box.bottom + 3)) out.push(t.textContent); } }
      return out"""
    assert page.execute_script(script) == []
