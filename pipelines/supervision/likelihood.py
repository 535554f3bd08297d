"""How well each pair (share s sent around the service, share m the service misses) explains a unit's counts.

Belongs here: the likelihoods of evidence a (refusable of sent), b (passed calls of sent) and d (refusals at all), on a grid of s and m.
Does not: priors, mixtures. Formulas: an erroneous message arrives with probability c = s + (1 - s) m; it is refused with (1 - s)(1 - m).
Both depend on the error rate e, so a and d are integrated over e together; b does not.
"""

from typing import Any

import numpy as np
from scipy.special import betainc, betaincinv, betaln, gammaln

from pipelines.supervision.base_rates import Rate
from pipelines.supervision.counts import Unit
from pipelines.supervision.parameters import Parameters

Array = Any  # numpy array of floats
# Nodes of an error rate: quantiles of its Beta density, denser in the tails, with their weights.
QUANTILES = 1 / (1 + np.exp(-np.linspace(-8, 8, 31)))
WEIGHTS = np.log(QUANTILES * (1 - QUANTILES) / (QUANTILES * (1 - QUANTILES)).sum())[:, None, None]
MISSES = np.geomspace(0.001, 0.6, 16)
SHARES = 14


class Grid:
    """Nodes of s and m. Row 0 is s = 0 (everything validated); then shares from the smallest on; the last row is s = 1."""

    def __init__(self, known: Parameters) -> None:
        edges = np.linspace(0, 1, SHARES + 1) ** 1.5
        shares = known.smallest_share + (1 - known.smallest_share) * (edges[1:] + edges[:-1]) / 2
        self.s = np.concatenate([[0.0], shares, [1.0]])[:, None]
        self.m = MISSES[None, :]
        self.arrives = self.s + (1 - self.s) * self.m
        self.refused = (1 - self.s) * (1 - self.m)
        self.around = self.s / self.arrives  # of the errors that arrived, the share that came around the service
        parts = np.array([_weights(edges, a, b) for a, b in known.share_shapes])
        self.share_weights = np.column_stack([(1 - known.all_around) * parts, np.full(len(parts), known.all_around)])
        middle = np.sqrt(MISSES[1:] * MISSES[:-1])
        self.miss_weights = np.array(
            [_weights(np.concatenate([[0.0], middle, [1.0]]), k * mu, k * (1 - mu)) for mu in known.miss_means for k in known.miss_strengths]
        )


def _weights(edges: Array, a: float, b: float) -> Array:
    """Mass of Beta(a, b) between neighbouring edges."""
    found = np.diff(betainc(a, b, edges))
    return found / found.sum()


def binomial(k: Array, n: Array, p: Array) -> Array:
    """Log probability of k of n."""
    p = np.clip(p, 1e-12, 1 - 1e-12)
    return gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1) + k * np.log(p) + (n - k) * np.log1p(-p)


def arrivals(unit: Unit, rates: list[Rate], grid: Grid, known: Parameters) -> tuple[Array, Array, float]:
    """Logs, on the grid: (a) of the refusable counts, (d) of the refusals given a; and (a) for an extract taken before the gate.

    (d) is 0 where refusals were not counted.
    """
    errors = np.zeros(grid.arrives.shape)
    silent = np.zeros(grid.arrives.shape)
    ungated = 0.0
    ask = 1.0 if unit.refusals is None else _wholeness_mean(known)
    for window, rate in zip(unit.windows, rates, strict=True):
        e = betaincinv(rate.a, rate.b, QUANTILES)[:, None, None]
        counted = binomial(window.refusable, window.messages, e * grid.arrives)
        unrefused = window.messages * np.log1p(-np.clip(e * grid.refused * ask, 0, 1 - 1e-12))
        errors += _mean(counted)
        silent += _mean(counted + unrefused)
        ungated += float(_mean(binomial(window.refusable, window.messages, e))[0, 0])
    never = np.minimum(silent - errors, -1e-12)
    if unit.refusals is None:
        return errors, np.zeros_like(errors), ungated
    return errors, never if unit.refusals == 0 else np.log(np.clip(-np.expm1(never), 1e-12, 1)), ungated


def told(calls: Array, known: Parameters) -> Array:
    """Log of what calls and refusals tell (b, d, or both). Some who go around the service ask it and send all the same:

    their calls and refusals are those of honest senders (s = 0), only their errors are not.
    """
    mixed = np.logaddexp(np.log(known.asks_and_ignores + 1e-12) + calls[..., :1, :], np.log1p(-known.asks_and_ignores) + calls)
    mixed[..., :1, :] = calls[..., :1, :]
    return mixed


def _mean(logs: Array) -> Array:
    """Log of the mean over the nodes of the rate, the first axis."""
    weighted = logs + WEIGHTS
    top = weighted.max(axis=0)
    return top + np.log(np.exp(weighted - top).sum(axis=0))


def _wholeness_mean(known: Parameters) -> float:
    return float(sum(w * a / (a + b) for w, a, b in known.log_wholeness))


def passed(unit: Unit, grid: Grid, known: Parameters) -> Array:
    """Log of (b), by s alone: passed calls of messages sent, given that a log holds a share of the calls."""
    if unit.passed_calls is None or not unit.messages:
        return np.zeros((grid.s.shape[0], 1))
    n = min(unit.messages, known.ratio_strength)
    v = min(unit.passed_calls, unit.messages) / unit.messages * n
    nodes = (np.arange(20) + 0.5) / 20
    found = [np.log(w / 20) + _ratio(v, n, betaincinv(a, b, nodes)[None, :] * (1 - grid.s)) for w, a, b in known.log_wholeness]
    stacked = np.concatenate(found, axis=1)
    return np.logaddexp.reduce(stacked, axis=1, keepdims=True)


def _ratio(v: float, n: float, p: Array) -> Array:
    """Log of a binomial of a scattered, not whole count."""
    p = np.clip(p, 1e-3, 1 - 1e-3)
    return -betaln(v + 1, n - v + 1) - np.log(n + 1) + v * np.log(p) + (n - v) * np.log1p(-p)
