"""One rule → one ExpectationSuite, built in code; nothing GX writes is stored. Sorted JSON of a suite is for auditors."""

import json
from collections.abc import Iterable

from great_expectations import ExpectationSuite
from great_expectations.expectations.metadata_types import FailureSeverity

from expectations.errors import RuleError
from expectations.gx.expectations import BY_KIND
from expectations.rule import Rule


def suite_of(rule: Rule) -> ExpectationSuite:
    """The rule's suite: one expectation a kind, in the rule's order, each excluding what the earlier ones claimed."""
    expectations, claimed = [], ["not list_loaded"]  # no list: an error of the check, as in the plan
    for kind in rule.expectations:
        predicate = " or ".join(f"({sql})" for sql in kind.violations().values())
        expectations.append(
            BY_KIND[kind.name](
                rule_id=rule.id,
                parameters=json.loads(kind.model_dump_json()),
                predicate=predicate,
                unless=" or ".join(f"({sql})" for sql in claimed),
                mostly=round(1 - rule.tolerance, 6),
                severity=FailureSeverity.WARNING if kind.name == "title_agrees" else FailureSeverity.CRITICAL,
                meta={"outcome": kind.outcome, "kind": kind.name},
            )
        )
        claimed.append(predicate)
    meta = {"letter": rule.directive.letter, "row": rule.directive.row, "starts_on": rule.starts_on, "title": rule.title.model_dump()}
    return ExpectationSuite(name=rule.id, expectations=expectations, meta=meta)


def suites(rules: Iterable[Rule]) -> list[ExpectationSuite]:
    """Every rule's suite. None may have lost an expectation (GX would then call it a success)."""
    made = [(rule, suite_of(rule)) for rule in rules]
    for rule, suite in made:
        if len(suite.expectations) != len(rule.expectations):
            raise RuleError(f"{rule.id}: its suite has {len(suite.expectations)} of {len(rule.expectations)} expectations")
    return [suite for _, suite in made]
