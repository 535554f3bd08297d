"""Invents traffic: messages in the real wire forms, with known faults, and the truth about every judged item.

An independent witness: shares no code with rules, readers or text normalisation.
Belongs here: everything about invented messages. Does not: anything that judges or reads messages.
"""

from pipelines.generator.containers.base import FORMATS
from pipelines.generator.run import Summary, generate

__all__ = ["FORMATS", "Summary", "generate"]
