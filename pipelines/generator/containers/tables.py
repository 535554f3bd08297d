"""CSV and Parquet: envelope columns and the payload in `message`.

Belongs here: tables of messages. Does not: NDJSON (`lines`).
"""

import csv
from pathlib import Path
from typing import Any

from pipelines.generator.delivery import ENVELOPE, Delivery

_HEADER = ("message", *ENVELOPE)
_GROUP = 1000


class CsvWriter:
    """One CSV file. It cannot carry NULs."""

    def __init__(self, base: Path) -> None:
        self._file = base.with_name(base.name + ".csv").open("w", encoding="utf-8", newline="")
        self._csv = csv.writer(self._file, lineterminator="\n")
        self._csv.writerow(_HEADER)

    def add(self, delivery: Delivery) -> None:
        self._csv.writerow((delivery.text(nuls=False), *delivery.envelope()))

    def close(self) -> None:
        self._file.close()


class ParquetWriter:
    """One Parquet file, written in groups of rows."""

    def __init__(self, base: Path) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        self._schema = pa.schema([(name, pa.string()) for name in _HEADER])
        self._writer: Any = pq.ParquetWriter(base.with_name(base.name + ".parquet"), self._schema, compression="zstd")
        self._rows: list[tuple[str, ...]] = []

    def add(self, delivery: Delivery) -> None:
        self._rows.append((delivery.text(), *delivery.envelope()))
        if len(self._rows) >= _GROUP:
            self._flush()

    def _flush(self) -> None:
        import pyarrow as pa

        if self._rows:
            self._writer.write_table(
                pa.Table.from_arrays([pa.array(c) for c in zip(*self._rows, strict=True)], schema=self._schema)
            )
            self._rows = []

    def close(self) -> None:
        self._flush()
        self._writer.close()
