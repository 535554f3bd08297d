"""What a notebook may use: `mart("name")`, `show(chart)`, `table(frame)`.

Belongs here: reading marts and putting things before a reader. Does not: SQL of a question (make it a mart), charts (`pipelines.charts`).
In front of a person in JupyterLab charts are live and need no network; in a headless run they are PNG, which survives everywhere.
"""

import os
import re
from html import escape
from typing import TYPE_CHECKING, Any

from pipelines.charts.text import number
from pipelines.disclosure import suppress
from pipelines.errors import InputError, NotBuiltError
from pipelines.persian import fa
from pipelines.settings import home

if TYPE_CHECKING:
    import pandas as pd

HEADS = {
    "rule_id": "قاعده", "title_fa": "قاعده", "terminology": "ترمینولوژی", "university": "دانشگاه", "vendor": "شرکت", "items_judged": "سنجیده‌شده", "items_failed": "ناموفق",
    "error_rate": "نرخ خطا (درصد)", "low": "از (درصد)", "high": "تا (درصد)", "start_jalali": "تاریخ آغاز", "lists": "فهرست", "outcome": "نتیجه", "change": "تغییر (واحد درصد)",
    "share": "سهم (درصد)", "before": "پیش (درصد)", "after": "پس (درصد)", "items": "اقلام", "jalali_month": "ماه", "phase": "دوره", "gate": "دروازه",
    "weekly_before": "قلم در هفته، پیش", "weekly_after": "قلم در هفته، پس", "volume_change": "تغییر شمار (درصد)",
}  # fmt: skip
SHARES = {"error_rate", "low", "high", "share", "before", "after", "change", "volume_change"}
COUNTS = {"items_judged", "items_failed", "items", "messages", "weekly_before", "weekly_after"}
CODES = {"rule_id", "terminology", "terminology_id", "code", "suggested_code", "lists", "facility_id", "system_id"}  # Latin digits stay
_NAMES = {
    "university": ("university_id", "select university_id as id, name_fa as name from reference.universities"),
    "vendor": ("vendor_id", "select vendor_id as id, name_fa as name from reference.vendors"),
}


def mart(name: str) -> "pd.DataFrame":
    """A mart as a frame, one row as the mart has it; `university` and `vendor` (Persian names) are added beside the ids.

    The data folder is `SEPAS_DQ_HOME`. Rates cannot be added: sum `items_judged` and `items_failed`, then `with_rate`.
    """
    import duckdb

    if not re.fullmatch("[a-z_]+", name):
        raise InputError(f"'{name}' is not the name of a mart; names are small letters and underscores, as in docs/architecture.md.")
    warehouse = home().warehouse
    if not warehouse.exists():
        raise NotBuiltError(f"There is no warehouse at {warehouse} yet. Run `sepas-dq demo`, or `sepas-dq ingest PATH` and `sepas-dq build`.")
    with duckdb.connect(str(warehouse), read_only=True) as con:
        marts = sorted(r[0] for r in con.execute("select table_name from information_schema.tables where table_schema = 'marts'").fetchall())
        if name not in marts:
            raise NotBuiltError(f"There is no mart '{name}'. There are: {', '.join(marts) or 'none yet; run `sepas-dq build`'}.")
        frame = con.execute(f"from marts.{name}").df()
        for column, (key, sql) in _NAMES.items():
            if key in frame:
                names = dict(con.execute(sql).fetchall())
                frame[column] = [names.get(i) or ("نامشخص" if i == "unknown" else i) for i in frame[key]]
    return frame


def is_attended() -> bool:
    """True if a person sits in front of JupyterLab: its server names the session, a headless run has none."""
    return "JPY_SESSION_NAME" in os.environ and not os.environ.get("SEPAS_DQ_HEADLESS")


def show(chart: Any) -> Any:
    """The chart, to stand last in a cell: live in JupyterLab (offline), a PNG in a headless run."""
    if is_attended():
        import altair as alt

        alt.JupyterChart.enable_offline()
        return alt.JupyterChart(chart)
    from IPython.display import Image

    from pipelines.charts import to_png

    png = to_png(chart)
    return Image(data=png, format="png", width=int.from_bytes(png[16:20], "big") // 2)


def table(frame: "pd.DataFrame", limit: int = 20) -> Any:
    """The first rows as a table from right to left: Persian digits, shares in percent, counts of 1 to 4 hidden, codes untouched."""
    from IPython.display import HTML

    head = "".join(f'<th scope="col">{escape(HEADS.get(c, c))}</th>' for c in frame.columns)
    rows = ["<tr>" + "".join(_cell(c, v) for c, v in zip(frame.columns, row, strict=True)) + "</tr>" for row in frame.head(limit).itertuples(index=False)]
    more = f"<caption>{fa(limit)} سطر از {number(len(frame))}</caption>" if len(frame) > limit else ""
    return HTML(f'<div dir="rtl" class="sepas-table"><table>{more}<thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>')


def _cell(column: str, value: Any) -> str:
    if value is None or value != value:
        return "<td>–</td>"
    if column in SHARES:
        sign = "+" if column.endswith("change") and value > 0 else ""
        return f'<td class="num"><bdi dir="ltr">{sign}{number(value * 100, decimals=1)}</bdi></td>'
    if column in COUNTS:
        shown = suppress(round(value))
        return f'<td class="num">{"&lt;۵" if shown is None else number(shown)}</td>'
    if column in CODES:
        return f'<td><bdi dir="ltr">{escape(str(value))}</bdi></td>'
    text = number(value, decimals=0 if value == int(value) else 1) if isinstance(value, float) else fa(value)
    return f"<td><bdi>{escape(text)}</bdi></td>"
