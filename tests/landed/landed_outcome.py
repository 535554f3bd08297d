"""What a landing left behind, read back from its files."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pipelines.landed.landing import Landed, land
from pipelines.landed.sources import sources
from pipelines.settings import Home
from pipelines.state import writing


@dataclass
class Outcome:
    """Counts of one call, and the rows of its new extracts."""

    done: list[Landed]
    messages: list[dict[str, Any]] = field(default_factory=list)
    quarantine: list[dict[str, Any]] = field(default_factory=list)
    items: dict[str, list[tuple]] = field(default_factory=dict)

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """messages, landed, quarantined, duplicates."""
        return tuple(sum(getattr(d, part) for d in self.done) for part in ("messages", "landed", "quarantined", "duplicates"))  # type: ignore[return-value]

    @property
    def reasons(self) -> list[str]:
        return [row["reason"] for row in self.quarantine]

    @property
    def facts(self) -> dict[str, tuple]:
        """What must be the same in every container: by message id, its items, exchange and sender."""
        kept = ("service", "exchange_at", "exchange_on", "exchange_on_source", "stated_facility", "stated_system", "stated_university")
        return {m["message_id"]: (tuple(self.items[m["message_id"]]), *(m[name] for name in kept)) for m in self.messages}


def land_into(home: Home, paths: list[Path], university_id: str | None = None, gate: str | None = None) -> Outcome:
    with writing(home) as state:
        outcome = Outcome([land(state, source, university_id, gate) for source in sources(paths)])
        rows = {row["extract_id"]: row for row in state.extracts()}
    for done in outcome.done:
        assert done.messages == done.landed + done.quarantined + done.duplicates
        if not done.already:
            assert (rows[done.extract_id]["messages"], rows[done.extract_id]["quarantined"]) == (done.messages, done.quarantined)
            _read(home.landed / done.extract_id, outcome)
    assert "reader_failed" not in outcome.reasons
    return outcome


def _read(folder: Path, outcome: Outcome) -> None:
    texts = {t["text_id"]: (t["terminology_id"], t["code"], t["title"]) for t in pq.read_table(folder / "texts.parquet").to_pylist()}
    messages = pq.read_table(folder / "messages.parquet").to_pylist()
    outcome.messages += messages
    outcome.quarantine += pq.read_table(folder / "quarantine.parquet").to_pylist()
    outcome.items.update({m["message_id"]: [] for m in messages})
    for item in pq.read_table(folder / "items.parquet").to_pylist():
        found = outcome.items[item["message_id"]]
        found.append((item["path"], *texts[item["text_id"]], item["service_type"]))
        assert item["item_no"] == len(found)
    assert all(m["items"] == len(outcome.items[m["message_id"]]) for m in messages)
