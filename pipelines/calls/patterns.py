"""Readable patterns over templates → regular expressions, and names that stand in templates.

Belongs here: words, {holes}, alternatives. Does not: what a pattern means (`answers`).
"""

import re
from pathlib import Path

from pipelines.calls.texts import words_of
from pipelines.errors import InputError

Names = list[tuple[str, str]]
_MASKED = r"(?:[#…]|«…»)"
_WORD = r"(?:[^\s|]+)"


def holes(fields: Names, terminologies: Names) -> dict[str, str]:
    """What may stand in a pattern in braces, as regular expressions."""
    return {"code": _MASKED, "any": rf"{_WORD}(?:\s+{_WORD})*?", "field": _alternatives(fields), "terminology": _alternatives(terminologies)}


def names(said: dict[str, list[str]]) -> Names:
    """(name as it stands in a template, what it names), longest first."""
    pairs = {(_in_template(name), what) for what, listed in said.items() for name in listed}
    return sorted(pairs, key=lambda pair: (-len(pair[0]), pair))


def _in_template(name: str) -> str:
    return " ".join(" ".join(words_of(word)) if not word.isascii() else word.casefold() for word in name.split())


def _alternatives(known: Names) -> str:
    return "(?:" + "|".join(_spaced(name) for name, _ in known) + ")"


def _spaced(words: str) -> str:
    return r"\s+".join(re.escape(word) for word in words.split())


def found(known: Names, text: str) -> set[str]:
    """What a text names; a name inside a longer one that was found does not count."""
    named: set[str] = set()
    for name, what in known:
        rest = re.sub(rf"(?<!\S){_spaced(name)}(?!\S)", "~", text)
        if rest != text:
            named.add(what)
            text = rest
    return named


def pattern(path: Path, name: str, text: str, known: dict[str, str]) -> str:
    """The regular expression of a readable pattern, over a template's words."""
    made = r"(?<!\S)"
    tokens = text.split()
    for place, token in enumerate(tokens):
        last = place == len(tokens) - 1
        if token == "{any}":
            made += rf"(?:{known['any']}\s+)??" if not last else ""
            continue
        inner = [_choice(path, name, choice, known) for choice in token.split("|")]
        made += f"(?:{'|'.join(inner)})" + ("(?!\\S)" if last or all(t == "{any}" for t in tokens[place + 1 :]) else r"\s+")
    return made


def _choice(path: Path, name: str, token: str, known: dict[str, str]) -> str:
    hole = re.fullmatch("[{]([a-z]+)[}]", token)
    if hole and hole[1] not in known:
        raise InputError(f"{path}: {name}: '{token}' is no part of a pattern; accepted are {', '.join('{' + h + '}' for h in known)}.")
    return known[hole[1]] if hole else _spaced(_in_template(token))
