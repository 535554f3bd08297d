"""How many errors a sender's messages carry by nature: a Beta density for each sender, product and stage, from what nobody had filtered.

Belongs here: the sender's own shadow rate drawn to its product's, and the product's to its service's (empirical Bayes, Beta-Binomial).
Does not: what became of the errors. Strength between senders: moments of over-dispersed binomials (Kleinman 1973, JASA 68:46).
"""

from collections import defaultdict
from typing import NamedTuple

from pipelines.supervision.counts import Natural, Product, Stage
from pipelines.supervision.parameters import Parameters


class Rate(NamedTuple):
    """A Beta density of an error rate, and where it comes from: own, peers, service."""

    a: float
    b: float
    source: str

    @property
    def mean(self) -> float:
        return self.a / (self.a + self.b)


class BaseRates:
    """Answers for any sender; built once from everybody's natural counts."""

    def __init__(self, natural: list[Natural], known: Parameters) -> None:
        self._known = known
        self._own: dict[tuple[str, Stage], tuple[int, int]] = defaultdict(lambda: (0, 0))
        self._product: dict[tuple[Product, Stage], tuple[int, int]] = defaultdict(lambda: (0, 0))
        self._service: dict[Stage, tuple[int, int]] = defaultdict(lambda: (0, 0))
        for row in natural:
            for table, key in ((self._own, (row.sender, row.stage)), (self._product, (row.product, row.stage)), (self._service, row.stage)):
                messages, refusable = table[key]  # type: ignore[index]
                table[key] = (messages + row.messages, refusable + row.refusable)  # type: ignore[index]
        self._strength = self._between_senders(natural)

    def _between_senders(self, natural: list[Natural]) -> float:
        """Strength a + b of senders' rates around their product's, by moments over everybody."""
        excess = room = 0.0
        for row in natural:
            messages, refusable = self._product[(row.product, row.stage)]
            others = messages - row.messages
            if row.messages < 2 or not others:
                continue
            p = (refusable - row.refusable + 0.5) / (others + 1)
            noise = row.messages * p * (1 - p) * (1 + row.messages / others)
            excess += (row.refusable - row.messages * p) ** 2 - noise
            room += row.messages * (row.messages - 1) * p * (1 - p)
        low, high = self._known.sender_strength_bounds
        if not room:
            return self._known.sender_strength
        return min(high, max(low, room / excess - 1)) if excess > 0 else high

    def of(self, sender: str, product: Product, stage: Stage) -> Rate | None:
        """The sender's rate under a stage's rules; None where nobody's is known. The sender's own counts are used once."""
        known = self._known
        n_all, k_all = self._service[stage]
        if not n_all:
            return None
        own_n, own_k = self._own[(sender, stage)]
        n, k = self._product[(product, stage)]
        n, k = n - own_n, k - own_k
        general = (k_all + 0.5) / (n_all + 1)
        mean = (k + known.product_weight * general) / (n + known.product_weight)
        strength = min(self._strength, n + known.product_weight / 4) if n else min(self._strength, known.sender_strength)
        a, b = strength * mean + own_k, strength * (1 - mean) + own_n - own_k
        source = "own" if own_n >= strength else "peers" if n else "own" if own_n else "service"
        return Rate(*_widened(a, b, known.drift), source)


def _widened(a: float, b: float, drift: float) -> tuple[float, float]:
    """The Beta of equal mean whose variance holds the drift of the rate too."""
    mean = a / (a + b)
    variance = mean * (1 - mean) / (a + b + 1) + (drift * mean) ** 2
    strength = max(mean * (1 - mean) / variance - 1, 0.5)
    return strength * mean, strength * (1 - mean)
