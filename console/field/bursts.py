"""Bursts: a power cut or a burst main makes many calls from neighbouring grids within an hour."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from console.domain.category import Subcategory, Urgency
from console.domain.city import City
from console.domain.grid import Grid
from console.domain.unit import UnitKind
from console.field.chance import Chance, Wheel

SMALLEST, LARGEST = 5, 60
"""Calls a burst brings."""

FEWEST, MOST = 2, 4
"""Bursts on an ordinary day of the city's usual volume."""

STREET_FLOOD = "0405"
FLOODS = (STREET_FLOOD, "0901", "0902", "0904")
"""Street flooding, no water, a burst main, sewage coming up: what a storm does with water, by subcategory code."""

FLOOD_SIZE = (36, 60)
FLOOD_HOURS = (7, 19)
"""Calls about the flood that every storm day brings, and the local hours between which it begins."""

STORM_FACTOR = 3
_TYPICAL, _SIGMA = 14.0, 0.65
_MEAN_SQUARE = 300.0
_MEAN_GAP = timedelta(minutes=11)
_LONGEST = timedelta(minutes=58)
_WIDE = 25


@dataclass(frozen=True, slots=True)
class Burst:
    """One cause: `size` calls about `subcategory` around `grid` from `start` (UTC) on, all named `kin`."""

    kin: str
    start: datetime
    subcategory: Subcategory
    grid: Grid
    size: int


def bursts_of_day(
    city: City,
    day: date,
    hours: Sequence[float],
    grids: Wheel[Grid],
    chance: Chance,
    volume: float,
    storm: bool,
) -> list[Burst]:
    """The day's bursts; a city called less (`volume` below 1 of its usual) has fewer."""
    causes = _causes(city)
    if not causes:
        return []
    key = ("burst", day)
    wanted = chance.between(FEWEST, MOST + 1, *key) * (STORM_FACTOR if storm else 1)
    count = math.floor(math.floor(wanted) * min(1.0, volume) + chance.uniform(*key, "part"))
    when = Wheel(range(24), hours)
    what = Wheel(causes, [cause.weight for cause in causes])
    bursts = [_burst(city, day, n, when, what, grids, chance) for n in range(count)]
    if storm and bursts:
        bursts[0] = _flooded(bursts[0], city, day, chance)
    return bursts


def fano_added(usual: float, volume: float, storm: bool) -> float:
    """What bursts add to the variance over mean of an hour's count, at `volume` times the usual calls."""
    count = (FEWEST + MOST) / 2 * (STORM_FACTOR if storm else 1) * min(1.0, volume)
    return count * _MEAN_SQUARE / (usual * volume) if volume > 0 else 0.0


def _burst(
    city: City,
    day: date,
    n: int,
    when: Wheel[int],
    what: Wheel[Subcategory],
    grids: Wheel[Grid],
    chance: Chance,
) -> Burst:
    key = ("burst", day, n)
    hour = when.at(chance.uniform(*key, "hour")) + chance.uniform(*key, "minute")
    size = round(chance.lognormal(_TYPICAL, _SIGMA, *key, "size"))
    return Burst(
        kin=f"{day:%Y%m%d}-kin-{n + 1}",
        start=_moment(city, day, hour),
        subcategory=what.at(chance.uniform(*key, "what")),
        grid=grids.at(chance.uniform(*key, "grid")),
        size=min(max(size, SMALLEST), LARGEST),
    )


def _flooded(burst: Burst, city: City, day: date, chance: Chance) -> Burst:
    """The burst as a flood, large and by day, where the pack knows floods."""
    flood = city.categories.get(STREET_FLOOD)
    if flood is None:
        return burst
    key = (burst.kin, "flood")
    return replace(
        burst,
        start=_moment(city, day, chance.between(*FLOOD_HOURS, *key, "hour")),
        subcategory=flood,
        size=round(chance.between(*FLOOD_SIZE, *key, "size")),
    )


def _moment(city: City, day: date, hour: float) -> datetime:
    midnight = datetime.combine(day, time(), city.tz).astimezone(UTC)
    return midnight + timedelta(milliseconds=int(hour * 3_600_000))


def _causes(city: City) -> list[Subcategory]:
    """What many notice at once: urgent matters of a utility that serves every house."""
    found = []
    for _, subcategory in sorted(city.categories.items()):
        lead = city.units.get(subcategory.lead)
        utility = lead is not None and lead.kind is UnitKind.UTILITY
        if utility and subcategory.urgency is Urgency.URGENT and subcategory.weight > 0:
            found.append(subcategory)
    return found


def spread(burst: Burst, city: City, chance: Chance) -> Iterator[tuple[datetime, Grid]]:
    """Moment and grid of each call, most in the first minutes, nearest neighbours first."""
    near = [g for g in city.grids.values() if g.community == burst.grid.community]
    # A cut is felt all over a town, water stands in one spot.
    wide = burst.size > _WIDE and burst.subcategory.code != STREET_FLOOD
    if wide or len(near) < 2:
        near = [g for g in city.grids.values() if g.town == burst.grid.town]
    near.sort(key=lambda grid: grid.code)
    wheel = Wheel(near, [grid.households for grid in near])
    for n in range(burst.size):
        key = (burst.kin, n)
        wait = chance.exponential(_MEAN_GAP.total_seconds(), *key, "wait")
        late = timedelta(milliseconds=int(min(wait, _LONGEST.total_seconds()) * 1000))
        yield burst.start + late, wheel.at(chance.uniform(*key, "near"))
