"""Who sends: universities, facilities, vendors and their systems, dated.

Belongs here: reading registers people give, and the four tables made of them. Does not: who sent a given message (`landed` joins).
"""

from pathlib import Path

from pipelines.organisations.registers import REGISTERS
from pipelines.organisations.tables import ensure, fingerprint, table_path
from pipelines.organisations.upsert import add

MEDICAL_UNIVERSITIES = (
    Path(__file__).parent / "data" / "medical_universities.csv"
)  # names are public; the ids are ours: `add` it if wanted

__all__ = ["MEDICAL_UNIVERSITIES", "REGISTERS", "add", "ensure", "fingerprint", "table_path"]
