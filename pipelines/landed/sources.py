"""Paths given by the user → sources: one big file each, or one folder of loose messages taken together as one extract.

Belongs here: what in a folder is an extract, and an extract's id. Does not: opening containers (`framing`).
"""

import fnmatch
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipelines.errors import InputError
from pipelines.landed.framing.frame import label
from pipelines.landed.framing.streams import LARGEST_SINGLE
from pipelines.landed.manifest import Manifest, manifest_for

LOOSE = (".xml", ".json")
IGNORED = ("manifest.yaml", "manifest.yml", "readme.md", "readme.txt", "readme", "thumbs.db", "desktop.ini")


@dataclass(frozen=True)
class Source:
    """One extract: `files` in order (one, or the loose messages of a folder), named by `label` (as it may be shown), with its manifest."""

    label: str
    files: tuple[Path, ...]
    manifest: Manifest

    @property
    def bytes(self) -> int:
        return sum(file.stat().st_size for file in self.files)

    def extract_id(self) -> str:
        """SHA-256 of the bytes, 32 hex digits. The same delivery has the same id under any name and in any folder."""
        digest = hashlib.sha256()
        for file in self.files:
            with file.open("rb") as stream:
                digest.update(hashlib.file_digest(stream, "sha256").digest())
            if len(self.files) > 1:
                digest.update(file.name.encode("utf-8", "surrogateescape"))
        return digest.hexdigest()[:32]


def sources(paths: Iterable[Path]) -> Iterator[Source]:
    """Every extract below the given paths. Raises InputError for a path that does not exist."""
    for path in paths:
        if not path.exists():
            raise InputError(f"{path}: there is no such file or folder.")
        root = path.resolve() if path.is_dir() else path.resolve().parent
        if path.is_file():
            yield Source(label(path.name), (path.resolve(),), manifest_for(root, root))
        else:
            yield from _folder(root, root)


def _folder(folder: Path, root: Path) -> Iterator[Source]:
    manifest = manifest_for(folder, root)
    entries = sorted(entry for entry in folder.iterdir() if not _ignored(entry, root, manifest))
    loose = tuple(entry for entry in entries if entry.is_file() and entry.suffix.lower() in LOOSE and entry.stat().st_size < LARGEST_SINGLE)
    if loose:
        yield Source(label(f"{folder.name}/" if len(loose) > 1 else loose[0].name), loose, manifest)
    together = set(loose)
    for entry in entries:
        if entry.is_dir():
            yield from _folder(entry, root)
        elif entry.is_file() and entry not in together:
            yield Source(label(entry.name), (entry,), manifest)


def _ignored(entry: Path, root: Path, manifest: Manifest) -> bool:
    name, below = entry.name, entry.relative_to(root).as_posix()
    if name.startswith((".", "~$")) or name.lower() in IGNORED or entry.is_symlink():
        return True
    return any(fnmatch.fnmatch(name, pattern) or fnmatch.fnmatch(below, pattern) for pattern in manifest.skip)
