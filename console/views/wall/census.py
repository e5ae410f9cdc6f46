"""What a wall counts, in one pass over the open cases: levels by area, unsigned urgent, red."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from console.domain.assignment import Assignment
from console.domain.case import TERMINAL, Case
from console.domain.category import Urgency
from console.domain.city import City
from console.domain.clock import Level, case_level
from console.store.picture import Picture
from console.store.urgent import is_unsigned_urgent
from console.views.wall.scenes import Scene, SceneKind


@dataclass(frozen=True, slots=True)
class Unsigned:
    """An urgent case that has been given to a unit which has not signed for it."""

    case: Case
    lead: Assignment
    level: Level


Counts = list[int]
"""How many at each level, by the level's number: hashing levels would cost more than counting them."""


@dataclass(slots=True)
class Census:
    """Open cases at one moment, counted by area and incident; `unsigned` longest first."""

    districts: dict[str, Counts] = field(default_factory=dict)
    towns: dict[str, Counts] = field(default_factory=dict)
    incidents: dict[str, Counts] = field(default_factory=dict)
    unsigned: list[Unsigned] = field(default_factory=list)
    red: list[Case] = field(default_factory=list)

    def levels(self, scene: Scene, whole: Mapping[Level, int]) -> Mapping[Level, int]:
        """The counts of a scene; `whole` are the city's, which are counted for all screens at once."""
        if scene.kind is SceneKind.CITY or not scene.on_map:
            return whole
        counted = self.districts if scene.kind is SceneKind.DISTRICT else self.incidents
        return dict(zip(Level, counted.get(scene.code, ()), strict=False))

    def pins(self) -> list[Case]:
        """The cases that stand on the map by themselves."""
        found = {case.id: case for case in self.red}
        found |= {one.case.id: one.case for one in self.unsigned}
        return list(found.values())

    def emergencies(self, picture: Picture) -> frozenset[str]:
        """What the view is fitted to: open incidents, urgent cases that are red or unsigned."""
        urgent = {one.case.id for one in self.unsigned}
        urgent |= {case.id for case in self.red if case.urgency is Urgency.URGENT}
        return frozenset(urgent | {i.id for i in picture.incidents.values() if i.open})


def take_census(picture: Picture, city: City, now: datetime) -> Census:
    """Count the open cases at `now` (domain time)."""
    census = Census()
    for case in picture.cases.values():
        if case.state in TERMINAL:
            continue
        lead = picture.lead(case)
        level = case_level(case, lead, city.policy, now)
        _count(census, case, level)
        if level >= Level.RED:
            census.red.append(case)
        if lead is not None and is_unsigned_urgent(case, lead):
            census.unsigned.append(Unsigned(case, lead, level))
    census.unsigned.sort(key=lambda one: (one.lead.sent_at, one.case.id))
    return census


def _count(census: Census, case: Case, level: Level) -> None:
    for table, code in (
        (census.districts, case.district),
        (census.towns, case.town),
        (census.incidents, case.incident),
    ):
        if code is not None:
            counts = table.get(code)
            if counts is None:
                counts = table[code] = [0] * len(Level)
            counts[level] += 1


def worst(counts: Sequence[int]) -> Level | None:
    """The worst level that has any case."""
    return max((level for level, count in zip(Level, counts, strict=False) if count), default=None)
