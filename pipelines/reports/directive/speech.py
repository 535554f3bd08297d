"""One language of the directive's pages: the report's speech with words of its own, distances of days, and prose that holds codes.

Belongs here: how a value of a rule or letter is written for a person. Does not: any layout.
"""

import datetime as dt
import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from markupsafe import Markup, escape

from expectations.letters import letters
from expectations.rule import OTHER_SERVICES, Rule
from pipelines.charts.jalali_axis import MONTHS_EN
from pipelines.jalali import MONTHS_FA, jdate, months_later, to_jalali
from pipelines.persian import fa
from pipelines.reports.speech import Speech


@cache
def _texts() -> dict[str, Any]:
    return yaml.safe_load(Path(__file__).with_name("texts.yaml").read_text(encoding="utf-8"))


class DirectiveSpeech(Speech):
    """Persian or English words of the directive's pages. `html`: prose comes as Markup with its codes isolated."""

    def __init__(self, lang: str, html: bool = True) -> None:
        super().__init__(lang)
        self.html = html

    def text(self, key: str, **values: object) -> str:
        """A sentence of this folder's `texts.yaml`, else of the report's."""
        own = _texts().get(key)
        return own[self.lang].strip().format(**values) if own else super().text(key, **values)

    def prose(self, text: str, codes: tuple[str, ...] = ()) -> str:
        """Text for a person: digits of the language, but codes (between backticks, or named in `codes`) as they are sent."""
        marked = re.sub(_any_of(codes), r"`\g<0>`", text) if codes and "`" not in text else text
        parts = [
            (self._code(part) if place % 2 else self._digits(part)) for place, part in enumerate(marked.strip().split("`"))
        ]
        return Markup("").join(parts) if self.html else "".join(parts)

    def _code(self, text: str) -> str:
        return Markup('<bdi dir="ltr" class="code">{}</bdi>').format(text) if self.html else text

    def _digits(self, text: str) -> str:
        said = fa(text) if self.lang == "fa" else re.sub("(?<=/)د", "D", text)
        return escape(said) if self.html else said

    def of(self, text: Any, codes: tuple[str, ...] = ()) -> str:
        """A text of a rule or letter in this language, as prose; nothing for None."""
        return "" if text is None else self.prose(getattr(text, self.lang), codes)

    def greg(self, day: dt.date) -> str:
        """A Gregorian day as `۱۰ بهمن ۱۴۰۱`."""
        return self.day(jdate(day))

    def month(self, day: dt.date) -> str:
        """The Jalali month of a day: `بهمن`."""
        month = to_jalali(day)[1] - 1
        return (MONTHS_FA if self.lang == "fa" else MONTHS_EN)[month]

    def letter(self, number: str) -> str:
        """The number of a letter as people read it: `۱۹۲۷/۱۱۰/د`, in English `1927/110/D`."""
        return fa(number) if self.lang == "fa" else number.replace("د", "D")

    def called(self, service: str) -> str:
        """What the letters call a service; the text for every other service; its own name if nobody named it."""
        if service == OTHER_SERVICES:
            return self.text("other_services")
        named = next((letter.services[service] for letter in letters().values() if service in letter.services), None)
        return getattr(named, self.lang) if named else service

    def distance(self, day: dt.date, on: dt.date) -> str:
        """`۹ روز دیگر (۱ هفته و ۲ روز)`, `today`, `3 years and 9 months ago`."""
        days = (day - on).days
        if days > 0:
            weeks = self._span((days // 7, "week"), (days % 7, "day")) if days >= 7 else ""
            return self.text("in_days", span=self._span((days, "day"))) + (f" ({weeks})" if weeks else "")
        if days == 0:
            return self.text("today")
        months = 0
        while months_later(day, months + 1) <= on:
            months += 1
        parts = [(months // 12, "year"), (months % 12, "month")] if months else [(-days, "day")]
        return self.text("ago", span=self._span(*parts))

    def distance_of(self, days: int) -> str:
        """`۵ روز`."""
        return self._span((days, "day"))

    def _span(self, *parts: tuple[int, str]) -> str:
        """`۳ سال و ۹ ماه`; parts of nothing are left out."""
        said = [f"{self.num(n)} {self.text(unit)}{'s' if self.lang == 'en' and n > 1 else ''}" for n, unit in parts if n]
        return f" {self.text('and')} ".join(said)

    def holiday(self, holiday: dict[str, Any], distance: int) -> str:
        """`۱۰ روز پیش از نوروز`."""
        key = "holiday_before" if distance > 0 else "holiday_after" if distance < 0 else "holiday_in"
        return self.text(key, days=self._span((abs(distance), "day")), holiday=holiday[self.lang])


def codes_of(rule: Rule) -> tuple[str, ...]:
    """The codes that a rule's own texts may name: of its examples, and those right without a list."""
    examples = [*rule.examples.accept, *rule.examples.reject]
    always = [code for kind in rule.expectations for code in getattr(kind, "always", [])]
    found = {*(listed.code for listed in rule.examples.codes), *(e.code or "" for e in examples), *always}
    return tuple(sorted((code for code in found if re.search("[0-9]", code) and code.isascii()), key=lambda c: (-len(c), c)))


def _any_of(codes: tuple[str, ...]) -> str:
    return rf"(?<![\w./-])(?:{'|'.join(map(re.escape, codes))})(?![\w/]|[.-]\w)"
