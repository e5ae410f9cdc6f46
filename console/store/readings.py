"""The indicators of a picture for one period, split once so that every scope is a sum of the same parts."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from console.domain.assignment import Assignment
from console.domain.city import City
from console.domain.indicator import (
    INDICATORS,
    CaseFile,
    IndicatorId,
    Period,
    Reading,
    joined,
    measure,
    parts,
)
from console.domain.roster import CITY
from console.store.scope import Scope

Part = tuple[str | None, str | None]
"""(district in which the case lies, unit to which the figure is charged); None where there is none."""


class PictureReadings:
    """The chosen indicators at `now` (domain time, aware UTC) over the cases of a picture at `rev`.

    A scope is `CITY` or a unit's code (see `Scope`): a district counts the cases that lie in it,
    any other unit those charged to it and to the units below it. All of them come from the same
    parts, so that the parts of the city sum to the city.
    """

    def __init__(
        self,
        files: Iterable[CaseFile],
        indicators: Iterable[IndicatorId],
        period: Period,
        now: datetime,
        city: City,
        rev: int = 0,
    ) -> None:
        """Measure; ten thousand cases take some tenths of a second."""
        self.period, self.now, self.rev = period, now, rev
        self._city = city
        self._files = list(files)
        self._parts = {(id_, 1): self._split(id_, 1) for id_ in indicators}
        self._known: dict[tuple[IndicatorId, str, int], Reading] = {}

    def of(self, indicator: IndicatorId, scope: str = CITY, version: int = 1) -> Reading:
        """The reading of a scope; raises `ValueError` for a version there is not."""
        key = (indicator, scope, version)
        if key not in self._known:
            chosen, all_parts = Scope(scope, self._city), self._parts_of(indicator, version)
            found = [reading for part, reading in all_parts.items() if chosen.holds(*part)]
            self._known[key] = self._sum(found, indicator, version)
        return self._known[key]

    def _parts_of(self, indicator: IndicatorId, version: int) -> Mapping[Part, Reading]:
        """What was not asked for at first (another version of a rule) is measured when it is."""
        key = (indicator, version)
        if key not in self._parts:
            self._parts[key] = self._split(indicator, version)
        return self._parts[key]

    def _split(self, indicator: IndicatorId, version: int) -> Mapping[Part, Reading]:
        rules, policy = INDICATORS[indicator], self._city.policy
        return parts(rules, self._files, self.period, self.now, policy, by=_part, version=version)

    def _sum(self, found: list[Reading], indicator: IndicatorId, version: int) -> Reading:
        if found:
            return joined(found)
        rules, policy = INDICATORS[indicator], self._city.policy
        return measure(rules, (), self.period, self.now, policy, version=version)


def _part(file: CaseFile, accountable: Assignment | None) -> Part:
    return file.case.district, accountable.unit if accountable is not None else None
