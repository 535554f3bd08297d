"""The errors that an answer holds, masked: ValidationResultVO and ResultVO, one or many, flat, nested or as JSON text.

Belongs here: finding them in a row. Does not: what a text means (`answers`), masking (`texts`).
Practice of senders, as seen in public code (sepas-messages, section 4): an empty ErrorMessage is an answer without error.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipelines.calls.answers import Answers
from pipelines.calls.columns import Columns, at, inside
from pipelines.calls.fields import ANSWER, NO, TEXTS, YES, key, text_of
from pipelines.calls.mapping import Mapping
from pipelines.calls.texts import NEXT

_ANSWER_KEYS = {key(name): name for name in ANSWER}
_CACHE = 200_000


@dataclass(slots=True)
class Said:
    """One error of an answer. `text_key` is masked; nothing here is free text."""

    text_key: str
    error_category_type: str | None
    critical: bool | None
    source: str | None
    code_named: str | None
    kind: str


class Errors:
    """Errors of the rows of one log."""

    def __init__(self, mapping: Mapping, columns: Columns, table: Answers) -> None:
        self._mapping, self._columns, self._table = mapping, columns, table
        self._masks: dict[str, str] = {}

    def of(self, row: dict[str, Any], service: str | None) -> list[Said] | None:
        """The errors of the answer; None if the answer cannot be read."""
        found = []
        for parts in self._answers(row):
            if parts is None:
                return None
            for texts in _texts(parts, "error_message" in self._columns.paths or "answer" in self._columns.paths):
                said = self._said(texts, parts, service)
                if said.kind != "none":
                    found.append(said)
        return found

    def _answers(self, row: dict[str, Any]) -> Iterator[dict[str, Any] | None]:
        """ValidationResultVOs of the row, by our names: from its columns, an object, a list, or the JSON text of either."""
        flat = {name: self._columns.value(row, name) for name in ANSWER if name in self._columns.paths and len(self._columns.paths[name]) == 1}
        yield flat
        for container in dict.fromkeys(self._columns.paths[name][:-1] for name in ANSWER if len(self._columns.paths.get(name, ())) > 1):
            names = {self._columns.paths[name][-1]: name for name in ANSWER if self._columns.paths.get(name, ())[:-1] == container and len(self._columns.paths[name]) > 1}
            yield from _objects(at(row, container), names)
        if "answer" in self._columns.paths:
            yield from _objects(self._columns.value(row, "answer"), None)

    def _said(self, texts: list[str], parts: dict[str, Any], service: str | None) -> Said:
        text_key = f" {NEXT} ".join(dict.fromkeys(self._masked(text) for text in texts))
        meaning = self._table.meaning(text_key, service)
        code = next((code for text in texts if (code := self._table.code_in(text, meaning.terminology))), None) if meaning else None
        critical = text_of(parts.get("error_category_critical")).casefold()
        return Said(
            text_key, self._word(parts, "error_category_type"), True if critical in YES else False if critical in NO else None,
            self._word(parts, "error_category_source"), code, meaning.kind if meaning else "",
        )  # fmt: skip

    def _word(self, parts: dict[str, Any], name: str) -> str | None:
        """A category: a short number as it is, words masked like any text."""
        text = text_of(parts.get(name))
        mapped = self._mapping.values.get(name, {}).get(text.casefold())
        if mapped is not None:
            return str(mapped)
        return text if re.fullmatch("[0-9]{1,2}", text) else self._masked(text) or None

    def _masked(self, text: str) -> str:
        found = self._masks.get(text)
        if found is None:
            if len(self._masks) >= _CACHE:
                self._masks.clear()
            found = self._masks[text] = self._table.masker.template(text)
        return found


def _texts(parts: dict[str, Any], practice: bool) -> Iterator[list[str]]:
    """The texts of each error. An empty ErrorMessage is no error, whatever stands beside it; `</>` joins several (the SDK's separator)."""
    texts = [text_of(parts.get(name)) for name in TEXTS]
    if not any(texts) or ("error_message" in parts and practice and not texts[0]):
        return
    several = [part for part in re.split(r"</>|\n", texts[0]) if part.strip()] if texts[0] else []
    if len(several) > 1:
        yield from ([part] for part in several)
    else:
        yield [text for text in texts if text]


def _objects(value: Any, names: dict[str, str] | None) -> Iterator[dict[str, Any] | None]:
    """The answers a value holds, by our names: under `names` (theirs → ours), else under those of ValidationResultVO. None for what is broken."""
    value = inside(value)
    for one in value if isinstance(value, list) else [value]:
        one = inside(one)
        if isinstance(one, dict):
            yield {ours: one.get(theirs) for theirs, ours in names.items()} if names else {_ANSWER_KEYS[key(k)]: v for k, v in one.items() if key(k) in _ANSWER_KEYS}
        elif isinstance(one, str) and one.strip()[:1] in ("{", "["):
            yield None
        elif text_of(one):
            yield {"error_message": one}
