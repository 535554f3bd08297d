"""Universities against rules: one coloured cell each, with the rate in it.

Belongs here: the map. Does not: the table of the same numbers with denominators (the report prints it beneath).
"""

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from pipelines.charts.text import isolate, lines, number, percent, word
from pipelines.charts.theme import GRID, INK, MUTED, RAMP, SECONDARY, STEPS, dress, empty
from pipelines.disclosure import suppress

if TYPE_CHECKING:
    import pandas as pd

SMALL, NONE = 6, 7  # after the six steps of the ramp
_FILL = [*RAMP, "#ffffff", "#eef0f3"]


def university_rule_heatmap(
    frame: "pd.DataFrame", rules: list[str], *, totals: "pd.DataFrame | None" = None, lang: str = "fa", limit: int | None = None, title: str | None = None,
    subtitle: str | None = None, cell: int = 56, row: int = 25,
) -> Any:  # fmt: skip
    """Error rate of every university under every rule, worst university first.

    Frame: `name`, `rule` (its label, lines parted by a newline), `items_judged`, `items_failed`; counts that are already hidden are NaN.
    `rules`: the labels in their order. `totals` (`name`, counts) replaces the sums of the cells where some of those are hidden.
    How to read it: the number in a cell is the share of judged items that failed; the first column is all rules together. Grey cells
    have no data; white dashed cells have 1 to 4 judged items and are not shown. Compare within a column: rules differ in difficulty.
    In Persian the columns run from right to left. `limit` keeps the worst so many rows.
    """
    import altair as alt

    if frame.empty or not rules:
        return empty(lang)
    cells, order = _cells(frame, frame if totals is None else totals, rules, lang, limit)
    if not order:
        return empty(lang)
    columns = [word("all_rules", lang), *("\n".join(lines(r, lang)) for r in rules)]
    fa = lang == "fa"
    x = alt.X("column:N", sort=columns[::-1] if fa else columns, axis=alt.Axis(orient="top", title=None, labelExpr="split(datum.label, '\\n')", labelAngle=0, labelLineHeight=14, labelPadding=8 + 14 * max(c.count("\n") for c in columns), labelLimit=cell + 8, domain=False, ticks=False, labelColor=INK, labelFontSize=10))  # fmt: skip
    y = alt.Y("label:N", sort=order, axis=alt.Axis(orient="right" if fa else "left", title=None, labelFontSize=12, labelLimit=230, labelColor=INK))
    step = alt.Scale(domain=list(range(8)), range=_FILL)
    base = alt.Chart(cells).encode(x=x, y=y)
    size: dict[str, Any] = {"width": alt.RelativeBandSize(0.94), "height": alt.RelativeBandSize(0.88), "cornerRadius": 3}
    rect = base.mark_rect(**size).encode(color=alt.Color("step:O", scale=step, legend=None), tooltip=["label:N", "text:N", alt.Tooltip("items_judged:Q", format=",d")])
    hidden = base.transform_filter(f"datum.step == {SMALL}").mark_rect(**size, fill="#ffffff", stroke=MUTED, strokeDash=[3, 2])
    dark = alt.when("datum.step == 5").then(alt.value("#ffffff")).when(f"datum.step >= {SMALL}").then(alt.value(SECONDARY)).otherwise(alt.value(INK))
    text = base.mark_text(fontSize=11).encode(text="text:N", color=dark)
    at = -12 if fa else cell * len(columns) + 12
    total = alt.Chart(cells[cells["column"] == columns[0]]).mark_text(color=SECONDARY, fontSize=10.5, align="right" if fa else "left")
    counts = total.encode(y=y, x=alt.value(at), text="items_text:N")
    head = alt.Chart(alt.InlineData(values=[{"h": word("items", lang)}])).mark_text(color=SECONDARY, fontSize=10, baseline="bottom", dy=-4, align="right" if fa else "left")
    heads = head.encode(x=alt.value(at), y=alt.value(0), text="h:N")
    picture = alt.layer(rect, hidden, text, counts, heads).properties(width=cell * len(columns), height=row * len(order))
    whole = alt.vconcat(picture, _legend(lang, cell * len(columns)), spacing=14).resolve_scale(color="independent")
    return dress(whole, lang, title, subtitle)


def _cells(frame: "pd.DataFrame", whole: "pd.DataFrame", rules: list[str], lang: str, limit: int | None) -> tuple["pd.DataFrame", list[str]]:
    """One row a cell, absent ones too, and the names in their order."""
    import pandas as pd

    summed = frame.groupby(["name", "rule"])[["items_judged", "items_failed"]].sum(min_count=1)
    totals = whole.groupby("name")[["items_judged", "items_failed"]].sum()
    shown = totals[totals["items_judged"] > 0]
    rate = (shown["items_failed"] / shown["items_judged"]).where(shown["items_judged"].map(lambda n: bool(suppress(int(n)))), -1.0)
    names = rate.sort_values(ascending=False, kind="stable").index.tolist()[:limit]
    rows = []
    for name in names:
        for rule in [None, *rules]:
            place = totals.loc[name] if rule is None else summed.loc[(name, rule)] if (name, rule) in summed.index else None
            judged, failed = _counts(place)
            label = word("all_rules", lang) if rule is None else "\n".join(lines(rule, lang))
            rows.append({"label": isolate(str(name), lang), "column": label, **_cell(judged, failed, lang)})
    return pd.DataFrame(rows), [isolate(str(n), lang) for n in names]


def _counts(place: Any) -> tuple[int, int]:
    """Judged and failed; nothing where there is no row, one where a count was hidden before it came here."""
    if place is None:
        return 0, 0
    return (1, 0) if place["items_judged"] != place["items_judged"] else (int(place["items_judged"]), int(place["items_failed"]))


def _cell(judged: int, failed: int, lang: str) -> dict[str, Any]:
    if judged == 0:
        return {"step": NONE, "text": "–", "items_judged": 0, "items_text": ""}
    if suppress(judged) is None:
        return {"step": SMALL, "text": "<" + number(5, lang), "items_judged": None, "items_text": "<" + number(5, lang)}
    rate = failed / judged
    return {"step": sum(rate > s for s in STEPS), "text": percent(rate, lang), "items_judged": judged, "items_text": number(judged, lang)}


def _legend(lang: str, width: int) -> Any:
    """Eight keys under the map, drawn as marks: Vega's own legend cannot be mirrored."""
    import altair as alt

    ends = [number(s * 100, lang) for s in STEPS]
    texts = [word("up_to", lang, ends[0]), *(word("between", lang, a, b) for a, b in pairwise(ends)), word("over", lang, ends[-1])]
    texts = [isolate(t.strip("\u2066\u2067\u2069") + (" درصد" if lang == "fa" else " %"), lang) for t in texts] + [word("small", lang), word("no_data", lang)]
    gap = min(118, (width - 20) / 8)
    fa = lang == "fa"
    keys = [{"at": width - i * gap if fa else i * gap, "text": t, "step": i, "side": -1 if fa else 1} for i, t in enumerate(texts)]
    at = alt.X("at:Q", scale=alt.Scale(domain=[0, width]), axis=None)
    base = alt.Chart(alt.InlineData(values=keys)).encode(x=at)
    fill = alt.Color("step:O", scale=alt.Scale(domain=list(range(8)), range=_FILL), legend=None)
    side = -1 if fa else 1
    key = base.mark_point(shape="square", filled=True, size=170, opacity=1, strokeWidth=1).encode(y=alt.value(10), fill=fill, stroke=alt.condition(f"datum.step == {SMALL}", alt.value(MUTED), alt.value(GRID)))
    label = base.mark_text(align="right" if fa else "left", dx=12 * side, color=SECONDARY, fontSize=10.5).encode(y=alt.value(11), text="text:N")
    return alt.layer(key, label).properties(width=width, height=20)
