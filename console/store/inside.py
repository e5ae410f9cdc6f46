"""What lies inside a footprint: cases, workers on duty, teams, units concerned, vulnerable places."""

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TypeVar

import numpy as np

from console.domain.case import TERMINAL, Case
from console.domain.city import City
from console.domain.footprint import Ring
from console.domain.gesture import proposed_lead
from console.domain.incident import Incident
from console.domain.place import EARTH_RADIUS_M, Place, Position
from console.domain.unit import Team
from console.store.picture import Picture

T = TypeVar("T")

CORNERS = 48
"""Corners of the ring that stands for a circle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Concerned:
    """A unit and why: `cases` inside that it would lead, `reason` lead, duty, town or district."""

    unit: str
    reason: str
    cases: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside:
    """Open cases (newest first), ids of workers on duty, waiting teams, units, named places."""

    cases: tuple[Case, ...]
    workers: tuple[str, ...]
    teams: tuple[Team, ...]
    units: tuple[Concerned, ...]
    places: tuple[Place, ...]


class Footprint:
    """A ring asked for many points at once: the box answers for most, the ring for the rest."""

    def __init__(self, ring: Ring) -> None:
        """`ring` is an open ring of (lon, lat); an empty one holds nothing."""
        self._ring = tuple(ring)
        lons, lats = [p.lon for p in self._ring], [p.lat for p in self._ring]
        self._west, self._east = min(lons, default=1.0), max(lons, default=0.0)
        self._south, self._north = min(lats, default=1.0), max(lats, default=0.0)

    def pick(self, things: Iterable[T], place: Callable[[T], Position | None]) -> list[T]:
        """The things whose place lies inside, in their order; one without a place lies nowhere."""
        near = [(thing, at) for thing in things if self._in_box(at := place(thing))]
        points = [at for _, at in near if at is not None]
        return [
            thing for (thing, _), holds in zip(near, self._in_ring(points), strict=True) if holds
        ]

    def _in_box(self, point: Position | None) -> bool:
        if point is None or not self._west <= point.lon <= self._east:
            return False
        return self._south <= point.lat <= self._north

    def _in_ring(self, points: Sequence[Position]) -> list[bool]:
        """`domain.footprint.contains` for all points together: a storm has thousands."""
        lon = np.array([p.lon for p in points])
        lat = np.array([p.lat for p in points])
        inside = np.zeros(len(points), dtype=bool)
        for a, b in zip(self._ring, (*self._ring[-1:], *self._ring[:-1]), strict=True):
            if a.lat != b.lat:
                across = (a.lat > lat) != (b.lat > lat)
                inside ^= across & (a.lon + (lat - a.lat) / (b.lat - a.lat) * (b.lon - a.lon) > lon)
        found: list[bool] = inside.tolist()
        return found


def look_inside(ring: Ring, picture: Picture, city: City, towns: Collection[str] = ()) -> Inside:
    """Everything inside the ring; `towns` are the codes of the towns that the ring touches, if known."""
    footprint = Footprint(ring)
    cases = tuple(cases_inside(footprint, picture))
    return Inside(
        cases=cases,
        workers=tuple(_workers(footprint, picture)),
        teams=tuple(footprint.pick(city.teams.values(), lambda team: team.position)),
        units=tuple(concerned(cases, city, towns)),
        places=tuple(footprint.pick(city.places, lambda place: place.position)),
    )


def cases_inside(footprint: Footprint, picture: Picture) -> list[Case]:
    """Open cases with a place inside, newest first."""
    inside = footprint.pick(picture.cases.values(), lambda case: case.position)
    found = [case for case in inside if case.state not in TERMINAL]
    return sorted(found, key=lambda case: (case.received_at, case.id), reverse=True)


def _workers(footprint: Footprint, picture: Picture) -> Iterator[str]:
    for fix in footprint.pick(picture.fixes.values(), lambda fix: fix.position):
        duty = picture.workers.get(fix.worker)
        if duty is not None and duty.on_duty:
            yield fix.worker


def concerned(cases: Iterable[Case], city: City, towns: Collection[str] = ()) -> list[Concerned]:
    """The units that lead what lies inside, whose duties name it, and whose area it is; best first.

    A duty that every town has names only the towns of the cases and of the footprint.
    """
    leads: Counter[str] = Counter()
    kinds: set[str] = set()
    areas = set(towns) | {district_of(town, city) for town in towns}
    for case in cases:
        kinds.add(case.category)
        areas |= {case.town or "", case.district or ""}
        lead = proposed_lead(case, city)
        if lead is not None:
            leads[lead] += 1
    found = {unit: Concerned(unit=unit, reason="lead", cases=n) for unit, n in leads.items()}
    for kind in kinds:
        for name in _city_wide(city).get(kind, ()):
            found.setdefault(name, Concerned(unit=name, reason="duty", cases=0))
    for area in sorted(areas):
        unit = city.unit_of_area.get(area)
        if unit is not None:
            reason = "district" if city.areas[area].parent is None else "town"
            found.setdefault(unit.code, Concerned(unit=unit.code, reason=reason, cases=0))
    order = ("lead", "duty", "district", "town")
    return sorted(found.values(), key=lambda c: (order.index(c.reason), -c.cases, c.unit))


@lru_cache(maxsize=4)
def _city_wide(city: City) -> dict[str, tuple[str, ...]]:
    """Subcategory → units of the whole city whose duties name it."""
    return {
        code: tuple(duty.unit for duty in duties if city.units[duty.unit].area is None)
        for code, duties in city.duties_by_subcategory.items()
    }


def district_of(town: str, city: City) -> str:
    """The district of a town, "" for an unknown code."""
    area = city.areas.get(town)
    return (area.parent if area is not None else None) or ""


def repeats_inside(incident: Incident, picture: Picture) -> list[Case]:
    """Calls since the start, inside and not attached, about what is attached already; newest first.

    The same matter: the same subcategory or the same burst of calls.
    """
    attached = picture.cases_of(incident.id)
    kinds = {case.category for case in attached}
    kin = {case.kin for case in attached} - {None}
    return [
        case
        for case in cases_inside(Footprint(incident.footprint), picture)
        if is_free(case, picture)
        and case.received_at >= incident.started_at
        and (case.category in kinds or case.kin in kin)
    ]


def is_free(case: Case, picture: Picture) -> bool:
    """Whether the case belongs to no operation that goes on."""
    return holder(case, picture) is None


def holder(case: Case, picture: Picture) -> Incident | None:
    """The operation that goes on and has the case; no other one may take it over."""
    other = picture.incidents.get(case.incident or "")
    return other if other is not None and other.open else None


def matters(cases: Iterable[Case]) -> list[list[Case]]:
    """Cases by what they are about, the matter that came up last first; within it the first call first.

    The same matter: one burst of calls, or the same subcategory in the same grid.
    """
    found: dict[tuple[str, str], list[Case]] = {}
    for case in sorted(cases, key=lambda case: (case.received_at, case.id)):
        key = ("kin", case.kin) if case.kin is not None else (case.category, case.grid or case.id)
        found.setdefault(key, []).append(case)
    return sorted(found.values(), key=lambda group: group[0].received_at, reverse=True)


def first_calls(cases: Iterable[Case]) -> dict[str, datetime]:
    """Grid code → when the first of these cases was received there (aware UTC domain time)."""
    found: dict[str, datetime] = {}
    for case in cases:
        if case.grid is not None:
            found[case.grid] = min(case.received_at, found.get(case.grid, case.received_at))
    return found


def circle(centre: Position, radius_m: float) -> tuple[Position, ...]:
    """An open ring of (lon, lat) `radius_m` metres round a point."""
    north = math.degrees(radius_m / EARTH_RADIUS_M)
    east = north / math.cos(math.radians(centre.lat))
    turns = (2 * math.pi * n / CORNERS for n in range(CORNERS))
    return tuple(
        Position(centre.lon + east * math.cos(t), centre.lat + north * math.sin(t)) for t in turns
    )
