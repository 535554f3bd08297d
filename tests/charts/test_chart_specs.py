"""What every chart spec must hold: isolated Persian, precise percents, the locale, and the encodings a reader relies on."""

import re

import pandas as pd
import pytest

from pipelines.charts import rate_around_rollout, rate_by_month, university_rule_heatmap, vendor_ranking

PERSIAN = re.compile("[\u0621-\u064a\u067e-\u06d3]")  # letters; digits alone need no isolate
WEEKS = pd.DataFrame({"weeks_from_start": [-2, -1, 0, 1, 3], "items_judged": [100, 100, 4, 200, 50], "items_failed": [30, 31, 1, 20, 4]})
MONTHS = pd.DataFrame({"jalali_month": ["1401-11", "1401-12", "1402-01", "unknown"], "items_judged": [100, 200, 50, 7], "items_failed": [30, 20, 5, 7]})
SENDERS = pd.DataFrame({"name": ["آوای طب", "مهر", "کوچک"], "items_judged": [1000, 1000, 3], "items_failed": [300, 50, 3]})
CELLS = pd.DataFrame(
    [("یزد", "LNC\nجواب", 100, 50), ("یزد", "IRC\nصورتحساب", 4, 4), ("قم (شهر)", "LNC\nجواب", 1000, 10)],
    columns=["name", "rule", "items_judged", "items_failed"],
)
RULES = ["LNC\nجواب", "IRC\nصورتحساب", "ICD10\nجواب"]


def charts(lang):
    title = {"title": "نرخ خطا در ICD-10 (درصد)", "subtitle": "هفتگی، LNC"}
    yield "rollout", rate_around_rollout(WEEKS, "۱۴۰۱/۱۱/۱۰", lang=lang, events=[(1.5, "نوروز")], **title)
    yield "months", rate_by_month(MONTHS, lang=lang, starts=["1401/11/10", "1401/12/20"], **title)
    yield "ranking", vendor_ranking(SENDERS, lang=lang, **title)
    yield "map", university_rule_heatmap(CELLS, RULES, lang=lang, **title)


ALL = [pytest.param(chart.to_dict(), id=f"{name}-{lang}") for lang in ("fa", "en") for name, chart in charts(lang)]


def strings(node, key=""):
    """(key, text) of every string in a spec, the config aside."""
    if isinstance(node, dict):
        for name, child in node.items():
            if name != "config":
                yield from strings(child, name)
    elif isinstance(node, list):
        for child in node:
            yield from strings(child, key)
    elif isinstance(node, str):
        yield key, node


@pytest.mark.parametrize("spec", ALL)
def test_persian_is_isolated_wherever_it_is_drawn(spec):
    fields = {text.split(":")[0] for key, text in strings(spec) if key == "field"}
    drawn = [(k, t) for k, t in strings(spec) if PERSIAN.search(t) and (k in fields or k in ("text", "subtitle", "title", "value", "sort"))]
    assert drawn
    for key, text in drawn:
        for line in text.split("\n"):
            assert not PERSIAN.search(line) or (line[0] == "\u2067" and line[-1] == "\u2069"), (key, text)
    for key, text in strings(spec):
        if key == "labelExpr" and PERSIAN.search(text):
            assert all(part[1] == "\u2067" for part in re.findall("'[^']*'", text) if re.search("[\u0622-\u06cc]", part)), text


@pytest.mark.parametrize("spec", ALL)
def test_percent_formats_have_a_precision(spec):
    formats = [text for key, text in strings(spec) if key == "format" and "%" in text]
    assert all(re.fullmatch(r"\.[0-9]%", f) for f in formats), formats


@pytest.mark.parametrize("spec", ALL)
def test_theme_travels_with_the_spec(spec):
    config = spec["config"]
    assert config["font"].startswith("Vazirmatn")
    assert config["mark"]["color"] == "#0b6e83" and config["view"]["stroke"] is None
    locale = config["locale"]["number"]
    assert locale.get("numerals", list("0123456789")) in (list("۰۱۲۳۴۵۶۷۸۹"), list("0123456789"))


def layers(chart):
    return chart.to_dict()["layer"]


def rows(chart):
    return [row for data in chart.to_dict()["datasets"].values() for row in data]


def test_rollout_hides_small_weeks_and_breaks_the_line_there():
    chart = dict(charts("fa"))["rollout"]
    drawn = {r["weeks_from_start"]: r for r in rows(chart) if "error_rate" in r}
    assert 0 not in drawn and set(drawn) == {-2, -1, 1, 3}
    assert drawn[-1]["run"] != drawn[1]["run"] != drawn[3]["run"]
    assert drawn[1]["error_rate"] == pytest.approx(0.1)
    assert any(layer["mark"].get("strokeDash") == [5, 4] and layer["mark"]["color"] == "#c8452f" for layer in layers(chart))


def test_rates_start_at_zero():
    for name in ("rollout", "months"):
        scales = [layer["encoding"]["y"]["scale"]["domain"][0] for layer in layers(dict(charts("fa"))[name]) if "scale" in layer["encoding"].get("y", {})]
        assert scales and set(scales) == {0}


def test_months_that_are_none_are_left_out():
    assert {r["jalali_month"] for r in rows(dict(charts("fa"))["months"]) if "jalali_month" in r} == {"1401-11", "1401-12", "1402-01"}


@pytest.mark.parametrize(("lang", "side"), [("fa", "right"), ("en", "left")])
def test_ranking_is_mirrored_in_persian_and_keeps_small_vendors_out(lang, side):
    chart = dict(charts(lang))["ranking"]
    dots = next(layer for layer in layers(chart) if layer["mark"].get("type") == "point")["encoding"]
    assert dots["y"]["axis"]["orient"] == side and dots["x"]["scale"]["reverse"] is (lang == "fa")
    named = [r for r in rows(chart) if "error_rate" in r]
    assert [r["name"] for r in named] == ["آوای طب", "مهر"] and [r["above"] for r in named] == [True, False]


def test_map_shows_no_data_and_small_cells_apart():
    chart = dict(charts("fa"))["map"]
    cells = {(r["label"].strip("\u2067\u2069"), r["column"].splitlines()[0].strip("\u2066\u2067\u2069")): r for r in rows(chart) if "column" in r}
    assert cells["یزد", "IRC"]["step"] == 6 and cells["یزد", "IRC"]["text"] == "<۵" and cells["یزد", "IRC"]["items_judged"] is None
    assert cells["یزد", "ICD10"]["step"] == 7
    assert cells["یزد", "LNC"]["text"] == "۵۰٪" and cells["یزد", "LNC"]["step"] == 5
    assert cells["قم (شهر)", "LNC"]["text"] == "۱٫۰٪"
    order = chart.to_dict()["vconcat"][0]["layer"][0]["encoding"]
    assert [t.strip("\u2067\u2069") for t in order["y"]["sort"]] == ["یزد", "قم (شهر)"]
    assert order["x"]["sort"][-1] == "\u2067همهٔ قاعده‌ها\u2069", "columns run from right to left"


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_nothing_to_draw_is_said_kindly(lang):
    for chart in (rate_around_rollout(WEEKS[:0], "x", lang=lang), rate_by_month(MONTHS[:0], lang=lang), vendor_ranking(SENDERS[:0], lang=lang),
                  university_rule_heatmap(CELLS[:0], RULES, lang=lang), vendor_ranking(SENDERS[2:], lang=lang)):  # fmt: skip
        assert ("داده‌ای برای نمایش نیست" if lang == "fa" else "Nothing to show") in chart.to_json(ensure_ascii=False)
