"""One rule: its weekly error rate before and after the day its validation starts.

Belongs here: the picture of one rule. Does not: why the rate moved (a drop may be a repair, or errors blanked or relabelled).
"""

from typing import TYPE_CHECKING, Any

from pipelines.charts.text import isolate, word
from pipelines.charts.theme import ALARM, AMBER, PRIMARY, SECONDARY, dress, empty
from pipelines.charts.wilson import shown_with_rate

if TYPE_CHECKING:
    import pandas as pd


def rate_around_rollout(
    frame: "pd.DataFrame", start_label: str, *, lang: str = "fa", title: str | None = None, subtitle: str | None = None,
    events: list[tuple[float, str]] | None = None, width: int = 330, height: int = 150, top: float | None = None,
) -> Any:  # fmt: skip
    """Weekly error rate around one start date.

    Frame: `weeks_from_start` (0 is the week that begins on the start date), `items_judged`, `items_failed`; rows of one week are summed.
    `events` are other days worth a dotted line (Nowruz, a list announced), in weeks from the start.
    How to read it: the line is the share of judged items that failed in each week, the pale band its 95 % Wilson interval.
    The dashed red rule is the start date; the time after it is tinted. Left of it nobody was refused yet: the shadow rate.
    A gap is a week with fewer than five judged items.
    """
    import altair as alt

    weekly = frame.groupby("weeks_from_start", as_index=False)[["items_judged", "items_failed"]].sum()
    weekly = shown_with_rate(weekly)
    if weekly.empty:
        return empty(lang, width, height)
    weekly["weeks_from_start"] = weekly["weeks_from_start"].astype(int)
    first, last = int(weekly["weeks_from_start"].min()), int(weekly["weeks_from_start"].max())
    low, high = min(first, -1), max(last, 1)
    weekly["run"] = (weekly["weeks_from_start"].diff() != 1).cumsum()  # a missing week breaks the line
    ceiling = top or max(0.05, float(weekly["error_rate"].max()) * 1.28)
    step = 2 if high - low <= 14 else 4
    ticks = [w for w in range(low - low % step, high + 1, step) if low <= w <= high]
    x = alt.X("weeks_from_start:Q", scale=alt.Scale(domain=[low - 0.4, high + 0.6], nice=False),
              axis=alt.Axis(values=ticks, format="d", grid=False, title=word("weeks", lang), titlePadding=4))  # fmt: skip
    y = alt.Y("error_rate:Q", scale=alt.Scale(domain=[0, ceiling], nice=True), axis=alt.Axis(format=".0%", tickCount=4, title=None))
    tint = alt.Chart(alt.InlineData(values=[{"a": 0, "b": high + 0.6}])).mark_rect(color=PRIMARY, opacity=0.06).encode(x=alt.X("a:Q"), x2="b:Q")
    band = alt.Chart(weekly).mark_area(color=PRIMARY, opacity=0.18, clip=True).encode(x=x, y=alt.Y("low:Q"), y2="high:Q", detail="run:N")
    line = alt.Chart(weekly).mark_line(color=PRIMARY).encode(x=x, y=y, detail="run:N")
    points = alt.Chart(weekly).mark_point(color=PRIMARY, filled=True, size=20, opacity=1).encode(
        x=x, y=y, tooltip=[alt.Tooltip("weeks_from_start:Q", format="d"), alt.Tooltip("error_rate:Q", format=".1%"), alt.Tooltip("items_judged:Q", format=",d")],
    )  # fmt: skip
    final = alt.Chart(weekly.tail(1))
    dot = final.mark_point(color=PRIMARY, filled=True, size=60, opacity=1).encode(x=x, y=y)
    place: dict[str, Any] = {"dy": -13, "dx": 6, "align": "right", "fontWeight": "bold", "fontSize": 12}
    text = alt.Text("error_rate:Q", format=".1%")
    halo = final.mark_text(**place, stroke="white", strokeWidth=4, strokeJoin="round").encode(x=x, y=y, text=text)
    value = final.mark_text(**place).encode(x=x, y=y, text=text)
    layers = [tint, *_events(events or [], low, high, lang, height), *_rule(start_label, lang), band, line, points, dot, halo, value]
    return dress(alt.layer(*layers).properties(width=width, height=height), lang, title, subtitle)


def _rule(label: str, lang: str) -> list[Any]:
    import altair as alt

    here = alt.Chart(alt.InlineData(values=[{"w": 0, "label": isolate(label, lang)}]))
    rule = here.mark_rule(color=ALARM, strokeDash=[5, 4], strokeWidth=1.5).encode(x=alt.X("w:Q"))
    text = here.mark_text(color=ALARM, align="right", dx=-6, baseline="top", fontWeight="bold").encode(x="w:Q", y=alt.value(0), text="label:N")
    return [rule, text]


def _events(events: list[tuple[float, str]], low: int, high: int, lang: str, height: int) -> list[Any]:
    import altair as alt

    layers = []
    for place, (week, label) in enumerate(sorted(e for e in events if low <= e[0] <= high)):
        late = week > low + 0.75 * (high - low)
        here = alt.Chart(alt.InlineData(values=[{"w": week, "label": isolate(label, lang)}]))
        layers.append(here.mark_rule(color=AMBER, strokeDash=[1, 3], strokeWidth=1.4).encode(x="w:Q", y=alt.value(15 * place), y2=alt.value(height)))
        layers.append(here.mark_text(color=SECONDARY, align="right" if late else "left", dx=-4 if late else 4, baseline="top", fontSize=10)
                      .encode(x="w:Q", y=alt.value(15 * place), text="label:N"))  # fmt: skip
    return layers
