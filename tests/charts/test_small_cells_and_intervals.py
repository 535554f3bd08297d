"""Small-cell suppression at its edges, and the Wilson interval against known values."""

import pandas as pd
import pytest

from pipelines.charts import wilson, with_rate
from pipelines.disclosure import SMALLEST_SHOWN, suppress


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (1, None), (4, None), (5, 5), (6, 6), (1_000_000, 1_000_000)])
def test_suppress_hides_one_to_four(count, shown):
    assert suppress(count) == shown and SMALLEST_SHOWN == 5


def test_a_negative_count_is_a_mistake():
    with pytest.raises(ValueError):
        suppress(-1)


@pytest.mark.parametrize(
    ("failed", "judged", "low", "high"), [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0), (1, 1000, 0.0002, 0.0056)]
)
def test_wilson_known_values(failed, judged, low, high):
    assert wilson(failed, judged) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))


def test_nothing_judged_is_not_estimable():
    assert wilson(0, 0) is None
    frame = with_rate(pd.DataFrame({"items_judged": [0, 10], "items_failed": [0, 1]}))
    assert frame["error_rate"].isna().tolist() == [True, False] and frame.loc[1, "error_rate"] == 0.1
