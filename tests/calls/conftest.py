"""Shared by the tests of call logs: one landed run of invented messages with its log, and small logs written by hand."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipelines import call_log, flow, organisations
from pipelines.calls.mapping import Mapping, read_mapping
from pipelines.calls.store import drop, logs
from pipelines.generator import generate
from pipelines.generator.calls import CallOptions
from pipelines.settings import Home
from pipelines.settings import home as home_of
from pipelines.state import writing
from pipelines.warehouse import reading

MESSAGES, SEED = 500, 3


class Invented:
    """A data folder with landed messages; `log(form, ids)` writes the log of the same messages in another form."""

    def __init__(self, home: Home, root: Path) -> None:
        self.home, self.root = home, root
        self._written: dict[tuple[str, str], Path] = {}

    def log(self, form: str = "ndjson", ids: str = "all") -> Path:
        """The folder `calls/` of the run."""
        if (form, ids) not in self._written:
            out = self.root / f"{form}-{ids}"
            generate(self.home, out, MESSAGES, SEED, calls=CallOptions(form, ids, SEED), universities=20)
            self._written[form, ids] = out / "calls"
        return self._written[form, ids]

    def add(self, form: str = "ndjson", ids: str = "all", sends: bool = True) -> Path:
        """Add that log, and no other."""
        folder = self.log(form, ids)
        self.clear()
        if sends:
            call_log.add(self.home, [folder / "send_results.ndjson"], folder / "send_results.columns.yaml", publish=False)
        call_log.add(self.home, [folder / f"validation_log.{form}"], folder / "validation_log.columns.yaml")
        return folder

    def clear(self) -> None:
        """Every log is taken out; the next publication says so."""
        with writing(self.home) as state:
            for log in logs(state):
                drop(state, log["log_id"])

    def rows(self, query: str) -> list[tuple]:
        """Rows of the warehouse."""
        with reading(self.home) as con:
            return con.execute(query).fetchall()


@pytest.fixture(scope="session")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Invented:
    root = tmp_path_factory.mktemp("calls")
    home = home_of(root / "home")
    flow.ensure_reference(home)
    run = Invented(home, home.root / "invented")
    folder = run.log()
    organisations.add(home, folder.parent / "organisations")
    flow.ingest(home, [folder.parent / "extracts"])
    return run


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A `reference` folder, to be copied."""
    home = home_of(tmp_path_factory.mktemp("bare"))
    flow.ensure_reference(home)
    return home.reference


@pytest.fixture
def empty(bare: Path, tmp_path: Path) -> Home:
    """A data folder without messages."""
    home = home_of(tmp_path / "home")
    shutil.copytree(bare, home.reference)
    return home


@pytest.fixture
def ndjson(tmp_path: Path) -> Callable[..., Path]:
    """Write rows as an NDJSON log."""

    def write(*rows: Any, name: str = "log.ndjson") -> Path:
        path = tmp_path / name
        path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows) + "\n", encoding="utf-8")
        return path

    return write


@pytest.fixture
def mapping(tmp_path: Path) -> Callable[[str], Mapping]:
    def read(text: str) -> Mapping:
        path = tmp_path / "columns.yaml"
        path.write_text(text, encoding="utf-8")
        return read_mapping(path)

    return read
