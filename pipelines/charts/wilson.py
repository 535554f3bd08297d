"""The Wilson 95 % interval of a share, for sums of counts made after the marts.

Belongs here: the arithmetic. Does not: which counts are summed. The marts compute the same interval in SQL.
"""

import math
from typing import TYPE_CHECKING

from pipelines.disclosure import suppress

if TYPE_CHECKING:
    import pandas as pd

Z = 1.959963984540054  # 97.5th percentile of the normal distribution


def wilson(failed: int, judged: int) -> tuple[float, float] | None:
    """(low, high), or None where nothing was judged and so nothing can be estimated."""
    if judged <= 0:
        return None
    share, weight = failed / judged, Z * Z / judged
    centre = (share + weight / 2) / (1 + weight)
    half = Z * math.sqrt(share * (1 - share) / judged + weight / (4 * judged)) / (1 + weight)
    return max(0.0, centre - half), min(1.0, centre + half)


def with_rate(frame: "pd.DataFrame") -> "pd.DataFrame":
    """A copy with `error_rate`, `low`, `high` worked out from `items_judged` and `items_failed`; empty where 0 judged."""
    out = frame.copy()
    judged, failed = [out[c].astype("int64").tolist() for c in ("items_judged", "items_failed")]
    bounds = [wilson(f, j) or (None, None) for f, j in zip(failed, judged, strict=True)]
    rates = [f / j if j else None for f, j in zip(failed, judged, strict=True)]
    out["error_rate"] = _floats(rates)
    out["low"] = _floats([b[0] for b in bounds])
    out["high"] = _floats([b[1] for b in bounds])
    return out


def shown_with_rate(frame: "pd.DataFrame") -> "pd.DataFrame":
    """`with_rate` of the rows whose denominator may be shown and is not zero."""
    return with_rate(frame.loc[frame["items_judged"].map(lambda n: bool(suppress(int(n)))).astype(bool)])


def _floats(values: list[float | None]) -> list[float]:
    return [math.nan if v is None else v for v in values]
