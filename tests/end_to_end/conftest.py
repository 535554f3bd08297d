"""Shared by the end-to-end tests: a data folder with the stand-in lists, made once a session and copied, and built runs of the generator."""

import contextlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from pipelines import flow, organisations
from pipelines.check import opened
from pipelines.generator import generate
from pipelines.settings import Home
from pipelines.settings import home as home_of

MESSAGES, SEED, UNIVERSITIES = 400, 11, 8  # a partition costs the same however few messages it has


@dataclass
class Run:
    """One generated extract, ingested and built."""

    home: Home
    out: Path
    landed: list

    def rows(self, query: str) -> list[tuple]:
        """Rows of the warehouse; `truth` is the generator's."""
        with contextlib.closing(duckdb.connect(str(self.home.warehouse), read_only=True)) as con:
            con.execute(f"create temp view truth as select * from read_parquet('{(self.out / 'truth.parquet').as_posix()}')")
            return con.execute(query).fetchall()


POLICY = ("SEPAS_DQ_LIST_POLICIES", "latest")  # one beside the default; the tests of list policies ask for all


@pytest.fixture(autouse=True)
def one_other_list_policy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Builds of a test judge under the same policies as those of `make_run`."""
    monkeypatch.setenv(*POLICY)


@pytest.fixture(scope="module")
def same_policy() -> Iterator[None]:
    """For fixtures of a module that build for themselves."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(*POLICY)
        yield


@pytest.fixture(scope="session")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A `reference` folder with the stand-in lists, and what is made of them once."""
    home = home_of(tmp_path_factory.mktemp("lists"))
    for policy in ("in_force", "latest"):
        opened(home, policy).close()
    return home.reference


@pytest.fixture(scope="session")
def make_run(lists: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Run]:
    """Generate, ingest and build in a fresh data folder."""

    def make(form: str, messages: int = MESSAGES, seed: int = SEED, **extra: int) -> Run:
        root = tmp_path_factory.mktemp(form)
        home = home_of(root / "home")
        shutil.copytree(lists, home.reference)
        flow.ensure_reference(home)
        generate(home, root / "out", messages, seed, form, universities=UNIVERSITIES, **extra)
        organisations.add(home, root / "out" / "organisations")
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv(*POLICY)
            landed = flow.ingest(home, [root / "out"])
            flow.build(home)
        return Run(home, root / "out", landed)

    return make


@pytest.fixture(scope="session")
def ndjson(make_run: Callable[..., Run]) -> Run:
    """The run most tests look at."""
    return make_run("ndjson")
