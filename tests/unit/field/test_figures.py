"""The pack's figures are read, and a pack that is silent still works."""

from dataclasses import replace
from datetime import date

import pytest

from console.domain.case import Channel
from console.field.figures import figures_of
from tests.unit.field.model_city import model_city

WEDNESDAY, SUNDAY = date(2026, 6, 3), date(2026, 6, 7)


def test_the_packs_figures() -> None:
    figures = figures_of(model_city())
    assert figures.calls == 3282
    assert figures.peak == 10400
    assert figures.channels[Channel.GRID] == 0.08
    assert figures.year_means[2018] == 5243
    assert sum(figures.hours_of(WEDNESDAY)) == pytest.approx(1, abs=1e-3)
    assert figures.hours_of(SUNDAY) != figures.hours_of(WEDNESDAY)
    assert figures.shape_of("0301", WEDNESDAY)[23] > figures.hours_of(WEDNESDAY)[23]
    assert figures.shape_of("1402", WEDNESDAY) == figures.hours_of(WEDNESDAY)
    assert figures.season(SUNDAY) < figures.season(WEDNESDAY)


def test_a_silent_pack_is_an_even_city() -> None:
    figures = figures_of(replace(model_city(), simulator={"weekday_hours": [1, 2]}))
    assert figures.calls == 3282
    assert figures.hours_of(WEDNESDAY) == (1 / 24,) * 24
    assert figures.channels == {Channel.PHONE: 1.0}
    assert figures.season(WEDNESDAY) == 1.0
