"""The form in a real Chromium that can reach nothing but the service: a message pasted, judged, marked where it fails."""

import shutil
from collections.abc import Iterator

import messages as m
import pytest

from pipelines.serve.page import page as the_page

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--window-size=1280,900", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1", "--proxy-server=http://127.0.0.1:9", "--proxy-bypass-list=127.0.0.1",
]  # fmt: skip
needs_browser = [pytest.mark.browser, pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="no chromium with chromedriver on this machine")]
HOSTILE = '<img src=x onerror="document.title=\'owned\'">'
BAD = m.xml_a(m.bill()).replace("Essential hypertension", HOSTILE.replace("<", "&lt;").replace('"', "&quot;")).replace('"I10"', '"I1O"').replace("<MsgID", f"<!-- {HOSTILE} --><MsgID", 1)


@pytest.fixture(scope="module")
def browser(tmp_path_factory) -> Iterator:
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in [*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"]:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    found = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    yield found
    found.quit()


@pytest.fixture
def form(browser, service):
    """The form, freshly opened, with `judge(text, day)`."""
    browser.get(service.address + "/")
    until(browser, "return document.fonts.status === 'loaded' && document.getElementById('day-hint').textContent.includes('۱۴۰۱/۱۲/۲۵')")
    return browser


def until(browser, script: str, seconds: int = 20):
    from selenium.webdriver.support.ui import WebDriverWait

    return WebDriverWait(browser, seconds).until(lambda b: b.execute_script(script))


def judge(browser, text: str, day: str = "") -> None:
    browser.execute_script("document.getElementById('text').value = arguments[0]; document.getElementById('on').value = arguments[1]", text, day)
    browser.find_element("id", "send").click()
    until(browser, "return !document.getElementById('send').disabled && document.querySelector('#summary .verdict')")


def texts(browser, selector: str) -> list[str]:
    return browser.execute_script("return [...document.querySelectorAll(arguments[0])].map(e => e.textContent)", selector)


@pytest.mark.parametrize("mark", [pytest.param(None, marks=needs_browser)])
class TestForm:
    def test_marks_failing_items_where_they_stand(self, form, mark):
        judge(form, BAD)
        marks, cards = texts(form, "mark.bad, mark.early"), texts(form, "#findings li")
        assert len(marks) == len(cards) >= 2 and any('Coded_string="I1O"' in one and one.startswith("۱", 0) is not None for one in marks)
        assert form.execute_script("return document.documentElement.dir") == "rtl" and "رد می‌شود" in texts(form, "#summary .verdict")[0]
        for one in marks:
            assert one[1:].startswith("<") and one.endswith("/>") and one.count("Coded_string") == 1
        assert any("I10" in card for card in cards if "I1O" in card), "the suggested code"
        form.find_elements("css selector", "#findings h3 button")[1].click()
        assert form.execute_script("return document.activeElement.id") == "mark-1"
        from selenium.webdriver.common.keys import Keys

        form.switch_to.active_element.send_keys(Keys.ENTER)
        assert form.execute_script("return document.activeElement.id") == "finding-1"

    def test_text_of_a_message_never_becomes_markup(self, form, mark):
        judge(form, BAD)
        assert "owned" not in form.title and texts(form, "#annotated img, #findings img, #annotated script") == []
        assert HOSTILE in texts(form, "#annotated")[0] and any(HOSTILE in one for one in texts(form, "#findings li"))
        form.execute_script("const s = document.createElement('script'); s.textContent = \"document.title='owned'\"; document.body.append(s)")
        assert "owned" not in form.title, "the policy runs no other script"

    def test_person_is_hidden_until_asked_for(self, form, mark):
        judge(form, BAD)
        shown = texts(form, "#annotated")[0]
        assert "بخش Person پنهان است" in shown and not [secret for secret in m.PRIVATE.values() if secret in shown]
        form.find_element("id", "private").click()
        assert m.PRIVATE["NationalCode"] in texts(form, "#annotated")[0]

    def test_a_right_message_is_said_to_be_right(self, form, mark):
        right = '{"MsgID": {}, "Composition": {"Diagnosis": [{"Diagnosis": {"Value": "", "Terminology_id": "ICD10", "Coded_string": "I10"}}]}}'
        judge(form, right, "۱۴۰۱/۱۲/۲۵")
        assert "پذیرفته است" in texts(form, "#summary .verdict")[0] and texts(form, "mark.good") == ['{"Value": "", "Terminology_id": "ICD10", "Coded_string": "I10"}']

    def test_what_cannot_be_read_is_explained(self, form, mark):
        judge(form, "<a><b></a>")
        assert "سند XML درست نیست" in texts(form, "#summary")[0] and form.find_element("id", "text").is_displayed()
        judge(form, BAD, "1401/13/40")
        assert "1401/11/10" in texts(form, "#summary")[0]

    def test_speaks_english_and_fits_a_telephone(self, form, mark):
        judge(form, BAD, "1401/09/01")
        form.find_element("id", "language").click()
        assert form.execute_script("return document.documentElement.dir") == "ltr" and "Not refused on this day" in texts(form, "#summary .verdict")[0]
        form.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": 380, "height": 800, "deviceScaleFactor": 1, "mobile": True})
        assert form.execute_script("return document.documentElement.scrollWidth") <= 380
        form.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        form.find_element("id", "language").click()

    def test_asks_this_service_alone(self, form, service, mark):
        judge(form, BAD)
        asked = form.execute_script("return performance.getEntriesByType('resource').map(e => e.name)")
        assert asked and all(one.startswith((service.address, "data:")) for one in asked)
        assert form.execute_script("return document.fonts.check('12px Vazirmatn') && [...document.fonts].some(f => f.status === 'loaded')")
        assert [line for line in form.get_log("browser") if line["level"] == "SEVERE" and "Content Security Policy" not in line["message"] and "422" not in line["message"]] == []


def test_the_page_is_one_file_with_a_strict_policy(service):
    status, headers, body = service.ask("/")
    html, policy = body.decode(), headers["content-security-policy"]
    assert status == 200 and "/*style*/" not in html and "/*script*/" not in html and "http://" not in html.replace("http://www.w3.org", "") and "//cdn" not in html
    assert "default-src 'none'" in policy and "unsafe" not in policy and policy == the_page().policy
    assert "innerHTML" not in html and "insertAdjacentHTML" not in html and "eval(" not in html
    assert service.ask("/font.woff2")[2][:4] == b"wOF2"
