"""The invented warehouse for notebooks."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support_marts import shared, write_warehouse


@pytest.fixture(scope="session")
def notebook_home(tmp_path_factory) -> Path:
    return shared(tmp_path_factory, "invented-notebooks", write_warehouse)


@pytest.fixture
def here(notebook_home, monkeypatch) -> Path:
    monkeypatch.setenv("SEPAS_DQ_HOME", str(notebook_home))
    return notebook_home
