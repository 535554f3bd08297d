"""The counts of a warehouse as the model's units: one a university, facility, system, gate and period.

Belongs here: the queries (`sql/`) and who counts as proven by a log. Does not: the model.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pipelines.supervision.counts import Natural, NaturalMix, Product, Unit, Window
from pipelines.warehouse import sql

if TYPE_CHECKING:
    import duckdb

SQL = Path(__file__).with_name("sql")
COVERED = 0.9  # of a period's days: less, and calls that are not there say nothing
PROVEN = 0.5  # of a sender's messages matched to calls by id or content: more, and the log answers, not this model
VALIDATES = 0.95  # of those proven: such a sender shows its product's errors that pass the service


class Place(NamedTuple):
    """Which sender and period a unit is."""

    university_id: str
    facility_id: str
    vendor_id: str
    system_id: str
    gate: str
    period: str


class Read(NamedTuple):
    """All units of one kind of period, with their places, and what nobody had filtered."""

    places: list[Place]
    units: list[Unit]
    natural: list[Natural]
    natural_mix: NaturalMix


def read(con: "duckdb.DuckDBPyConnection", kind: str) -> Read:
    """`kind` is `quarter` or `month`."""
    systems = {row["system_id"]: row for row in _rows(con, "systems")}

    def product(vendor_id: str, system_id: str) -> Product:
        known = systems.get(system_id, {})
        return vendor_id, known.get("product") or "unknown", known.get("version") or "unknown"

    units: dict[Place, Unit] = {}
    for row in _rows(con, "windows", kind):
        place = Place(*(row[field] for field in Place._fields))
        if place not in units:
            units[place] = Unit(_sender(row), product(row["vendor_id"], row["system_id"]), row["gate"], [])
        units[place].windows.append(Window((row["service"], row["stage_on"]), row["messages"], row["refusable"]))
    _mixes(con, kind, units)
    _calls(con, kind, units)
    natural = [
        Natural(_sender(row), product(row["vendor_id"], row["system_id"]), (row["service"], row["stage_on"]), row["messages"], row["refusable"])
        for row in _rows(con, "natural")
    ]
    return Read(list(units), list(units.values()), natural, _natural_mix(con, natural, product))


def _natural_mix(con: "duckdb.DuckDBPyConnection", natural: list[Natural], product: Any) -> NaturalMix:
    mix: NaturalMix = {}
    for row in natural:
        mix[row.product, row.stage] = (mix.get((row.product, row.stage), (0, {}))[0] + row.messages, {})
    for kind in _rows(con, "natural_kinds"):
        counted = mix[product(kind["vendor_id"], kind["system_id"]), (kind["service"], kind["stage_on"])][1]
        counted[kind["kind"]] = counted.get(kind["kind"], 0) + kind["messages"]
    return mix


def _mixes(con: "duckdb.DuckDBPyConnection", kind: str, units: dict[Place, Unit]) -> None:
    by_sender = {(p.period, p.gate, p.university_id, p.facility_id, p.system_id): unit for p, unit in units.items()}
    for row in _rows(con, "kinds", kind):
        by_sender[row["period"], row["gate"], row["university_id"], row["facility_id"], row["system_id"]].mix[row["kind"]] = row["messages"]


def _calls(con: "duckdb.DuckDBPyConnection", kind: str, units: dict[Place, Unit]) -> None:
    """Calls and refusals where they were counted: the sender has calls, or a log covers its university's period and it has none."""
    calls = {(row["period"], row["facility_id"], row["system_id"]): row for row in _rows(con, "calls", kind)}
    covered = {(row["period"], row["university_id"]): row["share"] for row in _rows(con, "covered", kind)}
    proven = {(r["period"], r["university_id"], r["facility_id"], r["system_id"], r["gate"]): r for r in _rows(con, "proven", kind)}
    for place, unit in units.items():
        if covered.get((place.period, place.university_id), 0) < COVERED:
            continue
        counted = calls.get((place.period, place.facility_id, place.system_id), {"passed": 0, "refused": 0})
        unit.passed_calls, unit.refusals = counted["passed"], counted["refused"]
        known = proven.get((place.period, place.university_id, place.facility_id, place.system_id, place.gate))
        if known and known["proven"] >= PROVEN * known["messages"]:
            unit.logged = True
            unit.validated = known["validated"] >= VALIDATES * known["messages"]


def _sender(row: dict[str, Any]) -> str:
    return f"{row['university_id']}|{row['facility_id']}|{row['system_id']}"


def _rows(con: "duckdb.DuckDBPyConnection", name: str, kind: str | None = None) -> list[dict[str, Any]]:
    cursor = con.execute(sql(SQL, name), {"kind": kind} if kind else None)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
