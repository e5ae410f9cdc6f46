"""When the telephone rings, about what and where: over-dispersed hours with the city's own shape."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from console.domain.category import Subcategory
from console.domain.city import City
from console.domain.grid import Grid
from console.field.bursts import bursts_of_day, fano_added, spread
from console.field.chance import Chance, Wheel
from console.field.figures import Figures

_LOWEST_FANO, _HIGHEST_FANO = 2.2, 3.3
"""Variance over mean of an hour's count stays in the range that was measured, at any volume."""

_STORM = {"trees": 12.0, "water": 4.0, "waste": 3.0}
_STORM_HAZARD = 3.0


@dataclass(frozen=True, slots=True)
class Ring:
    """One call at `at` (UTC); `key` names all further draws about it, `kin` the burst it belongs to."""

    at: datetime
    key: tuple[object, ...]
    subcategory: Subcategory
    grid: Grid
    kin: str | None


def rings_of_day(
    city: City, figures: Figures, day: date, calls: float, chance: Chance, storm: bool
) -> list[Ring]:
    """All rings of the local day in the order of time; `calls` is how many to expect."""
    if calls <= 0:
        return []
    maker = _Maker(city, figures, day, calls, chance, storm)
    return sorted([*maker.single(), *maker.kin()], key=lambda ring: (ring.at, repr(ring.key)))


def weights_of(city: City, figures: Figures, storm: bool) -> dict[str, float]:
    """Subcategory → weight among the day's calls; in a storm trees, rubbish, water and power lead."""
    weights = {code: sub.weight for code, sub in sorted(city.categories.items()) if sub.weight > 0}
    if not storm:
        return weights
    return {code: w * _storm_factor(city.categories[code], figures) for code, w in weights.items()}


def _storm_factor(subcategory: Subcategory, figures: Figures) -> float:
    family = figures.families.get(subcategory.code, "")
    return _STORM.get(family, _STORM_HAZARD if subcategory.hazard else 1.0)


class _Maker:
    """The rings of one day."""

    def __init__(
        self,
        city: City,
        figures: Figures,
        day: date,
        calls: float,
        chance: Chance,
        storm: bool,
    ) -> None:
        self.city, self.figures, self.day, self.chance = city, figures, day, chance
        self.calls = calls
        self.volume = calls / figures.calls
        self.storm = storm
        self.weights = weights_of(city, figures, storm)
        grids = sorted(city.grids.values(), key=lambda grid: grid.code)
        self.grids = Wheel(grids, [grid.households for grid in grids])
        hours = figures.hours_of(day)
        self.bursts = bursts_of_day(city, day, hours, self.grids, chance, self.volume, storm)

    def single(self) -> Iterator[Ring]:
        """Calls of single people: a gamma-mixed Poisson process, hour by hour."""
        in_bursts = min(1.0, sum(burst.size for burst in self.bursts) / self.calls)
        for hour, share in enumerate(self.figures.hours_of(self.day)):
            wheel = self._subcategories(hour)
            mean = self.calls * share * (1 - in_bursts)
            for n, fraction in enumerate(self._arrivals(hour, mean)):
                key = ("call", self.day, hour, n)
                yield Ring(
                    at=_moment(self.city, self.day, hour + fraction),
                    key=key,
                    subcategory=wheel.at(self.chance.uniform(*key, "what")),
                    grid=self.grids.at(self.chance.uniform(*key, "grid")),
                    kin=None,
                )

    def kin(self) -> Iterator[Ring]:
        """Calls of the bursts, as far as they come before midnight."""
        for burst in self.bursts:
            for n, (at, grid) in enumerate(spread(burst, self.city, self.chance)):
                if at.astimezone(self.city.tz).date() == self.day:
                    yield Ring(at, (burst.kin, n), burst.subcategory, grid, burst.kin)

    def _arrivals(self, hour: int, mean: float) -> Iterator[float]:
        """Fractions of the hour at which calls come in; their number is negative binomial."""
        if mean <= 0:
            return
        key = ("hour", self.day, hour)
        extra = (self._fano(hour) - 1) / mean
        rate = mean * self.chance.gamma(1 / extra, extra, *key) if extra > 0 else mean
        moment, n = 0.0, 0
        while rate > 0:
            moment += self.chance.exponential(1 / rate, *key, n)
            if moment >= 1:
                return
            yield moment
            n += 1

    def _fano(self, hour: int) -> float:
        """Variance over mean wanted from single callers: the bursts bring some of their own.

        Below the volume at which it was measured a thinner crowd of the same shape varies less.
        """
        measured = self.figures.fano_of(self.day)[hour]
        thinner = min(1.0, self.calls / self.figures.reference)
        wanted = 1 + (min(max(measured, _LOWEST_FANO), _HIGHEST_FANO) - 1) * thinner
        return wanted - fano_added(self.figures.calls, self.volume, self.storm)

    def _subcategories(self, hour: int) -> Wheel[Subcategory]:
        codes = list(self.weights)
        weights = [self.weights[c] * self.figures.shape_of(c, self.day)[hour] for c in codes]
        return Wheel([self.city.categories[c] for c in codes], weights)


def _moment(city: City, day: date, hours: float) -> datetime:
    """UTC, cut to milliseconds, of `hours` after the local midnight."""
    midnight = datetime.combine(day, time(), city.tz)
    return midnight.astimezone(UTC) + timedelta(milliseconds=int(hours * 3_600_000))
