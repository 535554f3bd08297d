"""Opens registers people give: CSV, TSV, XLSX, Parquet, or a folder of them, as rows of text.

Belongs here: files and their encodings. Does not: what a row means. Registers are small and rare, so pandas reads them.
"""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipelines.errors import InputError

SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".parquet")


def read_tables(path: Path) -> Iterator[tuple[str, list[dict[str, str | None]]]]:
    """(where it stood, rows by header) of every table of a file or folder; cells are stripped text or None. Raises InputError."""
    if path.is_dir():
        files = sorted(
            file for file in path.iterdir() if file.suffix.lower() in SUFFIXES and not file.name.startswith((".", "~"))
        )
        if not files:
            raise InputError(f"{path}: no register in this folder. Accepted: {', '.join(SUFFIXES)}.")
        for file in files:
            yield from read_tables(file)
        return
    if not path.is_file():
        raise InputError(f"{path}: there is no such file or folder.")
    if path.suffix.lower() not in SUFFIXES:
        raise InputError(f"{path}: '{path.suffix}' is not a kind of file read here. Accepted: {', '.join(SUFFIXES)}.")
    try:
        tables = _parquet(path) if path.suffix.lower() == ".parquet" else _texts(path)
    except Exception as error:  # whatever a broken file makes a reader raise, the user hears one line
        raise InputError(
            f"{path}: cannot be read ({type(error).__name__}: {str(error).partition(chr(10))[0]}). Save it again as CSV (UTF-8) or XLSX."
        ) from error
    for sheet, rows in tables.items():
        yield (
            f"{path}, sheet {sheet}" if sheet else str(path),
            [{str(name).strip(): _text(cell) for name, cell in row.items()} for row in rows],
        )


def _parquet(path: Path) -> dict[str, list[dict[Any, Any]]]:
    import pyarrow.parquet as pq

    return {"": pq.ParquetFile(path).read().to_pylist()}


def _texts(path: Path) -> dict[str, list[dict[Any, Any]]]:
    import pandas as pd

    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        sheets = pd.read_excel(path, sheet_name=None, dtype=str, keep_default_na=False)
        return {str(sheet): frame.to_dict("records") for sheet, frame in sheets.items()}
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("windows-1256")
    head = text.partition("\n")[0]
    delimiter = "\t" if suffix == ".tsv" else max(",\t;", key=head.count)
    return {
        "": pd.read_csv(io.StringIO(text), sep=delimiter, dtype=str, keep_default_na=False, index_col=False).to_dict(
            "records"
        )
    }


def _text(value: Any) -> str | None:
    if value is None or value != value:  # None, NaN
        return None
    return str(value).strip() or None
