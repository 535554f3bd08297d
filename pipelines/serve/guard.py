"""What stands before the application: rate, size, time, a log line without values, and no fault that ends the service.

Belongs here: everything a hostile or slow request meets after its headers (`connections.py` has what it meets before).
"""

import asyncio
import contextlib
import math
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import orjson
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from pipelines.serve.limits import Buckets, Limits
from pipelines.serve.logs import LOG, where
from pipelines.serve.refusals import Refusal

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

KNOWN = ("/", "/v1/messages", "/v1/batch", "/v1/rules", "/v1/lists", "/v1/health", "/openapi.json", "/font.woff2")
_ALWAYS = [(b"x-content-type-options", b"nosniff"), (b"referrer-policy", b"no-referrer"), (b"cache-control", b"no-store")]
_DRAINED, _DRAIN_SECONDS = 8_000_000, 2.0


def refused(refusal: Refusal) -> Response:
    """A refusal as a response."""
    return Response(orjson.dumps(refusal.body()), refusal.status, refusal.headers(), "application/json")


class Guard:
    """ASGI middleware around the application."""

    def __init__(self, app: App, limits: Limits) -> None:
        self.app, self.limits, self.buckets, self.inside = app, limits, Buckets(limits.rate), 0

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        exchange = _Exchange(scope, receive, send, self.limits.timeout)
        started = time.perf_counter()
        try:
            await self._answer(scope, exchange)
        except ClientDisconnect:
            exchange.status = exchange.status or 499
        except Exception as error:
            LOG.error("fault: %s", where(error))
            await exchange.refuse(Refusal("failed"))
        finally:
            path = scope["path"] if scope["path"] in KNOWN else "(another address)"
            method = scope["method"] if scope["method"] in ("GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH") else "(another method)"
            LOG.info("%s %s %d %.0f ms", method, path, exchange.status, 1000 * (time.perf_counter() - started))

    async def _answer(self, scope: Message, exchange: "_Exchange") -> None:
        client = (scope.get("client") or ("unknown",))[0]
        wait = self.buckets.wait(client)
        if wait:
            await exchange.refuse(Refusal("too_many_requests", f"{self.limits.rate:g} a second", math.ceil(wait)))
        elif self.inside >= self.limits.at_once:
            await exchange.refuse(Refusal("busy", f"{self.limits.at_once} requests are being answered", 1))
        else:
            self.inside += 1
            try:
                await self.app(scope, exchange.receive, exchange.send)
            except Refusal as refusal:
                await exchange.refuse(refusal)
            finally:
                self.inside -= 1


class _Exchange:
    """One request and its response: knows whether the body has been read, reads away what is left before an error is sent."""

    def __init__(self, scope: Message, receive: Receive, send: Send, seconds: float) -> None:
        headers = dict(scope["headers"])
        self._scope, self._receive, self._send, self._seconds = scope, receive, send, seconds
        self._unread = b"transfer-encoding" in headers or headers.get(b"content-length", b"0").strip(b"0") != b""
        self.status = 0

    async def receive(self) -> Message:
        message = await self._receive()
        if message["type"] == "http.disconnect" or not message.get("more_body"):
            self._unread = False
        return message

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message["headers"] = [*message.get("headers", []), *_ALWAYS]
            if self._unread:
                await self._drain()
            if self._unread:
                message["headers"].append((b"connection", b"close"))
        async with asyncio.timeout(self._seconds):  # a client that does not read its answer is let go
            await self._send(message)

    async def refuse(self, refusal: Refusal) -> None:
        if not self.status:
            with contextlib.suppress(Exception):
                await refused(refusal)(self._scope, self.receive, self.send)

    async def _drain(self) -> None:
        """Read away the rest, within bounds: a client still sending would lose the answer with the connection."""
        size = 0
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_DRAIN_SECONDS):
                while self._unread and size < _DRAINED:
                    size += len((await self.receive()).get("body", b""))


async def received(request: Request, most: int, seconds: float) -> bytes:
    """The body of a request. Raises Refusal compressed, message_too_large, too_slow."""
    if request.headers.get("content-encoding", "identity").lower() not in ("identity", ""):
        raise Refusal("compressed")
    declared = request.headers.get("content-length", "0")
    if declared.isascii() and declared.isdigit() and (len(declared) > 15 or int(declared) > most):
        raise Refusal("message_too_large", f"{most} bytes are allowed")
    parts, size = [], 0
    try:
        async with asyncio.timeout(seconds):
            async for part in request.stream():
                size += len(part)
                if size > most:
                    raise Refusal("message_too_large", f"{most} bytes are allowed")
                parts.append(part)
    except TimeoutError as error:
        raise Refusal("too_slow", f"{seconds:g} seconds are allowed") from error
    return b"".join(parts)
