"""What a screen stands on: one board and all that belongs to it; the live one, or a replay's."""

from dataclasses import dataclass, field
from pathlib import Path

from console.domain.assignment import Assignment
from console.domain.case import Case
from console.domain.city import City
from console.domain.incident import Incident
from console.domain.role import Role, may, who_may
from console.domain.scope import WHOLE, Scope, scope_of
from console.geo.boundaries import Boundaries
from console.i18n import Texts
from console.live.board import Board
from console.live.door import Person
from console.live.flash import Flash
from console.live.headline import Headline
from console.live.orders import Orders
from console.live.readings import Readings
from console.live.tasks import Tasks
from console.map.basemap.base_maps import BaseMaps
from console.settings import Settings
from console.views.alarm_seat import AlarmSeat
from console.views.notices import NoticeBook
from console.views.selection import Selection


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Shared by all screens of one board, so that they show the same and choose together.

    `role` is who sits here, `person` who logged in (None where nobody has to). `training` is true
    where a replay stands behind the board.
    """

    board: Board
    headline: Headline
    readings: Readings
    tasks: Tasks
    orders: Orders
    boundaries: Boundaries
    texts: Texts
    cache: Path
    settings: Settings
    selection: Selection
    role: Role
    person: Person | None = None
    training: bool = False
    base_maps: BaseMaps | None = None
    """None where the city offers no base maps."""
    notices: NoticeBook = field(default_factory=NoticeBook)
    flash: Flash = field(default_factory=Flash)
    alarm_seat: AlarmSeat | None = None
    """The alarms of this seat; a replay has none."""

    @property
    def city(self) -> City:
        """The city pack."""
        return self.board.city

    @property
    def scope(self) -> Scope:
        """What of the city this seat decides for."""
        return scope_of(self.role, self.person.scope) if self.person is not None else WHOLE

    def why_not(
        self,
        operation: str,
        *,
        case: Case | None = None,
        unit: str | None = None,
        incident: Incident | None = None,
    ) -> str | None:
        """Why this seat may not do the operation (to that), in the user's language; None when it may."""
        if not may(self.role, operation):
            return self._who_may(operation)
        picture, city, scope = self.board.picture, self.city, self.scope
        inside = True
        if case is not None:
            inside = scope.has_case(city, case, _unit_of(picture.lead(case)))
        elif unit is not None:
            inside = scope.has_unit(city, unit)
        elif incident is not None and not scope.whole:
            orders = picture.orders_of(incident.id)
            asked = any(scope.has_unit(city, order.unit) for order in orders if order.active)
            inside = asked or (scope.district is not None and scope.district == incident.district)
        return None if inside else self.texts("problem.scope")

    def _who_may(self, operation: str) -> str:
        """That this role may not, and which people's roles may; a system is nobody to turn to."""
        people = [role for role in Role if role in who_may(operation) - {Role.FIELD}]
        if not people:
            return self.texts("problem.role")
        names = [self.texts(f"role.{role}") for role in people]
        return self.texts("problem.role_may", roles=self.texts.pick("、", ", ").join(names))


def _unit_of(lead: Assignment | None) -> str | None:
    return None if lead is None else lead.unit
