"""A data folder with the stand-in lists, a desk on it, and the service itself as its users start it."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines import flow
from pipelines.serve.desk import Desk
from pipelines.settings import PROJECT, Home

sys.path[:0] = [str(Path(__file__).parent), str(PROJECT / "tests" / "support")]

from serve_process import Service, running  # noqa: E402


@pytest.fixture(scope="session")
def home(tmp_path_factory) -> Home:
    found = Home(tmp_path_factory.mktemp("home"))
    flow.ensure_reference(found)
    return found


@pytest.fixture(scope="session")
def desk(home) -> Desk:
    return Desk(home)


@pytest.fixture(scope="module")
def service(home, tmp_path_factory) -> Iterator[Service]:
    with running(home, tmp_path_factory.mktemp("run") / "temp", "--rate", "0", "--timeout", "1.5", "--max-bytes", "200000", "--on", "1401/12/25") as found:
        yield found
