"""The Expectation subclasses, one a kind. Each says which outcome is its violation; its SQL comes from the kind.

Belongs here: what GX needs to validate a rule. Does not: predicates (`expectations.kinds`).
"""

from typing import Any, ClassVar

from great_expectations.expectations.expectation import BatchExpectation
from great_expectations.validator.metric_configuration import MetricConfiguration
from great_expectations.validator.validator import ValidationDependencies

from expectations.gx import metrics as _registered  # noqa: F401  (registering the metrics)
from expectations.kinds import KINDS
from expectations.outcomes import UNJUDGED


class CodedItemExpectation(BatchExpectation):
    """Share of judged items without this expectation's outcome is at least `mostly`.

    `predicate` is true for a violation; `unless` for what an earlier expectation of the rule has already claimed. Every parameter
    is set explicitly, because GX does not write class defaults into a stored suite.
    """

    kind: ClassVar[str] = ""
    rule_id: str
    parameters: dict[str, Any]
    predicate: str
    unless: str
    mostly: float

    metric_dependencies = ("sepas.outcome_counts",)
    domain_keys = ("batch_id",)
    success_keys = ("rule_id", "parameters", "predicate", "unless", "mostly")

    @classmethod
    def is_abstract(cls) -> bool:
        """The base is no expectation of its own and must not register."""
        return not cls.kind

    @property
    def outcome(self) -> str:
        """The outcome whose items violate this expectation."""
        return KINDS[self.kind].outcome

    def get_validation_dependencies(self, execution_engine: Any = None, runtime_configuration: Any = None) -> ValidationDependencies:
        """Counts already made, on a frame; GX's own bundled count, on SQL."""
        found = ValidationDependencies(metric_configurations={}, result_format=runtime_configuration or {})
        domain = {"batch_id": self.batch_id}
        if "pandas" in type(execution_engine).__name__.lower():
            found.set_metric_configuration("counts", MetricConfiguration("sepas.outcome_counts", domain))
        else:
            keys = {"predicate": self.predicate, "unless": self.unless}
            found.set_metric_configuration("violations", MetricConfiguration("sepas.predicate_count", domain, keys))
            found.set_metric_configuration("rows", MetricConfiguration("table.row_count", domain))
        return found

    def _validate(self, metrics: dict, runtime_configuration: Any = None, execution_engine: Any = None) -> dict[str, Any]:
        if "counts" in metrics:
            counts = metrics["counts"]
            judged = sum(items for outcome, items in counts.items() if outcome not in UNJUDGED)
            violating = counts.get(self.outcome, 0)
        else:
            judged, violating = metrics["rows"], metrics["violations"]
        met = judged == 0 or 1 - violating / judged >= self.mostly
        result = {"element_count": judged, "unexpected_count": violating, "unexpected_percent": 100 * violating / judged if judged else None}
        return {"success": bool(met), "result": result | {"observed_value": violating}}


class ExpectCodePresent(CodedItemExpectation):
    """Code and terminology id are given."""

    kind: ClassVar[str] = "code_present"


class ExpectCodeNotPlaceholder(CodedItemExpectation):
    """The code is no filler."""

    kind: ClassVar[str] = "code_not_placeholder"


class ExpectTerminologyAllowed(CodedItemExpectation):
    """The terminology is the one demanded."""

    kind: ClassVar[str] = "terminology_allowed"


class ExpectCodeShape(CodedItemExpectation):
    """The code has the shape of its terminology."""

    kind: ClassVar[str] = "code_shape"


class ExpectCodeListed(CodedItemExpectation):
    """The code is in a release of the list."""

    kind: ClassVar[str] = "code_listed"


class ExpectCodeInForce(CodedItemExpectation):
    """The code was valid on the exchange date."""

    kind: ClassVar[str] = "code_in_force"


class ExpectTitleAgrees(CodedItemExpectation):
    """The title says what the code says."""

    kind: ClassVar[str] = "title_agrees"


BY_KIND = {
    cls.kind: cls
    for cls in (ExpectCodePresent, ExpectCodeNotPlaceholder, ExpectTerminologyAllowed, ExpectCodeShape, ExpectCodeListed, ExpectCodeInForce, ExpectTitleAgrees)
}
__all__ = ["BY_KIND", "CodedItemExpectation"]
