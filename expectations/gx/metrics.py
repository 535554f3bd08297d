"""The two metrics behind the expectations: counts that DuckDB made, and GX's own bundled counts of the same predicates.

`sepas.outcome_counts` reads a frame of counts (production). `sepas.predicate_count` lets GX count a predicate itself over the
evidence table, all of one batch bundled in one SELECT (tests and canary): another code path, which must agree.
"""

from typing import Any

from great_expectations.compatibility.sqlalchemy import sqlalchemy as sa
from great_expectations.core.metric_domain_types import MetricDomainTypes
from great_expectations.core.metric_function_types import MetricPartialFunctionTypes
from great_expectations.execution_engine import PandasExecutionEngine, SqlAlchemyExecutionEngine
from great_expectations.expectations.metrics.metric_provider import metric_partial, metric_value
from great_expectations.expectations.metrics.table_metric_provider import TableMetricProvider


class OutcomeCounts(TableMetricProvider):
    """outcome → items, summed over the causes of the batch's rows (columns outcome, cause, items)."""

    metric_name = "sepas.outcome_counts"
    value_keys = ()

    @metric_value(engine=PandasExecutionEngine)
    def _pandas(cls, execution_engine: PandasExecutionEngine, metric_domain_kwargs: dict, **_: Any) -> dict[str, int]:
        frame, _domain, _accessor = execution_engine.get_compute_domain(metric_domain_kwargs, domain_type=MetricDomainTypes.TABLE)
        return {str(outcome): int(items) for outcome, items in frame.groupby("outcome")["items"].sum().items()}


class PredicateCount(TableMetricProvider):
    """Rows of the batch for which `predicate` is true and `unless` is not."""

    metric_name = "sepas.predicate_count"
    value_keys = ("predicate", "unless")

    @metric_partial(engine=SqlAlchemyExecutionEngine, partial_fn_type=MetricPartialFunctionTypes.AGGREGATE_FN, domain_type=MetricDomainTypes.TABLE)
    def _sql(cls, metric_domain_kwargs: dict, metric_value_kwargs: dict, **_: Any) -> tuple[Any, dict, dict]:
        predicate, unless = metric_value_kwargs["predicate"], metric_value_kwargs["unless"]
        counted = sa.func.count(sa.literal_column(f"case when ({predicate}) and not ({unless}) then 1 end"))
        return counted, metric_domain_kwargs, {}
