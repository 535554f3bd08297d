"""Whether the errors that arrived look like what the service lets through, or like what the product makes by nature (evidence c).

Belongs here: the two mixes a unit is held against and its Dirichlet-multinomial likelihood under them, over the strengths tried.
Does not: how many errors there are (`likelihood.py`). The unit's own errors are left out of what the service lets through.
"""

from collections import defaultdict
from typing import Any

import numpy as np
from scipy.special import gammaln

from pipelines.supervision.counts import NaturalMix, Product, Unit
from pipelines.supervision.parameters import Parameters

Array = Any
AROUND = np.array([0.0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9, 1.0])


class Mixes:
    """Natural mixes by product and stage, as counted; those that pass the service by product, of senders weighted by how surely they validate."""

    def __init__(self, units: list[Unit], honest: Array, natural: NaturalMix, known: Parameters) -> None:
        self._known = known
        kinds = sorted({kind for unit in units for kind in unit.mix} | {kind for _, mix in natural.values() for kind in mix})
        self.kinds = {kind: i for i, kind in enumerate(kinds)}
        self._natural = {key: (messages, self._row(mix)) for key, (messages, mix) in natural.items()}
        self._stages: dict[Any, tuple[int, Array]] = defaultdict(lambda: (0, np.zeros(len(kinds))))
        for (_, stage), (messages, row) in self._natural.items():
            self._stages[stage] = (self._stages[stage][0] + messages, self._stages[stage][1] + row)
        self._passing: dict[Product, Array] = defaultdict(lambda: np.zeros(len(kinds)))
        self._own = [h * self._row(unit.mix) for unit, h in zip(units, honest, strict=True)]
        for unit, own in zip(units, self._own, strict=True):
            self._passing[unit.product] += own

    def _row(self, mix: dict[str, int]) -> Array:
        row = np.zeros(len(self.kinds))
        for kind, count in mix.items():
            row[self.kinds[kind]] = count
        return row

    def log_likelihood(self, number: int, unit: Unit) -> Array:
        """Log likelihood of the unit's mix: strengths tried × share of its errors that came around the service (`AROUND`)."""
        counted = self._row(unit.mix)
        if not counted.sum() or len(self.kinds) < 2:
            return np.zeros((len(self._known.mix_strengths), len(AROUND)))
        weight = self._known.mix_product_weight
        natural = self._by_nature(unit)
        own = self._own[number]
        possible = natural > 0
        passing = _shares((self._passing[unit.product] - own) * possible + weight * natural)  # without validated peers: no evidence
        mean = AROUND[:, None] * natural + (1 - AROUND[:, None]) * passing
        kept = possible | (counted > 0)
        mean = mean[:, kept] + self._known.mix_smallest / 1000
        return np.array([_dirichlet(counted[kept], strength * mean) for strength in self._known.mix_strengths])

    def _by_nature(self, unit: Unit) -> Array:
        """The mix the unit's messages would carry unfiltered: each window's messages at its product's rates, drawn to the stage's."""
        services = {w.stage[0] for w in unit.windows}
        inside = np.array([kind.split("/")[0] in services for kind in self.kinds])
        found = np.zeros(len(self.kinds))
        for window in unit.windows:
            n_all, row_all = self._stages[window.stage]
            n, row = self._natural.get((unit.product, window.stage), (0, 0.0))
            general = row_all / n_all if n_all else row_all
            found += window.messages * (row + self._known.product_weight * general) / (n + self._known.product_weight)
        return _shares(found + inside * self._known.mix_smallest * (found.sum() or 1) / 1000)


def _shares(row: Array) -> Array:
    return row / row.sum() if row.sum() else row


def _dirichlet(counts: Array, alpha: Array) -> Array:
    """Log of the Dirichlet-multinomial without its factor of orders, for rows of alpha."""
    total, size = alpha.sum(axis=-1), counts.sum()
    return gammaln(total) - gammaln(total + size) + (gammaln(alpha + counts) - gammaln(alpha)).sum(axis=-1)
