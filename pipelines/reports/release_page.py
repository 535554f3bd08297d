"""The page of a new release: which codes go away or change, and who sends them.

Belongs here: its file. Does not: the numbers (`releases`), their layout (`templates/release.html.j2`).
"""

import re
from pathlib import Path
from typing import Any

from pipelines.reports import page
from pipelines.reports.speech import Speech
from pipelines.settings import Home


def file_name(numbers: dict[str, Any], lang: str) -> str:
    """`terminology-RVU3-1401-1402.fa.html`; signs that no file name may hold become hyphens."""
    parts = (re.sub(r"[^\w.-]+", "-", numbers[name]).strip(".-") for name in ("terminology", "before", "after"))
    return f"terminology-{'-'.join(parts)}.{lang}.html"


def write_release_page(home: Home, numbers: dict[str, Any], lang: str = "fa") -> Path:
    """Writes `<home>/reports/<quarter>/terminology-….<lang>.html` of what `releases.shown` gives; returns its path."""
    return page.write(home.reports / numbers["quarter"] / file_name(numbers, lang), render(numbers, lang))


def render(numbers: dict[str, Any], lang: str = "fa") -> str:
    """The page as text."""
    return page.fill("release.html.j2", Speech(page.language(lang)), numbers)
