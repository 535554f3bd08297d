"""Who sends: universities, facilities, vendors and their systems, dated.

Belongs here: reading registers people give, and the four tables made of them. Does not: who sent a given message (`landed` joins).
"""

from pipelines.organisations.registers import REGISTERS
from pipelines.organisations.tables import ensure, fingerprint, table_path
from pipelines.organisations.upsert import add

__all__ = ["REGISTERS", "add", "ensure", "fingerprint", "table_path"]
