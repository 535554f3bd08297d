"""Partitions, university × Jalali month of exchange: which there are, which are stale, and making new files of one current.

Belongs here: staleness and its fingerprints, shared by the layers that are partitioned. Does not: any layer's SQL.
A partition is a function of its extracts, the registers, the rules and the lists; it is rebuilt when one of these has changed.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.state import State, relative
from pipelines.warehouse import files, sql

if TYPE_CHECKING:
    import duckdb

Partition = tuple[str, str]
Progress = Callable[[int, int], None]
BATCH_ITEMS = 20_000_000
# Columns that extracts landed before them lack: such extracts have NULL there.
_LATER = {"messages": "select cast(null as varchar) as message_uid, cast(null as varchar) as content_sha256 where false"}


@dataclass(frozen=True)
class Inputs:
    """What verdicts depend on beside the extracts, as fingerprints. `rules` covers the rule files and the code that applies them."""

    rules: str
    lists: str
    organisations: str

    @property
    def judgement(self) -> str:
        """What the verdict of a coding depends on."""
        return hashlib.blake2b(f"{self.rules}/{self.lists}".encode(), digest_size=8).hexdigest()

    @property
    def all(self) -> str:
        """What a partition depends on."""
        return hashlib.blake2b(f"{self.judgement}/{self.organisations}".encode(), digest_size=8).hexdigest()


def view_of_extracts(con: "duckdb.DuckDBPyConnection", state: State, view: str, table: str, extract_ids: Iterable[str]) -> None:
    """A temp view over one landed table of some extracts."""
    paths = [str(state.home.landed / extract_id / f"{table}.parquet") for extract_id in extract_ids]
    later = f" union all by name {_LATER[table]}" if table in _LATER else ""
    con.execute(f"create or replace temp view {view} as select * from {files(paths)}{later}")


def paths_of(state: State, table: str, batch: list[Partition]) -> list[str]:
    """The current files of a table of the coded layer in some partitions."""
    chosen = set(batch)
    return [
        str(state.home.root / row["path"])
        for row in state.rows("select * from files where layer = 'coded' and \"table\" = ? order by path", [table])
        if (row["university_id"], row["jalali_month"]) in chosen
    ]


def attach_epochs(con: "duckdb.DuckDBPyConnection") -> None:
    """Temp table `epochs` of the lists in the view `codes`."""
    con.execute(f"create or replace temp table epochs as {sql(__file__, 'epochs')}")


def wanted(state: State, inputs: Inputs) -> dict[Partition, str]:
    """Every partition there is, with the fingerprint it should have: of the inputs and of the extracts that have messages in it."""
    members: dict[Partition, list[str]] = {}
    for row in state.rows("select * from extract_partitions where university_id <> '' order by extract_id"):
        members.setdefault((row["university_id"], row["jalali_month"]), []).append(row["extract_id"])
    return {
        partition: hashlib.blake2b("/".join([inputs.all, *extracts]).encode(), digest_size=8).hexdigest()
        for partition, extracts in members.items()
    }


def stale(state: State, layer: str, inputs: Inputs) -> list[Partition]:
    """Partitions of a layer that are missing or were built from something else."""
    current = {(r["university_id"], r["jalali_month"]): r["fingerprint"] for r in state.rows("select * from partitions where layer = ?", [layer])}
    return sorted(partition for partition, fingerprint in wanted(state, inputs).items() if current.get(partition) != fingerprint)


def chosen(state: State, layer: str, inputs: Inputs, only: list[Partition] | None, force: bool) -> list[Partition]:
    """What a build of a layer has to do: the stale partitions, of `only` if given; with `force`, `only` as far as it exists."""
    if force and only is not None:
        there = wanted(state, inputs)
        return [partition for partition in only if partition in there]
    return [partition for partition in stale(state, layer, inputs) if only is None or partition in only]


def batches(state: State, partitions: list[Partition]) -> list[list[Partition]]:
    """Partitions grouped so that a batch holds at most about BATCH_ITEMS items (counted as 50 a message)."""
    sizes = {
        (r["university_id"], r["jalali_month"]): r["messages"] * 50
        for r in state.rows("select university_id, jalali_month, sum(messages) as messages from extract_partitions group by 1, 2")
    }
    groups: list[list[Partition]] = []
    room = 0
    for partition in partitions:
        if room < sizes.get(partition, 0) or not groups:
            groups.append([])
            room = BATCH_ITEMS
        groups[-1].append(partition)
        room -= sizes.get(partition, 0)
    return groups


def make_current(
    state: State, layer: str, inputs: Inputs, batch: list[Partition], tables: dict[str, list], shared: dict[str, object]
) -> None:
    """One transaction: the batch's partitions of a layer now consist of these files."""
    fingerprints = wanted(state, inputs)
    with state.transaction() as db:
        for university, month in batch:
            db.execute("delete from files where layer = ? and university_id = ? and jalali_month = ?", [layer, university, month])
            db.execute(
                "insert or replace into partitions values (?, ?, ?, ?, '')", [layer, university, month, fingerprints.get((university, month), "")]
            )
        for table, written in tables.items():
            db.executemany("insert into files values (?, ?, ?, ?, ?)", [(layer, table, u, m, relative(state.home, p)) for u, m, p in written])
        for table, path in shared.items():
            db.execute('delete from shared_files where "table" = ? and fingerprint <> ?', [table, inputs.judgement])
            db.execute("insert into shared_files values (?, ?, ?)", [table, inputs.judgement, relative(state.home, path)])  # type: ignore[arg-type]


def drop_vanished(state: State, layer: str, inputs: Inputs) -> None:
    """Partitions that no extract has messages in any more (a register moved a facility to another university)."""
    there = wanted(state, inputs)
    gone = [(r["university_id"], r["jalali_month"]) for r in state.rows("select * from partitions where layer = ?", [layer])]
    with state.transaction() as db:
        for partition in gone:
            if partition not in there:
                for table in ("partitions", "files"):
                    db.execute(f"delete from {table} where layer = ? and university_id = ? and jalali_month = ?", [layer, *partition])
