"""What a report says of the directive beside its numbers: links to rules and letters, dates that crowd, lists that came after their rule.

Belongs here: sentences and days taken from letters and rules. Does not: numbers, or the directive's own pages.
"""

import datetime as dt
from typing import Any

from expectations.letters import letters
from expectations.rule import jalali_day
from pipelines.jalali import to_gregorian, to_jalali
from pipelines.reports.directive import names
from pipelines.reports.directive.ahead import holidays, holidays_near
from pipelines.reports.directive.speech import DirectiveSpeech

Row = dict[str, Any]
LONG_HOLIDAY = 30  # a holiday that is near from so many days away moves a weekly rate


class Beside:
    """One report's view of the directive. `rules`: its rows of `marts.rules` (rule_id, terminology, start_on as ISO, letter, letter_row)."""

    def __init__(self, rules: list[Row], lang: str) -> None:
        self.lang, self.say, self.rules = lang, DirectiveSpeech(lang), rules
        self.index = f"../{names.FOLDER}/{names.index_page(lang)}"
        self.ahead = f"../{names.FOLDER}/{names.ahead_page(lang)}"

    def rule(self, rule_id: str) -> str | None:
        """The link to a rule's page, None if it has none."""
        return names.rule_link(rule_id, self.lang)

    def row(self, rule: Row) -> str | None:
        """The link to the row of the letter that a rule answers."""
        page = names.letter_link(rule["letter"], self.lang)
        return f"{page}#row-{rule['letter_row']}" if page else None

    @property
    def letters(self) -> list[tuple[str, str | None]]:
        """(«نامهٔ ۱۹۲۷/۱۱۰/د», link) of every letter that a rule of the report answers."""
        numbers = dict.fromkeys(names.number_of(rule["letter"]) or rule["letter"] for rule in self.rules)
        return [(self.say.text("letter_of", number=self.say.letter(number)), names.letter_link(number, self.lang)) for number in numbers]

    @property
    def starts(self) -> list[dt.date]:
        """The start dates of the report's rules."""
        return sorted({dt.date.fromisoformat(rule["start_on"]) for rule in self.rules})

    @property
    def crowded(self) -> str:
        """That start dates crowd and which holiday is near the last of them; '' for one date, or dates far apart."""
        days = self.starts
        if len(days) < 2 or (days[-1] - days[0]).days > 30 * len(days):
            return ""
        said = self.say.text("crowded", days_n=self.say.num(len(days)), span=self.say.num((days[-1] - days[0]).days))
        holiday = next((self.say.holiday(*near) for near in holidays_near(days[-1]) if near[0]["near"] >= LONG_HOLIDAY), "")
        return f"{said} {self.say.text('crowded_holiday', holiday=holiday)}" if holiday else said

    @property
    def late_lists(self) -> list[str]:
        """One sentence a terminology whose list a letter announced after its rule had started."""
        said = []
        for terminology in dict.fromkeys(rule["terminology"] for rule in self.rules):
            start = min(dt.date.fromisoformat(r["start_on"]) for r in self.rules if r["terminology"] == terminology)
            late = [(day, number, title) for day, number, title in _announced(terminology, self.lang) if day > start]
            if late:
                parts = [
                    self.say.text("late_list", title=title, span=self.say.distance_of((day - start).days), day=self.say.greg(day), number=self.say.letter(number))
                    for day, number, title in late
                ]
                said.append(self.say.text("late_lists", terminology=terminology, lists=f"{self.say.text('also')} ".join(parts)))
        return said

    def marks(self, rule: Row) -> list[tuple[float, str]]:
        """(weeks from the rule's start, label) of days that matter beside it: lists announced, and the long holidays around."""
        start = dt.date.fromisoformat(rule["start_on"])
        found = [(day, self.say.text("mark_of_list", number=self.say.letter(number))) for day, number, _ in _announced(rule["terminology"], self.lang)]
        year = to_jalali(start)[0]
        for holiday in holidays():
            days = [to_gregorian(y, *map(int, holiday["on_day"].split("/"))) for y in (year, year + 1)] if holiday["near"] >= LONG_HOLIDAY else []
            found += [(day, holiday[self.lang]) for day in days if day]
        return sorted({((day - start).days / 7, label) for day, label in found})


def _announced(terminology: str, lang: str) -> list[tuple[dt.date, str, str]]:
    """(day, letter, title) of the lists that letters announce for a terminology, by day."""
    return [
        (jalali_day(letter.dated), letter.letter, getattr(each.title, lang)) for letter in letters().values() for each in letter.lists if each.terminology == terminology
    ]
