"""Opens a container by the name of its format.

Belongs here: the table of formats. Does not: containers.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from pipelines.errors import UserError
from pipelines.generator.containers.archives import FilesWriter, TarWriter, ZipWriter
from pipelines.generator.containers.base import FORMATS, Writer
from pipelines.generator.containers.big_xml import BigXmlWriter
from pipelines.generator.containers.lines import LinesWriter
from pipelines.generator.containers.tables import CsvWriter, ParquetWriter

_OPEN: dict[str, Callable[[Path], Writer]] = {
    "ndjson": LinesWriter,
    "ndjson-gz": partial(LinesWriter, packing="gz"),
    "ndjson-zst": partial(LinesWriter, packing="zst"),
    "files": FilesWriter,
    "xml-zip": ZipWriter,
    "tar": TarWriter,
    "tar-gz": partial(TarWriter, packed=True),
    "big-xml": BigXmlWriter,
    "csv": CsvWriter,
    "parquet": ParquetWriter,
}


def open_container(name: str, base: Path) -> Writer:
    """A writer of the format; `base` is the path without an ending."""
    return _OPEN[name](base)


def container_of(format: str, number: int) -> str:
    """The container of the university with this number; `mixed` goes through all of them. Raises UserError."""
    if format == "mixed":
        return FORMATS[number % len(FORMATS)]
    if format not in _OPEN:
        raise UserError(f"There is no format '{format}'. Formats: {', '.join(FORMATS)}, mixed.")
    return format
