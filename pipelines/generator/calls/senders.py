"""When a sender calls the service for a message, by its planted behaviour; and the use class that makes.

Belongs here: calls in time. Does not: what is answered (`service`), files (`files`).
"""

import datetime as dt
from random import Random
from typing import NamedTuple

from pipelines.generator.calls import service, texts
from pipelines.generator.calls.service import Fault, Reply
from pipelines.generator.organisations import guid
from pipelines.generator.traffic import Made

OPERATION = "SepasErrorTranscriberSecure_T2"


class Call(NamedTuple):
    """One call. `about`: the message it is about, None for one that is never sent."""

    at: dt.datetime
    system_id: str
    facility_id: str
    message_class: str
    composition_uid: str | None
    message_uid: str
    content_hash: str
    about: str | None
    reply: Reply

    @property
    def faults(self) -> tuple[Fault, ...]:
        return self.reply.faults


def calls_for(made: Made, behaviour: str, root: str, rng: Random) -> list[Call]:
    """The calls that a message gives rise to."""
    if behaviour == "partial":
        behaviour = rng.choice(("honest", "never"))
    sent = made.delivery.received
    if behaviour == "never":
        return []
    if behaviour == "late":
        return [_call(made, root, sent + dt.timedelta(seconds=_between(120, 3 * 86_400, rng)), rng)]
    if behaviour == "validates_another":
        return [_of_another(made, root, sent - dt.timedelta(seconds=_between(10, 480, rng)), rng, f"{made.delivery.facility_id}/show")]
    found = [_call(made, root, sent - dt.timedelta(seconds=_between(10, 480, rng)), rng)]
    if behaviour != "ignores_refusals" and rng.random() < 0.25:
        found.insert(0, _earlier_version(made, root, found[0].at - dt.timedelta(seconds=_between(60, 2400, rng)), rng))
    if behaviour == "never_sends" and rng.random() < 0.3:
        found.append(_of_another(made, root, sent + dt.timedelta(hours=1, seconds=rng.randrange(3600)), rng, guid(rng)))
    return found


def use_class(sent: dt.datetime, calls: list[Call]) -> str:
    """What the calls about one message amount to."""
    answered = sorted((c for c in calls if c.reply.passed is not None), key=lambda c: c.at)
    before = [c for c in answered if c.at <= sent]
    if before:
        return "validated_before" if before[-1].reply.passed else "sent_after_failure"
    return "validated_after" if answered else "not_validated"


def _call(made: Made, root: str, at: dt.datetime, rng: Random) -> Call:
    """A call with the content as sent."""
    d = made.delivery
    return Call(at, d.system_id, d.facility_id, root, made.composition_uid, d.message_uid, made.message_id, made.message_id, service.reply(made.judged, at.date(), rng))


def _earlier_version(made: Made, root: str, at: dt.datetime, rng: Random) -> Call:
    """A call with content that was then repaired: the same uids, another hash, and a refusal."""
    said = Reply(None, texts.DOWN[0], ()) if at.date() in service.DOWN_DAYS else Reply(False, texts.ODD[rng.randrange(2)] if rng.random() < 0.03 else texts.outside(rng), ())
    return _call(made, root, at, rng)._replace(content_hash=f"{rng.getrandbits(128):032x}", reply=said)


def _of_another(made: Made, root: str, at: dt.datetime, rng: Random, which: str) -> Call:
    """A call with some other, clean message, known by `which`, that is never sent."""
    own = Random(which)
    said = Reply(None, texts.DOWN[1], ()) if at.date() in service.DOWN_DAYS else Reply(True, "", ())
    return _call(made, root, at, rng)._replace(
        composition_uid=None, message_uid=guid(own).lower(), content_hash=f"{own.getrandbits(128):032x}", about=None, reply=said
    )


def _between(least: int, most: int, rng: Random) -> int:
    """Seconds, short ones more often."""
    return int(least * (most / least) ** rng.random())
