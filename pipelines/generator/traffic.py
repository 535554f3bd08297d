"""Who sends what on which day: the plan of all messages, then the messages of one university in the order of their arrival.

Belongs here: planning and making of deliveries. Does not: packing (`containers`), trees (`trees`).
"""

import datetime as dt
from collections.abc import Callable, Iterator
from random import Random
from typing import NamedTuple

from pipelines.generator.codes import CodeList
from pipelines.generator.delivery import TEHRAN, Delivery
from pipelines.generator.dialects.write import content, message_id
from pipelines.generator.numbering import Judged, judged_items
from pipelines.generator.organisations import Facility, System, University, guid
from pipelines.generator.sender import Sender
from pipelines.generator.trees.services import SERVICES, Service
from pipelines.generator.volumes import day_weights, second_of_day


class Made(NamedTuple):
    """A message and what is known of it."""

    delivery: Delivery
    message_id: str
    judged: list[Judged]
    items: int
    composition_uid: str | None


def plan(messages: int, universities: list[University], rng: Random) -> list[list[tuple[dt.date, int]]]:
    """For each university its (day, number of service), in the order of days."""
    days, weights = day_weights()
    planned: list[list[tuple[dt.date, int]]] = [[] for _ in universities]
    whose = rng.choices(range(len(universities)), [u.weight for u in universities], k=messages)
    when = rng.choices(days, weights, k=messages)
    what = rng.choices(range(len(SERVICES)), [s.share for s in SERVICES], k=messages)
    for university, day, service in zip(whose, when, what, strict=True):
        planned[university].append((day, service))
    for entries in planned:
        entries.sort(key=lambda entry: entry[0])
    return planned


class Desk:
    """Makes the messages of one university."""

    def __init__(self, university: University, lists: dict[str, CodeList], rng: Random, obeys: Callable[[str], bool] = lambda _: False) -> None:
        """`obeys`: whether a facility repairs whatever the validation service refuses."""
        self.university = university
        self._lists = lists
        self._rng = rng
        self._obeys = obeys
        self._senders: dict[tuple[str, str], Sender] = {}
        self._taken: set[tuple[str, str, dt.datetime]] = set()

    def messages(self, planned: list[tuple[dt.date, int]]) -> Iterator[Made]:
        """One message for each entry of the plan, ordered by time within each day."""
        seconds = [second_of_day(self._rng) for _ in planned]
        for (day, number), second in sorted(zip(planned, seconds, strict=True), key=lambda e: (e[0][0], e[1])):
            yield self._message(SERVICES[number], day, second)

    def moment(self, sender_id: str, operation: str, day: dt.date, second: int) -> dt.datetime:
        """The time of arrival; no two messages of a system and an operation share a second, for it stands in file names."""
        moment = dt.datetime(day.year, day.month, day.day, tzinfo=TEHRAN) + dt.timedelta(seconds=second)
        while (sender_id, operation, moment) in self._taken:
            moment += dt.timedelta(seconds=1)
        self._taken.add((sender_id, operation, moment))
        return moment

    def _message(self, service: Service, day: dt.date, second: int) -> Made:
        sender = self._sender(service)
        vendor = sender.system.vendor
        visit = sender.visit(day, second, self._lists, self._rng)
        top = service.top(visit)
        judged, items = judged_items(top, service.name == "LabResult")
        text = content(vendor, service.root, service.operation, top)
        moment = self.moment(sender.system_id, service.operation, day, second)
        delivery = Delivery(
            vendor,
            text,
            moment,
            service.operation,
            sender.system_id,
            sender.facility_id,
            self.university.university_id,
            guid(self._rng).lower(),
        )
        return Made(delivery, message_id(text), judged, items, dict(visit.msg_id.fields)["CompositionUID"])

    def _sender(self, service: Service) -> Sender:
        rng = self._rng
        fitting = [f for f in self.university.facilities if f.kind in service.senders]
        facility = rng.choices(fitting, [service.senders[f.kind] for f in fitting])[0]
        system = _system(facility, service)
        key = (facility.facility_id, system.system_id)
        if key not in self._senders:
            self._senders[key] = Sender(self.university, facility, system, rng, self._obeys(facility.facility_id))
        return self._senders[key]


def _system(facility: Facility, service: Service) -> System:
    """A hospital with a laboratory system of its own sends results from it; everything else comes from the main system."""
    laboratory = service.name in ("LabResult", "PathologyReport")
    return facility.systems[-1] if laboratory else facility.systems[0]
