"""Two kinds of senders, those who validate and those who go around: weights of everything not known beforehand, from all units together.

Belongs here: the marginal likelihood of every unit under every setting tried (misses, shapes, strengths), their posterior weights with the
prevalence (empirical Bayes over a grid), and each unit's probability. Does not: what a likelihood is made of.
"""

from typing import Any, NamedTuple

import numpy as np
from scipy.special import betaln, logsumexp, xlog1py, xlogy

from pipelines.supervision.likelihood import Grid
from pipelines.supervision.parameters import Parameters

Array = Any


class Marginals(NamedTuple):
    """Log likelihoods of units by setting: validating and bypassing. Shape: units × settings."""

    validating: Array
    bypassing: Array


def marginals(logs: Array, mix: Array, grid: Grid) -> Marginals:
    """Integrate s and m out. `logs`: units × s × m; `mix`: units × mix strengths × s × m (zeros where c is left out).

    Settings are (mix strength, misses, shape of s), in this order, flattened.
    """
    total = logs[:, None] + mix
    top = total.max(axis=(2, 3), keepdims=True)
    scaled = np.exp(total - top)
    with np.errstate(divide="ignore"):
        honest = np.log(np.einsum("uam,hm->uah", scaled[:, :, 0], grid.miss_weights))
        around = np.log(np.einsum("uasm,hm,ps->uahp", scaled[:, :, 1:], grid.miss_weights, grid.share_weights, optimize=True))
    shapes = around.shape[-1]
    units = len(logs)
    honest = np.repeat(honest[..., None], shapes, axis=-1) + top[:, :, :, :1]
    around = around + top[:, :, :, :1]
    return Marginals(np.maximum(honest.reshape(units, -1), -1e9), np.maximum(around.reshape(units, -1), -1e9))


class Fit(NamedTuple):
    """Weights of (setting, prevalence), adding up to 1, and the prevalences."""

    weights: Array
    prevalences: Array

    @property
    def settings(self) -> Array:
        return self.weights.sum(axis=1)

    @property
    def prior(self) -> float:
        return float((self.weights * self.prevalences).sum())


def fit(found: Marginals, cases: Array, references: Array, known: Parameters) -> Fit:
    """Posterior weights from the units at hand: `cases` may be either kind, `references` are known to validate."""
    prevalences = np.array(known.prevalences)
    a, b = known.prevalence_density
    density = xlogy(a - 1, prevalences) + xlog1py(b - 1, -prevalences) - betaln(a, b)  # log of a Beta density; scipy.stats takes a second to import
    edges = np.concatenate([[0.0], (prevalences[1:] + prevalences[:-1]) / 2, [1.0]])
    logs = (density + np.log(np.diff(edges)))[None, :] + found.validating[references].sum(axis=0)[:, None]
    for number in np.flatnonzero(cases):
        logs = logs + np.logaddexp(
            np.log(prevalences)[None, :] + found.bypassing[number][:, None], np.log1p(-prevalences)[None, :] + found.validating[number][:, None]
        )
    return Fit(np.exp(logs - logsumexp(logs)), prevalences)


def averaged(found: Marginals, by: Fit) -> tuple[Array, Array]:
    """Log likelihoods of units, validating and bypassing, averaged over the settings."""
    with np.errstate(divide="ignore"):
        weights = np.log(by.settings)[None, :]
    return logsumexp(found.validating + weights, axis=1), logsumexp(found.bypassing + weights, axis=1)


def spread(found: Marginals, by: Fit, known: Parameters) -> tuple[Array, Array]:
    """Lower and upper end of each unit's probability over the settings and prevalences that the counts leave possible."""
    odds = np.log(by.prevalences) - np.log1p(-by.prevalences)
    tail = (1 - known.interval) / 2
    keep = by.weights.ravel() > 1e-6
    weights = by.weights.ravel()[keep] / by.weights.ravel()[keep].sum()
    low, high = [], []
    for validating, bypassing in zip(found.validating, found.bypassing, strict=True):
        logit = ((bypassing - validating)[:, None] + odds[None, :]).ravel()[keep]
        order = np.argsort(logit)
        reached = np.cumsum(weights[order])
        ends = logit[order][np.minimum(np.searchsorted(reached, [tail, 1 - tail]), len(order) - 1)]
        low.append(ends[0])
        high.append(ends[1])
    return _probability(np.array(low)), _probability(np.array(high))


def _probability(logit: Array) -> Array:
    return 1 / (1 + np.exp(-np.clip(logit, -700, 700)))
