"""`truth.parquet`: what is known of every judged item.

Belongs here: the file's columns and its writer. Does not: how a verdict came about.
"""

import datetime as dt
from collections import Counter
from pathlib import Path
from types import TracebackType
from typing import Any

from pipelines.generator.habits import STARTS
from pipelines.generator.numbering import Judged

COLUMNS = (
    "message_id", "path", "item_no", "rule_id", "outcome", "fault", "cause_known", "university_id", "vendor_id", "exchange_on",
)  # fmt: skip
_BATCH = 100_000
_STARTS = {name.split(".")[-1].lower(): day for name, day in STARTS.items()}


class TruthWriter:
    """Collects rows and writes them in batches."""

    def __init__(self, path: Path) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        types: dict[str, Any] = {"item_no": pa.int32(), "exchange_on": pa.date32()}
        self._schema = pa.schema([(name, types.get(name, pa.string())) for name in COLUMNS])
        self._writer = pq.ParquetWriter(path, self._schema, compression="zstd")
        self._rows: list[tuple[Any, ...]] = []
        self.outcomes: Counter[str] = Counter()
        self.faults: Counter[str] = Counter()
        self.failing: dict[str, list[int]] = {"before": [0, 0], "after": [0, 0]}

    def add(self, message_id: str, judged: list[Judged], university_id: str, vendor_id: str, day: dt.date) -> None:
        """All judged items of one message."""
        for path, item_no, verdict, _ in judged:
            self._rows.append(
                (
                    message_id,
                    path,
                    item_no,
                    verdict.rule_id,
                    verdict.outcome,
                    verdict.fault,
                    verdict.cause_known,
                    university_id,
                    vendor_id,
                    day,
                )
            )
            self.outcomes[verdict.outcome] += 1
            self.faults[verdict.fault] += 1
            if item_no is not None:
                counts = self.failing["after" if day >= _STARTS[verdict.rule_id.rsplit("-", 1)[1]] else "before"]
                counts[0] += verdict.outcome != "passed"
                counts[1] += 1
        if len(self._rows) >= _BATCH:
            self._flush()

    def _flush(self) -> None:
        import pyarrow as pa

        if self._rows:
            columns = [
                pa.array(column, type=field.type)
                for column, field in zip(zip(*self._rows, strict=True), self._schema, strict=True)
            ]
            self._writer.write_table(pa.Table.from_arrays(columns, schema=self._schema))
            self._rows = []

    def __enter__(self) -> "TruthWriter":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self._flush()
        self._writer.close()
