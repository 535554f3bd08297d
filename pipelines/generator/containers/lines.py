"""NDJSON, plain or compressed: one envelope a line, XML as a string, JSON as an object.

Belongs here: lines of JSON. Does not: CSV (`tables`).
"""

import gzip
from json.encoder import encode_basestring as quote
from pathlib import Path
from typing import IO, Any, cast

from pipelines.generator.broken import BAD_BYTES, MARK
from pipelines.generator.delivery import ENVELOPE, Delivery


class LinesWriter:
    """One NDJSON file. `packing`: blank, `gz` or `zst`."""

    def __init__(self, base: Path, packing: str = "") -> None:
        path = base.with_name(f"{base.name}.ndjson{'.' if packing else ''}{packing}")
        self._file = path.open("wb")
        self._out: IO[bytes] = _compressor(self._file, packing)

    def add(self, delivery: Delivery) -> None:
        self._out.write(_line(delivery))

    def close(self) -> None:
        self._out.close()
        self._file.close()


def _compressor(file: IO[bytes], packing: str) -> IO[bytes]:
    if packing == "gz":
        return cast(IO[bytes], gzip.GzipFile(filename="", mode="wb", compresslevel=5, fileobj=file, mtime=0))
    if packing == "zst":
        import zstandard

        stream: Any = zstandard.ZstdCompressor(level=3).stream_writer(file, closefd=False)
        return cast(IO[bytes], stream)
    return file


def _line(delivery: Delivery) -> bytes:
    bad = delivery.flaw == "bad_utf8"
    message = delivery.content if delivery.json else quote(delivery.content + MARK if bad else delivery.text())
    rest = ",".join([f'"{name}":{quote(value)}' for name, value in zip(ENVELOPE, delivery.envelope(), strict=True)])
    line = f'{{"message":{message},{rest}}}'
    if delivery.flaw == "torn_row":
        line = line[: len(line) * 2 // 3]
    data = line.encode()
    return (data.replace(MARK.encode(), BAD_BYTES) if bad else data) + b"\n"
