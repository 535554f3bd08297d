"""Parquet with the payload in a column, as text, bytes or a struct. What cannot be read is one broken frame a row group."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.landed.columns import Columns
from pipelines.landed.framing.frame import BrokenFrame, Frame

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

ROWS = 1000


def frames(path: Path, columns: Columns) -> Iterator[Frame | BrokenFrame]:
    """A frame a row; offsets are row numbers."""
    import pyarrow.parquet as pq

    try:
        table = pq.ParquetFile(path)
        present = table.schema_arrow.names
    except Exception as error:  # Arrow's and the system's; the file as a whole is of no use
        yield BrokenFrame("", 0, "stream_broken", f"{type(error).__name__}: no readable Parquet file")
        return
    with table:
        if columns.find(present, "message") is None:
            yield BrokenFrame("", 0, "no_payload", f"no column {columns.accepted('message')}")
            return
        wanted = [name for field in columns.fields if (name := columns.find(present, field)) is not None]
        number = 0
        for group in range(table.metadata.num_row_groups):
            yield from _group(table, group, number, wanted, columns)
            number += table.metadata.row_group(group).num_rows


def _group(table: "pq.ParquetFile", group: int, number: int, wanted: list[str], columns: Columns) -> Iterator[Frame | BrokenFrame]:
    try:
        for batch in table.iter_batches(ROWS, [group], columns=wanted):
            for row in _rows(batch):
                envelope = columns.envelope(row)
                payload = envelope.pop("message", None)
                yield Frame("", number, payload if isinstance(payload, bytes | str | dict) else "", envelope)
                number += 1
    except Exception as error:
        yield BrokenFrame("", number, "damaged_entry", f"{type(error).__name__}: row group {group} cannot be read")


def _rows(batch: "pa.RecordBatch") -> list[dict[str, Any]]:
    """The rows as dictionaries; text that is no UTF-8 keeps its bytes, so that only its own row is refused."""
    columns = {name: _values(column) for name, column in zip(batch.schema.names, batch.columns, strict=True)}
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def _values(column: "pa.Array") -> list[Any]:
    import pyarrow as pa

    try:
        return column.to_pylist()
    except UnicodeDecodeError:
        return [v if v is None else v.decode("utf-8", "surrogateescape") for v in column.cast(pa.large_binary()).to_pylist()]
