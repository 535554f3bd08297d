"""The judge that stays: lists in memory, verdicts remembered by a digest of what was judged. Answers in milliseconds what `check` answers.

Belongs here: what must live as long as the service. Does not: HTTP, or how a coding is judged (`findings.judging`, by way of `check`).
"""

import bisect
import datetime as dt
import hashlib
import threading
from collections import OrderedDict
from typing import Any

from pipelines.check import Asked, Judged, asked, coding, judged, opened, verdicts_of
from pipelines.findings.narrowing import keep_lists, narrow
from pipelines.landed.message import Message
from pipelines.partitions import attach_epochs
from pipelines.serve.advice import Advisor
from pipelines.serve.refusals import Refusal
from pipelines.settings import Home
from pipelines.sqlite_engine import SqliteEngine

REMEMBERED = 50_000  # verdicts, about 20 MB; only digests of the texts are kept beside them
MOST_ITEMS = 5_000  # judged items of one message; real ones have some dozens, the largest bills some hundreds
_AT_ONCE = 250  # codings judged before another request may have its turn


class Judge:
    """Judges messages. Safe to call from several threads; the engine is one thread's at a time."""

    def __init__(self, home: Home, list_policy: str = "in_force") -> None:
        from pipelines import terminologies

        con = opened(home, list_policy)
        self.list_policy = list_policy
        self._engine = SqliteEngine()
        keep_lists(self._engine, con)
        self._epochs: dict[str, list[dt.date]] = {}
        attach_epochs(con)
        for terminology, first_day in con.execute("select terminology, epoch_day from epochs order by 1, 2").fetchall():
            self._epochs.setdefault(terminology, []).append(first_day)
        self.advisor = Advisor(con)
        self.releases: list[dict[str, Any]] = terminologies.list_releases(home)
        self.fingerprint = terminologies.fingerprint(home)
        self._lock = threading.Lock()
        self._known: OrderedDict[bytes, tuple] = OrderedDict()

    def judge(self, message: Message, day: dt.date) -> list[Judged]:
        """Every item that a rule asks about, in document order, with its verdict. Raises Refusal too_many_items."""
        chosen = asked(message)
        if len(chosen) > MOST_ITEMS:
            raise Refusal("too_many_items", f"{len(chosen)} items; a message may have {MOST_ITEMS}")
        epochs = [self._epoch(one.rule.terminology, day) for one in chosen]
        keys = [_digest(one, epoch) for one, epoch in zip(chosen, epochs, strict=True)]
        with self._lock:
            found = {key: verdict for key in keys if (verdict := self._recall(key)) is not None}
        missing = {key: (one, epoch) for key, one, epoch in zip(keys, chosen, epochs, strict=True) if key not in found}
        waiting = list(missing.items())
        for start in range(0, len(waiting), _AT_ONCE):
            found |= self._judged_anew(waiting[start : start + _AT_ONCE])
        return [judged(one, found[key], day) for one, key in zip(chosen, keys, strict=True)]

    def in_force(self, day: dt.date) -> dict[str, list[dict[str, Any]]]:
        """Terminology → the releases that its list is made of on a day: the newest full one, and what only changes it."""
        found: dict[str, list[dict[str, Any]]] = {}
        for release in self.releases:
            if release["valid_from"] <= day.isoformat() and (release["valid_to"] is None or day.isoformat() < release["valid_to"]):
                found.setdefault(release["terminology"], []).append(release)
        return found

    def _epoch(self, terminology: str, day: dt.date) -> dt.date:
        """First day of the list epoch: within one, every verdict is the same."""
        days = self._epochs.get(terminology)
        return days[bisect.bisect_right(days, day) - 1] if days else day

    def _recall(self, key: bytes) -> tuple | None:
        verdict = self._known.get(key)
        if verdict is not None:
            self._known.move_to_end(key)
        return verdict

    def _judged_anew(self, waiting: list[tuple[bytes, tuple[Asked, dt.date]]]) -> dict[bytes, tuple]:
        rows = [coding(key.hex(), one, epoch) for key, (one, epoch) in waiting]
        rules = {one.rule.id: one.rule for _, (one, _) in waiting}
        with self._lock:
            narrow(self._engine, [(row[6], row[10], row[11]) for row in rows])
            verdicts = verdicts_of(self._engine, rows, tuple(rules[name] for name in sorted(rules)))
            done = {key: verdicts[key.hex()] for key, _ in waiting}
            self._known.update(done)
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return done


def _digest(one: Asked, epoch: dt.date) -> bytes:
    """BLAKE2b-128 of rule, epoch and the three parts as sent; absent and blank differ."""
    parts = (one.rule.id, epoch.isoformat(), one.item.terminology_id, one.item.code, one.item.title)
    joined = "".join("-" if part is None else f"{len(part)}:{part}" for part in parts)
    return hashlib.blake2b(joined.encode("utf-8", "surrogatepass"), digest_size=16).digest()
