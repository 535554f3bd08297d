"""`generate`: writes extracts in the real wire forms, the registry of senders, and the truth about every judged item.

Belongs here: the whole run. Does not: any part of a message.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from pipelines.errors import UserError
from pipelines.generator.calls import CallLog, CallOptions
from pipelines.generator.codes import read_codes
from pipelines.generator.containers.choose import container_of
from pipelines.generator.extract import Extract
from pipelines.generator.notes import Notebook, NotesWriter
from pipelines.generator.organisations import registry, write_organisations
from pipelines.generator.traffic import Desk, plan
from pipelines.generator.truth import TruthWriter
from pipelines.settings import Home

_README = """Everything in this folder is invented: people, facilities, universities, vendors, messages.
It was written by `sepas-dq generate`. Nothing in it is data of a real person or organisation.

extracts/       messages as universities would hand them over
organisations/  who the senders are
truth.parquet   what is true of every judged coded item
truth_notes.parquet  which of them deserve which extra note
calls/          (with --calls) a log of the validation service, send results, their mapping files, and the truth of both
"""


@dataclass
class Summary:
    """What a run wrote. `items`: coded items outside Person; `judged`: rows of truth that are judged. `failing`: phase → (failed, judged)."""

    out: Path
    format: str
    seed: int
    messages: int = 0
    items: int = 0
    judged: int = 0
    broken: int = 0
    duplicates: int = 0
    outcomes: dict[str, int] = field(default_factory=dict)
    faults: dict[str, int] = field(default_factory=dict)
    failing: dict[str, tuple[int, int]] = field(default_factory=dict)
    flaws: Counter[str] = field(default_factory=Counter)
    calls: int = 0
    use: dict[str, int] = field(default_factory=dict)


def generate(
    home: Home,
    out: Path,
    messages: int,
    seed: int,
    format: str = "ndjson",
    progress: Callable[[int, int], None] | None = None,
    broken: int = 0,
    duplicates: int = 0,
    calls: CallOptions | None = None,
    universities: int | None = None,
) -> Summary:
    """Writes `messages` invented messages under `out`, and besides them broken ones and redeliveries, which truth does not know.

    `universities`: how many of the invented universities send; all if None. `calls`: write a call log of the validation service too; senders that obey it then send nothing it refuses.
    `progress` is called with (messages done, messages in all). The same seed and code lists give the same bytes.
    Raises UserError if `out` holds anything already or the format is unknown, NotBuiltError if there are no code lists.
    """
    if out.exists() and any(out.iterdir()):
        raise UserError(f"{out} is not empty. Give a new folder: extracts of two runs must not mix.")
    container_of(format, 0)
    lists = read_codes(home.reference / "codes.parquet", seed)
    registered, systems = registry()
    senders = registered[:universities]
    out.mkdir(parents=True, exist_ok=True)
    write_organisations(out / "organisations", registered, systems)
    (out / "README.txt").write_text(_README, encoding="utf-8")
    (out / "manifest.yaml").write_text("skip: [truth.parquet, truth_notes.parquet, organisations, README.txt, calls]\n", encoding="utf-8")
    planned = plan(messages, senders, Random(f"{seed}/plan"))
    extra = Random(f"{seed}/extra")
    sizes = [len(entries) for entries in planned]
    second_file = [
        max(0, size - 1) for size in sizes
    ]  # a file that only repeats another byte for byte would be the same extract
    breaks = _spread(broken, sizes, extra)
    repeats = _spread(duplicates, second_file if any(second_file) else sizes, extra)
    summary = Summary(out, format, seed)
    log = CallLog(out, calls) if calls else None
    obeying = (calls.obeys,) if calls else ()
    notebook = Notebook(home.reference, lists)
    with TruthWriter(out / "truth.parquet") as truth, NotesWriter(out / "truth_notes.parquet") as noted:
        for number, (university, entries) in enumerate(zip(senders, planned, strict=True)):
            if not entries:
                continue
            extract = Extract(
                out / "extracts" / university.university_id, university, container_of(format, number),
                len(entries), breaks[number], repeats[number], Random(f"{seed}/{university.university_id}/extract"),
            )  # fmt: skip
            for made in Desk(university, lists, Random(f"{seed}/{university.university_id}"), *obeying).messages(entries):
                truth.add(
                    made.message_id,
                    made.judged,
                    university.university_id,
                    made.delivery.vendor.vendor_id,
                    made.delivery.received.date(),
                )
                noted.add(made.message_id, notebook.notes(made.judged, made.delivery.received.date()))
                extract.add(made.delivery)
                if log:
                    log.add(made)
                summary.items += made.items
                summary.messages += 1
                if progress and summary.messages % 100 == 0:
                    progress(summary.messages, messages)
            extract.close()
            summary.flaws.update(extract.flaws)
            summary.duplicates += extract.duplicates
    if log:
        log.close()
        summary.calls, summary.use = log.calls, dict(sorted(log.classes.items()))
    summary.broken = summary.flaws.total()
    summary.outcomes = dict(sorted(truth.outcomes.items()))
    summary.faults = dict(sorted(truth.faults.items()))
    summary.failing = {phase: (failed, judged) for phase, (failed, judged) in truth.failing.items()}
    summary.judged = sum(n for outcome, n in truth.outcomes.items() if outcome != "not_applicable")
    if progress:
        progress(summary.messages, messages)
    return summary


def _spread(number: int, weights: list[int], rng: Random) -> Counter[int]:
    """How many of `number` fall to each university."""
    return Counter(rng.choices(range(len(weights)), weights, k=number)) if number and any(weights) else Counter()
