"""Why a request gets no answer, said one way: a word, a status, what happened and what to do next in Persian and English.

Belongs here: the shape of every error. No part of it ever quotes a request; details are counts, places and reasons of the readers.
"""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from pipelines.landed.message import Broken


class Refusal(Exception):
    """A request that gets no answer. `reason` is a word of refusals.yaml; `detail` never quotes the request."""

    def __init__(self, reason: str, detail: str = "", retry_after: int = 0) -> None:
        super().__init__(reason)
        self.reason, self.detail, self.retry_after = reason, detail, retry_after

    @classmethod
    def of(cls, broken: Broken) -> "Refusal":
        """A message that cannot be read."""
        return cls(broken.reason if broken.reason in texts() else "reader_failed", broken.detail)

    @property
    def status(self) -> int:
        return texts()[self.reason]["status"]

    def body(self) -> dict[str, Any]:
        """The one shape of every error."""
        said = texts()[self.reason]
        return {"error": {"reason": self.reason, "status": said["status"], "message": said["message"], "next": said["next"], "detail": self.detail}}

    def headers(self) -> dict[str, str]:
        return {"retry-after": str(self.retry_after)} if self.retry_after else {}


@cache
def texts() -> dict[str, dict[str, Any]]:
    """reason → status, message and next step in both languages."""
    return yaml.safe_load(Path(__file__).with_name("refusals.yaml").read_text(encoding="utf-8"))
