"""The report's section of extra checks: counts with their denominators, and «not estimable» where the lists say nothing."""

import html
import re

import pytest

from pipelines.reports.numbers import quarter_numbers

pytestmark = pytest.mark.xdist_group("report")


def rows(page: str) -> dict[str, str]:
    """Note → the text of its row."""
    section = re.search('<section id="notes">(.*?)</section>', page, re.S)[1]
    found = re.findall('<tr data-note="([a-z0-9_]+)">(.*?)</tr>', section, re.S)
    return {note: " ".join(html.unescape(re.sub("<[^>]+>", " ", text)).split()) for note, text in found}


def test_counts_stand_beside_what_was_looked_at(pages):
    said = rows(pages["en"].read_text(encoding="utf-8"))
    assert next(iter(said)) == "icd10_not_leaf", "the most frequent first"
    assert said["icd10_not_leaf"].endswith("of diagnoses that passed 1,234 10,000 12.3 11.7–13.0"), "months of the quarter only"
    assert " 0 700 0.0 0.0–0.5" in said["order_only_in_result"] and "stand-in" in said["order_only_in_result"]
    assert said["addon_alone"].endswith("<5 <5 <5 –"), "a small cell is hidden, and what was noted in it"
    assert "title_blank" not in said


@pytest.mark.parametrize("lang, missing, none", [
    ("en", "not estimable: the list at hand does not carry LNC: status active", "not estimable: no item of this quarter could be looked at"),
    ("fa", "برآوردناپذیر: فهرست موجود این را ندارد: LNC: status active", "برآوردناپذیر: در این فصل قلمی نبود"),
])  # fmt: skip
def test_what_cannot_be_told_is_said(pages, lang, missing, none):
    said = rows(pages[lang].read_text(encoding="utf-8"))
    assert missing in said["discouraged_code"] and none in said["standalone_procedure"]


def test_notes_are_in_no_rate(invented):
    numbers = quarter_numbers(invented, "1401Q4")
    assert {r["note"] for r in numbers["extra_checks"]} == {"icd10_not_leaf", "order_only_in_result", "addon_alone", "standalone_procedure", "discouraged_code"}
    assert sum(n for kinds in numbers["outcomes"].values() for k, n in kinds.items() if k not in ("not_applicable", "error")) == numbers["totals"]["items_judged"]
