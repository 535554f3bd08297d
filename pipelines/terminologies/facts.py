"""What lists say about codes beside titles: attributes (GTIN, marks, relative values) and the codes they belong to in other lists.

Belongs here: one row's facts as one JSON text in the release file, and the two tables made of them. Does not: what a header is called.
"""

import json
import re
from typing import TYPE_CHECKING

from pipelines import persian
from pipelines.terminologies.cells import plain

if TYPE_CHECKING:
    pass

Facts = dict[str, list[str]]  # `gtin` or `map.eRx` → values, in the order of the file
_NUMBERS = {"total", "professional", "technical", "anaesthesia"}
_NOTHING = {"", "NULL", "NONE", "-"}
_SECTIONS = (
    ("blood_bank", "بانک خون|انتقال خون|blood.?bank|transfusion", "8025"),
    ("forensic", "قانونی|سم.?شناسی|forensic|toxicolog", "806"),
    ("genetics", "ژنتیک|genetic|molecular", "805|810"),
    ("pathology", "پاتولوژی|آسیب.?شناسی|patholog|cytolog", "807"),
)


def of_row(cells: dict[str, str | None], marks: str | None, terminology: str, sheet: str) -> tuple[Facts, list[str]]:
    """(facts of one row, names of those whose value was no number and was left out)."""
    facts: Facts = {}
    spilled: list[str] = []
    for part, raw in cells.items():
        kind, _, name = part.partition(".")
        value = plain(raw) if kind in ("fact", "map") else None
        if value is None or value.upper() in _NOTHING or (value == "0" and (kind == "map" or name == "gtin")):
            continue
        if name in _NUMBERS:
            number = _number(value)
            spilled += [] if number else [name]
            value = number or ""
        elif name == "marks":
            value = "".join(mark for mark in "#*+" if mark in value)
        if value:
            facts[name if kind == "fact" else part] = [value]
    if terminology == "RVU3" and marks:
        facts["marks"] = ["".join(m for m in "#*+" if m in marks + "".join(facts.get("marks", [])))]
    if terminology == "ICD10" and marks:
        facts["usage"] = [marks]
    if terminology == "LNC":
        said = (cells.get(f"fact.{name}") or "" for name in ("section", "rvu_group", "rvu_category"))
        section = _section(" ".join([sheet, *said]), cells.get("map.RVU3") or "")
        facts |= {"section": [section]} if section else {}
    return facts, spilled


def _number(text: str) -> str | None:
    """`18.399999999999999` is 18.4; None if it is no number."""
    text = persian.clean(text).replace("/", ".")
    return format(round(float(text), 3), "g") if re.fullmatch(r"[0-9]{1,6}([.][0-9]*)?", text) else None


def _section(text: str, rvu: str) -> str | None:
    """The part of laboratory coding that was announced apart: by its words, else by the RVU code."""
    text = persian.clean(text).casefold()
    by_words = (section for section, words, _ in _SECTIONS if re.search(words, text))
    by_code = (section for section, _, codes in _SECTIONS if re.fullmatch(f"({codes})[0-9]*", rvu) and len(rvu) == 6)
    return next(by_words, None) or next(by_code, None)


def merge(into: Facts, more: Facts) -> bool:
    """Adds codes of other lists that are not there yet, and attributes where there is none: the first row counts. True if codes were added."""
    grown = False
    for name, values in more.items():
        there = into.setdefault(name, [])
        if name.startswith("map."):
            fresh = [value for value in values if value not in there]
            grown = grown or bool(fresh)
            there += fresh
        elif not there:
            there += values
    return grown


def encode(facts: Facts | None) -> str | None:
    """Facts as a release file holds them."""
    return json.dumps(facts, ensure_ascii=False) if facts else None


def decode(text: str | None) -> Facts | None:
    return json.loads(text) if text else None
