"""All suites as one SELECT: the verdict of every coding, first match wins.

Belongs here: the compiler. Rules with equal expectations share one branch, so fifteen rules cost about eight predicates' sets.
Reads a relation `evidence` with the columns of `kinds.EVIDENCE` plus coding_id and rule_id; yields coding_id, rule_id, outcome, cause.
"""

from collections.abc import Iterable

from expectations.kinds.base import texts
from expectations.rule import Rule


def branches(rules: Iterable[Rule]) -> dict[str, list[str]]:
    """CASE expression → ids of the rules that share it. The expression yields `outcome/cause`."""
    found: dict[str, list[str]] = {}
    for rule in rules:
        found.setdefault(case(rule), []).append(rule.id)
    return found


def case(rule: Rule) -> str:
    """The verdict of one rule: its predicates in order. A missing list is an error of the check, never of the sender."""
    lines = ["when not list_loaded then 'error/no_list'"]
    for kind in rule.expectations:
        lines += [f"when {sql} then '{kind.outcome}/{cause}'" for cause, sql in kind.violations().items()]
    return "case\n    " + "\n    ".join(lines) + "\n    else 'passed/'\n  end"


def verdicts_sql(rules: Iterable[Rule]) -> str:
    """One statement for all rules over `evidence`; items of no active rule do not appear."""
    selects = [
        f"select coding_id, rule_id,\n  {expression} as verdict\nfrom evidence\nwhere rule_id in {texts(ids)}"
        for expression, ids in branches(rules).items()
    ]
    return (
        "select coding_id, rule_id, split_part(verdict, '/', 1) as outcome, split_part(verdict, '/', 2) as cause\nfrom (\n"
        + "\nunion all\n".join(selects)
        + "\n) as judged"
    )
