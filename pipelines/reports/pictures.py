"""The charts of the report, drawn from its numbers.

Belongs here: numbers → frames → inline SVG. Does not: how a chart looks (`pipelines.charts`), words of the page.
"""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from pipelines import charts
from pipelines.reports.directive.beside import Beside
from pipelines.reports.speech import Speech

Row = dict[str, Any]
WORST = 24  # rows of the heat map; the table beneath it has all


def pictures(numbers: Row, say: Speech) -> dict[str, Any]:
    """`trend`, `map`, `ranking` and one picture a rule, as SVG text. Threads: vl-convert draws outside the interpreter lock."""
    jobs: dict[str, tuple] = {
        "trend": (_trend, numbers), "map": (_map, numbers), "ranking": (_ranking, numbers),
        **({"use": (_use, numbers)} if numbers["use"] else {}),
        **{rule["rule_id"]: (_rollout, rule, numbers["rollouts"].get(rule["rule_id"], [])) for rule in numbers["rules"]},
    }  # fmt: skip
    made = {key: job[0](*job[1:], say) for key, job in jobs.items()}
    with ThreadPoolExecutor(4) as pool:
        return dict(zip(made, pool.map(lambda m: charts.to_svg(*m), made.values()), strict=True))


def _frame(rows: list[Row], *columns: str) -> Any:
    """Rows whose counts are shown, with these columns and the counts; a frame with these columns even if there are none."""
    import pandas as pd

    wanted = [*columns, "items_judged", "items_failed"]
    return pd.DataFrame([{c: r[c] for c in wanted} for r in rows if r["items_judged"] is not None], columns=wanted)


def _trend(numbers: Row, say: Speech) -> tuple[Any, str]:
    starts = sorted({r["start_jalali"] for r in numbers["rules"]})
    return charts.rate_by_month(_frame(numbers["months"], "jalali_month"), lang=say.lang, starts=starts, width=600, height=200), say.text("alt_trend")


def _rollout(rule: Row, weeks: list[Row], say: Speech) -> tuple[Any, str]:
    marks = Beside([rule], say.lang).marks(rule)
    chart = charts.rate_around_rollout(_frame(weeks, "weeks_from_start"), say.short_day(rule["start_jalali"]), lang=say.lang, events=marks, width=330, height=160)
    return chart, say.text("alt_rollout", rule=rule[f"title_{say.lang}"])


def _use(numbers: Row, say: Speech) -> tuple[Any, str]:
    starts = sorted({r["start_jalali"] for r in numbers["rules"]}) or ["1401/11/10"]
    chart = charts.rate_around_rollout(_frame(numbers["use"]["weeks"], "weeks_from_start"), say.short_day(starts[0]), lang=say.lang, width=600, height=180, top=1.0)
    return chart, say.text("alt_use")


def _map(numbers: Row, say: Speech) -> tuple[Any, str]:
    import pandas as pd

    names = {u["university_id"]: say.name(u) for u in numbers["universities"]}
    labels = {r["rule_id"]: "\n".join([say.terminology(r["terminology"]), *_two_lines(say.service(r["service"]))]) for r in numbers["rules"]}
    rows = [c | {"name": names[c["university_id"]], "rule": labels[c["rule_id"]]} for c in numbers["cells"] if c["rule_id"] in labels]
    totals = pd.DataFrame([u | {"name": say.name(u)} for u in numbers["universities"]], columns=["name", "items_judged", "items_failed"])
    frame = pd.DataFrame(rows, columns=["name", "rule", "items_judged", "items_failed"])
    return charts.university_rule_heatmap(frame, list(labels.values()), totals=totals.astype({"items_judged": "float", "items_failed": "float"}), lang=say.lang, limit=WORST), say.text("alt_map")


def _ranking(numbers: Row, say: Speech) -> tuple[Any, str]:
    rows = [v | {"name": say.name(v)} for v in numbers["vendors"]]
    return charts.vendor_ranking(_frame(rows, "name"), lang=say.lang, width=560), say.text("alt_ranking")


def _two_lines(text: str) -> list[str]:
    first, _, rest = text.partition(" ")
    return [first, rest] if rest else [first]
