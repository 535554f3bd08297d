"""The pages and texts of the directive: what goes into each, and writing them into `<home>/reports/directive/`.

Belongs here: template + content → page → file. Does not: choosing among days and releases (`ahead.py`, `lists.py`), words (`texts.yaml`).
The font stands once beside the pages, so that a page weighs some twenty kilobytes.
"""

import datetime as dt
import shutil
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from expectations.catalogue import every_rule
from expectations.kinds.words import in_words
from expectations.letter import Letter
from expectations.letters import followers, letters, row_of
from expectations.rule import Rule
from pipelines.charts.render import FONTS
from pipelines.reports.directive import lists, names
from pipelines.reports.directive.ahead import ahead, holidays_near, marks, ticks
from pipelines.reports.directive.speech import DirectiveSpeech, codes_of
from pipelines.settings import Home

TEMPLATES = Path(__file__).parents[1] / "templates"
FONT = "Vazirmatn.woff2"


def write_pages(home: Home, releases: list[lists.Release], on: dt.date, languages: Iterable[str] = ("fa", "en"), months: int = 6) -> Path:
    """Writes every page in these languages and returns the folder; pages of rules and letters that are gone vanish.

    `releases`: the loaded list releases (see `lists.py`). `on`: the day seen from; `months`: how far "what starts when" looks ahead.
    """
    folder = home.reports / names.FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / FONT).exists():
        shutil.copyfile(FONTS / FONT, folder / FONT)
    languages = list(languages)
    for lang in languages:
        made = dict(_pages(lang, languages, releases, on, months))
        for name, text in made.items():
            beside = folder / f"{name}.part"
            beside.write_text(text, encoding="utf-8")
            beside.replace(folder / name)
        for old in folder.glob(f"*.{lang}.html"):
            if old.name not in made:
                old.unlink()
    return folder


def _pages(lang: str, languages: list[str], releases: list[lists.Release], on: dt.date, months: int) -> Iterator[tuple[str, str]]:
    say = DirectiveSpeech(lang)
    env = _environment(say) | {"languages": languages, "on": on}
    rules = every_rule()
    for rule in rules:
        yield names.rule_page(rule.id, lang), _render("rule.html.j2", env, stem=f"rule-{rule.id}", **_rule(rule, releases, on, say))
    for letter in letters().values():
        yield names.letter_page(letter.letter, lang), _render("letter.html.j2", env, stem=f"letter-{letter.slug}", **_letter(letter, releases))
    yield names.index_page(lang), _render("index.html.j2", env, stem="index", rules=rules, letters=letters().values())
    yield names.ahead_page(lang), _render("ahead.html.j2", env, stem="what-starts-when", **_ahead(releases, on, months))


def rule_text(rule: Rule, releases: list[lists.Release], on: dt.date, lang: str) -> str:
    """A rule's page as plain text."""
    say = DirectiveSpeech(lang, html=False)
    return _render("rule.txt.j2", _environment(say) | {"on": on}, **_rule(rule, releases, on, say))


def letter_text(letter: Letter, releases: list[lists.Release], on: dt.date, lang: str) -> str:
    """A letter's page as plain text."""
    return _render("letter.txt.j2", _environment(DirectiveSpeech(lang, html=False)) | {"on": on}, **_letter(letter, releases))


def ahead_text(releases: list[lists.Release], on: dt.date, months: int, lang: str) -> str:
    """What starts when, as plain text."""
    return _render("ahead.txt.j2", _environment(DirectiveSpeech(lang, html=False)) | {"on": on}, **_ahead(releases, on, months))


def _rule(rule: Rule, releases: list[lists.Release], on: dt.date, say: DirectiveSpeech) -> dict[str, Any]:
    own = lists.in_force(releases, rule.terminology, on)
    return {
        "rule": rule, "row": row_of(rule), "letter": letters()[rule.directive.letter], "codes": codes_of(rule),
        "expectations": [(kind.outcome, [say.prose(sentence) for sentence in in_words(kind, say.lang)]) for kind in rule.expectations],
        "lists": own, "stand_in": any(map(lists.standing_in, own)),
        "coming": [r for r in lists.coming(releases, on) if r["terminology"] == rule.terminology],
        "announced": lists.announced(releases, rule.terminology), "first_day": rule.start,
    }  # fmt: skip


def _letter(letter: Letter, releases: list[lists.Release]) -> dict[str, Any]:
    rules = every_rule()
    by_row = {row.row: [r for r in rules if (r.directive.letter, r.directive.row) == (letter.letter, row.row)] for row in letter.rows}
    loaded = lists.loaded_names(releases)
    return {"letter": letter, "followers": followers(letter.letter), "by_row": by_row, "all_letters": letters(), "loaded": loaded}


def _ahead(releases: list[lists.Release], on: dt.date, months: int) -> dict[str, Any]:
    found = ahead(on, months, releases)
    terminologies = dict.fromkeys(s.row.terminology for s in (*reversed(found.started), *found.starts))
    return {
        "a": found, "months": months, "near": holidays_near, "marks": marks(found), "ticks": ticks(found),
        "in_force": {t: lists.in_force(releases, t, on) for t in terminologies},
    }  # fmt: skip


def _environment(say: DirectiveSpeech) -> dict[str, Any]:
    return {
        "env": _jinja(say.html), "say": say, "t": say.text, "lang": say.lang, "names": names, "standing_in": lists.standing_in, "kind_of": lists.kind_of, "style": _style(), "font": FONT, "comma": "، " if say.lang == "fa" else ", ",
        "iso": dt.date.fromisoformat,
    }  # fmt: skip


@cache
def _jinja(html: bool) -> Environment:
    return Environment(loader=FileSystemLoader(TEMPLATES / "directive"), autoescape=html, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


@cache
def _style() -> Markup:
    return Markup("".join((TEMPLATES / name).read_text(encoding="utf-8") for name in ("style.css", "directive/directive.css")))


def _render(name: str, common: dict[str, Any], **content: Any) -> str:
    return common["env"].get_template(name).render(**common, **content)
