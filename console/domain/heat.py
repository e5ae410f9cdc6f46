"""Heat: cases taken in, in proportion to those who live there; its words and its arithmetic."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

PRIOR = 5.0
"""Expected cases that an area is given beside its own.

An area in which few are expected is drawn towards the area above it, by the mean of the
gamma-Poisson model (Clayton and Kaldor, Biometrics 43, 1987): one chance call paints no grid.
"""
EDGES = (0.5, 1.0, 1.5, 2.5)
"""Where the second to fifth step begin, as multiples of the city's rate: the same at every hour."""


class HeatPeriod(StrEnum):
    """Since when cases are counted: the last hour, or the local day's beginning.

    What was closed leaves the picture at midnight, so no longer period can be counted whole.
    """

    HOUR = "hour"
    DAY = "day"


class HeatBase(StrEnum):
    """What cases are counted per: a thousand households, or a square kilometre where nobody counted those."""

    HOUSEHOLDS = "households"
    AREA = "area"


@dataclass(frozen=True, slots=True)
class HeatChoice:
    """What somebody wants to see: a category's code ("" for all of them) in a period."""

    period: HeatPeriod
    category: str = ""


@dataclass(frozen=True, slots=True)
class AreaHeat:
    """One town or grid: `count` cases as they came in, and the step (0 to 4) of its smoothed rate."""

    step: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Heat:
    """The heat of a city. `rate` is the city's, cases per unit of the base; None without a case.

    `total` are the cases counted, `nowhere` those of them that have no grid and are not on the map.
    """

    rate: float | None
    total: int
    nowhere: int
    towns: Mapping[str, AreaHeat] = field(default_factory=dict)
    grids: Mapping[str, AreaHeat] = field(default_factory=dict)

    @property
    def edges(self) -> tuple[float, ...]:
        """The rates at which the second to fifth step begin; empty without a case."""
        return () if self.rate is None else tuple(self.rate * edge for edge in EDGES)


def smoothed(count: int, weight: float, rate_above: float) -> float:
    """The rate of an area that has `weight` units of the base, drawn towards the rate of the one above."""
    expected = rate_above * weight
    return rate_above * (count + PRIOR) / (expected + PRIOR)


def step_of(rate: float, city_rate: float) -> int:
    """Which of the five steps a rate belongs to; `city_rate` is above zero."""
    return sum(rate >= city_rate * edge for edge in EDGES)
