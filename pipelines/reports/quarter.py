"""The quarterly report: one HTML file that opens by double click and needs nothing else.

Belongs here: numbers + words + pictures → page → file. Source of the look and the traps: reporting.md sections 2, 3 and 11.
"""

from pathlib import Path
from typing import Any

from pipelines.reports import page
from pipelines.reports.directive.beside import Beside
from pipelines.reports.findings_in_words import findings
from pipelines.reports.numbers import quarter_numbers
from pipelines.reports.pictures import pictures
from pipelines.reports.speech import Speech
from pipelines.settings import Home


def write_report(home: Home, quarter: str, lang: str = "fa") -> Path:
    """Writes `<home>/reports/<quarter>/report.<lang>.html` and returns its path.

    Raises NotBuiltError if there is no warehouse or no data of that quarter (it names the quarters that have), InputError for
    a quarter or language that cannot be.
    """
    page.language(lang)
    numbers = quarter_numbers(home, quarter)
    path = home.reports / numbers["quarter"] / f"report.{lang}.html"
    readiness = path.with_name(f"readiness.{lang}.html")
    return page.write(path, render(numbers, lang, readiness.name if readiness.exists() else ""))


def render(numbers: dict[str, Any], lang: str = "fa", readiness: str = "") -> str:
    """The page as text; `readiness` is the file of the readiness list beside it, if there is one."""
    from markupsafe import Markup

    say = Speech(lang)
    svg = {key: Markup(text) for key, text in pictures(numbers, say).items()}
    return page.fill("report.html.j2", say, numbers, readiness=readiness, found=findings(numbers, say), beside=Beside(numbers["rules"], lang), svg=svg)
