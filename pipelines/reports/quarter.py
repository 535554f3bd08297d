"""The quarterly report: one HTML file that opens by double click and needs nothing else.

Belongs here: numbers + words + pictures → page → file. Source of the look and the traps: reporting.md sections 2, 3 and 11.
"""

import json
from pathlib import Path
from typing import Any

from pipelines.charts.render import webfont
from pipelines.errors import InputError
from pipelines.persian import fa
from pipelines.reports.directive.beside import Beside
from pipelines.reports.findings_in_words import findings
from pipelines.reports.numbers import quarter_numbers
from pipelines.reports.pictures import pictures
from pipelines.reports.speech import Speech
from pipelines.settings import Home

TEMPLATES = Path(__file__).with_name("templates")


def write_report(home: Home, quarter: str, lang: str = "fa") -> Path:
    """Writes `<home>/reports/<quarter>/report.<lang>.html` and returns its path.

    Raises NotBuiltError if there is no warehouse or no data of that quarter (it names the quarters that have), InputError for
    a quarter or language that cannot be.
    """
    if lang not in ("fa", "en"):
        raise InputError(f"The report is written in fa or en, not '{lang}'.")
    numbers = quarter_numbers(home, quarter)
    path = home.reports / numbers["quarter"] / f"report.{lang}.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".part")
    beside.write_text(render(numbers, lang), encoding="utf-8")
    return beside.replace(path)


def render(numbers: dict[str, Any], lang: str = "fa") -> str:
    """The page as text."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup, escape

    say = Speech(lang)
    env = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    env.filters["bold"] = lambda text: Markup(escape(text).replace("&lt;b&gt;", Markup("<b>")).replace("&lt;/b&gt;", Markup("</b>")))
    env.filters["digits"] = lambda text: fa(text) if lang == "fa" else text
    return env.get_template("report.html.j2").render(
        n=numbers,
        say=say,
        t=say.text,
        found=findings(numbers, say),
        beside=Beside(numbers["rules"], lang),
        svg={key: Markup(text) for key, text in pictures(numbers, say).items()},
        font=webfont(),
        style=Markup((TEMPLATES / "style.css").read_text(encoding="utf-8")),
        script=Markup((TEMPLATES / "behaviour.js").read_text(encoding="utf-8")),
        numbers_json=Markup(json.dumps(numbers, ensure_ascii=False, sort_keys=True, default=str).replace("<", "\\u003c")),
    )
