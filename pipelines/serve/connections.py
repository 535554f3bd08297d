"""Connections before there is a request: headers must arrive in time, one client may not hold them all, errors have our one shape.

Belongs here: uvicorn's pure-Python HTTP protocol, bounded. uvicorn itself waits for ever for the first header.
"""

import asyncio
from collections import Counter
from typing import Any, ClassVar

import h11
import orjson
from uvicorn.protocols.http.h11_impl import H11Protocol

from pipelines.serve.limits import Limits
from pipelines.serve.refusals import Refusal


class BoundedProtocol(H11Protocol):
    """`limits` is set once, before the server starts."""

    limits: ClassVar[Limits] = Limits()
    open: ClassVar[Counter[str]] = Counter()
    _waiting: asyncio.TimerHandle | None = None
    _host: str = ""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._host = (self.client or ("unknown",))[0]
        self.open[self._host] += 1
        if self.open[self._host] > self.limits.connections_of_a_client:
            self._close_with(Refusal("too_many_requests", f"{self.limits.connections_of_a_client} connections of one client", 1))
        elif len(self.connections) > self.limits.connections:
            self._close_with(Refusal("busy", "", 1))
        else:
            self._watch()

    def data_received(self, data: bytes) -> None:
        if not self.transport.is_closing():
            super().data_received(data)
            self._watch()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_watching()
        self.open[self._host] -= 1
        if self.open[self._host] <= 0:
            del self.open[self._host]
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        self._close_with(Refusal("bad_request"))

    def _watch(self) -> None:
        """A clock runs while headers are awaited, from their first moment on; further bytes do not set it back."""
        if self.conn.their_state is not h11.IDLE or self.transport.is_closing():
            self._stop_watching()
        elif self._waiting is None:
            self._waiting = self.loop.call_later(self.limits.timeout, self._too_late)

    def _stop_watching(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _too_late(self) -> None:
        self._waiting = None
        if self.conn.their_state is h11.IDLE and not self.transport.is_closing():
            self._close_with(Refusal("too_slow", f"{self.limits.timeout:g} seconds are allowed"))

    def _close_with(self, refusal: Refusal) -> None:
        """A whole response written by hand, and the end of the connection."""
        body = orjson.dumps(refusal.body())
        head = f"HTTP/1.1 {refusal.status} {_PHRASES[refusal.status]}\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\nconnection: close\r\n"
        head += "".join(f"{name}: {value}\r\n" for name, value in refusal.headers().items())
        self.transport.write(head.encode("ascii") + b"\r\n" + body)
        self._stop_watching()
        self.transport.close()


_PHRASES: dict[int, Any] = {400: "Bad Request", 408: "Request Timeout", 429: "Too Many Requests", 503: "Service Unavailable"}
