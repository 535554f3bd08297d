"""What the service says of itself: method, address, status, milliseconds; of a fault its kind and place in our code. Nothing else, ever.

Belongs here: one handler that lets no value through: texts of exceptions and arguments of other packages' records may quote a message.
"""

import asyncio
import logging
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType
from typing import Any

from pipelines.settings import PROJECT

LOG = logging.getLogger("sepas_dq.serve")


class _Careful(logging.Formatter):
    """Our own records whole; of any other package's the words it always says, without arguments, and the kind of an exception."""

    def format(self, record: logging.LogRecord) -> str:
        said = record.getMessage() if record.name == LOG.name else str(record.msg).split("\n")[0]
        fault = f": {where(record.exc_info[1])}" if record.exc_info and record.exc_info[1] else ""
        return f"{self.formatTime(record, '%Y-%m-%dT%H:%M:%S')} {said}{fault}"


def where(error: BaseException) -> str:
    """`KeyError at pipelines/check.py:120`: the innermost place of our code, never the error's text."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if Path(f.filename).is_relative_to(PROJECT / "pipelines") or Path(f.filename).is_relative_to(PROJECT / "expectations")]
    place = f" at {Path(frames[-1].filename).relative_to(PROJECT).as_posix()}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"


def set_up() -> None:
    """All records of this process go through the careful handler to stderr, also those of threads and of the event loop."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Careful())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    LOG.setLevel(logging.INFO)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "asyncio"):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
    logging.getLogger("uvicorn.access").disabled = True
    threading.excepthook = lambda args: LOG.error("fault in a thread: %s", where(args.exc_value) if args.exc_value else args.exc_type.__name__)
    sys.excepthook = _last_words


def _last_words(kind: type[BaseException], error: BaseException, _: TracebackType | None) -> None:
    LOG.error("stopped: %s", where(error))


def careful_loop(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Exception handler of the event loop."""
    error = context.get("exception")
    LOG.error("fault in the event loop: %s", where(error) if error else "no exception")
