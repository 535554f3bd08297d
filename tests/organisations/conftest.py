"""A home and a writer of small files."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.settings import Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def table(tmp_path: Path) -> Callable[..., Path]:
    """Writes a text file and gives its path."""

    def write(text: str, name: str = "register.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode(encoding))
        return path

    return write
