"""Where things are and how much of the machine may be used; read from the environment, once, here.

Belongs here: paths and switches. Does not: anything that reads or writes data.
"""

import os
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Home:
    """The data folder. `SEPAS_DQ_HOME` names it; by default `data/` of the project."""

    root: Path

    @property
    def state(self) -> Path:
        """SQLite file that says which extracts have landed and which partition files are current."""
        return self.root / "state.sqlite"

    @property
    def warehouse(self) -> Path:
        """DuckDB file that everyone reads; built beside and swapped in."""
        return self.root / "warehouse.duckdb"

    @property
    def reference(self) -> Path:
        return self.root / "reference"

    @property
    def landed(self) -> Path:
        return self.root / "landed"

    @property
    def reports(self) -> Path:
        return self.root / "reports"

    @property
    def staging(self) -> Path:
        return self.root / "staging"


def home(root: str | Path | None = None) -> Home:
    """The data folder: `root` if given, else `SEPAS_DQ_HOME`, else `data/` beside the packages."""
    chosen = root or os.environ.get("SEPAS_DQ_HOME") or PROJECT / "data"
    return Home(Path(chosen).expanduser().resolve())


def memory_limit() -> str:
    """DuckDB's memory limit, `SEPAS_DQ_MEMORY` (for example `2GB`)."""
    return os.environ.get("SEPAS_DQ_MEMORY", "4GB")


def threads() -> int:
    """DuckDB's threads, `SEPAS_DQ_THREADS`; by default every core."""
    return int(os.environ.get("SEPAS_DQ_THREADS", os.cpu_count() or 1))


def list_policies() -> list[str] | None:
    """`SEPAS_DQ_LIST_POLICIES`: list policies to judge under beside the default, with commas; empty for none. None if not set."""
    chosen = os.environ.get("SEPAS_DQ_LIST_POLICIES")
    return None if chosen is None else [name.strip() for name in chosen.split(",") if name.strip()]
