"""One row of a log, read on its own.

Belongs here: a reader without a file. Does not: expectations.
"""

from typing import Any

from pipelines import call_log
from pipelines.calls import answers
from pipelines.calls.mapping import Mapping
from pipelines.calls.reading import Reader


def read_row(row: dict[str, Any], said: Mapping | None = None) -> Any:
    """One row read on its own: a Call or a Bad."""
    return Reader(said or Mapping(), list(row), answers.table(), call_log._lent(), "log").call(row)
