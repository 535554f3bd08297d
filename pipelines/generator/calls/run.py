"""`generate --calls`: the log, the send results, the mapping files and the truth of both, written beside the extracts.

Belongs here: the order of things. Does not: behaviour (`senders`), answers (`service`), files (`files`).
"""

from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

from pipelines.generator.calls import files, texts
from pipelines.generator.calls.options import CallOptions
from pipelines.generator.calls.senders import Call, calls_for, use_class
from pipelines.generator.traffic import Made
from pipelines.generator.trees.services import SERVICES

_ROOTS = {service.operation: service.root for service in SERVICES}
_USE = ("message_id", "identity", "university_id", "facility_id", "system_id", "vendor_id", "service", "behaviour", "sent_at", "use_class", "calls")
_FAULT = ("call_row", "message_id", "called_at", "kind", "reason", "rule_id", "outcome", "code")
_SERVICES = {service.operation: service.name for service in SERVICES}


class CallLog:
    """Takes every message of a run and writes what was called for it."""

    def __init__(self, out: Path, options: CallOptions) -> None:
        self.options = options
        self.out = out / "calls"
        self.out.mkdir(parents=True)
        self._log = files.RowsWriter(self.out / "validation_log", options.form)
        self._sends = files.RowsWriter(self.out / "send_results", "ndjson")
        self._truth: list[tuple[Any, ...]] = []
        self._faults: list[tuple[Any, ...]] = []
        self._never: dict[str, tuple[Any, ...]] = {}
        self.classes: Counter[str] = Counter()
        self.calls = 0

    def add(self, made: Made) -> None:
        """One message, and the calls that belong to it."""
        d = made.delivery
        behaviour = self.options.behaviour(d.facility_id)
        rng = Random(f"{self.options.seed}/{made.message_id}/calls")
        made_calls = calls_for(made, behaviour, _ROOTS[d.operation], rng)
        about = [call for call in made_calls if call.about]
        said = use_class(d.received, about)
        self.classes[said] += 1
        self._truth.append(self._row(made, made.message_id, d.message_uid, behaviour, d.received, said, len(about)))
        for call in made_calls:
            self._call(made, call, behaviour)
        error = "" if rng.random() < 0.98 else texts.outside(rng)
        self._sends.add(files.send_row(d, d.received, made.composition_uid, made.message_id, error, self.options.ids))

    def _call(self, made: Made, call: Call, behaviour: str) -> None:
        self.calls += 1
        self._log.add(files.row(call, self.options.form, self.options.ids))
        self._faults += [(self.calls, call.about, call.at.replace(tzinfo=None), *fault) for fault in call.faults if call.about]
        if call.about is None and call.reply.passed is not None and call.message_uid not in self._never:
            self.classes["never_sent"] += 1
            self._never[call.message_uid] = self._row(made, None, call.message_uid, behaviour, None, "never_sent", 1)

    def _row(self, made: Made, message_id: str | None, identity: str, behaviour: str, sent: Any, said: str, calls: int) -> tuple[Any, ...]:
        d = made.delivery
        return (message_id, identity, d.university_id, d.facility_id.lower(), d.system_id.lower(), d.vendor.vendor_id, _SERVICES[d.operation], behaviour,
                sent and sent.replace(tzinfo=None), said, calls)  # fmt: skip

    def close(self) -> None:
        """The files, their mappings, and the truth."""
        import pyarrow as pa

        self._log.close()
        self._sends.close()
        (self.out / "validation_log.columns.yaml").write_text(files.MAPPINGS[self.options.form], encoding="utf-8")
        (self.out / "send_results.columns.yaml").write_text(files.SENDS_MAPPING, encoding="utf-8")
        time = {"sent_at": pa.timestamp("s"), "called_at": pa.timestamp("s"), "calls": pa.int32(), "call_row": pa.int64()}
        self._write("calls_truth", _USE, [*self._truth, *self._never.values()], time)
        self._write("service_faults", _FAULT, self._faults, time)

    def _write(self, name: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]], kinds: dict[str, Any]) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        schema = pa.schema([(column, kinds.get(column, pa.string())) for column in columns])
        arrays = [pa.array([row[i] for row in rows], field.type) for i, field in enumerate(schema)]
        pq.write_table(pa.Table.from_arrays(arrays, schema=schema), self.out / f"{name}.parquet", compression="zstd")
