"""An invented warehouse and the two pages made of it, built once a run."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from chromium import started
from support_marts import shared, write_warehouse

from pipelines.reports import write_report
from pipelines.settings import Home


def _home_with_pages(folder: Path) -> None:
    write_warehouse(folder, gates="mixed")
    for lang in ("fa", "en"):
        write_report(Home(folder), "1401Q4", lang)


@pytest.fixture(scope="session")
def invented(tmp_path_factory) -> Home:
    return Home(shared(tmp_path_factory, "invented-reports", _home_with_pages))


@pytest.fixture(scope="session")
def pages(invented) -> dict[str, Path]:
    return {lang: invented.reports / "1401Q4" / f"report.{lang}.html" for lang in ("fa", "en")}


@pytest.fixture(scope="session")
def browser(tmp_path_factory):
    found = started(tmp_path_factory.mktemp("profile"))
    yield found
    found.quit()
