"""One row of a log → one call (or send result) with its answers.

Belongs here: who, when, which message, with what result; and what makes a row bad. Does not: files (`rows`), where fields stand
(`columns`), errors (`errors`), tables (`store`).
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pipelines.calls.answers import Answers
from pipelines.calls.columns import Columns, inside
from pipelines.calls.errors import Errors, Said
from pipelines.calls.fields import NO, YES, key, text_of
from pipelines.calls.lines import Bad
from pipelines.calls.mapping import Mapping
from pipelines.calls.times import reader

_HEX = {32: "message_id", 64: "content_sha256"}
_FILLER = re.compile(r"(.)\1*|[0-]+")


@dataclass(frozen=True)
class Outside:
    """What the flow lends: ids of a content (message id, SHA-256) and the service of an operation, as the landing knows them."""

    content_ids: Callable[[Any], tuple[str, str] | None]
    service: Callable[[str], str | None]


@dataclass(slots=True)
class Call:
    """One row of a log as it lands. `passed` is None where the service itself failed."""

    at: dt.datetime
    call_key: str
    system_id: str | None
    facility_id: str | None
    composition_uid: str | None
    message_uid: str | None
    message_id: str | None
    content_sha256: str | None
    service: str | None
    passed: bool | None
    answers: list[Said] = field(default_factory=list)


class Reader:
    """Rows of one log under one mapping."""

    def __init__(self, mapping: Mapping, columns: list[str], table: Answers, outside: Outside, file: str) -> None:
        self.columns = Columns(mapping, columns, file)
        self._errors = Errors(mapping, self.columns, table)
        self._hash, self._outside = mapping.content_hash, outside
        self._at = reader(mapping.time_format, mapping.zone)

    def call(self, row: dict[str, Any]) -> Call | Bad:
        """The call of a row, or why there is none."""
        raw = self.columns.value(row, "at")
        at = self._at(raw)
        if at is None:
            return Bad("bad_time" if text_of(raw) else "no_time")
        service = self._service(row)
        errors = self._errors.of(row, service)
        if errors is None:
            return Bad("bad_answer")
        passed = self._passed(row, errors)
        if isinstance(passed, Bad):
            return passed
        ids = self._ids(row)
        return Call(at, text_of(self.columns.value(row, "call_id")), self._small(row, "system_id"), self._small(row, "facility_id"), *ids, service, passed, errors)

    def _small(self, row: dict[str, Any], name: str) -> str | None:
        return text_of(self.columns.value(row, name)).lower().strip("{}") or None

    def _ids(self, row: dict[str, Any]) -> tuple[str | None, str | None, str | None, str | None]:
        """(composition uid, message uid, message id, SHA-256). A uid of either kind stands in `uid`; a filler is none."""
        uids = {name: _uid(text_of(self.columns.value(row, name) or self._answered(row, name))) for name in ("composition_uid", "message_uid", "uid")}
        hashes: dict[str, str | None] = {"message_id": None, "content_sha256": None}
        for name in ("message_id", "content_hash"):
            text = text_of(self.columns.value(row, name)).lower().removeprefix("0x").replace("-", "")
            kind = {"sha256": "content_sha256", "message_id": "message_id"}.get(self._hash if name == "content_hash" else "message_id") or _HEX.get(len(text))
            if kind and len(text) == (64 if kind == "content_sha256" else 32) and set(text) <= set("0123456789abcdef"):
                hashes[kind] = text
        content = self.columns.value(row, "content")
        if content and "content" in self.columns.paths and isinstance(content, str | bytes | dict):
            found = self._outside.content_ids(content)
            if found is not None:
                hashes["message_id"], hashes["content_sha256"] = found
        return uids["composition_uid"] or uids["uid"], uids["message_uid"] or uids["uid"], hashes["message_id"], hashes["content_sha256"]

    def _answered(self, row: dict[str, Any], name: str) -> Any:
        """A uid that only the answer holds: CompositionUID and MessageUID of a ResultVO."""
        answer = inside(self.columns.value(row, "answer")) if "answer" in self.columns.paths and name not in self.columns.paths else None
        return next((v for k, v in answer.items() if key(k) == key(name)), None) if isinstance(answer, dict) else None

    def _service(self, row: dict[str, Any]) -> str | None:
        """The service, as said or as the operation or message class names it."""
        for name in ("service", "operation"):
            said = text_of(self.columns.value(row, name))
            if said and (found := self._outside.service(said)):
                return found
        return None

    def _passed(self, row: dict[str, Any], errors: list[Said]) -> bool | Bad | None:
        """What a column says, if one does; else whether an error was answered. None if only the service itself failed."""
        technical = bool(errors) and all(error.kind == "technical" for error in errors)
        if self.columns.has("passed"):
            said = self.columns.value(row, "passed")
            if isinstance(said, bool) and (said or not technical):
                return said
            word = text_of(said).casefold()
            if word in YES:
                return True
            if word in NO and not technical:
                return False
            if not technical and (word or not ({"answer", "error_message"} & set(self.columns.paths))):
                return Bad("bad_passed")
        return None if technical else not errors


def _uid(text: str) -> str | None:
    """A uid as it is compared: small letters, without braces and the node before `::`. Too short, or one sign repeated, is none."""
    small = text.lower().rsplit("::", 1)[-1].strip("{} ")
    return None if len(small) < 4 or _FILLER.fullmatch(small) else small
