"""Draws depend on seed and key alone."""

from datetime import UTC, datetime, timedelta
from statistics import fmean, pvariance

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.field.chance import Chance, Wheel

T0 = datetime(2026, 6, 3, 2, 0, tzinfo=UTC)
keys = st.lists(st.one_of(st.text(), st.integers(), st.dates()), max_size=4).map(tuple)


def test_draws_are_the_same_on_every_machine() -> None:
    chance = Chance(12345)
    assert chance.uniform("case", 7) == 0.82383051758113
    assert chance.uniform("case", 8) != chance.uniform("case", 7)
    assert Chance(12346).uniform("case", 7) != chance.uniform("case", 7)


@given(st.integers(), keys)
def test_a_uniform_draw_is_strictly_between_0_and_1_and_repeatable(seed: int, key: tuple) -> None:
    assert 0 < Chance(seed).uniform(*key) < 1
    assert Chance(seed).uniform(*key) == Chance(seed).uniform(*key)


def test_the_order_of_draws_does_not_matter() -> None:
    one, other = Chance(5), Chance(5)
    forward = [one.uniform(n) for n in range(50)]
    assert [other.uniform(n) for n in reversed(range(50))] == forward[::-1]


def test_keys_do_not_run_into_each_other() -> None:
    assert Chance(1).uniform("a", "bc") != Chance(1).uniform("ab", "c")


def test_uniform_draws_fill_the_interval() -> None:
    draws = [Chance(2).uniform(n) for n in range(4000)]
    assert fmean(draws) == pytest.approx(0.5, abs=0.02)
    assert pvariance(draws) == pytest.approx(1 / 12, rel=0.06)


@pytest.mark.parametrize(("shape", "scale"), [(0.4, 2.0), (1.0, 1.0), (8.0, 0.5)])
def test_gamma_has_its_mean_and_variance(shape: float, scale: float) -> None:
    draws = [Chance(3).gamma(shape, scale, n) for n in range(6000)]
    assert min(draws) > 0
    assert fmean(draws) == pytest.approx(shape * scale, rel=0.07)
    assert pvariance(draws) == pytest.approx(shape * scale**2, rel=0.15)


def test_exponential_lognormal_and_between() -> None:
    chance = Chance(4)
    assert fmean(chance.exponential(3, n) for n in range(6000)) == pytest.approx(3, rel=0.06)
    draws = sorted(chance.lognormal(8, 0.5, n) for n in range(3001))
    assert draws[1500] == pytest.approx(8, rel=0.06)
    assert all(2 <= chance.between(2, 5, n) < 5 for n in range(200))


def test_choice_follows_the_weights() -> None:
    chance = Chance(6)
    counts = [0, 0, 0]
    for n in range(6000):
        counts[chance.choice([1, 0, 3], n)] += 1
    assert counts[1] == 0
    assert counts[2] / 6000 == pytest.approx(0.75, abs=0.02)


def test_a_wheel_covers_exactly_its_items() -> None:
    wheel = Wheel("ab", [1, 1])
    assert [wheel.at(u) for u in (1e-9, 0.49, 0.51, 1 - 1e-16)] == ["a", "a", "b", "b"]
    with pytest.raises(ValueError, match="positive weight"):
        Wheel("a", [0])


@settings(max_examples=60)
@given(
    st.integers(0, 10**6),
    st.floats(0, 3600),
    st.floats(0, 3600),
    st.integers(60, 7200),
)
def test_a_wait_that_is_asked_again_ends_at_the_same_moment(
    seed: int, first: float, later: float, mean: int
) -> None:
    chance, wait = Chance(seed), timedelta(seconds=mean)
    begun = T0 + timedelta(seconds=min(first, later))
    asked = T0 + timedelta(seconds=max(first, later))
    moment = chance.next_hit(wait, begun, "rework", 1)
    assert moment >= begun
    if asked <= moment:
        assert chance.next_hit(wait, asked, "rework", 1) == moment


def test_a_memoryless_wait_has_its_mean() -> None:
    chance, mean = Chance(9), timedelta(minutes=20)
    waits = [(chance.next_hit(mean, T0, n) - T0).total_seconds() for n in range(1500)]
    assert fmean(waits) == pytest.approx(1200, rel=0.1)
