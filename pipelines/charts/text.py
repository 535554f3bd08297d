"""Text inside charts: Vega knows no direction, so every string that may hold Persian is isolated.

Belongs here: `isolate`, the few words the charts say by themselves, and numbers as text. Does not: titles and findings
(they come from whoever asks for the chart). Source: reporting.md 2.1 (RLI ... PDI agrees in every renderer).
"""

import re

from pipelines.persian import fa_number

RLI, LRI, PDI = "\u2067", "\u2066", "\u2069"
_PERSIAN = re.compile("[\u0600-\u06ff]")

WORDS: dict[str, dict[str, str]] = {
    "fa": {
        "weeks": "هفته از آغاز اعتبارسنجی", "items": "شمار اقلام", "rate": "نرخ خطا", "mean": "میانگین کشور: {} درصد", "all_rules": "همهٔ قاعده‌ها",
        "no_data": "بی‌داده", "small": "کمتر از ۵ قلم", "over": "بیش از {}", "up_to": "تا {}", "between": "{} تا {}",
        "starts": "آغاز قاعده‌ها", "nothing": "داده‌ای برای نمایش نیست", "not_estimable": "برآوردناپذیر",
    },
    "en": {
        "weeks": "weeks from the start of validation", "items": "items", "rate": "error rate", "mean": "national mean {}%", "all_rules": "All rules",
        "no_data": "no data", "small": "under 5 items", "over": "over {}", "up_to": "up to {}", "between": "{}–{}",
        "starts": "rules start", "nothing": "Nothing to show", "not_estimable": "not estimable",
    },
}  # fmt: skip


def isolate(text: str, lang: str = "fa") -> str:
    """The text in a bidi isolate: right to left if it holds Persian and the chart is Persian, else as its own left-to-right run."""
    if not text or text[0] in (RLI, LRI):
        return text
    if not _PERSIAN.search(text):
        return text if lang == "en" else f"{LRI}{text}{PDI}"
    return f"{RLI}{text}{PDI}"


def lines(text: str, lang: str = "fa") -> list[str]:
    """A text of several lines, each isolated by itself."""
    return [isolate(part, lang) for part in text.split("\n")]


def word(key: str, lang: str = "fa", *values: str) -> str:
    """One of the charts' own words, isolated."""
    return isolate(WORDS[lang][key].format(*values), lang)


def number(value: float, lang: str = "fa", decimals: int = 0) -> str:
    """`۱۲٬۳۴۵` or `12,345`."""
    return fa_number(value, decimals) if lang == "fa" else f"{value:,.{decimals}f}"


def percent(share: float, lang: str = "fa") -> str:
    """A share as the text that stands alone in a cell: `۵٫۲٪`; whole percents from ten upwards."""
    decimals = 1 if share < 0.0995 else 0
    return number(share * 100, lang, decimals) + ("٪" if lang == "fa" else "%")
