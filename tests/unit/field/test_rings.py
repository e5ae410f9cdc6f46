"""The day's calls have the measured shape and are more scattered than Poisson's."""

from datetime import date
from functools import cache

import numpy as np
import pytest

from console.field.chance import Chance
from console.field.figures import figures_of
from console.field.rings import rings_of_day, weights_of
from tests.unit.field.model_city import model_city

WEDNESDAY, SUNDAY = date(2026, 6, 3), date(2026, 6, 7)
SEEDS = 200
CALLS = 900


@cache
def counts() -> np.ndarray:
    """Calls by hour of the same Wednesday for many seeds, [seed, hour]."""
    city = model_city()
    figures = figures_of(city)
    found = np.zeros((SEEDS, 24))
    for seed in range(SEEDS):
        for ring in rings_of_day(city, figures, WEDNESDAY, CALLS, Chance(seed), storm=False):
            found[seed, ring.at.astimezone(city.tz).hour] += 1
    return found


def fano(found: np.ndarray) -> np.ndarray:
    return found.var(axis=0, ddof=1) / found.mean(axis=0)


def test_as_many_calls_as_expected_at_the_measured_hours() -> None:
    hours = figures_of(model_city()).hours_of(WEDNESDAY)
    assert counts().sum(axis=1).mean() == pytest.approx(CALLS, rel=0.02)
    shares = counts().mean(axis=0) / counts().sum(axis=1).mean()
    assert np.abs(shares - np.array(hours)).max() < 0.006


def test_hours_scatter_two_to_three_and_a_half_times_their_mean() -> None:
    measured = fano(counts())
    busy = counts().mean(axis=0) > CALLS * 0.03
    # The variance of 200 draws is itself known to about a tenth.
    assert 2.0 <= np.average(measured[busy], weights=counts().mean(axis=0)[busy]) <= 3.4
    assert measured[busy].min() > 1.5
    assert measured[busy].max() < 4.6


def test_poisson_would_fail_the_same_test() -> None:
    poisson = np.random.default_rng(1).poisson(counts().mean(axis=0), size=(SEEDS, 24))
    busy = counts().mean(axis=0) > CALLS * 0.03
    weights = counts().mean(axis=0)[busy]
    assert np.average(fano(poisson)[busy], weights=weights) < 1.5


def test_a_peak_day_scatters_no_more_for_its_mean() -> None:
    city = model_city()
    found = np.zeros((24, 24))
    for seed in range(24):
        chance = Chance(seed)
        for ring in rings_of_day(city, figures_of(city), WEDNESDAY, 10400, chance, storm=True):
            found[seed, ring.at.astimezone(city.tz).hour] += 1
    busy = found.mean(axis=0) > 300
    assert found.sum(axis=1).mean() == pytest.approx(10400, rel=0.02)
    assert 1.7 < np.average(fano(found)[busy], weights=found.mean(axis=0)[busy]) < 4.0


def test_a_night_subcategory_is_called_about_at_night() -> None:
    city = model_city()
    night, day = [], []
    for seed in range(8):
        for ring in rings_of_day(city, figures_of(city), WEDNESDAY, 3282, Chance(seed), False):
            hour = ring.at.astimezone(city.tz).hour
            (night if hour in (22, 23, 0) else day).append(ring.subcategory.code)
    assert night.count("0301") / len(night) > 2 * day.count("0301") / len(day)


def test_a_storm_is_led_by_trees_and_water() -> None:
    city = model_city()
    usual, storm = (weights_of(city, figures_of(city), s) for s in (False, True))
    assert storm["0801"] / sum(storm.values()) > 3 * usual["0801"] / sum(usual.values())
    assert storm["1402"] == usual["1402"]


def test_kin_come_from_neighbouring_grids_within_an_hour() -> None:
    city = model_city()
    bursts: dict[str, list] = {}
    for seed in range(6):
        for ring in rings_of_day(city, figures_of(city), WEDNESDAY, 3282, Chance(seed), False):
            if ring.kin:
                bursts.setdefault(f"{seed} {ring.kin}", []).append(ring)
    assert 2 * 6 <= len(bursts) <= 4 * 6
    for rings in bursts.values():
        assert len(rings) <= 60
        assert (rings[-1].at - rings[0].at).total_seconds() <= 3600
        assert len({ring.subcategory for ring in rings}) == 1
        assert len({ring.grid.town for ring in rings}) == 1
        if len(rings) <= 25:
            assert len({ring.grid.community for ring in rings}) == 1


def test_nobody_calls_when_none_is_expected() -> None:
    city = model_city()
    assert rings_of_day(city, figures_of(city), SUNDAY, 0, Chance(1), storm=False) == []
