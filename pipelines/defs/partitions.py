"""University × Jalali month. Universities are dynamic: whoever sent something is there; months run from 1397 to 1410.

Belongs here: the partitions definition, keys, and telling Dagster of what the command line built.
"""

import json
from pathlib import Path

import dagster as dg

from pipelines.partitions import Partition
from pipelines.settings import Home
from pipelines.state import State

MONTHS = [f"{year}-{month:02d}" for year in range(1397, 1411) for month in range(1, 13)] + ["unknown"]
QUARTERS = [f"{year}Q{number}" for year in range(1397, 1411) for number in range(1, 5)]
universities = dg.DynamicPartitionsDefinition(name="universities")
university_month = dg.MultiPartitionsDefinition({"month": dg.StaticPartitionsDefinition(MONTHS), "university": universities})
quarters = dg.StaticPartitionsDefinition(QUARTERS)


def key(partition: Partition) -> dg.MultiPartitionKey:
    """Dagster's key of a partition."""
    return dg.MultiPartitionKey({"month": partition[1], "university": partition[0]})


def chosen(context: dg.AssetExecutionContext) -> list[Partition]:
    """The partitions of a run: one, or all that a single-run backfill was given."""
    found = []
    for name in context.partition_keys:
        dimensions = university_month.get_partition_key_from_str(name).keys_by_dimension
        found.append((dimensions["university"], dimensions["month"]))
    return found


def known(home: Home) -> dict[Partition, dict[str, str]]:
    """Partition → layer → fingerprint, as the state has them."""
    found: dict[Partition, dict[str, str]] = {}
    with State(home) as state:
        for row in state.rows("select * from partitions"):
            found.setdefault((row["university_id"], row["jalali_month"]), {})[row["layer"]] = row["fingerprint"]
    return found


def tell(instance: dg.DagsterInstance, home: Home, assets: dict[str, list[dg.AssetKey]], memory: Path) -> int:
    """Report to Dagster the partitions that the command line built since last told; returns how many events."""
    partitions = known(home)
    there = set(instance.get_dynamic_partitions("universities"))
    new = sorted({university for university, _ in partitions} - there)
    if new:
        instance.add_dynamic_partitions("universities", new)
    told: dict[str, str] = json.loads(memory.read_text(encoding="utf-8")) if memory.exists() else {}
    events = 0
    for partition, layers in partitions.items():
        for layer, fingerprint in layers.items():
            name = f"{layer}/{partition[0]}/{partition[1]}"
            if told.get(name) == fingerprint or partition[1] not in MONTHS:
                continue
            for asset in assets.get(layer, []):
                instance.report_runless_asset_event(dg.AssetMaterialization(asset, partition=key(partition), metadata={"built by": "sepas-dq build"}))
                events += 1
            told[name] = fingerprint
    memory.write_text(json.dumps(told), encoding="utf-8")
    return events
