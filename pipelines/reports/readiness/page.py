"""The readiness page of a quarter: one HTML file in the report's look.

Belongs here: list → page → file. Does not: sums (`numbers.py`), words (`texts.yaml`).
"""

from pathlib import Path
from typing import Any

from pipelines.jalali import jdate
from pipelines.reports import page
from pipelines.reports.readiness.numbers import CLASSES, numbers
from pipelines.reports.readiness.words import ReadinessSpeech
from pipelines.settings import Home


def write_page(home: Home, quarter: str, listing: dict[str, Any], lang: str, of: str = "", special: str = "") -> Path:
    """Writes `<home>/reports/<quarter>/readiness[-<special>].<lang>.html` and returns its path.

    `listing`: rows, rules, days and beyond [(rule id, weeks, as-of day)], last_on, as `pipelines.readiness` gives them; `of` names the university or vendor it is for.
    """
    name = f"readiness{f'-{special}' if special else ''}.{lang}.html"
    return page.write(home.reports / quarter / name, render(quarter, listing, page.language(lang), of, special))


def render(quarter: str, listing: dict[str, Any], lang: str, of: str = "", special: str = "") -> str:
    """The page as text."""
    from markupsafe import Markup

    say, found = ReadinessSpeech(lang), numbers(listing["rows"])
    return page.fill(
        "readiness/page.html.j2", say, found, quarter=quarter, of=of, special=special, classes=CLASSES, jdate=jdate,
        rules={rule["rule_id"]: rule for rule in listing["rules"]}, starts=_by_start(listing, found), beyond=listing["beyond"], last_on=listing["last_on"],
        standing_in=sorted({rule["terminology"] for rule in listing["rules"] if rule["synthetic"]}),
        own_style=Markup((page.TEMPLATES / "readiness" / "readiness.css").read_text(encoding="utf-8")),
    )  # fmt: skip


def _by_start(listing: dict[str, Any], found: dict[str, Any]) -> list[dict[str, Any]]:
    """Rules in the order they start, each with its days in order; a day in whose window nobody sent has no senders."""
    counted = {(day["rule_id"], day["as_of"]): day for day in found["days"]}
    days: dict[str, list[dict[str, Any]]] = {}
    for rule_id, weeks, as_of in sorted(listing["days"], key=lambda asked: asked[2]):
        days.setdefault(rule_id, []).append(counted.get((rule_id, as_of)) or {"weeks_before": weeks, "as_of": as_of, "senders": 0})
    return [rule | {"days": days.get(rule["rule_id"], [])} for rule in listing["rules"]]
