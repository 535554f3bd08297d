"""The extract of one university: its folder, manifest and container files, with broken messages and redeliveries put in between.

Belongs here: what is handed over and in which file. Does not: making of messages (`traffic`), packing (`containers`).
"""

import datetime as dt
from collections import Counter
from pathlib import Path
from random import Random

from pipelines.generator.broken import broken, flaws
from pipelines.generator.containers.choose import open_container
from pipelines.generator.delivery import Delivery
from pipelines.generator.organisations import University

_NIGHT = dt.time(1, 0)  # broken messages come at night, when nobody else sends: so their file names are their own


class Extract:
    """Takes a university's messages. With redeliveries there is a second file, which repeats messages of the first byte for byte."""

    def __init__(
        self,
        folder: Path,
        university: University,
        container: str,
        messages: int,
        breaks: int,
        repeats: int,
        rng: Random,
    ) -> None:
        folder.mkdir(parents=True)
        name = university.university_id
        (folder / "manifest.yaml").write_text(f"university_id: {name}\ngate: {university.gate}\n", encoding="utf-8")
        self.flaws: Counter[str] = Counter()
        self.duplicates = 0
        self._container = container
        self._base = folder / name
        self._writer = open_container(container, folder / f"{name}_1")
        self._rng = rng
        self._done = 0
        self._split = max(1, messages * 6 // 10) if repeats else 0
        self._wanted = Counter(rng.choices(range(self._split), k=repeats)) if repeats else Counter()
        self._again: list[Delivery] = []
        self._breaks = Counter(rng.choices(range(messages), k=breaks))

    def add(self, delivery: Delivery) -> None:
        """The next message, and whatever follows it."""
        if self._split and self._done == self._split:
            self._second_file()
        self._writer.add(delivery)
        self._again += [delivery] * self._wanted[self._done]
        for _ in range(self._breaks[self._done]):
            self._break(delivery)
        self._done += 1

    def close(self) -> None:
        """Ends the last file."""
        if self._again:
            self._second_file()
        self._writer.close()

    def _second_file(self) -> None:
        self._writer.close()
        self._writer = open_container(self._container, self._base.with_name(f"{self._base.name}_2"))
        for place, delivery in enumerate(self._again):
            if self._container in (
                "files",
                "xml-zip",
                "tar",
                "tar-gz",
            ):  # twice in one archive needs another name, thus another second
                delivery = delivery._replace(received=delivery.received.replace(hour=2) + dt.timedelta(seconds=place))
            self._writer.add(delivery)
        self.duplicates += len(self._again)
        self._again = []

    def _break(self, model: Delivery) -> None:
        number = self.flaws.total()
        night = dt.datetime.combine(model.received.date(), _NIGHT, model.received.tzinfo) + dt.timedelta(seconds=number)
        made = broken(model._replace(received=night), self._rng.choice(flaws(self._container)), self._rng)
        self.flaws[made.flaw] += 1
        self._writer.add(made)
