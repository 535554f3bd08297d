"""Writes what a coding service says of a terminology to a file that `add_release` takes; a broken download goes on where it stopped.

Belongs here: what is asked of a coding service, the file and where it stopped. Does not: HTTP (`maxa`).
Finished pages stand in `<file>.part`, a line a page; the file itself appears only when the last page is there.
"""

import csv
import datetime as dt
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from pipelines.errors import InputError
from pipelines.terminologies import names, parquet


class CodingService(Protocol):
    """What the rest of the product may ask of a coding service."""

    def terminologies(self) -> list[dict[str, Any]]:
        """What the service has."""
        ...

    def changes(self, terminology: str, since: dt.date | None = None, first_page: int = 1) -> Iterator["Page"]:
        """What of a terminology has changed since a day, page by page; all of it without one."""
        ...


@dataclass
class Page:
    """One page of changes; `last` says that none follows."""

    number: int
    rows: list[dict[str, Any]]
    last: bool


def download(
    service: CodingService, terminology: str, target: str | Path, since: dt.date | None = None, progress: Callable[[int], None] = lambda _: None
) -> dict[str, Any]:
    """Writes changes since a day (everything without one) as CSV. Gives file, terminology, rows, pages, resumed_from (page or None), delta.
    `progress` hears how many rows each page brought.

    What changed since a day is a delta: add it with `delta=True`. Raises InputError; finished pages are kept for the next call.
    """
    terminology, target = names.canonical(terminology), Path(target)
    part = target.with_name(target.name + ".part")
    asked = {"terminology": terminology, "since": since.isoformat() if since else None}
    pages, ended = _held(part, asked)
    resumed = len(pages) + 1 if pages else None
    target.parent.mkdir(parents=True, exist_ok=True)
    if not pages:
        part.write_text(json.dumps(asked) + "\n", "utf-8")
    if not ended:
        with part.open("a", encoding="utf-8") as stream:
            for page in service.changes(terminology, since, len(pages) + 1):
                stream.write(
                    json.dumps({"page": page.number, "last": page.last, "rows": page.rows}, ensure_ascii=False) + "\n"
                )
                stream.flush()
                os.fsync(stream.fileno())
                pages.append(page.rows)
                progress(len(page.rows))
    rows = [row for page in pages for row in page]
    if not rows and not since:
        part.unlink()
        raise InputError(f"The service has no rows of {terminology}.")
    parquet.swap_in(target, lambda beside: _write(beside, rows))
    part.unlink()
    return {
        "file": str(target), "terminology": terminology, "rows": len(rows), "pages": len(pages), "resumed_from": resumed, "delta": since is not None,
    }  # fmt: skip


def _held(part: Path, asked: dict[str, Any]) -> tuple[list[list[dict[str, Any]]], bool]:
    """Finished pages of an earlier call with the same question, and whether the last is among them; half a line is cut off."""
    if not part.is_file():
        return [], False
    lines, end = [], 0
    for line in part.read_bytes().splitlines(keepends=True):
        try:
            lines.append(json.loads(line if line.endswith(b"\n") else b""))
        except ValueError:
            break
        end += len(line)
    if not lines or lines[0] != asked:
        part.unlink()
        return [], False
    os.truncate(part, end)
    return [line["rows"] for line in lines[1:]], bool(lines[1:]) and lines[-1]["last"]


def _write(path: Path, rows: list[dict[str, Any]]) -> None:
    headers = list(dict.fromkeys(key for row in rows for key in row)) or ["Code"]
    with path.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream)
        table.writerow(headers)
        table.writerows(["" if row.get(key) is None else row[key] for key in headers] for row in rows)
