"""One message from bytes to an answer: read, judged, told. The same for a single request and a line of a batch.

Belongs here: the order of the steps and the shape asked for. Does not: HTTP. Runs in a worker thread.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal
from zoneinfo import ZoneInfo

from expectations.catalogue import catalogue
from pipelines.errors import InputError
from pipelines.jalali import parse_day
from pipelines.landed.content import content
from pipelines.landed.message import Broken, Message, plausible
from pipelines.landed.readers import read
from pipelines.serve.answers import Behind, answer, first_result, validation_results
from pipelines.serve.places import places
from pipelines.serve.refusals import Refusal
from pipelines.serve.verdicts import Judge
from pipelines.settings import Home

Shape = Literal["sepas-dq", "sepas", "sepas-first", "both"]
_TEHRAN = ZoneInfo("Asia/Tehran")


@dataclass(frozen=True)
class Asking:
    """How a message is asked about: the day it would be sent, its operation if it does not say it itself, the shape of the answer."""

    on: dt.date | None = None
    operation: str | None = None
    shape: Shape = "sepas-dq"
    places: bool = False
    advice: bool = False
    utf8: bool = False  # HTTP says the body is UTF-8, whatever the XML declares


class Desk:
    """Answers messages. `on` is the day of the service, where a request names none; None is the Tehran day of the moment."""

    def __init__(self, home: Home, on: dt.date | None = None, list_policy: str = "in_force") -> None:
        self.judge, self.on = Judge(home, list_policy), on
        self.rules = {rule.id: rule for rule in catalogue()}

    def today(self) -> dt.date:
        """The day that messages are judged on where the request names none."""
        return self.on or dt.datetime.now(_TEHRAN).date()

    def answered(self, sent: bytes | str | dict[str, Any], asking: Asking) -> Any:
        """The answer in the shape asked for. Raises Refusal with the readers' reason."""
        try:
            found = content(_text(sent) if asking.utf8 and isinstance(sent, bytes) else sent)
            message = read(found, asking.operation, locations=True)
        except Broken as broken:
            raise Refusal.of(broken) from None
        day = asking.on or self.today()
        judged = self.judge.judge(message, day)
        where = places(sent, found, _elements(message, [one.item_no for one in judged])) if asking.places and isinstance(sent, bytes) else None
        remarks = self.judge.advisor.advise(message, judged, day) if asking.advice else None
        behind = Behind(self.rules, self.judge.list_policy, self.judge.in_force(day))
        said = answer(found.digest().hex(), message, judged, day, behind, where, remarks)
        if asking.shape == "sepas":
            return validation_results(said)
        if asking.shape == "sepas-first":
            return first_result(said)
        return said | {"validation_results": validation_results(said)} if asking.shape == "both" else said


def _text(sent: bytes) -> str | bytes:
    try:
        return sent.decode("utf-8-sig")
    except UnicodeDecodeError:
        return sent  # the reader says what is wrong with it


def _elements(message: Message, numbers: list[int]) -> set[int]:
    return {message.items[number - 1].element_no for number in numbers}


def day_of(text: str | None) -> dt.date | None:
    """The day a request names. Raises Refusal bad_parameter."""
    if text is None or not text.strip():
        return None
    try:
        day = plausible(parse_day(text))
    except InputError:
        day = None
    if day is None:
        raise Refusal("bad_parameter", "on: a day as 1401/11/10 (Jalali, 1300 to 1500) or 2023-01-30 (ISO)")
    return day
