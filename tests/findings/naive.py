"""The whole judgement a second time, in plain Python, written from the text of the rules and the outcomes, not from the SQL.

Slow, without a database, one coding at a time. It shares nothing with the product but the rule files and rapidfuzz.
"""

import datetime as dt
import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import jdatetime
import yaml
from rapidfuzz import fuzz

from pipelines.settings import PROJECT

LATIN = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩يىك", "01234567890123456789ییک")
INVISIBLE = "\u200b\u200d\u200e\u200f\u061c\u0640\u00ad\ufeff"


@dataclass
class Entry:
    """One code of a list, with its days."""

    code: str
    title_fa: str
    title_en: str
    since: dt.date
    until: dt.date | None
    successor: str | None = None


@dataclass
class Lists:
    """Terminology → its entries."""

    entries: dict[str, list[Entry]] = field(default_factory=dict)

    def of(self, terminology: str, code: str) -> list[Entry]:
        return [entry for entry in self.entries.get(terminology, []) if entry.code == code]


@cache
def rule_files() -> dict[str, dict[str, Any]]:
    files = (PROJECT / "expectations" / "rules").rglob("*.yaml")
    return {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in files}


def jalali(text: str) -> dt.date:
    return jdatetime.date(*map(int, text.split("/"))).togregorian()


def tidy(text: str | None) -> str:
    """Persian letters, Latin digits, single blanks, nothing invisible."""
    kept = "".join(" " if c.isspace() else c for c in (text or "").translate(LATIN) if c not in INVISIBLE)
    return re.sub(" +", " ", kept).strip(" \u200c")


def whole(text: str | None) -> str:
    """Without any blank or half-blank."""
    return tidy(text).replace(" ", "").replace("\u200c", "")


def compared(title: str | None) -> str:
    return "".join(c for c in whole(title).translate(str.maketrans("آأإ", "ااا")).casefold() if c.isalnum())


def persian(text: str) -> bool:
    return any("\u0600" <= c <= "\u06ff" for c in text)


def agreement(sent: str, titles: list[str]) -> int:
    best = -1
    for title in titles:
        a, b = compared(sent), compared(title)
        if not title or persian(title) != persian(sent) or not a or not b:
            continue
        if a == b:
            alike = 100
        elif len(a) >= 12 and b.startswith(a):
            alike = 99
        else:
            words = fuzz.token_set_ratio(tidy(sent).casefold(), tidy(title).casefold())
            alike = min(99, round(max(words, fuzz.ratio(a, b))))
        best = max(best, alike)
    return best


def luhn_ok(digits: str) -> bool:
    doubled = [int(d) * (2 if place % 2 else 1) for place, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def damages(code: str, title: str) -> list[tuple[str, str]]:
    """What may have happened to a code, gentlest first, and what it was before."""
    tight = whole(code)
    letters = [place for place, c in enumerate(tight) if c.isalnum()]
    bare = tight[letters[0] : letters[-1] + 1] if letters else tight
    bare += "." if tight.endswith(bare + ".") else ""  # a lone dot at the end is no sign
    upper = bare.upper()
    found = [("digits_or_blanks", tight), ("attribute_sign", bare), ("letter_case", upper)]
    if len(upper) > 3 and re.fullmatch("[A-Z][0-9]{2}[,/]?[0-9]{1,2}", upper):
        found.append(("separator_missing", upper[:3] + "." + upper[3:].lstrip(",/")))
    if re.fullmatch("[0-9]{1,6}[.,/–]?[0-9]", upper):
        found.append(("separator_missing", upper[:-1].rstrip(".,/–") + "-" + upper[-1]))
    found += _numbers_and_letters(upper)
    if re.fullmatch("[0-9]+", upper):
        found += [("leading_zero_lost", "0" * n + upper) for n in range(1, max(4, 17 - len(upper)))]
    if tight and whole(title) and len(whole(title)) <= 20:
        found.append(("swapped", whole(title)))
    return found


def _numbers_and_letters(upper: str) -> list[tuple[str, str]]:
    """A code that went through a spreadsheet, and one with letters for digits or the reverse."""
    found = []
    groups = re.split("[^0-9]+", upper)
    if len(groups) > 1 and all(groups) and not re.search("[A-Zآ-ی]", upper):
        found += [("number_form", groups[0])] if len(groups) == 2 and set(groups[1]) == {"0"} else []
        found += [("number_form", "".join(groups)), ("number_form", ".".join(groups))]
    digits = "".join({"O": "0", "I": "1", "L": "1", "S": "5", "Z": "2", "B": "8"}.get(c, c) for c in upper)
    firsts = upper[:1] + {"0": "O", "1": "IL", "2": "Z", "5": "S", "8": "B", "L": "I"}.get(upper[:1], "")
    for alike in (digits, *(first + digits[1:] for first in firsts)):
        found.append(("lookalike", alike))
        if re.fullmatch("[A-Z][0-9]{3,4}", alike):
            found.append(("lookalike", alike[:3] + "." + alike[3:]))
        if re.fullmatch("[0-9]{2,7}", alike):
            found.append(("lookalike", alike[:-1] + "-" + alike[-1]))
    return found


def judge(  # noqa: C901  (the order of the outcomes, read from top to bottom)
    rule_id: str, lists: Lists, code: str | None, title: str | None, terminology_id: str | None, day: dt.date | None
) -> tuple[str, str]:
    """(outcome, cause) of one coding."""
    rule = rule_files()[rule_id]
    own = rule["terminology"]
    kinds = {name: given or {} for kind in rule["expectations"] for name, given in (kind.items() if isinstance(kind, dict) else [(kind, {})])}
    sent, clean, said = code or "", tidy(code), tidy(title)
    if not lists.entries.get(own):
        return "error", "no_list"
    if not clean:
        return "incomplete", "code_missing"
    if not tidy(terminology_id):
        return "incomplete", "terminology_missing"
    here = lists.of(own, sent)
    if not here and any(re.fullmatch(p, clean.lower()) for p in kinds["code_not_placeholder"]["placeholders"]):
        return "placeholder", "filler"
    if tidy(terminology_id).lower() not in [name.lower() for name in kinds["terminology_allowed"]["ids"]]:
        return "terminology_not_allowed", "mislabelled" if here else "local_terminology"
    if not here:
        wrong = _shape(kinds["code_shape"], lists, own, sent, clean, said)
        if wrong:
            return "malformed", wrong
    always = kinds["code_listed"].get("always", [])
    base = lists.of(own, sent.split(".")[0]) if not here and "." in sent and kinds["code_listed"].get("dotted") else []
    if sent not in always:
        if not here and not base:
            elsewhere = any(lists.of(other, sent) for other in lists.entries if other != own)
            return "unknown", "code_of_another_list" if elsewhere else "not_listed"
        wrong = _force(here or base, day)
        if wrong:
            return "not_in_force", wrong
    wrong = _title(kinds["title_agrees"]["at_least"], lists.entries[own], here, base, sent, title or "", day)
    return ("title_mismatch", wrong) if wrong else ("passed", "")


def _shape(kind: dict, lists: Lists, own: str, sent: str, clean: str, said: str) -> str:
    pattern = kind["pattern"]
    if re.fullmatch(pattern, sent):
        return "check_digit" if kind.get("check_digit") and not luhn_ok(sent.replace("-", "")) else ""
    if not re.fullmatch(pattern, clean) and re.fullmatch(pattern, said):
        return "swapped"
    undone = [(what, was) for what, was in damages(sent, said) if was != sent and lists.of(own, was)]
    named = [(what, was) for what, was in undone if compared(said) and any(compared(said) in (compared(e.title_fa), compared(e.title_en)) for e in lists.of(own, was))]
    damage = next((what for what, _ in named or undone), "")
    if damage == "digits_or_blanks" or re.fullmatch(pattern, clean):
        return "digits_or_blanks"
    if damage and damage != "swapped":
        return damage
    if re.fullmatch("[0-9]+", clean) and len(clean) < kind.get("shortest", 0):
        return "truncated"
    return "wrong_shape" if re.search("[0-9]", clean) else "text_as_code"


def _force(entries: list[Entry], day: dt.date | None) -> str:
    days = [(e.since, e.until or dt.date.max) for e in entries if e.until is None or e.until > e.since]
    if day is None:
        return "" if days else "retired"
    if any(since <= day < until for since, until in days):
        return ""
    return "not_yet_in_force" if days and day < min(days)[0] else "retired"


def _title(at_least: int, entries: list[Entry], here: list[Entry], base: list[Entry], sent: str, title: str, day: dt.date | None) -> str:
    if not compared(title):
        return ""
    now = [e for e in here if day and e.since <= day < (e.until or dt.date.max)] or sorted(here, key=lambda e: e.since)[-1:]
    alike = agreement(title, [t for e in now for t in (e.title_fa, e.title_en)])
    owners = {e.code for e in entries for t in (e.title_fa, e.title_en) if t and compared(t) == compared(title)}
    if len(owners) == 1 and owners != {sent} and alike < 100 and not (base and owners == {base[0].code}):
        return "title_of_another_code"
    return "title_differs" if 0 <= alike < at_least else ""
