"""Charts: one module each, a frame in and an `alt.Chart` out. What notebooks and reports may use is listed here.

Belongs here: names. Altair itself is imported when the first chart is made.
"""

from pipelines.charts.rate_around_rollout import rate_around_rollout
from pipelines.charts.rate_by_month import rate_by_month
from pipelines.charts.render import to_png, to_svg
from pipelines.charts.university_rule_heatmap import university_rule_heatmap
from pipelines.charts.vendor_ranking import vendor_ranking
from pipelines.charts.wilson import wilson, with_rate

__all__ = [
    "rate_around_rollout", "rate_by_month", "to_png", "to_svg", "university_rule_heatmap", "vendor_ranking", "wilson", "with_rate",
]  # fmt: skip
