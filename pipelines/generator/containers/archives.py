"""Loose files, ZIP and TAR: one message a file, and everything known of it in the file's name.

Belongs here: files and archives of files. Does not: tables of messages.
"""

import gzip
import io
import tarfile
import zipfile
from pathlib import Path
from typing import IO, cast

from pipelines.generator.delivery import Delivery


class FilesWriter:
    """A folder of loose files."""

    def __init__(self, base: Path) -> None:
        self._folder = base
        base.mkdir(parents=True, exist_ok=True)

    def add(self, delivery: Delivery) -> None:
        (self._folder / delivery.file_name()).write_bytes(delivery.payload())

    def close(self) -> None:
        return None


class ZipWriter:
    """One ZIP archive of such files."""

    def __init__(self, base: Path) -> None:
        self._zip = zipfile.ZipFile(base.with_name(base.name + ".zip"), "w")

    def add(self, delivery: Delivery) -> None:
        info = zipfile.ZipInfo(delivery.file_name(), delivery.received.timetuple()[:6])
        info.compress_type = zipfile.ZIP_DEFLATED
        info.create_system = 3
        info.external_attr = 0o644 << 16
        self._zip.writestr(info, delivery.payload(), compresslevel=5)

    def close(self) -> None:
        self._zip.close()


class TarWriter:
    """One TAR archive of such files, plain or with gzip."""

    def __init__(self, base: Path, packed: bool = False) -> None:
        self._file = base.with_name(base.name + (".tar.gz" if packed else ".tar")).open("wb")
        out: IO[bytes] = self._file
        if packed:
            out = cast(IO[bytes], gzip.GzipFile(filename="", mode="wb", compresslevel=5, fileobj=self._file, mtime=0))
        self._out = out
        self._tar = tarfile.open(fileobj=out, mode="w|")  # noqa: SIM115 - closed in close()

    def add(self, delivery: Delivery) -> None:
        data = delivery.payload()
        info = tarfile.TarInfo(delivery.file_name())
        info.size = len(data)
        info.mtime = int(delivery.received.timestamp())
        self._tar.addfile(info, io.BytesIO(data))

    def close(self) -> None:
        self._tar.close()
        self._out.close()
        self._file.close()
