"""The words of readiness lists, Persian and English.

Belongs here: reading this folder's `texts.yaml`. Does not: layout.
"""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from pipelines.reports.speech import Speech


@cache
def _texts() -> dict[str, Any]:
    return yaml.safe_load(Path(__file__).with_name("texts.yaml").read_text(encoding="utf-8"))


class ReadinessSpeech(Speech):
    """The report's speech with words of its own."""

    def text(self, key: str, **values: object) -> str:
        """A sentence of this folder's `texts.yaml`, else of the report's."""
        own = _texts().get(key)
        return own[self.lang].strip().format(**values) if own else super().text(key, **values)

    def word_of(self, group: str, key: str) -> str:
        """A word of a closed list: `class`, `reason`, `act`, `trend`; nothing for nothing."""
        return _texts()[f"{group}es" if group == "class" else f"{group}s"][key][self.lang] if key else ""

    def few(self, value: float | None) -> str:
        """A count a week: whole from ten on, with one place below; `<۵` if hidden."""
        return self.num(value, 0 if value is None or value >= 9.95 or value == int(value) else 1)
