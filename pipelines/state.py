"""What has landed and which partition files are current: one SQLite file, one transaction a change.

Belongs here: the manifest of the data folder, the writer's lock, fingerprints. Does not: any value of a message but its id.
Readers take their file lists from here, never by globbing, so a kill at any moment leaves the old state or the new.
"""

import contextlib
import datetime as dt
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pipelines.errors import BusyError
from pipelines.settings import Home

_SCHEMA = """
create table if not exists extracts (
  extract_id text primary key, file text, format text, bytes integer, messages integer, landed integer, quarantined integer,
  duplicates integer, gate text, university_id text, landed_at text, sequence integer);
create table if not exists messages (message_id blob primary key) without rowid;
create table if not exists extract_partitions (extract_id text, organisations text, university_id text, jalali_month text, messages integer);
create index if not exists extract_partitions_by_extract on extract_partitions (extract_id);
create table if not exists partitions (
  layer text, university_id text, jalali_month text, fingerprint text, version text, primary key (layer, university_id, jalali_month));
create table if not exists files (layer text, "table" text, university_id text, jalali_month text, path text);
create table if not exists shared_files ("table" text, fingerprint text, path text);
create table if not exists facts (name text primary key, value text);
"""


class State:
    """One open connection. Use as a context manager; every method that changes something is one transaction."""

    def __init__(self, home: Home) -> None:
        home.root.mkdir(parents=True, exist_ok=True)
        self.home = home
        self.db = sqlite3.connect(home.state, timeout=60, isolation_level=None)
        self.db.row_factory = sqlite3.Row
        self.db.execute("pragma journal_mode=wal")
        self.db.execute("pragma synchronous=full")
        self.db.executescript(_SCHEMA)

    def __enter__(self) -> "State":
        return self

    def __exit__(self, *_: object) -> None:
        self.db.close()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing."""
        self.db.execute("begin immediate")
        try:
            yield self.db
        except BaseException:
            self.db.execute("rollback")
            raise
        self.db.execute("commit")

    def rows(self, sql: str, parameters: Iterable[Any] = ()) -> list[dict[str, Any]]:
        """Rows as dictionaries."""
        return [dict(row) for row in self.db.execute(sql, tuple(parameters))]

    def extracts(self) -> list[dict[str, Any]]:
        """Every landed extract, in order of landing."""
        return self.rows("select * from extracts order by sequence")

    def has_extract(self, extract_id: str) -> bool:
        return bool(self.rows("select 1 from extracts where extract_id = ?", [extract_id]))

    def known(self, message_ids: list[bytes]) -> set[bytes]:
        """Which of these messages were delivered before."""
        marks = ",".join("?" * len(message_ids))
        return {row[0] for row in self.db.execute(f"select message_id from messages where message_id in ({marks})", message_ids)}

    def add_extract(self, extract: dict[str, Any], message_ids: Iterable[bytes]) -> None:
        """The commit of a landing: the extract becomes visible together with its messages' ids."""
        with self.transaction() as db:
            sequence = db.execute("select coalesce(max(sequence), 0) + 1 from extracts").fetchone()[0]
            names = [*extract, "landed_at", "sequence"]
            values = [*extract.values(), dt.datetime.now(dt.UTC).isoformat(timespec="seconds"), sequence]
            db.execute(f"insert into extracts ({','.join(names)}) values ({','.join('?' * len(names))})", values)
            db.executemany("insert or ignore into messages values (?)", ((m,) for m in message_ids))

    def fact(self, name: str) -> str | None:
        found = self.rows("select value from facts where name = ?", [name])
        return found[0]["value"] if found else None

    def set_fact(self, name: str, value: str) -> None:
        self.db.execute("insert or replace into facts values (?, ?)", (name, value))

    def paths(self, table: str) -> list[str]:
        """Current files of a partitioned table, absolute, in a stable order."""
        found = self.rows('select path from files where "table" = ? order by path', [table])
        return [str(self.home.root / row["path"]) for row in found]

    def shared_paths(self, table: str, fingerprint: str) -> list[str]:
        """Files of an unpartitioned, growing table that were written under this fingerprint."""
        found = self.rows('select path from shared_files where "table" = ? and fingerprint = ? order by path', [table, fingerprint])
        return [str(self.home.root / row["path"]) for row in found]


@contextlib.contextmanager
def writing(home: Home) -> Iterator[State]:
    """The only writer of a data folder. A second one gets BusyError; a killed one leaves no lock behind. Cleans what a kill left."""
    home.root.mkdir(parents=True, exist_ok=True)
    lock = sqlite3.connect(home.root / "writer.lock", timeout=0.2, isolation_level=None)
    try:
        try:
            lock.execute("begin exclusive")
        except sqlite3.OperationalError as error:
            raise BusyError(f"{home.root} is being written by another sepas-dq; wait until it has ended, then run this again.") from error
        with State(home) as state:
            sweep(state)
            yield state
    finally:
        lock.close()


def sweep(state: State) -> None:
    """Remove staging and landed folders that no transaction made visible."""
    shutil.rmtree(state.home.staging, ignore_errors=True)
    landed = {row["extract_id"] for row in state.extracts()}
    if state.home.landed.is_dir():
        for folder in state.home.landed.iterdir():
            if folder.name not in landed:
                shutil.rmtree(folder, ignore_errors=True)


def remove_unnamed(state: State) -> None:
    """Remove partition files that are no longer current. Called after readers were given the new ones."""
    named = {state.home.root / row["path"] for row in state.rows("select path from files union select path from shared_files")}
    for root in (state.home.root / "partitions", state.home.root / "shared"):
        for path in root.rglob("*.parquet") if root.is_dir() else ():
            if path not in named:
                with contextlib.suppress(OSError):  # on Windows a reader may still hold it; the next run removes it
                    path.unlink()


def relative(home: Home, path: Path) -> str:
    """A path as the state keeps it, so that a data folder can be moved."""
    return path.relative_to(home.root).as_posix()
