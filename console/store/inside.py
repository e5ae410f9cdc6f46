"""What lies inside a footprint: cases, workers on duty, teams, units concerned, vulnerable places."""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from console.domain.case import TERMINAL, Case
from console.domain.city import City
from console.domain.footprint import Ring, contains
from console.domain.gesture import proposed_lead
from console.domain.incident import Incident
from console.domain.place import EARTH_RADIUS_M, Place, Position
from console.domain.unit import Team
from console.store.picture import Picture

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
    """A ring asked many times: whoever lies outside its box is answered at once."""

    def __init__(self, ring: Ring) -> None:
        """`ring` is an open ring of (lon, lat); an empty one holds nothing."""
        self._ring = tuple(ring)
        lons, lats = [p.lon for p in self._ring], [p.lat for p in self._ring]
        self._west, self._east = min(lons, default=1.0), max(lons, default=0.0)
        self._south, self._north = min(lats, default=1.0), max(lats, default=0.0)

    def holds(self, point: Position | None) -> bool:
        """Whether the point lies inside; nothing without a place does."""
        if point is None or not self._west <= point.lon <= self._east:
            return False
        return self._south <= point.lat <= self._north and contains(self._ring, point)


def look_inside(ring: Ring, picture: Picture, city: City, towns: Collection[str] = ()) -> Inside:
    """Everything inside the ring; `towns` are the codes of the towns that the ring touches, if known."""
    footprint = Footprint(ring)
    cases = tuple(cases_inside(footprint, picture))
    return Inside(
        cases=cases,
        workers=tuple(_workers(footprint, picture)),
        teams=tuple(t for t in city.teams.values() if footprint.holds(t.position)),
        units=tuple(concerned(cases, city, towns)),
        places=tuple(p for p in city.places if footprint.holds(p.position)),
    )


def cases_inside(footprint: Footprint, picture: Picture) -> list[Case]:
    """Open cases with a place inside, newest first."""
    found = [
        case
        for case in picture.cases.values()
        if footprint.holds(case.position) and case.state not in TERMINAL
    ]
    return sorted(found, key=lambda case: (case.received_at, case.id), reverse=True)


def _workers(footprint: Footprint, picture: Picture) -> Iterator[str]:
    for worker, fix in picture.fixes.items():
        if footprint.holds(fix.position):
            duty = picture.workers.get(worker)
            if duty is not None and duty.on_duty:
                yield worker


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
        for duty in city.duties_by_subcategory.get(kind, ()):
            if city.units[duty.unit].area is None:
                found.setdefault(duty.unit, Concerned(unit=duty.unit, reason="duty", cases=0))
    for area in sorted(areas):
        unit = city.unit_of_area.get(area)
        if unit is not None:
            reason = "district" if city.areas[area].parent is None else "town"
            found.setdefault(unit.code, Concerned(unit=unit.code, reason=reason, cases=0))
    order = ("lead", "duty", "district", "town")
    return sorted(found.values(), key=lambda c: (order.index(c.reason), -c.cases, c.unit))


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
        if case.incident is None
        and case.received_at >= incident.started_at
        and (case.category in kinds or case.kin in kin)
    ]


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
