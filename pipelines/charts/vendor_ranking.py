"""Vendors by error rate: a dot on its interval, worst at the top.

Belongs here: the ranking of senders (vendors, or universities with the same columns). Does not: change over time.
"""

from typing import TYPE_CHECKING, Any

from pipelines.charts.text import isolate, number, percent, word
from pipelines.charts.theme import ALARM, GRID, MUTED, PRIMARY, SECONDARY, dress, empty
from pipelines.charts.wilson import shown_with_rate

if TYPE_CHECKING:
    import pandas as pd


def vendor_ranking(
    frame: "pd.DataFrame", *, lang: str = "fa", title: str | None = None, subtitle: str | None = None, width: int = 430, row: int = 26,
) -> Any:  # fmt: skip
    """Error rate of each vendor, worst first, with the number of judged items.

    Frame: `name`, `items_judged`, `items_failed`; one row a vendor (rows of one name are summed).
    How to read it: the dot is the rate, the thick pale bar its 95 % Wilson interval, the dashed line the national mean. A red dot lies
    above the mean with its whole interval; if an interval crosses the line the vendor cannot be told from the mean.
    In Persian the picture is mirrored: names right, zero right, rates grow leftwards. Vendors with fewer than five items are left out.
    """
    import altair as alt

    vendors = frame.groupby("name", as_index=False)[["items_judged", "items_failed"]].sum()
    vendors = shown_with_rate(vendors)
    if vendors.empty:
        return empty(lang, width)
    mean = float(vendors["items_failed"].sum() / vendors["items_judged"].sum())
    vendors = vendors.sort_values("error_rate", ascending=False)
    vendors["label"] = [isolate(str(n), lang) for n in vendors["name"]]
    vendors["rate_text"] = [percent(r, lang) for r in vendors["error_rate"]]
    vendors["items_text"] = [number(n, lang) for n in vendors["items_judged"]]
    vendors["above"] = [bool(low > mean) for low in vendors["low"]]
    fa = lang == "fa"
    x_scale = alt.Scale(domain=[0, max(0.05, float(vendors["high"].max()) * 1.06)], nice=True, reverse=fa)
    x = alt.X("error_rate:Q", scale=x_scale, axis=alt.Axis(format=".0%", tickCount=5, title=None, grid=True, gridColor=GRID, orient="bottom"))
    y = alt.Y("label:N", sort=vendors["label"].tolist(), axis=alt.Axis(orient="right" if fa else "left", title=None, labelFontSize=12, labelLimit=240, labelPadding=10))
    base = alt.Chart(vendors)
    interval = base.mark_rule(strokeWidth=9, strokeCap="round", color=MUTED, opacity=0.45).encode(x=alt.X("low:Q", scale=x_scale), x2="high:Q", y=y)
    colour = alt.condition("datum.above", alt.value(ALARM), alt.value(PRIMARY))
    dots = base.mark_point(filled=True, size=80, opacity=1).encode(x=x, y=y, color=colour, tooltip=["label:N", alt.Tooltip("error_rate:Q", format=".1%"), alt.Tooltip("items_judged:Q", format=",d")])  # fmt: skip
    average = alt.Chart(alt.InlineData(values=[{"m": mean, "label": word("mean", lang, number(mean * 100, lang, 1))}]))
    line = average.mark_rule(strokeDash=[4, 4], color=SECONDARY).encode(x=alt.X("m:Q", scale=x_scale))
    note = average.mark_text(color=SECONDARY, baseline="bottom", dy=-4).encode(x=alt.X("m:Q", scale=x_scale), y=alt.value(0), text="label:N")
    places = (-50, -110) if fa else (width + 50, width + 110)
    columns = [layer for field, at, bold, head in (("rate_text", places[0], True, "rate"), ("items_text", places[1], False, "items")) for layer in _column(base, y, field, at, bold, word(head, lang))]  # fmt: skip
    return dress(alt.layer(interval, line, note, dots, *columns).properties(width=width, height=alt.Step(row)), lang, title, subtitle)


def _column(base: Any, y: Any, field: str, at: int, bold: bool, head: str) -> list[Any]:
    import altair as alt

    text = base.mark_text(align="center", color=PRIMARY if bold else SECONDARY, fontWeight="bold" if bold else "normal", fontSize=12)
    title = alt.Chart(alt.InlineData(values=[{"head": head}])).mark_text(align="center", color=SECONDARY, baseline="bottom", dy=-4)
    return [text.encode(x=alt.value(at), y=y, text=f"{field}:N"), title.encode(x=alt.value(at), y=alt.value(0), text="head:N")]
