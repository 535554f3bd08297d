"""The closed set of ways to judge a coding: one module each. A kind turns its parameters into SQL predicates, one per cause.

Predicates read the columns of `EVIDENCE` only, are NULL-safe and stay in the portable subset (docs/decisions.md): no
backslash, no [:class:], no array index, no cast of dirty text. True means: the item has this kind's outcome.
"""

from typing import Any

from pydantic import ValidationError

from expectations.kinds.base import EVIDENCE, Kind
from expectations.kinds.code_in_force import CodeInForce
from expectations.kinds.code_listed import CodeListed
from expectations.kinds.code_not_placeholder import CodeNotPlaceholder
from expectations.kinds.code_present import CodePresent
from expectations.kinds.code_shape import CodeShape
from expectations.kinds.terminology_allowed import TerminologyAllowed
from expectations.kinds.title_agrees import TitleAgrees

KINDS: dict[str, type[Kind]] = {
    kind.name: kind
    for kind in (CodePresent, CodeNotPlaceholder, TerminologyAllowed, CodeShape, CodeListed, CodeInForce, TitleAgrees)
}


def parse_kind(entry: Any) -> Kind:
    """A kind from a rule file: its bare name, or a mapping of its name to its parameters. ValueError says in one line what is wrong."""
    if isinstance(entry, Kind):
        return entry
    named = entry if isinstance(entry, dict) else {entry: {}} if isinstance(entry, str) else {}
    if len(named) != 1:
        raise ValueError("an expectation is the name of a kind, or one name with its parameters")
    name, parameters = next(iter(named.items()))
    if name not in KINDS:
        raise ValueError(f"'{name}' is not a kind of expectation; one of {', '.join(KINDS)}")
    try:
        return KINDS[name].model_validate({} if parameters is None else parameters)
    except ValidationError as error:
        first = error.errors()[0]
        raise ValueError(f"{'.'.join(str(part) for part in (name, *first['loc']))}: {first['msg'].removeprefix('Value error, ')}") from error


__all__ = ["EVIDENCE", "KINDS", "Kind", "parse_kind"]
