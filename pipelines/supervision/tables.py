"""`marts.bypass_evidence`, written into the warehouse while it is built.

Belongs here: the table's columns and how an answer becomes a row. Does not: the model.
"""

from typing import TYPE_CHECKING

from pipelines.supervision.reading import read
from pipelines.warehouse import literal, table_of

if TYPE_CHECKING:
    import duckdb

SENTENCE = "How probable it is that a sender went around the validation service, from counts alone, with the evidence: never an accusation."
COLUMNS = {
    "university_id": "varchar", "facility_id": "varchar", "vendor_id": "varchar", "system_id": "varchar", "product": "varchar", "version": "varchar",
    "period_kind": "varchar", "period": "varchar", "gate": "varchar", "messages": "bigint", "refusable_messages": "bigint", "passed_calls": "bigint",
    "refusals": "bigint", "expected_if_validating": "double", "expected_if_bypassing": "double", "base_source": "varchar", "llr_a": "double",
    "llr_b": "double", "llr_c": "double", "llr_d": "double", "prior": "double", "probability": "double", "low": "double", "high": "double",
    "estimable": "boolean", "reason": "varchar",
}  # fmt: skip


def write_bypass_evidence(con: "duckdb.DuckDBPyConnection") -> None:
    """Create `marts.bypass_evidence` from the counts of the warehouse that `con` is building; empty where no extract stands behind the gate."""
    rows: list[tuple] = []
    for kind in ("quarter", "month"):
        got = read(con, kind)
        if got.units:
            rows += _answered(got, kind)
    table_of(con, "bypass_rows", rows, COLUMNS)
    con.execute("create table marts.bypass_evidence as select * from bypass_rows")
    con.execute(f"comment on table marts.bypass_evidence is {literal(SENTENCE)}")


def _answered(got, kind: str) -> list[tuple]:  # type: ignore[no-untyped-def]
    from pipelines.supervision.bypass import evidence

    rows = []
    for place, unit, e in zip(got.places, got.units, evidence(got.units, got.natural, got.natural_mix), strict=True):
        numbers = [_short(x) for x in (e.llr_a, e.llr_b, e.llr_c, e.llr_d, e.prior, e.probability, e.low, e.high)]
        rows.append(
            (place.university_id, place.facility_id, place.vendor_id, place.system_id, *unit.product[1:], kind, place.period, place.gate, unit.messages,
             unit.refusable, unit.passed_calls, unit.refusals, _short(e.expected_if_validating), _short(e.expected_if_bypassing), e.base_source, *numbers,
             e.probability is not None, e.reason)
        )  # fmt: skip
    return rows


def _short(value: float | None) -> float | None:
    """Six decimals: what differs between machines stays below."""
    return None if value is None else round(value, 6)
