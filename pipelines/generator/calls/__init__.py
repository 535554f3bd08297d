"""Invents the call log of the validation service beside the invented messages: who validates what and when, and what is answered.

Belongs here: planted behaviour of senders, planted faults of the service, the log and its truth. Does not: messages (`traffic`).
"""

from pipelines.generator.calls.options import BEHAVIOURS, FORMATS, IDS, CallOptions
from pipelines.generator.calls.run import CallLog

__all__ = ["BEHAVIOURS", "FORMATS", "IDS", "CallLog", "CallOptions"]
