"""What stands behind a path: one file, a zip of files, a folder of them; and the table of successors beside a LOINC table.

Belongs here: choosing files by what their first rows say. Does not: reading tables (`source`), what their columns mean (`layout`).
"""

import hashlib
import tempfile
import zipfile
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from pipelines import persian
from pipelines.errors import InputError
from pipelines.terminologies.layout import layout
from pipelines.terminologies.source import KINDS, Sheet, read_sheets, text_sheet

_PEEK = 1 << 16
_LARGEST = 2 << 30  # of one file in a zip, unpacked
_SUFFIXES = {".csv", ".tsv", ".txt", ".tab", ".xlsx", ".xlsm", ".parquet", ".json", ".ndjson", ".xml", ".claml"}
_TEXT = {".csv", ".tsv", ".txt", ".tab"}
_LOINC = {persian.match_key(h) for h in ("LOINC_NUM", "LONG_COMMON_NAME", "STATUS")}
_MAP_TO = {persian.match_key(h) for h in ("LOINC", "MAP_TO")}


@dataclass
class Source:
    """The sheets of everything behind a path, the table of LOINC's successors apart, and which files they came from."""

    path: Path
    sheets: list[Sheet] = field(default_factory=list)
    successors: list[Sheet] = field(default_factory=list)
    files: list[dict[str, str]] = field(default_factory=list)  # file, sha256
    notes: list[str] = field(default_factory=list)


def open_source(path: Path, terminology: str | None = None) -> Source:
    """Opens a file, zip or folder for one terminology (None: for any). Raises InputError."""
    if path.is_dir():
        return _many(path, sorted(p for p in path.rglob("*") if p.is_file()), terminology)
    if not path.is_file():
        raise InputError(f"{path}: there is no such file.")
    if _is_plain_zip(path):
        with tempfile.TemporaryDirectory(prefix="sepas-dq-") as folder:
            found = _many(path, _unpack(path, Path(folder)), terminology)
            return Source(path, found.sheets, found.successors, [_file(path)], found.notes)
    source = Source(path)
    _take(source, path, "")
    if terminology in (None, "LNC") and source.sheets and _keys(source.sheets[0]) >= _LOINC:
        for beside in sorted(path.parent.iterdir()):
            if beside != path and beside.suffix.lower() in _TEXT and not source.successors and _head(beside) >= _MAP_TO:
                _take(source, beside, "")
                source.notes.append(
                    f"successors of deprecated codes were taken from {beside.name}, which stands beside it"
                )
    return source


def _is_plain_zip(path: Path) -> bool:
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as packed:
        return "[Content_Types].xml" not in packed.namelist()


def _unpack(path: Path, folder: Path) -> list[Path]:
    """Unpacks the members that may be lists under names of our own, in the order of their names."""
    unpacked = []
    try:
        with zipfile.ZipFile(path) as packed:
            for number, member in enumerate(sorted(packed.infolist(), key=lambda m: m.filename)):
                name = PurePosixPath(member.filename)
                if member.is_dir() or name.suffix.lower() not in _SUFFIXES:
                    continue
                if member.file_size > _LARGEST:
                    raise InputError(f"{path}: {name} is larger than 2 GiB unpacked. Unpack it and give the one file.")
                with packed.open(member) as stream:
                    head = stream.read(_PEEK)
                    if name.suffix.lower() in _TEXT and not _keys_of(head):
                        continue
                    target = folder / f"{number:05d}" / name.name
                    target.parent.mkdir()
                    with target.open("wb") as out:
                        out.write(head)
                        while block := stream.read(1 << 20):
                            out.write(block)
                unpacked.append(target)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise InputError(f"{path}: cannot be unpacked ({error}). Unpack it and give the folder.") from error
    return unpacked


def _many(path: Path, files: list[Path], terminology: str | None) -> Source:
    """Of LOINC's distribution the widest table and the table of successors; of anything else every list there is."""
    source = Source(path)
    files = [file for file in files if file.suffix.lower() in _SUFFIXES]
    heads = {file: _head(file) for file in files}
    tables = [file for file in files if heads[file] >= _LOINC]
    if tables and terminology in (None, "LNC"):
        chosen = max(tables, key=lambda file: len(heads[file]))
        maps = [file for file in files if heads[file] >= _MAP_TO][:1]
        for file in (chosen, *maps):
            _take(source, file, file.stem)
        left = len(files) - len(source.files)
        source.notes.append(f"taken: {', '.join(f['file'] for f in source.files)}; {left} other files were left out")
        return source
    for file in files:
        try:
            _take(source, file, file.stem)
        except InputError as error:
            source.notes.append(f"left out: {error}")
    if terminology:
        usable = [sheet for sheet in source.sheets if layout(sheet, terminology)]
        source.sheets = usable or source.sheets
    if not source.sheets and not source.successors:
        raise InputError(f"{path}: no list in it. Accepted: {KINDS}.")
    return source


def _take(source: Source, file: Path, name: str) -> None:
    for sheet in read_sheets(file):
        sheet.name = " / ".join(part for part in (name, sheet.name) if part)
        is_map = _keys(sheet) >= _MAP_TO and not _keys(sheet) >= _LOINC
        (source.successors if is_map else source.sheets).append(sheet)
    source.files.append(_file(file))


def _file(path: Path) -> dict[str, str]:
    with path.open("rb") as stream:
        return {"file": path.name, "sha256": hashlib.file_digest(stream, "sha256").hexdigest()}


def _keys(sheet: Sheet) -> set[str]:
    return {persian.match_key(cell) for cell in (sheet.rows[0] if sheet.rows else []) if cell}


def _head(file: Path) -> set[str]:
    """The header of a text table, from its first bytes only."""
    if file.suffix.lower() not in _TEXT:
        return set()
    with file.open("rb") as stream:
        return _keys_of(stream.read(_PEEK))


def _keys_of(head: bytes) -> set[str]:
    line = head.partition(b"\n")[0]
    try:
        return _keys(text_sheet(line))
    except (ValueError, UnicodeError):
        return set()
