"""`sepas-dq ui` in a real browser: the asset graph, the checks of the last build, and a partition materialised from the page."""

import json
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from pipelines import flow, organisations
from pipelines.generator import generate
from pipelines.servers import environment
from pipelines.settings import home as home_of
from pipelines.state import State

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="no chromium with chromedriver on this machine"),
]
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--window-size=1500,1000"]


@pytest.fixture(scope="module")
def built(lists, same_policy, tmp_path_factory: pytest.TempPathFactory):
    """A data folder with a small built quarter."""
    root = tmp_path_factory.mktemp("ui")
    home = home_of(root / "home")
    shutil.copytree(lists, home.reference)
    generate(home, root / "out", 150, 3, "ndjson", universities=5)
    organisations.add(home, root / "out" / "organisations")
    flow.ingest(home, [root / "out"])
    flow.build(home)
    flow.validate(home)
    return home


@pytest.fixture(scope="module")
def page(built):
    """Address of a running `sepas-dq ui` on that folder."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = (built.root / "ui.log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-c", "from pipelines.cli import main; main()", "ui", "--port", str(port)],
        env=environment(built), stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(180):
            time.sleep(1)
            try:
                urllib.request.urlopen(f"{address}/server_info", timeout=5).read()
                break
            except OSError:
                assert process.poll() is None, (built.root / "ui.log").read_text(errors="replace")[-2000:]
        yield address
    finally:
        import os
        import signal

        os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)
        log.close()


@pytest.fixture
def browser(tmp_path: Path):
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in (*FLAGS, f"--user-data-dir={tmp_path}"):
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    yield driver
    driver.quit()


def ask(address: str, query: str) -> dict:
    """One GraphQL question."""
    request = urllib.request.Request(f"{address}/graphql", json.dumps({"query": query}).encode(), {"content-type": "application/json"})
    return json.load(urllib.request.urlopen(request, timeout=60))["data"]


def click(browser, label: str) -> None:
    """Wait for a button that begins with this label, and click it."""
    from selenium.webdriver.common.by import By
    from selenium.webdriver.support.ui import WebDriverWait

    def found(driver):
        return next((b for b in driver.find_elements(By.TAG_NAME, "button") if b.is_displayed() and b.is_enabled() and b.text.strip().startswith(label)), False)

    WebDriverWait(browser, 90, ignored_exceptions=[Exception]).until(found).click()


def test_page_shows_layers_checks_and_materialises_a_partition(built, page, browser):
    from selenium.webdriver.common.by import By
    from selenium.webdriver.support.ui import WebDriverWait

    wait = WebDriverWait(browser, 90, ignored_exceptions=[Exception])
    browser.get(f"{page}/asset-groups")
    wait.until(lambda d: all(layer in d.find_element(By.TAG_NAME, "body").text for layer in ("landed", "coded", "findings", "marts", "reports")))

    browser.get(f"{page}/assets/marts/outcome_counts?view=checks&checkDetail=patientbill_service_rvu3")
    wait.until(lambda d: "Checks (16)" in d.find_element(By.TAG_NAME, "body").text and "items judged" in d.find_element(By.TAG_NAME, "body").text)

    with State(built) as state:
        university, month = next((r["university_id"], r["jalali_month"]) for r in state.rows("select * from partitions where layer = 'findings'"))
        before = state.rows("select path from files where layer = 'findings' and university_id = ? and jalali_month = ?", [university, month])
    browser.get(f"{page}/assets/findings/outcome_counts?view=partitions&partition={month}%7C{university}")
    wait.until(lambda d: "Materialized" in d.find_element(By.TAG_NAME, "body").text)
    click(browser, "Materialize")
    click(browser, "Confirm")
    click(browser, "Launch 1 run")

    deadline, status = time.time() + 180, ""
    while time.time() < deadline and status not in ("SUCCESS", "FAILURE"):
        time.sleep(2)
        runs = ask(page, "{ runsOrError { ... on Runs { results { status tags { key value } } } } }")["runsOrError"]["results"]
        status = runs[0]["status"] if runs else ""
    assert status == "SUCCESS", (built.root / "ui.log").read_text(errors="replace")[-3000:]
    assert f"{month}|{university}" in [tag["value"] for tag in runs[0]["tags"]]
    with State(built) as state:
        after = state.rows("select path from files where layer = 'findings' and university_id = ? and jalali_month = ?", [university, month])
    assert after and {row["path"] for row in after}.isdisjoint(row["path"] for row in before)
