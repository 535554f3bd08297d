"""A template and numbers → one HTML file that opens by double click and needs nothing else.

Belongs here: what all pages share: words, font, style, script, numbers as JSON, writing. Does not: any page's content.
"""

import json
from pathlib import Path
from typing import Any

from pipelines.charts.render import webfont
from pipelines.errors import InputError
from pipelines.persian import fa
from pipelines.reports.speech import Speech

TEMPLATES = Path(__file__).with_name("templates")


def fill(template: str, say: Speech, numbers: dict[str, Any], **more: Any) -> str:
    """The page as text. The template knows n (numbers), say, t (texts by key), font, style, script, numbers_json and `more`."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup, escape

    env = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    env.filters["bold"] = lambda text: Markup(escape(text).replace("&lt;b&gt;", Markup("<b>")).replace("&lt;/b&gt;", Markup("</b>")))
    env.filters["digits"] = lambda text: fa(text) if say.lang == "fa" else text
    return env.get_template(template).render(
        n=numbers,
        say=say,
        t=say.text,
        font=webfont(),
        style=Markup((TEMPLATES / "style.css").read_text(encoding="utf-8")),
        script=Markup((TEMPLATES / "behaviour.js").read_text(encoding="utf-8")),
        numbers_json=Markup(json.dumps(numbers, ensure_ascii=False, sort_keys=True, default=str).replace("<", "\\u003c")),
        **more,
    )


def language(lang: str) -> str:
    """The language itself. InputError if pages are not written in it."""
    if lang not in ("fa", "en"):
        raise InputError(f"Pages are written in fa or en, not '{lang}'.")
    return lang


def write(path: Path, text: str) -> Path:
    """Writes a page, beside and swapped in; returns its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".part")
    beside.write_text(text, encoding="utf-8")
    return beside.replace(path)
