"""Every SQL text of the product: the files and the compiled plan of the rules.

Belongs here: finding them. Does not: what they may say (`test_sql_subset.py`).
"""

from pathlib import Path

from expectations.catalogue import catalogue
from expectations.plan import verdicts_sql
from pipelines.settings import PROJECT

FILES = sorted((PROJECT / "pipelines").rglob("*.sql"))
AUDITED = ("coded", "findings", "marts")  # what must run unchanged on another engine
TEXTS = {path.relative_to(PROJECT / "pipelines").as_posix(): path.read_text(encoding="utf-8") for path in FILES} | {"plan": verdicts_sql(catalogue())}


def body(text: str) -> str:
    """The text without its comments."""
    return "\n".join(line.split("--")[0] for line in text.splitlines())


def is_audited(name: str) -> bool:
    return name in ("plan", "epochs.sql") or name.split("/")[0] in AUDITED


def lines_of_header(path: Path) -> list[str]:
    """The comment a file opens with, without its dashes."""
    lines = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("--"):
            break
        lines.append(line[2:].removeprefix(" "))
    return lines
