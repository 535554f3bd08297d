"""Releases on disk: one Parquet file each in the neutral shape, what it is in the file's own metadata.

Belongs here: file names, metadata, atomic writing, listing, the fingerprint. Does not: what a given file means, what is in force.
A release is listed unless another one has replaced it, or it is a stand-in and a given release of its terminology exists: so a
kill between writing a file and removing those it supersedes changes nothing for a reader.
"""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

from pipelines import persian
from pipelines.errors import InputError
from pipelines.settings import Home
from pipelines.terminologies import names, parquet
from pipelines.terminologies.neutral import STORED


def folder(home: Home) -> Path:
    """Where releases are kept."""
    return home.reference / "releases"


def slug(text: str) -> str:
    """A name as part of a file name: letters, digits, `.`, `_` and `-`. Raises InputError if nothing of it is left."""
    safe = re.sub(r"[^\w.-]+", "-", persian.clean(text)).strip(".-")
    if not safe or len(safe) > 80:
        raise InputError(
            f"'{text}' is not a name for a release. Use letters, digits, '.', '_' and '-', for example 2024-11."
        )
    return safe


def path_of(home: Home, terminology: str, release: str) -> Path:
    """The file of a release, whether it exists or not."""
    return folder(home) / slug(terminology) / f"{slug(release)}.parquet"


def types() -> dict[str, str]:
    """Columns of a release file: text, but for the two dates."""
    return {name: "DATE" if name.startswith("valid_") else "VARCHAR" for name in STORED}


def content_hash(columns: dict[str, list[Any]]) -> str:
    """SHA-256 of the rows in their order: the same on every machine, unlike the bytes of a Parquet file."""
    digest = hashlib.sha256()
    for name in STORED:
        values = columns[name]
        if name == "facts" and not any(values):
            continue  # a list without facts has the hash it always had
        texts = (
            [v.isoformat() if v else "\0" for v in values]
            if name.startswith("valid_")
            else ["\0" if v is None else v for v in values]
        )
        digest.update(("\x1e".join(texts) + "\x1d").encode())
    return digest.hexdigest()


def write(home: Home, columns: dict[str, list[Any]], meta: dict[str, Any]) -> Path:
    """Writes a release, beside and swapped in. `meta` names terminology, release, valid_from (ISO), synthetic, partial and the rest."""
    meta = meta | {"rows": len(columns["code"]), "content": content_hash(columns), "facts": any(columns["facts"])}
    target = path_of(home, meta["terminology"], meta["release"])
    rows = zip(*(columns[name] for name in STORED), strict=True)
    parquet.write_rows(target, types(), rows, json.dumps(meta, ensure_ascii=False))
    return target


def read_columns(path: Path) -> dict[str, list[Any]]:
    """The rows of a release file, by column."""
    with parquet.database() as db:
        found = db.execute(f"FROM read_parquet({parquet.quoted(path)})")
        there = [column[0] for column in found.description]
        rows = found.fetchall()
    columns = dict(zip(there, map(list, zip(*rows, strict=True)), strict=True)) if rows else {}
    return {name: columns.get(name, [None] * len(rows)) for name in STORED}


def read_codes(path: Path) -> list[str]:
    """The codes of a release file."""
    with parquet.database() as db:
        return [code for (code,) in db.execute(f"SELECT code FROM read_parquet({parquet.quoted(path)})").fetchall()]


def read_metas(files: list[Path]) -> list[dict[str, Any]]:
    """What release files say about themselves, each with its `path`. Raises InputError if one was not written by us."""
    try:
        found = parquet.notes(files)
        return [json.loads(found[str(file)]) | {"path": str(file)} for file in files]
    except Exception as error:
        raise InputError(
            f"{folder_of(files)}: a file there is not a release written by this program ({error}). "
            "Remove it and add its source with `sepas-dq terminology add`."
        ) from error


def folder_of(files: list[Path]) -> Path:
    """The folder to name when one of its files is broken."""
    return files[0].parent.parent


def all_files(home: Home) -> list[Path]:
    """Every release file, superseded ones too, sorted."""
    return sorted(path for path in folder(home).glob("*/*.parquet") if not path.name.startswith("."))


def superseded(metas: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The releases among `metas` that another one has replaced, and stand-ins that are no longer needed."""
    replaced = {old for meta in metas for old in meta.get("replaces", [])}
    given = {meta["terminology"] for meta in metas if not meta["stand_in"]}
    return [meta for meta in metas if meta["id"] in replaced or (meta["stand_in"] and meta["terminology"] in given)]


def list_releases(home: Home) -> list[dict[str, Any]]:
    """Releases that count, by terminology and valid_from: terminology, release, valid_from (ISO), valid_to (ISO or None: the day
    the next full release starts), announced (ISO, if not valid_from), rows, delta, synthetic, partial, stand_in, sources, content, added_at, path."""
    metas = read_metas(all_files(home))
    gone = {meta["id"] for meta in superseded(metas)}
    order = {name: place for place, name in enumerate(names.known())}
    metas = sorted(
        (m for m in metas if m["id"] not in gone),
        key=lambda m: (order[m["terminology"]], m["valid_from"], m["release"]),
    )
    ends: dict[str, str] = {}
    for meta in reversed(metas):  # a delta ends only the codes it names, so not the release
        meta["valid_to"] = ends.get(meta["terminology"])
        if not meta.get("delta"):
            ends[meta["terminology"]] = meta["valid_from"]
    return metas


def clear_superseded(home: Home) -> None:
    """Removes the files of releases that no longer count."""
    for meta in superseded(read_metas(all_files(home))):
        Path(meta["path"]).unlink(missing_ok=True)


def fingerprint(home: Home) -> str:
    """One hash over all releases that count: what they are, from when, and their rows. Equal content gives an equal hash anywhere."""
    parts = [
        [m[k] for k in ("terminology", "release", "valid_from", "synthetic", "partial", "content")]
        + (["delta"] if m.get("delta") else [])
        + ([f"announced {m['announced']}"] if m.get("announced") else [])
        for m in list_releases(home)
    ]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:32]
