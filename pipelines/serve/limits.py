"""What one client may ask of the service: how much, how fast, how long. And the token bucket that counts it.

Belongs here: numbers and counting. Does not: HTTP.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

_CLIENTS = 10_000  # remembered at a time


@dataclass(frozen=True)
class Limits:
    """`max_bytes` of a message, `rate` requests a second of a client (0: no limit), `timeout` seconds for a request to arrive."""

    max_bytes: int = 2_000_000
    rate: float = 100.0
    timeout: float = 10.0
    batch_bytes: int = 32_000_000
    batch_messages: int = 10_000
    at_once: int = 64
    batches_at_once: int = 2
    advised_at_once: int = 8
    connections: int = 512
    connections_of_a_client: int = 128


class Buckets:
    """A token bucket a client: `rate` tokens a second, at most two seconds' worth saved up."""

    def __init__(self, rate: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.rate, self._clock = rate, clock
        self._full = max(1.0, 2 * rate)
        self._kept: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, client: str) -> float:
        """Seconds until the client may ask; 0 if it may now, which takes a token."""
        if self.rate <= 0:
            return 0.0
        now = self._clock()
        tokens, since = self._kept.pop(client, (self._full, now))
        tokens = min(self._full, tokens + (now - since) * self.rate)
        allowed = tokens >= 1
        self._kept[client] = (tokens - 1 if allowed else tokens, now)
        while len(self._kept) > _CLIENTS:
            self._kept.popitem(last=False)
        return 0.0 if allowed else (1 - tokens) / self.rate
