"""One asset check a rule, carrying its outcome counts: on each partition's findings, and on the whole country's mart.

A rule over its tolerance is a warning: faults of the data are the product's output, not its failure. A check that broke stops the run.
"""

import json
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import dagster as dg

from expectations.catalogue import catalogue
from expectations.gx.judge import SuiteVerdict


def check_name(rule_id: str) -> str:
    """Dagster's name of a rule's check: its id with underscores."""
    return rule_id.replace("-", "_")


def specs(asset: dg.AssetKey, partitions_def: dg.PartitionsDefinition | None = None) -> list[dg.AssetCheckSpec]:
    """A check a rule, described in both languages (the Persian isolated, so that it reads right in a page that runs left to right)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", dg.PreviewWarning)  # checks by partition are in preview in the pinned release; tests hold them
        return [
            dg.AssetCheckSpec(
                check_name(rule.id), asset=asset, partitions_def=partitions_def,
                description=f"\u2067{rule.title.fa}\u2069\n\n{rule.title.en} (letter {rule.directive.letter}, row {rule.directive.row}, from {rule.starts_on})",
            )
            for rule in catalogue()
        ]  # fmt: skip


def results(asset: dg.AssetKey, verdicts: Iterable[SuiteVerdict]) -> Iterator[dg.AssetCheckResult]:
    """GX's verdicts as check results: outcomes, denominator, whether over tolerance. Raises Failure if a check broke."""
    rules = {rule.id: rule for rule in catalogue()}
    for verdict in verdicts:
        if verdict.exception:
            raise dg.Failure(f"{verdict.rule_id}: the check itself broke: {verdict.exception}")
        rule = rules[verdict.rule_id]
        failed = sum(verdict.violations.values())
        said = "nothing to judge" if verdict.success is None else "within tolerance" if verdict.success else "over tolerance"
        metadata: dict[str, Any] = {
            "verdict": said, "items judged": verdict.judged, "items failed": failed, "passed": verdict.judged - failed,
            "outcomes": {outcome: items for outcome, items in verdict.violations.items() if items},
            "rule": rule.id, "starts on": rule.starts_on, "tolerance": rule.tolerance, "title": f"\u2067{rule.title.fa}\u2069",
        }  # fmt: skip
        if verdict.judged:
            metadata["error rate"] = failed / verdict.judged
        yield dg.AssetCheckResult(
            asset_key=asset, check_name=check_name(rule.id), passed=verdict.success is not False, severity=dg.AssetCheckSeverity.WARN, metadata=metadata
        )


def kept(asset: dg.AssetKey, validation_results: Path) -> list[dg.AssetCheckEvaluation]:
    """The results of the command line's last build, from the verdicts it kept; none if it kept none."""
    if not validation_results.exists():
        return []
    names = {rule.id for rule in catalogue()}
    verdicts = [SuiteVerdict(**one) for one in json.loads(validation_results.read_text(encoding="utf-8"))]
    return [
        dg.AssetCheckEvaluation(asset_key=asset, check_name=r.check_name or "", passed=r.passed, severity=r.severity, metadata=r.metadata, blocking=False)
        for r in results(asset, [v for v in verdicts if v.rule_id in names and not v.exception])
    ]
