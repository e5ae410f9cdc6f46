"""The simulated emergency seat: a flood that many call about becomes an incident, led to its after-action sheet."""

import math
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, timedelta

from console.domain import footprint
from console.domain.assignment import Assignment
from console.domain.case import TERMINAL, Case
from console.domain.city import City
from console.domain.command import (
    Asked,
    Attach,
    CallIn,
    EndIncident,
    ReportUpward,
    StartIncident,
)
from console.domain.incident import Incident, ReportKind
from console.domain.place import EARTH_RADIUS_M, Position, distance_m
from console.domain.role import Role
from console.field import situation
from console.field.bursts import FLOODS
from console.field.chance import Chance
from console.field.ids import new_id
from console.field.step import Step, minutes
from console.store.picture import Picture

GATHERED = 5
"""Open cases of a flood near each other, within `GATHERED_WITHIN`, that make an incident."""

GATHERED_WITHIN = timedelta(hours=1)
NEAR_M = 2_000.0
RADIUS_M = 1_200.0
APART_M = 4_000.0
"""No incident is started nearer to another one of these days."""

MOST_A_DAY = 2
BUREAUS = 3
"""Units that are asked because the matter is their duty, besides the town and the district."""

_CORNERS = 24
_METRES_A_DEGREE = math.radians(1) * EARTH_RADIUS_M


class Emergency:
    """What the seat does next with a case or an incident; pure in the picture, as the field is."""

    def __init__(self, city: City, chance: Chance, storms: Collection[date]) -> None:
        """`storms` are the local days on which incidents are started."""
        self._city, self._chance, self._storms = city, chance, frozenset(storms)

    # Cases

    def with_case(self, case: Case, picture: Picture) -> Step | None:
        """The case joins an incident, or is the one too many that starts one."""
        if not self._storms or not _loose(case) or case.position is None:
            return None
        step = self._attach(case, case.position, picture)
        if step is None and self._may_start(case, case.position, picture):
            step = self._start(case, case.position, picture)
        return step

    def _attach(self, case: Case, position: Position, picture: Picture) -> Step | None:
        for incident in picture.incidents.values():
            if incident.open and footprint.contains(incident.footprint, position):
                wait = minutes(self._chance.lognormal(2.0, 0.5, "attach", case.id))
                at = max(case.received_at, incident.started_at) + wait
                return Step(at, Attach(case=case.id, incident=incident.id), Role.EMERGENCY)
        return None

    def _may_start(self, case: Case, position: Position, picture: Picture) -> bool:
        day = self._day(case.received_at)
        if day not in self._storms:
            return False
        known = picture.incidents.values()
        if sum(self._day(incident.started_at) == day for incident in known) >= MOST_A_DAY:
            return False
        centres = (footprint.centre(incident.footprint) for incident in known)
        return all(distance_m(centre, position) > APART_M for centre in centres)

    def _start(self, case: Case, position: Position, picture: Picture) -> Step | None:
        near = list(_gathered(case, position, picture))
        if len(near) < GATHERED:
            return None
        ring = _circle([other.position for other in near if other.position is not None])
        command = StartIncident(
            incident=new_id(self._chance.seed, "incident", case.id),
            name=situation.name(self._city, near),
            footprint=ring,
            cases=tuple(other.id for other in _inside(ring, picture)),
        )
        wait = minutes(self._chance.lognormal(3.0, 0.3, "incident", case.id))
        return Step(case.received_at + wait, command, Role.EMERGENCY)

    def _day(self, moment: datetime) -> date:
        return moment.astimezone(self._city.tz).date()

    # Incidents

    def with_incident(self, incident: Incident, picture: Picture) -> Step | None:
        """Call in, report upward, end, and the final report; nothing after that."""
        if self._day(incident.started_at) not in self._storms:
            return None
        orders, cases = list(picture.orders_of(incident.id)), picture.cases_of(incident.id)
        if incident.ended_at is not None:
            return self._final(incident, incident.ended_at, orders, cases)
        if not orders and cases:
            return self._call_in(incident, cases)
        return min(
            self._report(incident, orders, cases),
            self._end(incident, orders, cases),
            key=lambda step: step.at,
        )

    def _after(self, since: datetime, median: float, incident: Incident, *what: object) -> datetime:
        """Some minutes after `since`, around `median`."""
        return since + minutes(self._chance.lognormal(median, 0.12, "incident", incident.id, *what))

    def _call_in(self, incident: Incident, cases: Sequence[Case]) -> Step:
        units = list(self._units(cases))
        asked = [self._asked(incident, unit=unit) for unit in units]
        team = self._team(units, footprint.centre(incident.footprint))
        if team is not None:
            asked.append(self._asked(incident, team=team))
        words = situation.order(incident)
        command = CallIn(incident=incident.id, asked=tuple(asked), words=words)
        return Step(
            self._after(incident.started_at, 2.0, incident, "call"), command, Role.EMERGENCY
        )

    def _asked(self, incident: Incident, unit: str | None = None, team: str | None = None) -> Asked:
        assignment = new_id(self._chance.seed, "linkage", incident.id, unit, team)
        return Asked(assignment=assignment, unit=unit, team=team)

    def _units(self, cases: Sequence[Case]) -> Iterator[str]:
        """The town, the district, and those whose duty the matters are: the cases' first, then any flood's."""
        for area in (_commonest(c.town for c in cases), _commonest(c.district for c in cases)):
            unit = self._city.unit_of_area.get(area or "")
            if unit is not None:
                yield unit.code
        matters = [category for category, _ in Counter(c.category for c in cases).most_common()]
        named: dict[str, None] = {}
        for category in (*matters, *FLOODS):
            for duty in self._city.duties_by_subcategory.get(category, ()):
                if self._city.units[duty.unit].area is None:
                    named[duty.unit] = None
        yield from list(named)[:BUREAUS]

    def _team(self, units: Sequence[str], place: Position) -> str | None:
        """The nearest crew of those units."""
        teams = [team for team in self._city.teams.values() if team.unit in units]
        nearest = min(teams, key=lambda t: (distance_m(t.position, place), t.code), default=None)
        return None if nearest is None else nearest.code

    def _report(
        self, incident: Incident, orders: Sequence[Assignment], cases: Sequence[Case]
    ) -> Step:
        if not incident.reports or incident.report_due is None:
            kind, at = ReportKind.FIRST, self._after(incident.started_at, 20.0, incident, "first")
        else:
            early = self._chance.between(2, 9, "incident", incident.id, incident.reports)
            kind, at = ReportKind.FOLLOW_UP, incident.report_due - minutes(early)
        return self._told(kind, at, incident, orders, cases)

    def _final(
        self,
        incident: Incident,
        ended_at: datetime,
        orders: Sequence[Assignment],
        cases: Sequence[Case],
    ) -> Step | None:
        if not incident.reports or incident.report_due is None:
            return None
        at = self._after(ended_at, 15.0, incident, "final")
        return self._told(ReportKind.FINAL, at, incident, orders, cases)

    def _told(
        self,
        kind: ReportKind,
        at: datetime,
        incident: Incident,
        orders: Sequence[Assignment],
        cases: Sequence[Case],
    ) -> Step:
        words = situation.report(incident, kind, orders, cases)
        return Step(at, ReportUpward(incident=incident.id, kind=kind, words=words), Role.EMERGENCY)

    def _end(self, incident: Incident, orders: Sequence[Assignment], cases: Sequence[Case]) -> Step:
        at = self._after(incident.started_at, 180.0, incident, "end")
        review = situation.review(incident, at.astimezone(self._city.tz), orders, cases)
        return Step(at, EndIncident(incident=incident.id, review=review), Role.EMERGENCY)


def _loose(case: Case) -> bool:
    """Whether a case is of the kind that makes incidents, open, and belongs to none."""
    return case.category in FLOODS and case.incident is None and case.state not in TERMINAL


def _gathered(case: Case, position: Position, picture: Picture) -> Iterator[Case]:
    """The loose cases of the hour before a case, near it; the case itself too."""
    since = case.received_at - GATHERED_WITHIN
    for other in picture.cases.values():
        if not _loose(other) or not since <= other.received_at <= case.received_at:
            continue
        if other.position is not None and distance_m(other.position, position) <= NEAR_M:
            yield other


def _inside(ring: footprint.Ring, picture: Picture) -> Iterator[Case]:
    for case in picture.cases.values():
        place = case.position if _loose(case) else None
        if place is not None and footprint.contains(ring, place):
            yield case


def _commonest(areas: Iterator[str | None]) -> str | None:
    found = Counter(area for area in areas if area is not None).most_common(1)
    return found[0][0] if found else None


def _circle(places: Sequence[Position]) -> tuple[Position, ...]:
    """A ring of `RADIUS_M` round the middle of the places, (lon, lat)."""
    middle = footprint.centre(places)
    north = RADIUS_M / _METRES_A_DEGREE
    east = north / math.cos(math.radians(middle.lat))
    turns = (2 * math.pi * n / _CORNERS for n in range(_CORNERS))
    return tuple(
        Position(
            round(middle.lon + east * math.sin(turn), 6),
            round(middle.lat + north * math.cos(turn), 6),
        )
        for turn in turns
    )
