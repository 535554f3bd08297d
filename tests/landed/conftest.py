"""One way to land things in a fresh home and to look at what became of them."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent / "support")]

from landed_outcome import Outcome, land_into  # noqa: E402

from pipelines.settings import home  # noqa: E402


@pytest.fixture
def land(tmp_path: Path) -> Callable[..., Outcome]:
    """land(path, …) into this test's home, which keeps what landed before."""
    return lambda *paths, **options: land_into(home(tmp_path / "home"), [Path(p) for p in paths], **options)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, bytes | str], Path]:
    """A file below the test's folder for extracts."""

    def put(name: str, data: bytes | str) -> Path:
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode("utf-8", "surrogateescape") if isinstance(data, str) else data)
        return path

    return put
