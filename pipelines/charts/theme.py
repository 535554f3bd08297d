"""How every chart looks: colours, font, number locale, and `dress`, which gives a finished chart its clothes.

Belongs here: what all charts share. Does not: the shape of any one chart. Source: reporting.md sections 2.4 and 3.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import altair as alt

INK, SECONDARY, PRIMARY, ALARM, AMBER = "#17263c", "#5b6b7f", "#0b6e83", "#c8452f", "#d9962b"
GOOD, MUTED, GRID, PANEL = "#3d8b5f", "#a9b4c2", "#e6eaf0", "#f4f7f9"
RAMP = ["#e9f2f4", "#c5dfe4", "#f7e7c1", "#f0bd82", "#dc7d55", "#b23a2a"]
STEPS = [0.02, 0.05, 0.10, 0.20, 0.40]  # upper ends of the first five steps of the ramp
FONT = "Vazirmatn, Tahoma, sans-serif"

_LOCALES: dict[str, dict[str, Any]] = {
    "fa": {
        "decimal": "٫", "thousands": "٬", "grouping": [3], "currency": ["", " ریال"], "numerals": list("۰۱۲۳۴۵۶۷۸۹"),
        "percent": "٪", "minus": "−", "nan": "—",
    },
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["", " IRR"], "percent": "%", "minus": "−", "nan": "—"},
}  # fmt: skip


def config(lang: str = "fa") -> dict[str, Any]:
    """The Vega-Lite `config` of a chart in one language. It travels with the spec into PNG, SVG, Lab and tooltips."""
    end = "end" if lang == "fa" else "start"
    quiet = {"labelColor": SECONDARY, "titleColor": SECONDARY, "labelFontSize": 11, "titleFontSize": 11, "titleFontWeight": "normal"}
    return {
        "font": FONT,
        "locale": {"number": _LOCALES[lang]},
        "background": "white",
        "padding": 6,
        "view": {"stroke": None},
        "mark": {"color": PRIMARY},
        "line": {"strokeWidth": 2.4, "strokeCap": "round", "strokeJoin": "round"},
        "text": {"font": FONT, "fontSize": 11, "color": INK},
        "axis": {**quiet, "domain": False, "ticks": False, "grid": False, "labelPadding": 6},
        "axisX": {"domain": True, "domainColor": MUTED, "ticks": True, "tickColor": MUTED, "tickSize": 4},
        "axisQuantitative": {"gridColor": GRID},
        "title": {
            "anchor": end, "align": "right" if lang == "fa" else "left", "frame": "bounds", "offset": 16, "fontSize": 17, "fontWeight": "bold",
            "color": INK, "subtitleColor": SECONDARY, "subtitleFontSize": 12, "subtitlePadding": 6,
        },
    }  # fmt: skip


def dress(chart: "alt.TopLevelMixin", lang: str = "fa", title: str | None = None, subtitle: str | None = None) -> Any:
    """The chart with font, locale, quiet axes and, if given, a title that says the finding and a grey line under it."""
    import altair as alt

    from pipelines.charts.text import lines

    if title:
        chart = chart.properties(title=alt.TitleParams(lines(title, lang), subtitle=lines(subtitle or "", lang)))
    return chart.configure(**config(lang))


def empty(lang: str = "fa", width: int = 360, height: int = 120) -> Any:
    """What stands where a chart would be if there is nothing to draw: a friendly line, never an error."""
    import altair as alt

    from pipelines.charts.text import word

    text = alt.Chart(alt.InlineData(values=[{}])).mark_text(color=SECONDARY, fontSize=13).encode(text=alt.value(word("nothing", lang)))
    return dress(text.properties(width=width, height=height), lang)
