"""The heat of a picture: cases of a period and category by town and grid, against a base."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta

from console.domain.city import City
from console.domain.heat import AreaHeat, Heat, HeatBase, HeatChoice, HeatPeriod, smoothed, step_of
from console.store.leaving import midnight
from console.store.picture import Picture

_PER_HOUSEHOLDS = 1000.0


class HeatMeter:
    """Counts one city's cases against what lives in its grids."""

    def __init__(self, city: City, km2: Mapping[str, float]) -> None:
        """`km2` are the grids' square kilometres by code: the base where the pack knows no households."""
        self._city = city
        homes = {code: grid.households / _PER_HOUSEHOLDS for code, grid in city.grids.items()}
        self.base = HeatBase.HOUSEHOLDS if sum(homes.values()) > 0 else HeatBase.AREA
        self._weights = homes if self.base is HeatBase.HOUSEHOLDS else dict(km2)
        self.synthetic = self.base is HeatBase.HOUSEHOLDS and any(
            grid.synthetic for grid in city.grids.values()
        )
        """Whether the base is made up."""
        self._town_of = {code: grid.town for code, grid in city.grids.items()}
        self._town_weights = self._by_town(self._weights)

    def measure(self, picture: Picture, choice: HeatChoice, now: datetime) -> Heat:
        """The heat at `now` (domain time, aware UTC)."""
        begins = self.begins(picture, choice.period, now)
        grids = Counter(
            case.grid
            for case in picture.cases.values()
            if case.received_at >= begins and self._is_of(case.category, choice.category)
        )
        total, nowhere = sum(grids.values()), grids.pop(None, 0)
        counts = {code: grids[code] for code in self._weights if code in grids}
        placed, weight = sum(counts.values()), sum(self._weights.values())
        nowhere = total - placed
        if not placed or not weight:
            return Heat(rate=None, total=total, nowhere=nowhere)
        return self._heat(counts, placed / weight, total, nowhere)

    def begins(self, picture: Picture, period: HeatPeriod, now: datetime) -> datetime:
        """Since when is counted (UTC): never before the local day, for what was closed then has left."""
        hour = now - timedelta(hours=1)
        if not picture.day.day:
            return hour
        day = midnight(picture.day.day, self._city.tz)
        return day if period is HeatPeriod.DAY else max(day, hour)

    def categories(self, picture: Picture, now: datetime, most: int) -> tuple[str, ...]:
        """The codes of the categories with the most cases of the day, the most frequent first."""
        begins, known = self.begins(picture, HeatPeriod.DAY, now), self._city.categories
        found = Counter(
            known[case.category].category
            for case in picture.cases.values()
            if case.received_at >= begins and case.category in known
        )
        return tuple(sorted(found, key=lambda code: (-found[code], code))[:most])

    def _heat(self, counts: Mapping[str, int], rate: float, total: int, nowhere: int) -> Heat:
        town_counts = self._by_town(counts)
        town_rates = {
            town: smoothed(int(town_counts.get(town, 0)), weight, rate)
            for town, weight in self._town_weights.items()
        }
        towns = {
            town: AreaHeat(step_of(town_rate, rate), int(town_counts.get(town, 0)))
            for town, town_rate in town_rates.items()
        }
        grids = {}
        for code, weight in self._weights.items():
            count = counts.get(code, 0)
            above = town_rates.get(self._town_of.get(code, ""), rate)
            grids[code] = AreaHeat(step_of(smoothed(count, weight, above), rate), count)
        return Heat(rate=rate, total=total, nowhere=nowhere, towns=towns, grids=grids)

    def _by_town(self, by_grid: Mapping[str, float]) -> dict[str, float]:
        found: dict[str, float] = {}
        for code, number in by_grid.items():
            town = self._town_of.get(code)
            if town is not None:
                found[town] = found.get(town, 0) + number
        return found

    def _is_of(self, subcategory: str, category: str) -> bool:
        if not category:
            return True
        known = self._city.categories.get(subcategory)
        return known is not None and known.category == category
