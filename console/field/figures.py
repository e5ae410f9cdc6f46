"""The city's call-shape figures (`[simulator]` of the pack) in usable types, with a plain city where they are silent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from console.domain.case import Channel
from console.domain.city import City

_FLAT_DAY = (1 / 24,) * 24
_CHANNEL_NAMES = {"grid_app": Channel.GRID}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How calls fall over hours, days and years.

    `hours` and `fano` are (weekday, weekend) rows of 24: shares that sum to 1, and variance over
    mean of the hour's count at `reference` calls a day. `case_share` of the calls leave the
    centre. `shapes` gives a subcategory's own 24 shares. `year_means` are published means a day.
    """

    calls: int
    peak: int
    case_share: float
    reference: int
    hours: tuple[Sequence[float], Sequence[float]]
    fano: tuple[Sequence[float], Sequence[float]]
    weekday_factors: Sequence[float]
    month_factors: Sequence[float]
    channels: Mapping[Channel, float]
    shapes: Mapping[str, Sequence[float]]
    families: Mapping[str, str]
    year_means: Mapping[int, float]

    def hours_of(self, day: date) -> Sequence[float]:
        """Share of the day's calls in each local hour."""
        return self.hours[day.weekday() >= 5]

    def fano_of(self, day: date) -> Sequence[float]:
        """Variance over mean of each hour's count at the reference volume."""
        return self.fano[day.weekday() >= 5]

    def season(self, day: date) -> float:
        """The day's volume against the year's mean: weekday and month."""
        return self.weekday_factors[day.weekday()] * self.month_factors[day.month - 1]

    def shape_of(self, subcategory: str, day: date) -> Sequence[float]:
        """The subcategory's 24 hourly shares, the whole day's where it has none of its own."""
        return self.shapes.get(subcategory) or self.hours_of(day)


def figures_of(city: City) -> Figures:
    """The figures of a city pack; what it leaves out is even and plain."""
    told = city.simulator
    named = _mapping(told.get("shapes"))
    families = {str(k): str(v) for k, v in _mapping(told.get("shape_of")).items()}
    return Figures(
        calls=int(_number(told.get("calls_per_day"), 3282)),
        peak=int(_number(told.get("calls_per_day_peak"), 10400)),
        case_share=_number(told.get("case_share"), 0.34),
        reference=int(_number(told.get("reference_calls_per_day"), 419)),
        hours=(
            _row(told.get("weekday_hours"), _FLAT_DAY),
            _row(told.get("weekend_hours"), _FLAT_DAY),
        ),
        fano=(
            _row(told.get("weekday_fano"), (2.5,) * 24),
            _row(told.get("weekend_fano"), (2.5,) * 24),
        ),
        weekday_factors=_row(told.get("weekday_factors"), (1.0,) * 7),
        month_factors=_row(told.get("month_factors"), (1.0,) * 12),
        channels=_channels(_mapping(told.get("channels"))),
        shapes={c: _row(named[f], _FLAT_DAY) for c, f in families.items() if f in named},
        families=families,
        year_means={
            int(year): _number(mean, 0.0)
            for year, mean in _mapping(told.get("calls_per_day_by_year")).items()
        },
    )


def _channels(shares: Mapping[str, object]) -> Mapping[Channel, float]:
    found = {_CHANNEL_NAMES.get(n) or Channel(n): _number(s, 0.0) for n, s in shares.items()}
    return found or {Channel.PHONE: 1.0}


def _number(value: object, default: float) -> float:
    return float(value) if isinstance(value, int | float) else default


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _row(value: object, default: Sequence[float]) -> Sequence[float]:
    """The numbers of a row of the right length, else the default."""
    if not isinstance(value, Sequence) or len(value) != len(default):
        return default
    return tuple(_number(v, 0.0) for v in value)
