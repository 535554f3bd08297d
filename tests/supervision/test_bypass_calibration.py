"""A small run of benchmarks/bypass.py on fixed seeds: calibrated, and bypassers stand before the others."""

import sys

import numpy as np
import pytest

from pipelines.settings import PROJECT

sys.path.insert(0, str(PROJECT / "benchmarks"))
import bypass as planted


@pytest.fixture(scope="module")
def usual():
    return planted.run(4, planted.SHIFTS["usual"], first_seed=7001)


def test_probabilities_are_calibrated_and_separate(usual):
    known = ~np.isnan(usual["probability"])
    truth, score = usual["truth"][known], usual["probability"][known]
    assert planted.calibration(truth, score)[0] <= 0.05
    assert planted.auc(truth, score) >= 0.95
    assert 0.7 < known.mean() < 1


def test_those_not_estimable_count_at_the_prior(usual):
    score = np.where(np.isnan(usual["probability"]), usual["prior"], usual["probability"])
    assert planted.calibration(usual["truth"], score)[0] <= 0.05


def test_auc_and_calibration_are_what_they_are_called():
    truth = np.array([True, False, True, False])
    assert planted.auc(truth, np.array([0.9, 0.1, 0.8, 0.2])) == 1 and planted.auc(truth, np.full(4, 0.5)) == 0.5
    assert planted.auc(truth, np.array([0.9, 0.8, 0.1, 0.2])) == 0.5
    assert planted.calibration(truth, np.array([0.5, 0.5, 0.5, 0.5]))[0] == 0 and planted.calibration(truth, np.ones(4))[0] == 0.5


def test_a_shuffled_truth_fails(usual):
    known = ~np.isnan(usual["probability"])
    shuffled = np.random.default_rng(1).permutation(usual["truth"][known])
    assert planted.auc(shuffled, usual["probability"][known]) < 0.6 and planted.calibration(shuffled, usual["probability"][known])[0] > 0.05
