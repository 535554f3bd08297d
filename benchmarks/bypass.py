"""Bypass probabilities against planted cases: `uv run python benchmarks/bypass.py [--worlds 60] [--shifted]`.

A world is a country of vendors and senders drawn here, by code that shares nothing with the model but the shape of the counts: error rates
0.5 to 30 %, 20 to 5,000 messages, bypassed shares 5 to 100 %, prevalence 5 to 50 %, misses of the service that differ by vendor and
kind of error, logs that are whole, partial or absent, senders that ask and ignore the answer.
Positive: of the messages that needed it, at least 5 % were sent without a passing validation: never asked, or refused and sent all the same
(those who ignore answers are planted by the share of their refused messages that they send). Units that bypass a nearly error-free
stream cannot be found and count all the same. Printed: AUC, Brier, expected calibration error (10 equal
bins) over units with a probability, by size, and over all units, those not estimable at the prevalence. Exit code 1 beyond the thresholds.
"""

import argparse
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from random import Random

import numpy as np

from pipelines.supervision.bypass import Evidence, evidence
from pipelines.supervision.counts import Natural, Unit, Window

KINDS = ("IRC/incomplete", "IRC/unknown", "ICD10/malformed", "ICD10/unknown", "RVU3/not_in_force", "eRx/placeholder", "LNC/terminology_not_allowed")
STAGES = (("PatientBill", "2023-02-20"), ("PatientBill", "2023-03-11"), ("LabResult", "2023-03-01"), ("DispensedPrescription", "2023-02-09"))


@dataclass
class World:
    """Units with their truth, and what lies beside them."""

    units: list[Unit] = field(default_factory=list)
    natural: list[Natural] = field(default_factory=list)
    natural_mix: dict = field(default_factory=dict)
    truth: list[bool] = field(default_factory=list)
    shares: list[float] = field(default_factory=list)
    prevalence: float = 0.0


@dataclass(frozen=True)
class Shift:
    """How a world departs from the usual one."""

    drift: float = 0.15  # log standard deviation of error rates from the shadow period on
    repair: float = 1.0  # factor on everybody's error rate from the start date on
    miss: tuple[float, float] = (0.003, 0.08)  # misses of the service, by vendor
    clumps: float = 1.0  # errors arrive in clumps of this mean size
    shadow: float = 0.85  # share of senders with a shadow period
    logs: float = 0.4  # share of senders with counts of calls
    whole: float = 0.3  # of those who go around, the share that sends everything around
    size: int = 500  # senders


SHIFTS = {
    "usual": Shift(),
    "vendors repair two thirds": Shift(repair=0.33, drift=0.4),
    "rates double": Shift(repair=2.0, drift=0.4),
    "service misses up to a third": Shift(miss=(0.02, 0.33)),
    "errors in clumps of three": Shift(clumps=3.0),
    "no shadow for most": Shift(shadow=0.25),
    "no counts of calls": Shift(logs=0.0),
    "counts of calls for everybody": Shift(logs=1.0),
    "nobody goes around wholly": Shift(whole=0.0),
    "a small country (60 senders)": Shift(size=60),
}


def draw(seed: int, shift: Shift) -> World:
    """One world."""
    rng, dice = np.random.default_rng(seed), Random(seed)
    world = World(prevalence=dice.uniform(0.05, 0.5))
    products = []
    for vendor in range(dice.randint(6, 14)):
        e = np.exp(dice.uniform(np.log(0.006), np.log(0.25)))
        miss = np.exp(dice.uniform(*np.log(shift.miss)))
        leaks = rng.dirichlet(np.full(len(KINDS), 0.8))
        for version in range(dice.randint(1, 2)):
            products.append(((f"v{vendor}", "p", str(version)), e * dice.uniform(0.7, 1.4), miss, rng.dirichlet(np.full(len(KINDS), 1.0)), leaks))
    for number in range(shift.size):
        product, e_product, miss, made, leaks = dice.choice(products)
        _sender(world, f"s{number}", product, e_product, miss, made, leaks, shift, dice, rng)
    return world


def _sender(world: World, sender: str, product: tuple, e_product: float, miss: float, made, leaks, shift: Shift, dice: Random, rng) -> None:
    around = dice.random() < world.prevalence
    share = 0.0 if not around else 1.0 if dice.random() < shift.whole else dice.uniform(0.05, 1.0)
    ignores = around and dice.random() < 0.25
    miss = min(0.6, miss * np.exp(dice.gauss(0, 0.4)))
    total = int(np.exp(dice.uniform(np.log(20), np.log(5000))))
    windows, mix, passed, refused = [], Counter(), 0, 0
    stages = dice.sample(STAGES, dice.randint(1, 2))
    own_made = rng.dirichlet(20 * made + 0.05)
    own_leaks = own_made * leaks
    own_leaks = own_leaks / own_leaks.sum()
    shadowed = dice.random() < shift.shadow
    for stage in stages:
        n = max(5, total // len(stages))
        before = float(np.clip(e_product * np.exp(dice.gauss(0, 0.45)), 0.005, 0.3))
        now = min(0.6, before * shift.repair * np.exp(dice.gauss(0, shift.drift)))
        if shadowed:
            n0 = int(n * dice.uniform(0.1, 1.2)) + 1
            k0 = _errors(n0, before, shift, rng)
            world.natural.append(Natural(sender, product, stage, n0, k0))
            messages, natural = world.natural_mix.get((product, stage), (0, {}))
            added = zip(KINDS, rng.multinomial(k0, own_made), strict=True)
            world.natural_mix[product, stage] = (messages + n0, {f"{stage[0]}/{kind}": natural.get(f"{stage[0]}/{kind}", 0) + int(count) for kind, count in added})
        wrong = _errors(n, now, shift, rng)
        unasked = int(rng.binomial(wrong, share))
        through = int(rng.binomial(wrong - unasked, miss))
        refused += (wrong - through) if ignores else (wrong - unasked - through)
        clean_around = int(rng.binomial(n - wrong, 0 if ignores else share))
        passed += n - unasked - clean_around
        for kind, count in zip(KINDS, rng.multinomial(unasked, own_made) + rng.multinomial(through, own_leaks), strict=True):
            mix[f"{stage[0]}/{kind}"] += int(count)
        windows.append(Window(stage, n, unasked + through))
    unit = Unit(sender, product, "after", windows, dict(mix))
    if dice.random() < shift.logs:
        whole = dice.uniform(0.95, 1.0) if dice.random() < 0.7 else dice.uniform(0.3, 1.0)
        unit.passed_calls = int(rng.binomial(passed, whole)) + int(rng.poisson(0.02 * passed))
        unit.refusals = int(rng.binomial(refused, whole))
    world.units.append(unit)
    world.truth.append(share >= 0.05)
    world.shares.append(share)


def _errors(n: int, rate: float, shift: Shift, rng) -> int:
    if shift.clumps <= 1:
        return int(rng.binomial(n, rate))
    clumps = rng.geometric(1 / shift.clumps, rng.poisson(n * rate / shift.clumps))
    return int(min(n, clumps.sum()))


def auc(truth: np.ndarray, score: np.ndarray) -> float:
    """Probability that a positive has the higher score, ties half."""
    _, place, count = np.unique(score, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(count) - (count - 1) / 2)[place]
    positives = truth.sum()
    return float((ranks[truth].sum() - positives * (positives + 1) / 2) / (positives * (len(truth) - positives)))


def calibration(truth: np.ndarray, score: np.ndarray) -> tuple[float, list[tuple[int, float, float]]]:
    """Expected calibration error over ten bins of equal width, and the bins: count, mean probability, share of positives."""
    bins = np.minimum((score * 10).astype(int), 9)
    table = [(int((bins == b).sum()), float(score[bins == b].mean()), float(truth[bins == b].mean())) for b in range(10) if (bins == b).any()]
    return sum(n * abs(p - t) for n, p, t in table) / len(score), table


def run(worlds: int, shift: Shift, first_seed: int = 1) -> dict[str, np.ndarray]:
    """Pooled answers of many worlds."""
    truth, probability, prior, size, share = [], [], [], [], []
    for seed in range(first_seed, first_seed + worlds):
        world = draw(seed, shift)
        found: list[Evidence] = evidence(world.units, world.natural, world.natural_mix)
        fitted = [e.prior for e in found if e.prior is not None]
        truth += world.truth
        share += world.shares
        probability += [np.nan if e.probability is None else e.probability for e in found]
        prior += [fitted[0] if fitted else 0.25] * len(found)
        size += [u.messages for u in world.units]
    return {"truth": np.array(truth), "probability": np.array(probability), "prior": np.array(prior), "size": np.array(size), "share": np.array(share)}


def report(name: str, got: dict[str, np.ndarray]) -> tuple[float, float]:
    """Print one kind of world; (ECE, AUC) over units with a probability."""
    known = ~np.isnan(got["probability"])
    truth, score = got["truth"][known], got["probability"][known]
    error, table = calibration(truth, score)
    area = auc(truth, score)
    everybody = np.where(known, np.nan_to_num(got["probability"]), got["prior"])
    print(f"\n{name}: {len(known):,} units, {known.mean():.0%} with a probability, {truth.mean():.0%} of them positive")
    print(f"  AUC {area:.3f}   ECE {error:.3f}   Brier {((score - truth) ** 2).mean():.3f}   all units at the prior: AUC {auc(got['truth'], everybody):.3f}, ECE {calibration(got['truth'], everybody)[0]:.3f}")
    if name == "usual":
        print("  bin: units, mean probability, share positive:  " + "  ".join(f"{n} {p:.2f} {t:.2f}" for n, p, t in table))
        for low, high in ((20, 100), (100, 500), (500, 5001)):
            part = (got["size"][known] >= low) & (got["size"][known] < high)
            print(f"  {low}-{high - 1} messages: {part.sum()} units, AUC {auc(truth[part], score[part]):.3f}, ECE {calibration(truth[part], score[part])[0]:.3f}")
    return error, area


def main() -> None:
    """The usual worlds, and with --shifted every other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=30)
    parser.add_argument("--shifted", action="store_true")
    arguments = parser.parse_args()
    start = time.process_time()
    error, area = report("usual", run(arguments.worlds, SHIFTS["usual"]))
    for name, shift in list(SHIFTS.items())[1:] if arguments.shifted else ():
        report(name, run(max(4, arguments.worlds // 4), shift, 1000))
    print(f"\n{time.process_time() - start:.0f} CPU s; thresholds: ECE at most 0.05, AUC at least 0.95")
    sys.exit(0 if error <= 0.05 and area >= 0.95 else 1)


if __name__ == "__main__":
    main()
