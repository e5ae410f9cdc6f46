"""The calls of a day as the centre takes them in: rings with a citizen, words and a place."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from console.domain.case import Channel
from console.domain.category import Urgency
from console.domain.city import City
from console.domain.command import Accept, Private
from console.domain.place import Position
from console.field import citizens, words
from console.field.chance import Chance, Wheel
from console.field.figures import Figures, figures_of
from console.field.rings import Ring, rings_of_day, weights_of

PointInGrid = Callable[[str, float, float], Position]
"""A point (lon, lat) inside the grid of that code, from two numbers between 0 and 1."""

URGENT_SHARE = 0.045
"""Share of urgent ones among single cases that leave the centre: most who call about a cut hear what is known."""

KIN_CASE_SHARE = 0.25
"""Share of a burst's calls that become cases; the others are told that the crew is on its way."""

NO_PLACE_SHARE = 0.012
PHOTO_SHARE = 0.35


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call at `at` (UTC domain time); an answered one ends at the centre."""

    at: datetime
    accept: Accept


def calls_of_day(
    city: City,
    day: date,
    calls: float,
    seed: int,
    point_in_grid: PointInGrid,
    *,
    storm: bool = False,
) -> list[Call]:
    """Every call of the local day, sorted by time; `calls` is how many to expect."""
    figures = figures_of(city)
    chance = Chance(seed)
    speaker = _Speaker(city, figures, chance, point_in_grid, storm)
    rings = rings_of_day(city, figures, day, calls, chance, storm)
    # The volume stands in the number, so that days of two volumes do not share case ids.
    tag = int(chance.uniform("tag", round(calls)) * 0x10000)
    prefix = f"{day:%Y%m%d}-{tag:04x}"
    return [
        Call(at=ring.at, accept=speaker.accept(ring, f"{prefix}-{n:05d}"))
        for n, ring in enumerate(rings, 1)
    ]


class _Speaker:
    """Gives a ring its citizen, channel, words, place and whether it is answered at once."""

    def __init__(
        self, city: City, figures: Figures, chance: Chance, point_in_grid: PointInGrid, storm: bool
    ) -> None:
        self._city, self._chance, self._point_in_grid = city, chance, point_in_grid
        self._channels = Wheel(list(figures.channels), list(figures.channels.values()))
        self._leaving = _leaving(city, weights_of(city, figures, storm), figures.case_share)

    def accept(self, ring: Ring, case: str) -> Accept:
        chance, key = self._chance, ring.key
        address = citizens.address(self._city, ring.grid, chance, *key)
        share = KIN_CASE_SHARE if ring.kin else self._leaving[ring.subcategory.urgency]
        answered = not chance.happens(share, *key, "leaves")
        channel = self._channels.at(chance.uniform(*key, "channel"))
        return Accept(
            case=case,
            channel=channel,
            category=ring.subcategory.code,
            position=self._position(ring),
            private=Private(
                citizen=citizens.name(chance, *key),
                phone=citizens.phone(chance, *key),
                words=words.told(ring.subcategory, citizens.road_of(address), chance, *key),
                address=address,
            ),
            kin=ring.kin,
            has_photo=channel is not Channel.PHONE and chance.happens(PHOTO_SHARE, *key, "photo"),
            answered=answered,
            # A message waits for somebody to read it; a call-taker registers while the caller speaks.
            register=not answered and channel is not Channel.WECHAT,
        )

    def _position(self, ring: Ring) -> Position | None:
        chance, key = self._chance, ring.key
        if chance.happens(NO_PLACE_SHARE, *key, "nowhere"):
            return None
        u, v = chance.uniform(*key, "u"), chance.uniform(*key, "v")
        exact = self._point_in_grid(ring.grid.code, u, v)
        return Position(round(exact.lon, 6), round(exact.lat, 6))


def _leaving(city: City, weights: Mapping[str, float], case_share: float) -> dict[Urgency, float]:
    """Of the calls of each urgency, the share that becomes a case, so that both totals come out."""
    total = sum(weights.values())
    urgent = sum(w for c, w in weights.items() if city.categories[c].urgency is Urgency.URGENT)
    return {
        Urgency.URGENT: _share(URGENT_SHARE * case_share * total, urgent),
        Urgency.NORMAL: _share((1 - URGENT_SHARE) * case_share * total, total - urgent),
    }


def _share(part: float, whole: float) -> float:
    return min(1.0, part / whole) if whole > 0 else 0.0
