"""An expectation in plain words, Persian and English, with the values its rule gives.

Belongs here: filling the sentences of `words.yaml`. Does not: what a kind judges. Code stands between backticks.
"""

import re
from functools import cache
from pathlib import Path
from typing import Any

from expectations.files import read_yaml
from expectations.kinds.base import Kind
from expectations.outcomes import Text


@cache
def _words() -> dict[str, dict[str, dict[str, str]]]:
    return read_yaml(Path(__file__).with_name("words.yaml"))


def in_words(kind: Kind, lang: str) -> list[str]:
    """What an expectation asks, one sentence each: the kind's own, then one a parameter that the rule sets."""
    said = _words()[kind.name]
    values = {name: getattr(kind, name) for name in type(kind).model_fields}
    if "placeholders" in values:
        values["placeholders"] = [_repeated(pattern) for pattern in values["placeholders"]]
    return [said["asks"][lang]] + [
        sentence[lang].format(**{name: _value(values[name], lang)}) for name, sentence in said.items() if name != "asks" and values[name]
    ]


def _repeated(pattern: str) -> str:
    """`0…` for `0+` and `999…` for `9{3,}`: what a person reads more easily than a pattern. Any other pattern as it is."""
    found = re.fullmatch(r"\[?(.)\]?(?:\+|\{([0-9]+),\})", pattern)
    return found[1] * int(found[2] or 1) + "…" if found else pattern


def _value(value: Any, lang: str) -> str:
    if isinstance(value, Text):
        return getattr(value, lang)
    if isinstance(value, list):
        return ("، " if lang == "fa" else ", ").join(f"`{each}`" for each in value)
    return f"`{value}`" if isinstance(value, str) else str(value)
