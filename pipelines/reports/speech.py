"""One language of a page: its words (`texts.yaml`, `expectations/outcomes.yaml`), numbers, days and names.

Belongs here: how a value is written for a person. Does not: any layout.
"""

import datetime as dt
import re
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from pipelines.charts.jalali_axis import MONTHS_EN
from pipelines.charts.text import number
from pipelines.jalali import MONTHS_FA, parse_day, quarter_label
from pipelines.persian import fa

_PREFIX = re.compile(
    "^(دانشگاه|دانشکدهٔ?) علوم پزشکی( و خدمات بهداشتی[،]? ?درمانی)? |^University of Medical Sciences of | University of Medical Sciences$"
)
_SEASONS = ["Spring", "Summer", "Autumn", "Winter"]


@cache
def _read(name: str) -> dict[str, Any]:
    return yaml.safe_load(Path(__file__).with_name(name).read_text(encoding="utf-8"))


@cache
def _expectations() -> dict[str, Any]:
    """What each outcome and cause means: data of the rules, read as data."""
    return yaml.safe_load((resources.files("expectations") / "outcomes.yaml").read_text(encoding="utf-8"))


class Speech:
    """Words and numbers in Persian (`fa`) or English (`en`)."""

    def __init__(self, lang: str) -> None:
        if lang not in ("fa", "en"):
            raise ValueError(f"lang is fa or en, not {lang!r}")
        self.lang = lang
        self.dir = "rtl" if lang == "fa" else "ltr"

    def text(self, key: str, **values: object) -> str:
        """A sentence of `texts.yaml`; `{names}` in it are replaced by values already written for people."""
        return _read("texts.yaml")[key][self.lang].strip().format(**values)

    def num(self, value: float | None, decimals: int = 0) -> str:
        """`۱۲٬۳۴۵`; a hidden count as `<۵`, told apart from «0»."""
        return self.text("hidden") if value is None else number(value, self.lang, decimals)

    def pct(self, share: float | None, decimals: int = 1) -> str:
        """A share in percent without the sign: the header or the sentence says «درصد»."""
        return "–" if share is None else number(share * 100, self.lang, decimals)

    def points(self, change: float | None) -> str:
        """A signed change in percentage points, to stand in a left-to-right isolate."""
        if change is None:
            return "–"
        size = number(abs(change) * 100, self.lang, 1)
        return size if not re.search("[1-9۱-۹]", size) else ("−" if change < 0 else "+") + size

    def span(self, low: float | None, high: float | None) -> str:
        """An interval in percent: `۱۱٫۸ تا ۱۲٫۹`."""
        return "–" if low is None or high is None else self.text("span", low=self.pct(low), high=self.pct(high))

    def day(self, jalali: str) -> str:
        """`۱۰ بهمن ۱۴۰۱` for `1401/11/10`; in English the ISO day stands beside."""
        year, month, day = map(int, jalali.split("/"))
        if self.lang == "fa":
            return fa(f"{day} {MONTHS_FA[month - 1]} {year}")
        return f"{day} {MONTHS_EN[month - 1]} {year} ({parse_day(jalali).isoformat()})"

    def short_day(self, jalali: str) -> str:
        """`۱۴۰۱/۱۱/۱۰`."""
        return fa(jalali) if self.lang == "fa" else jalali

    def iso_day(self, iso: str | None) -> str:
        """A timestamp of the warehouse as a Jalali day."""
        from pipelines.jalali import jdate

        return self.text("none") if not iso else self.day(jdate(dt.date.fromisoformat(iso[:10])))

    def quarter(self, name: str) -> str:
        """`زمستان ۱۴۰۱` or `Winter 1401 (1401Q4)`."""
        return quarter_label(name) if self.lang == "fa" else f"{_SEASONS[int(name[-1]) - 1]} {name[:4]} ({name})"

    def name(self, row: dict[str, Any]) -> str:
        """The name of a sender in this language, without what all universities share."""
        text = str(row[f"name_{self.lang}"])
        return self.text("unknown_sender") if text == "unknown" else _PREFIX.sub("", text)

    def service(self, service: str) -> str:
        """A service in few words; in English its own name, parted at the capitals."""
        known = _read("texts.yaml")["services"].get(service)
        return known if known and self.lang == "fa" else re.sub("(?<=[a-z])(?=[A-Z])", " ", service)

    def terminology(self, terminology: str) -> str:
        return terminology.removeprefix("thritaEHR.")

    def outcome(self, outcome: str, part: str = "name") -> str:
        """The name (or `meaning`) of an outcome."""
        known = _expectations()["outcomes"].get(outcome)
        return known[part][self.lang] if known else outcome

    def outcomes(self) -> list[str]:
        """All outcomes in the order in which they are tried."""
        return list(_expectations()["outcomes"])

    def cause(self, cause: str | None, part: str = "reason") -> str:
        """Why an item failed, or how to `repair` it; a cause without a text is shown as it is."""
        known = _expectations()["causes"].get(cause)
        return known[part][self.lang] if known else (cause or "" if part == "reason" else "")

    def policy(self, name: str) -> str:
        """A list policy in words: `grace:30` is «با ۳۰ روز مهلت پس از ابلاغ»."""
        kind, _, rest = name.partition(":")
        return self.text(f"policy_{kind}", days=number(int(rest), self.lang) if kind == "grace" else rest)

    def word(self, group: str, key: str | None) -> str:
        """A word of a closed list (`gates`, `responsible`, `reasons`); an unlisted one is shown as it is."""
        known = _read("texts.yaml")[group].get(key)
        return known[self.lang] if known else str(key or "")
