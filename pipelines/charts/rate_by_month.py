"""The error rate month by month, all time the warehouse holds.

Belongs here: the trend. Does not: comparisons of senders.
"""

from typing import TYPE_CHECKING, Any

from pipelines.charts.jalali_axis import day_index, month_axis, month_index
from pipelines.charts.text import number, word
from pipelines.charts.theme import ALARM, PRIMARY, SECONDARY, dress, empty
from pipelines.charts.wilson import shown_with_rate

if TYPE_CHECKING:
    import pandas as pd


def rate_by_month(
    frame: "pd.DataFrame", *, lang: str = "fa", starts: list[str] | None = None, title: str | None = None, subtitle: str | None = None,
    width: int = 640, height: int = 220,
) -> Any:  # fmt: skip
    """Error rate of each Jalali month, with its interval and the number of judged items under each month.

    Frame: `jalali_month` (`1401-11`), `items_judged`, `items_failed`; rows of one month are summed. `starts`: Jalali days on which rules start.
    How to read it: points are shares of judged items that failed; the pale bar is the 95 % Wilson interval; the small grey number is the
    denominator; the red tint spans the first to the last start date. The last month may be incomplete.
    """
    import altair as alt

    monthly = frame[frame["jalali_month"].astype(str).str.match(r"[0-9]{4}-[0-9]{2}")].groupby("jalali_month", as_index=False)[["items_judged", "items_failed"]].sum()
    monthly = shown_with_rate(monthly).sort_values("jalali_month")
    if monthly.empty:
        return empty(lang, width, height)
    monthly["month"] = [month_index(m) for m in monthly["jalali_month"]]
    monthly["middle"] = monthly["month"] + 0.5
    monthly["n"] = [number(n, lang) for n in monthly["items_judged"]]
    first, last = int(monthly["month"].min()), int(monthly["month"].max())
    axis = month_axis(first, last, lang)
    axis.labelAlign, axis.labelOffset = "center", width / (last - first + 1) / 2
    scale = alt.Scale(domain=[first, last + 1], nice=False, zero=False)
    x = alt.X("middle:Q", scale=scale, axis=axis)
    y = alt.Y("error_rate:Q", scale=alt.Scale(domain=[0, max(0.05, float(monthly["high"].max()) * 1.25)], nice=True),
              axis=alt.Axis(format=".0%", tickCount=4, title=None))  # fmt: skip
    base = alt.Chart(monthly)
    interval = base.mark_rule(color=PRIMARY, opacity=0.25, strokeWidth=9, strokeCap="round").encode(x=x, y=alt.Y("low:Q"), y2="high:Q")
    line = base.mark_line(color=PRIMARY).encode(x=x, y=y)
    points = base.mark_point(filled=True, color=PRIMARY, size=55, opacity=1).encode(x=x, y=y, tooltip=["jalali_month:N", alt.Tooltip("error_rate:Q", format=".1%"), alt.Tooltip("items_judged:Q", format=",d")])  # fmt: skip
    values = base.mark_text(dy=-13, fontWeight="bold", fontSize=12).encode(x=x, y=alt.Y("high:Q"), text=alt.Text("error_rate:Q", format=".1%"))
    counts = base.mark_text(color=SECONDARY, fontSize=10, baseline="bottom").encode(x=x, y=alt.value(height - 5), text="n:N")
    layers = [*_span(starts or [], lang, scale, first, last), interval, line, points, values, counts]
    return dress(alt.layer(*layers).properties(width=width, height=height), lang, title, subtitle)


def _span(starts: list[str], lang: str, scale: Any, first: int, last: int) -> list[Any]:
    import altair as alt

    days = sorted(d for d in map(day_index, starts) if first <= d <= last + 1)
    if not days:
        return []
    data = alt.InlineData(values=[{"a": days[0], "b": days[-1], "label": word("starts", lang)}])
    tint = alt.Chart(data).mark_rect(color=ALARM, opacity=0.08).encode(x=alt.X("a:Q", scale=scale), x2="b:Q")
    rules = alt.Chart(alt.InlineData(values=[{"d": d} for d in days])).mark_rule(color=ALARM, strokeDash=[4, 4], opacity=0.6).encode(x=alt.X("d:Q", scale=scale))
    label = alt.Chart(data).mark_text(color=ALARM, align="left", dx=1, dy=-4, baseline="bottom", fontWeight="bold").encode(x=alt.X("a:Q", scale=scale), y=alt.value(0), text="label:N")
    return [tint, rules, label]
