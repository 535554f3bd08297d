"""Refresh the pins: `uv run --no-sync tools/pin.py`. Writes every resolved version, without any address, into pyproject.toml.

uv.lock is not committed because it names registry hosts; `[tool.uv] constraint-dependencies` gives a fresh machine the same versions.
"""

import re
import subprocess
from pathlib import Path

PYPROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"
HEAD = """
[tool.uv]
# Refreshed by tools/pin.py. duckdb: the 1.5 line is supported to 2027-03; 2.0 is too young for a register.
# sqlalchemy and duckdb-engine: tests only; later SQLAlchemy releases break reflection on DuckDB.
override-dependencies = []
"""
HELD = ["duckdb==1.5.6", "great-expectations==1.24.1", "dagster==1.13.27", "dagster-webserver==1.13.27",
        "sqlalchemy==2.0.54", "duckdb-engine==0.17.0"]  # fmt: skip


def main() -> None:
    """Resolve anew, holding HELD, and rewrite the [tool.uv] section."""
    text = PYPROJECT.read_text(encoding="utf-8").split("\n[tool.uv]")[0].rstrip() + "\n"

    def write(pins: list[str]) -> None:
        lines = "".join(f'  "{pin}",\n' for pin in pins)
        PYPROJECT.write_text(f"{text}{HEAD}constraint-dependencies = [\n{lines}]\n", encoding="utf-8")

    write(HELD)
    (PYPROJECT.parent / "uv.lock").unlink(missing_ok=True)
    export = subprocess.run(
        ["uv", "export", "--no-hashes", "--no-emit-project", "--all-groups", "--no-annotate", "--no-header"],
        check=True, capture_output=True, text=True, cwd=PYPROJECT.parent,
    ).stdout  # fmt: skip
    write([line.strip().replace('"', "'") for line in export.splitlines() if re.match(r"[A-Za-z0-9]", line)])
    (PYPROJECT.parent / "uv.lock").unlink(missing_ok=True)


if __name__ == "__main__":
    main()
