"""GX validates every suite on the outcome counts of its rule. A check that broke raises; it is never a pass and never a failure.

Belongs here: guards against GX's false passes: a lost rule, an expectation that was not evaluated, an exception.
An empty batch is not validated at all: a rule with nothing to judge has not passed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from expectations.rule import Rule


@dataclass
class SuiteVerdict:
    """GX's result for one rule. `success` is None where nothing was judged; `violations` is outcome → items."""

    rule_id: str
    judged: int
    success: bool | None
    violations: dict[str, int] = field(default_factory=dict)
    exception: str = ""
    result: dict[str, Any] = field(default_factory=dict)


def validate(rules: Iterable[Rule], counts: list[dict[str, Any]]) -> list[SuiteVerdict]:
    """One verdict a rule. `counts` has rows of rule_id, outcome, cause, items."""
    import great_expectations as gx
    import pandas as pd

    from expectations.gx.suites import suites

    rules = list(rules)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}  # type: ignore[assignment]
    definition = context.data_sources.add_pandas("counts").add_dataframe_asset("outcomes").add_batch_definition_whole_dataframe("all")
    frame = pd.DataFrame(counts, columns=["rule_id", "outcome", "cause", "items"])
    verdicts = []
    for rule, suite in zip(rules, suites(rules), strict=True):
        own = frame[frame["rule_id"] == rule.id]
        if own.empty:
            verdicts.append(SuiteVerdict(rule.id, 0, None))
            continue
        batch = definition.get_batch(batch_parameters={"dataframe": own})
        verdicts.append(_verdict(rule, batch.validate(suite)))
    return verdicts


def _verdict(rule: Rule, result: Any) -> SuiteVerdict:
    verdict = SuiteVerdict(rule.id, 0, bool(result.success), result=result.to_json_dict())
    if len(result.results) != len(rule.expectations):
        verdict.exception = f"{len(result.results)} of {len(rule.expectations)} expectations were evaluated"
    for one in result.results:
        if "unexpected_count" not in one.result:
            verdict.exception = f"{one.expectation_config.type} did not run"
            continue
        verdict.judged = one.result["element_count"]
        verdict.violations[one.expectation_config.meta["outcome"]] = one.result["unexpected_count"]
    if verdict.exception or verdict.judged == 0:
        verdict.success = None
    return verdict
