"""A home per test, and one fresh home with stand-ins for those that only read."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines import terminologies
from pipelines.settings import PROJECT, Home

REAL = PROJECT.parent / "shared" / "terminologies" / "real"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture(scope="session")
def stand_ins(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A fresh home after `ensure`; read it only."""
    fresh = Home(tmp_path_factory.mktemp("stand-ins"))
    terminologies.ensure(fresh)
    return fresh


@pytest.fixture
def table(tmp_path: Path) -> Callable[..., Path]:
    """Writes a text file and gives its path."""

    def write(text: str, name: str = "list.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return write


def codes(home: Home, terminology: str) -> list[dict[str, Any]]:
    """Rows of codes.parquet of one terminology, in their order."""
    with duckdb.connect() as db:
        found = db.execute(
            "FROM read_parquet(?) WHERE terminology = ? ORDER BY code, valid_from",
            [str(terminologies.codes_path(home)), terminology],
        )
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
