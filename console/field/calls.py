"""The calls of a day: over-dispersed hours, subcategories with hours of their own, bursts that belong together."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from console.domain.case import Channel
from console.domain.category import Subcategory, Urgency
from console.domain.city import City
from console.domain.command import Accept, Private
from console.domain.grid import Grid
from console.domain.place import Position
from console.field import citizens, words
from console.field.bursts import bursts_of_day, spread
from console.field.chance import Chance, Wheel
from console.field.figures import Figures, figures_of

PointInGrid = Callable[[str, float, float], Position]
"""A point (lon, lat) inside the grid of that code, from two numbers between 0 and 1."""

URGENT_SHARE = 0.05
"""Share of urgent ones among the cases that leave the centre: most calls about a power cut hear what is known."""

KIN_CASE_SHARE = 0.25
"""Share of a burst's calls that become cases; the others are told that the crew is on its way."""

NO_PLACE_SHARE = 0.012
PHOTO_SHARE = 0.35
_LOWEST_FANO, _HIGHEST_FANO = 2.1, 3.35
_STORM = {"trees": 12.0, "water": 4.0, "waste": 3.0}
_STORM_HAZARD = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call at `at` (UTC domain time). `answered` ones end at the centre."""

    at: datetime
    accept: Accept

    @property
    def case(self) -> str:
        """The id of the case it becomes."""
        return self.accept.case


@dataclass(frozen=True, slots=True)
class _Ring:
    """A call before it has words: when, what, where."""

    at: datetime
    key: tuple[object, ...]
    subcategory: Subcategory
    grid: Grid
    kin: str | None


def calls_of_day(
    city: City,
    day: date,
    calls: float,
    seed: int,
    point_in_grid: PointInGrid,
    *,
    storm: bool = False,
) -> list[Call]:
    """Every call of the local day, sorted by time; `calls` is how many to expect.

    On a storm day trees, rubbish, water and power lead.
    """
    return _Day(city, day, calls, seed, point_in_grid, storm).calls()


class _Day:
    """One day's callers."""

    def __init__(
        self,
        city: City,
        day: date,
        calls: float,
        seed: int,
        point_in_grid: PointInGrid,
        storm: bool,
    ) -> None:
        self.city = city
        self.day = day
        self.expected = calls
        self.chance = Chance(seed)
        self.point_in_grid = point_in_grid
        self.figures = figures_of(city)
        self.weights = _weights(city, self.figures, storm)
        grids = sorted(city.grids.values(), key=lambda grid: grid.code)
        self.grids = Wheel(grids, [grid.households for grid in grids])
        self.channels = Wheel(list(self.figures.channels), list(self.figures.channels.values()))
        self.leaving = _leaving(city, self.weights, self.figures.case_share)
        volume = calls / self.figures.calls
        self.bursts = bursts_of_day(
            city, day, self.figures.hours_of(day), self.grids, self.chance, volume, storm
        )

    def calls(self) -> list[Call]:
        rings = [*self._background(), *self._kin()]
        rings.sort(key=lambda ring: (ring.at, ring.key))
        tag = int(self.chance.uniform("tag", round(self.expected)) * 0x10000)
        prefix = f"{self.day:%Y%m%d}-{tag:04x}"
        return [self._call(ring, f"{prefix}-{n:05d}") for n, ring in enumerate(rings, 1)]

    def _background(self) -> Iterator[_Ring]:
        """Calls of single people: a gamma-mixed Poisson process, hour by hour."""
        shares = self.figures.hours_of(self.day)
        kin_share = sum(b.size for b in self.bursts) / self.expected if self.expected else 0.0
        for hour, share in enumerate(shares):
            mean = self.expected * share * max(0.0, 1 - kin_share)
            wheel = self._subcategories(hour)
            for n, fraction in enumerate(self._arrivals(hour, mean)):
                key = ("call", self.day, hour, n)
                subcategory = wheel.at(self.chance.uniform(*key, "what"))
                grid = self.grids.at(self.chance.uniform(*key, "grid"))
                at = _moment(self.city, self.day, hour + fraction)
                yield _Ring(at, key, subcategory, grid, None)

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
        """Variance over mean wanted from the background: the bursts bring some of their own.

        Below the reference volume a thinner crowd of the same shape varies less.
        """
        measured = self.figures.fano_of(self.day)[hour]
        thinner = min(1.0, self.expected / self.figures.reference)
        wanted = min(max(measured, _LOWEST_FANO), _HIGHEST_FANO)
        return 1 + (wanted - 1) * thinner

    def _subcategories(self, hour: int) -> Wheel[Subcategory]:
        codes = list(self.weights)
        weights = [self.weights[c] * self.figures.shape_of(c, self.day)[hour] for c in codes]
        return Wheel([self.city.categories[c] for c in codes], weights)

    def _kin(self) -> Iterator[_Ring]:
        for burst in self.bursts:
            for n, (at, grid) in enumerate(spread(burst, self.city, self.chance)):
                if at.astimezone(self.city.tz).date() == self.day:
                    yield _Ring(at, (burst.kin, n), burst.subcategory, grid, burst.kin)

    def _call(self, ring: _Ring, case: str) -> Call:
        chance, key = self.chance, ring.key
        address = citizens.address(self.city, ring.grid, chance, *key)
        share = KIN_CASE_SHARE if ring.kin else self.leaving[ring.subcategory.urgency]
        answered = not chance.happens(share, *key, "leaves")
        channel = self.channels.at(chance.uniform(*key, "channel"))
        accept = Accept(
            case=case,
            channel=channel,
            category=ring.subcategory.code,
            position=self._position(ring),
            private=Private(
                citizen=citizens.name(chance, *key),
                phone=citizens.phone(chance, *key),
                words=words.told(ring.subcategory, _road(address), chance, *key),
                address=address,
            ),
            kin=ring.kin,
            has_photo=channel is not Channel.PHONE and chance.happens(PHOTO_SHARE, *key, "photo"),
            answered=answered,
            register=not answered and channel is not Channel.WECHAT,
        )
        return Call(at=ring.at, accept=accept)

    def _position(self, ring: _Ring) -> Position | None:
        chance, key = self.chance, ring.key
        if chance.happens(NO_PLACE_SHARE, *key, "nowhere"):
            return None
        u, v = chance.uniform(*key, "u"), chance.uniform(*key, "v")
        exact = self.point_in_grid(ring.grid.code, u, v)
        return Position(round(exact.lon, 6), round(exact.lat, 6))


def _road(address: str) -> str:
    """The road of an address, as callers say it."""
    parts = address.split(" ")
    return parts[1] if len(parts) > 1 else address


def _moment(city: City, day: date, hours: float) -> datetime:
    """UTC, cut to milliseconds, of `hours` after the local midnight."""
    midnight = datetime.combine(day, time(), city.tz)
    whole = timedelta(milliseconds=int(hours * 3_600_000))
    return midnight.astimezone(UTC) + whole


def _weights(city: City, figures: Figures, storm: bool) -> dict[str, float]:
    """Subcategory → weight among the day's calls."""
    weights = {code: sub.weight for code, sub in sorted(city.categories.items()) if sub.weight > 0}
    if not storm:
        return weights
    return {code: w * _storm_factor(city.categories[code], figures) for code, w in weights.items()}


def _storm_factor(subcategory: Subcategory, figures: Figures) -> float:
    family = figures.families.get(subcategory.code, "")
    return _STORM.get(family, _STORM_HAZARD if subcategory.hazard else 1.0)


def _leaving(city: City, weights: dict[str, float], case_share: float) -> dict[Urgency, float]:
    """Of the calls of each urgency, the share that becomes a case, so that both totals come out."""
    total = sum(weights.values())
    urgent = sum(w for c, w in weights.items() if city.categories[c].urgency is Urgency.URGENT)
    return {
        Urgency.URGENT: _share(URGENT_SHARE * case_share * total, urgent),
        Urgency.NORMAL: _share((1 - URGENT_SHARE) * case_share * total, total - urgent),
    }


def _share(part: float, whole: float) -> float:
    return min(1.0, part / whole) if whole > 0 else 0.0


