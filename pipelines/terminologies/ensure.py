"""Makes a fresh data folder usable: stand-ins for terminologies nobody gave a release of, `codes.parquet`, `calendar.parquet`.

Belongs here: what must exist before anything is judged, and the cheap check that it does. Does not: what the stand-ins hold.
"""

import json
from pathlib import Path
from typing import Any

from pipelines.settings import Home
from pipelines.terminologies import names, parquet, standins, store


def calendar_path(home: Home) -> Path:
    """`calendar.parquet`."""
    return home.reference / "calendar.parquet"


def ensure(home: Home) -> bool:
    """Makes what is missing or was made by another version of the stand-ins. True if anything was made.

    The check reads no Parquet: a key file holds names, sizes and times of the files as this function left them.
    """
    key = home.reference / ".ensured.json"
    seen = _seen(home)
    if seen and _read(key) == seen:
        return False
    from concurrent.futures import ThreadPoolExecutor

    from pipelines.terminologies.codes import build_codes, is_current

    with ThreadPoolExecutor(1) as pool, parquet.database():
        calendar = None if calendar_path(home).is_file() else pool.submit(_calendar, home)
        _stand_ins(home)
        if not is_current(home):
            build_codes(home)
        if calendar:
            calendar.result()
    parquet.swap_in(key, lambda beside: beside.write_text(json.dumps(_seen(home)), "utf-8"))
    return True


def _seen(home: Home) -> dict[str, Any] | None:
    """What the key file must say; None if one of the tables is missing."""
    from pipelines.terminologies import tables
    from pipelines.terminologies.changes import changes_path
    from pipelines.terminologies.codes import codes_path

    files = [codes_path(home), changes_path(home), tables.attributes_path(home), tables.maps_path(home), calendar_path(home)]
    if not all(file.is_file() for file in files):
        return None
    stats = {
        str(f.relative_to(home.reference)): [f.stat().st_size, f.stat().st_mtime_ns]
        for f in [*files, *store.all_files(home)]
    }
    return {"version": standins.VERSION, "files": stats}


def _read(key: Path) -> Any:
    try:
        return json.loads(key.read_text("utf-8"))
    except (OSError, ValueError):
        return None


def _stand_ins(home: Home) -> None:
    """Writes the stand-ins of every terminology without a given release, and removes those that are not needed or out of date."""
    store.clear_superseded(home)
    metas = store.read_metas(store.all_files(home))
    current = {m["terminology"] for m in metas if not m["stand_in"] or m["version"] == standins.VERSION}
    wanted = {
        terminology: standins.of(terminology) for terminology in names.known() if terminology not in current
    }
    for meta in metas:
        if meta["terminology"] in wanted:
            Path(meta["path"]).unlink(missing_ok=True)
    for terminology, releases in wanted.items():
        for release in releases:
            _write(home, terminology, release)


def _write(home: Home, terminology: str, made: standins.StandIn) -> None:
    rows = len(made.columns["code"])
    columns = {name: made.columns.get(name) or [None] * rows for name in store.STORED}
    meta = {
        "id": f"stand-in:{terminology}:{made.release}:{standins.VERSION}",
        "terminology": terminology,
        "release": made.release,
        "valid_from": made.valid_from,
        "synthetic": made.synthetic,
        "partial": made.partial,
        "stand_in": True,
        "version": standins.VERSION,
        "sources": [{"file": made.source, "sha256": None}],
        "added_at": None,
    }
    store.write(home, columns, meta)


def _calendar(home: Home) -> None:
    from pipelines import jalali

    rows = jalali.calendar_rows()
    kinds = {
        "date": "DATE",
        "week": "DATE",
        "jyear": "INTEGER",
        "jmonth": "INTEGER",
        "jday": "INTEGER",
        "jquarter": "INTEGER",
    }
    types = {name: kinds.get(name, "VARCHAR") for name in rows[0]}
    parquet.write_rows(calendar_path(home), types, (list(row.values()) for row in rows))
