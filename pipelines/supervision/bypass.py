"""The probability that a sender goes around the validation service, from counts alone, with the evidence it is made of.

Belongs here: putting likelihoods, mixes and the mixture together; when no probability can be given. Does not: where counts come from.
The pieces are taken in the order a, b, c, d, each given those before it, so that prior and pieces add up to the probability and
nothing is counted twice.
"""

from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from pipelines.supervision.base_rates import BaseRates, Rate
from pipelines.supervision.counts import Natural, NaturalMix, Unit
from pipelines.supervision.likelihood import Grid, arrivals, passed, told
from pipelines.supervision.mix import AROUND, Mixes
from pipelines.supervision.mixture import Fit, Marginals, averaged, fit, marginals, spread
from pipelines.supervision.parameters import Parameters, parameters

Array = Any
TOGETHER = 500  # units whose likelihoods are held in memory together


class Evidence(NamedTuple):
    """One unit's answer. Log likelihood ratios are natural logarithms, bypassing over validating; None where not estimable."""

    expected_if_validating: float | None
    expected_if_bypassing: float | None
    base_source: str
    llr_a: float | None
    llr_b: float | None
    llr_c: float | None
    llr_d: float | None
    prior: float | None
    probability: float | None
    low: float | None
    high: float | None
    reason: str  # '' or why there is no probability


def evidence(units: list[Unit], natural: list[Natural], natural_mix: NaturalMix, known: Parameters | None = None) -> list[Evidence]:
    """One answer a unit, in order. Deterministic; all units are fitted together, so hand in those of one kind of period."""
    known = known or parameters()
    rates = BaseRates(natural, known)
    found = [[rates.of(u.sender, u.product, w.stage) for w in u.windows] for u in units]
    reasons = [_reason(u, r, known) for u, r in zip(units, found, strict=True)]
    chosen = [i for i, unit in enumerate(units) if not reasons[i] or (unit.validated and reasons[i] == "log_exists")]
    answers = [Evidence(None, None, "none", None, None, None, None, None, None, None, None, reason) for reason in reasons]
    if not chosen:
        return answers
    kept = [[r for r in found[i] if r] for i in chosen]
    numbers = _answers([units[i] for i in chosen], kept, natural_mix, known)
    for i, answer in zip(chosen, numbers, strict=True):
        if not reasons[i]:
            answers[i] = answer
    return answers


def _reason(unit: Unit, rates: list[Rate | None], known: Parameters) -> str:
    if unit.logged and not unit.validated:
        return "log_exists"
    if any(rate is None for rate in rates) or not rates:
        return "no_base_rate"
    if unit.messages < known.smallest_messages:
        return "too_few_messages"
    expected = sum(w.messages * r.mean for w, r in zip(unit.windows, rates, strict=True) if r)
    if expected < known.smallest_expectation and unit.passed_calls is None:
        return "too_few_errors_expected"
    return "log_exists" if unit.logged else ""


def _answers(units: list[Unit], rates: list[list[Rate]], natural_mix: NaturalMix, known: Parameters) -> list[Evidence]:
    grid = Grid(known)
    cases = np.array([not u.validated for u in units])
    units = [u if u.gate != "unknown" else replace(u, mix={}, refusals=None) for u in units]
    a, d, ungated = (np.array(part) for part in zip(*(arrivals(u, r, grid, known) for u, r in zip(units, rates, strict=True)), strict=True))
    b = np.array([passed(u, grid, known) for u in units])
    nearest = np.abs(grid.around[:, :, None] - AROUND).argmin(axis=-1)

    def step(calls: Array, mix: Array | None = None) -> Marginals:
        parts = []
        for first in range(0, len(units), TOGETHER):
            some = slice(first, first + TOGETHER)
            heard = told(np.zeros_like(a[some]) + calls[some], known)
            blank = np.zeros((len(heard), len(known.mix_strengths), 1, 1))
            arrived = marginals(a[some] + heard, blank if mix is None else mix[some][:, :, nearest], grid)
            parts.append(_gated(arrived, marginals(heard, blank, grid), ungated[some], units[some], known))
        return Marginals(*(np.concatenate(part) for part in zip(*parts, strict=True)))

    without_mix = step(b + d)
    mix = _mix(units, without_mix, fit(without_mix, cases, ~cases, known), cases, natural_mix, known)
    steps = [step(0 * b), step(b), step(b, mix), step(b + d, mix)]
    return _rows(units, rates, steps, fit(steps[-1], cases, ~cases, known), grid, known)


def _mix(units: list[Unit], step: Marginals, by: Fit, cases: Array, natural_mix: NaturalMix, known: Parameters) -> Array:
    """Log likelihood of every unit's mix, by strength and share around; who validates is weighed by the evidence without mixes."""
    validating, bypassing = averaged(step, by)
    prior = np.clip(by.prior, 1e-6, 1 - 1e-6)
    honest = 1 / (1 + np.exp(np.clip(np.log(prior / (1 - prior)) + bypassing - validating, -700, 700)))
    mixes = Mixes(units, np.where(cases, honest, 1.0), natural_mix, known)
    return np.array([mixes.log_likelihood(i, unit) for i, unit in enumerate(units)])


def _gated(found: Marginals, calls: Marginals, ungated: Array, units: list[Unit], known: Parameters) -> Marginals:
    """Where the gate is unknown, errors may be there because the extract was taken before the service: then only calls tell anything.

    For such units the mix of errors (c) and refusals (d) are left out: `units` come without them.
    """
    unknown = np.array([u.gate == "unknown" for u in units])
    if not unknown.any():
        return found
    before = (np.log(known.taken_before + 1e-300) + ungated)[:, None]
    rest = np.log1p(-known.taken_before)
    return Marginals(*(np.where(unknown[:, None], np.logaddexp(before + alone, rest + part), part) for part, alone in zip(found, calls, strict=True)))


def _rows(units: list[Unit], rates: list[list[Rate]], steps: list[Marginals], by: Fit, grid: Grid, known: Parameters) -> list[Evidence]:
    ratios = [np.zeros(len(units))]
    for step in steps:
        validating, bypassing = averaged(step, by)
        ratios.append(bypassing - validating)
    pieces = np.diff(np.array(ratios), axis=0)
    prior = float(np.clip(by.prior, 1e-9, 1 - 1e-9))
    logit = np.log(prior / (1 - prior)) + ratios[-1]
    probability = 1 / (1 + np.exp(-np.clip(logit, -700, 700)))
    low, high = spread(steps[-1], by, known)
    misses = np.tile(np.repeat(grid.miss_weights @ grid.m[0], len(known.share_shapes)), len(known.mix_strengths))
    missed = float(by.settings @ misses)
    rows = []
    for i, unit in enumerate(units):
        whole = sum(w.messages * r.mean for w, r in zip(unit.windows, rates[i], strict=True))
        source = max(zip(unit.windows, rates[i], strict=True), key=lambda pair: pair[0].messages)[1].source
        parts = [float(x) for x in pieces[:, i]]
        ends = float(min(low[i], probability[i])), float(max(high[i], probability[i]))
        rows.append(Evidence(whole * missed, whole, source, parts[0], parts[1], parts[2], parts[3], prior, float(probability[i]), *ends, ""))
    return rows
