"""A Jalali time axis without JavaScript dates: months as whole numbers, `year * 12 + month - 1`, labels computed in the spec.

Belongs here: the number of a month or day, and the axis. Source: reporting.md 2.5.
"""

from typing import Any

from pipelines.charts.text import isolate
from pipelines.jalali import MONTHS_FA, SEASONS_FA
from pipelines.persian import fa

MONTHS_EN = ["Farvardin", "Ordibehesht", "Khordad", "Tir", "Mordad", "Shahrivar", "Mehr", "Aban", "Azar", "Dey", "Bahman", "Esfand"]
SEASONS_EN = ["spring", "summer", "autumn", "winter"]


def month_index(jalali_month: str) -> int:
    """`1401-11` → 16822."""
    year, month = jalali_month.split("-")
    return int(year) * 12 + int(month) - 1


def day_index(jalali_day: str) -> float:
    """`1401/11/10` → 16822.29: where that day stands on an axis of months."""
    year, month, day = map(int, jalali_day.split("/"))
    return year * 12 + month - 1 + (day - 1) / 31


def month_axis(first: int, last: int, lang: str = "fa") -> Any:
    """An axis from month `first` to month `last`: every month if a year or less, else every quarter; years under the first and each spring."""
    import altair as alt

    months = last - first < 12
    values = [i for i in range(first, last + 1) if months or i % 3 == 0]
    names = (MONTHS_FA if months else SEASONS_FA) if lang == "fa" else (MONTHS_EN if months else SEASONS_EN)
    labels = {}
    for i in values:
        text = [isolate(names[i % 12 if months else i % 12 // 3], lang)]
        if i % 12 == 0 or i == values[0]:
            text.append(fa(i // 12) if lang == "fa" else str(i // 12))
        labels[str(i)] = text
    quoted = {k: ", ".join(f"'{t}'" for t in v) for k, v in labels.items()}
    chosen = ", ".join(f"'{k}': [{v}]" for k, v in quoted.items())
    return alt.Axis(values=values, title=None, labelLineHeight=15, labelExpr=f"({{{chosen}}})[toString(datum.value)]")
