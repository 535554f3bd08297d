"""`findings/verdicts`, `findings/findings`, `findings/outcome_counts`, with one check a rule that carries its outcome counts.

A rule over its tolerance is a warning: faults of the data are the product's output, not its failure. A check that broke stops the run.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dagster as dg

from expectations.catalogue import catalogue
from pipelines.defs.coded import KEYS as CODED
from pipelines.defs.partitions import chosen, university_month
from pipelines.defs.resources import DataFolder

COUNTS = dg.AssetKey(["findings", "outcome_counts"])
KEYS = [dg.AssetKey(["findings", "verdicts"]), dg.AssetKey(["findings", "findings"]), COUNTS]
_TEXTS = ("The outcome of every coding.", "Every item that failed its rule.", "Items by outcome, in every cell: the base of the marts.")


def check_name(rule_id: str) -> str:
    """Dagster's name of a rule's check: its id with underscores."""
    return rule_id.replace("-", "_")


def result_of(verdict: Any, title: str, starts_on: str) -> dg.AssetCheckResult:
    """GX's verdict on one rule as a Dagster check: counts by outcome, denominator, whether over tolerance. Raises if the check broke."""
    if verdict.exception:
        raise dg.Failure(f"{verdict.rule_id}: the check itself broke: {verdict.exception}")
    failed = sum(verdict.violations.values())
    counts = {outcome: items for outcome, items in verdict.violations.items() if items}
    metadata: dict[str, Any] = {"rule": verdict.rule_id, "starts on": starts_on, "title": f"\u2067{title}\u2069", "items judged": verdict.judged, "items failed": failed}
    metadata |= {"outcomes": counts, "passed": verdict.judged - failed}
    if verdict.judged:
        metadata["error rate"] = failed / verdict.judged
    return dg.AssetCheckResult(
        asset_key=COUNTS, check_name=check_name(verdict.rule_id), passed=verdict.success is not False, severity=dg.AssetCheckSeverity.WARN, metadata=metadata
    )


def last_results(validation_results: Path) -> list[dg.AssetCheckEvaluation]:
    """The check results of the last whole build by the command line, from the verdicts it kept; none if it kept none."""
    from expectations.gx.judge import SuiteVerdict

    if not validation_results.exists():
        return []
    rules = {rule.id: rule for rule in catalogue()}
    kept = [SuiteVerdict(**one) for one in json.loads(validation_results.read_text(encoding="utf-8"))]
    results = [result_of(v, rules[v.rule_id].title.fa, rules[v.rule_id].starts_on) for v in kept if v.rule_id in rules and not v.exception]
    return [
        dg.AssetCheckEvaluation(
            asset_key=COUNTS, check_name=r.check_name or "", passed=r.passed, severity=r.severity, metadata=r.metadata, blocking=False
        )
        for r in results
    ]  # fmt: skip


@dg.multi_asset(
    name="findings",
    specs=[
        dg.AssetSpec(key, deps=CODED, group_name="findings", kinds={"duckdb", "greatexpectations"}, description=text)
        for key, text in zip(KEYS, _TEXTS, strict=True)
    ],
    check_specs=[
        dg.AssetCheckSpec(check_name(rule.id), asset=COUNTS, description=f"\u2067{rule.title.fa}\u2069\n\n{rule.title.en} (row {rule.directive.row}, from {rule.starts_on})")
        for rule in catalogue()
    ],
    partitions_def=university_month,
    backfill_policy=dg.BackfillPolicy.single_run(),
    can_subset=False,
)
def findings(context: dg.AssetExecutionContext, data: DataFolder) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
    """Judge the chosen partitions; GX validates every rule's suite on their outcome counts."""
    from pipelines import flow

    partitions = chosen(context)
    built = flow.find(data.home, partitions, force=True)
    verdicts = {verdict.rule_id: verdict for verdict in flow.validate(data.home, partitions)}
    for key in KEYS:
        yield dg.MaterializeResult(asset_key=key, metadata={"partitions judged": len(built)})
    for rule in catalogue():
        yield result_of(verdicts[rule.id], rule.title.fa, rule.starts_on)
