"""A system at a facility, with the people it writes about: what stays the same from message to message.

Belongs here: identifiers of MsgID, institute, doctors, patients. Does not: services' trees.
"""

import datetime as dt
from random import Random
from typing import NamedTuple

from pipelines.generator import lists
from pipelines.generator.coder import Coder
from pipelines.generator.codes import CodeList
from pipelines.generator.habits import Habits
from pipelines.generator.nodes import NIL, Obj, identifier
from pipelines.generator.organisations import Facility, System, University, guid
from pipelines.generator.people import area, committer, person, provider


class Sender:
    """One system of one facility of one university."""

    def __init__(self, university: University, facility: Facility, system: System, rng: Random, obeys: bool = False) -> None:
        lower = system.vendor.quirk == "lower_guid"
        self.university = university
        self.facility_id = facility.facility_id.lower() if lower else facility.facility_id
        self.system = system
        self.system_id = system.system_id.lower() if lower else system.system_id
        self.habits = Habits(system.vendor, university.university_id, university.gate, obeys)
        self.doctors = [provider(rng) for _ in range(4)]
        self.clerks = [committer(rng) for _ in range(3)]
        self._system = identifier("MOHME_IT", self.system_id, "System_ID")
        self._facility = identifier("MOHME_IT", self.facility_id, "Org_ID")
        self.institute = Obj(
            [
                ("Name", facility.name_fa),
                ("ID", identifier("MOHME_IT", self.facility_id.lower(), "Org_ID")),
                ("Type", lists.ORGANISATIONS.get(facility.kind, lists.HEALTH_CENTRE)),
                ("Location", area(rng) if rng.random() < 0.7 else None),
                ("PortablePosition", None),
            ],
            shared=True,
        )
        self._sent: list[tuple[str, str, Obj]] = []
        self._patients: list[Obj] = []

    def visit(self, day: dt.date, second: int, code_lists: dict[str, CodeList], rng: Random) -> "Visit":
        """Everything a service's tree needs for one new message."""
        return Visit(self, day, second, Coder(code_lists, self.habits, day, rng), rng, *self._identity(rng))

    def _identity(self, rng: Random) -> tuple[Obj, Obj]:
        """Person and MsgID. About one message in thirty sends an earlier composition of this sender again."""
        patient_uid = composition_uid = None
        if self._sent and rng.random() < 0.03:
            patient_uid, composition_uid, who = rng.choice(self._sent)
        else:
            if len(self._patients) < 150 or rng.random() < 0.2:
                self._patients.append(person(rng))
            who = rng.choice(self._patients[-150:])
            if rng.random() < 0.35:
                patient_uid, composition_uid = (f"{self.university.node}::{guid(rng).lower()}" for _ in range(2))
                self._sent = [*self._sent[-40:], (patient_uid, composition_uid, who)]
        message = Obj(
            [
                ("VersionLifecycleState", lists.LIFECYCLE if rng.random() < 0.3 else None),
                ("IS_Queriable", NIL),
                ("CompositionSignature", None),
                ("SystemID", self._system),
                ("HealthCareFacilityID", self._facility),
                ("PatientUID", patient_uid),
                ("CompositionUID", composition_uid),
                ("Committer", rng.choice(self.clerks) if rng.random() < 0.7 else None),
            ]
        )
        return who, message


class Visit(NamedTuple):
    """One message in the making."""

    sender: Sender
    day: dt.date
    second: int
    coder: Coder
    rng: Random
    person: Obj
    msg_id: Obj

    def earlier(self, most: int) -> dt.date:
        """A day up to `most` days before the message was sent."""
        return self.day - dt.timedelta(days=self.rng.randrange(most + 1))
