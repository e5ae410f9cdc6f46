"""How long those who were sent need to get there: a worker from where they are, a team or unit from its place."""

from collections import defaultdict
from collections.abc import Mapping

from console.domain.assignment import Assignment, AssignmentRole
from console.domain.city import City
from console.domain.place import Position
from console.field.errands import destination_of, errands_of
from console.field.people import People, travel_s
from console.store.picture import Picture

TEAM_MPS = 40 / 3.6
"""A crew in its vehicle, metres per second."""

UNIT_MPS = 30 / 3.6
"""An officer of a unit in a car, metres per second."""


class Ways:
    """Travel times of a city's workers, teams and units."""

    def __init__(self, city: City, people: People) -> None:
        """Nothing is computed before it is asked for."""
        self._city, self._people = city, people
        self._centres: Mapping[str, Position] | None = None

    def seconds(self, picture: Picture, order: Assignment) -> float:
        """Seconds of the way from where its holder set out, 0 where nobody travels."""
        destination = destination_of(picture, order)
        if destination is None or order.responded_at is None:
            return 0.0
        worker = self._city.workers.get(order.worker or "")
        if worker is not None:
            errands = errands_of(picture, worker.id)
            before = [e for e in errands if e.start < order.responded_at]
            start = self._people.position(worker, order.responded_at, before).position
            return travel_s(start, destination)
        if order.role is not AssignmentRole.LINKAGE:
            return 0.0
        team = self._city.teams.get(order.team or "")
        if team is not None:
            return travel_s(team.position, destination, TEAM_MPS)
        return travel_s(self._centre(order.unit), destination, UNIT_MPS)

    def _centre(self, unit: str | None) -> Position:
        """The middle of the unit's area, by where its workers live; the city's for a bureau."""
        if self._centres is None:
            self._centres = _middles(self._city)
        known = self._city.units.get(unit or "")
        area = known.area if known is not None else None
        return self._centres.get(area or "", self._city.centre)


def _middles(city: City) -> Mapping[str, Position]:
    homes: defaultdict[str, list[Position]] = defaultdict(list)
    for worker in city.workers.values():
        homes[worker.district].append(worker.home)
        homes[worker.town].append(worker.home)
    return {
        area: Position(
            sum(p.lon for p in there) / len(there), sum(p.lat for p in there) / len(there)
        )
        for area, there in homes.items()
    }
