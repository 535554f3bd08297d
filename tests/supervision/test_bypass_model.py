"""The probability of going around the service: what moves it, what must not, and when there is none."""

from dataclasses import replace

import pytest

from pipelines.supervision.bypass import evidence
from pipelines.supervision.counts import Natural, Unit, Window

STAGE, PRODUCT = ("PatientBill", "2023-03-11"), ("v1", "HisOne", "1.0")
KIND_A, KIND_B = "PatientBill/IRC/unknown", "PatientBill/RVU3/malformed"


def sender(name: str, refusable: int, messages: int = 1000, **more) -> Unit:
    return Unit(name, PRODUCT, more.pop("gate", "after"), [Window(STAGE, messages, refusable)], **more)


def natural(name: str, refusable: int = 50, messages: int = 500) -> Natural:
    return Natural(name, PRODUCT, STAGE, messages, refusable)


HONEST = [sender(f"h{i}", i % 3) for i in range(20)]
SHADOW = [natural(f"h{i}", 45 + i % 10) for i in range(20)]


def answer(unit: Unit, mix=None, beside: list[Unit] = HONEST, shadow: list[Natural] = SHADOW):
    return evidence([unit, *beside], [*shadow, natural(unit.sender)], mix or {})[0]


def test_errors_behind_the_gate_speak_for_going_around():
    found = [answer(sender("s", k)).probability for k in (0, 3, 20, 100)]
    assert found == sorted(found) and found[0] < 0.1 and found[-1] > 0.95


def test_prior_and_pieces_add_up_to_the_probability():
    import math

    got = answer(sender("s", 20, passed_calls=600, refusals=0, mix={KIND_A: 15, KIND_B: 5}), {(PRODUCT, STAGE): (10_000, {KIND_A: 700, KIND_B: 300})})
    logit = math.log(got.prior / (1 - got.prior)) + got.llr_a + got.llr_b + got.llr_c + got.llr_d
    assert got.probability == pytest.approx(1 / (1 + math.exp(-logit)), abs=1e-9)
    assert got.low <= got.probability <= got.high


def test_expected_counts_stand_on_both_sides():
    got = answer(sender("s", 3))
    assert got.expected_if_bypassing == pytest.approx(100, rel=0.1) and got.expected_if_validating < 5 and got.base_source == "own"


def test_few_passed_calls_speak_for_it_and_whole_ones_against():
    plain = answer(sender("s", 4)).probability
    assert answer(sender("s", 4, passed_calls=300)).probability > plain > answer(sender("s", 4, passed_calls=1000)).probability


def test_no_refusal_ever_speaks_for_it_where_errors_should_have_been_refused():
    assert answer(sender("s", 60, refusals=0)).llr_d > 0 > answer(sender("s", 60, refusals=90)).llr_d
    assert answer(sender("s", 4)).llr_d == 0


def test_a_mix_like_the_product_s_own_and_unlike_its_validated_senders():
    mixes = {(PRODUCT, STAGE): (10_000, {KIND_A: 500, KIND_B: 500})}
    peers = [replace(sender(f"p{i}", 20), mix={KIND_A: 20}, logged=True, validated=True) for i in range(10)]
    like, unlike = (answer(replace(sender("s", 20), mix=mix), mixes, peers, SHADOW) for mix in ({KIND_A: 20}, {KIND_A: 10, KIND_B: 10}))
    assert unlike.llr_c > 0 > like.llr_c and unlike.probability > like.probability
    alone = answer(replace(sender("s", 20), mix={KIND_A: 10, KIND_B: 10}), mixes, [], SHADOW)
    assert abs(alone.llr_c) < 0.05, "without validated peers the mix says nothing"


def test_an_unknown_gate_cannot_convict():
    known, unknown = answer(sender("s", 100)), answer(sender("s", 100, gate="unknown"))
    assert unknown.probability < 0.7 < known.probability


@pytest.mark.parametrize(
    ("unit", "shadow", "reason"),
    [
        (sender("s", 1, messages=19), SHADOW, "too_few_messages"),
        (sender("s", 1, messages=25), SHADOW, "too_few_errors_expected"),
        (Unit("s", PRODUCT, "after", [Window(("Other", "2023-03-11"), 900, 50)]), SHADOW, "no_base_rate"),
        (sender("s", 90, logged=True), SHADOW, "log_exists"),
        (sender("s", 0, logged=True, validated=True), SHADOW, "log_exists"),
    ],
)
def test_not_estimable_says_why(unit, shadow, reason):
    got = answer(unit, shadow=shadow)
    assert (got.probability, got.reason) == (None, reason)


def test_a_product_whose_errors_the_service_lets_through_is_not_a_bypass():
    """Where everybody lets 8 % of errors arrive, that is the service, not twenty offenders."""
    leaky = [sender(f"h{i}", 6 + i % 5) for i in range(30)]
    assert answer(sender("s", 8), beside=leaky).probability < 0.3


def test_the_same_counts_give_the_same_answer():
    assert evidence(HONEST, SHADOW, {}) == evidence(list(HONEST), list(SHADOW), {})


def test_nothing_to_say_about_nobody():
    assert evidence([], SHADOW, {}) == []
