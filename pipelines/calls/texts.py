"""Error texts → templates in which nothing of a patient can stand: known words stay, everything else is replaced.

Belongs here: masking. Does not: which words are known (`expectations/validation_service/answers.yaml`), what a text means (`answers`).
A word stays only if it is on the list, so that a name nobody thought of is masked too: `…` for words, `#` for what holds digits,
`«…»` for what is quoted.
"""

import re
from collections.abc import Iterable

from pipelines.persian import clean

WORD, NUMBER, QUOTED, NEXT = "…", "#", "«…»", "|"
_FOLDED = str.maketrans("آأإٱؤئة", "ااااویه", "\u0654\u0621")
_TOKENS = re.compile(r"""(?P<quoted>«[^»]*»|“[^”]*”|"[^"]*"|(?<![^\W_])'[^']*'(?![^\W_])|\[[^\]]*\])|(?P<word>[^\W_][\w]*(?:[.\-+*][\w]+)*[+*]?|_+)""")
_PARTS = re.compile(r"[._\-]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_CAMEL_WORD = re.compile(r"(?:[A-Z]{1,4}|[A-Z]?[a-z]+)(?:[A-Z][a-z]+|[A-Z]{2,4}(?![a-z]))*")


def folded(word: str) -> str:
    """A word as it is looked up: clean, small letters, one form of alef, no hamza."""
    return clean(word).casefold().translate(_FOLDED)


def words_of(text: str) -> list[str]:
    """The words of a text, folded; half-spaces part words."""
    return re.findall(r"[^\W_]+", folded(text).replace("\u200c", " "))


class Masker:
    """Templates of texts under one list of known words."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = frozenset(word for text in known for word in words_of(text))

    def template(self, text: str) -> str:
        """The text in small letters, without punctuation, with everything masked that is no known word. Runs of one mask are one."""
        made: list[str] = []
        for token in _TOKENS.finditer(clean(text).replace("\u200c", " ")):
            if token["quoted"]:
                inside = self._masked(token["quoted"][1:-1])
                parts = inside if inside and not set(inside) & {WORD, NUMBER} else [QUOTED]
            else:
                parts = [self._one(token["word"])]
            for part in parts:
                if part and (part not in (WORD, NUMBER, QUOTED) or made[-1:] != [part]):
                    made.append(part)
        return " ".join(made)

    def _masked(self, text: str) -> list[str]:
        return [self._one(token["word"]) for token in _TOKENS.finditer(text) if token["word"]]

    def _one(self, word: str) -> str:
        small = folded(word)
        if small in self._known:
            return small
        if any(c.isdigit() for c in word):
            return small if all(part in self._known for part in _PARTS.split(small) if part) else NUMBER
        split = [part for part in _PARTS.split(word) if part]
        if split and all(folded(part) in self._known or self._camel(part) for part in split):
            return small
        return WORD if split else ""

    def _camel(self, word: str) -> bool:
        """`AdmissionWardType` is known if its words are."""
        return bool(_CAMEL_WORD.fullmatch(word)) and all(part.lower() in self._known for part in _CAMEL.split(word)) and len(_CAMEL.split(word)) > 1
