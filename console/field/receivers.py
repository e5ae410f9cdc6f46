"""What a unit, a worker or a helper does with an order next: a pure function of the order as it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from console.domain.assignment import Assignment, AssignmentRole, AssignmentState
from console.domain.case import WITH_UNIT, Case, CaseState
from console.domain.category import Subcategory, Urgency
from console.domain.city import City
from console.domain.command import Acknowledge, Arrive, AskReturn, Report, Respond
from console.domain.unit import UnitKind
from console.field.chance import Chance
from console.field.figures import figures_of
from console.field.step import Step, in_waking_hours, minutes

RETURN_SHARE = 0.045
"""Share of first orders that the right unit gives back as not its own."""

WRONG_RETURN_SHARE = 0.5
"""The same for a unit whose list of duties does not name the matter."""

RETURN_REASONS = ("not-in-duties", "outside-area", "needs-other-unit", "already-handled")
"""Why a receiver says "not mine"."""

LATE_SHARE = 0.025
"""Share of ordinary orders that lie unsigned beyond half an hour."""

UNSIGNED_SHARE = 0.10
"""Share of urgent orders that nobody signs for minutes, so that the ladder runs."""

REAL_SHARE = 0.95
"""Share of verifications that find the matter real."""

_QUICK = {UnitKind.UTILITY: 0.7, UnitKind.TOWN: 0.9, UnitKind.DISTRICT: 1.2, UnitKind.BUREAU: 1.1}
_WORKER_QUICK = 0.5
_AGAIN = timedelta(minutes=45)


@dataclass(frozen=True, slots=True)
class _Order:
    """An order with what decides its pace; `key` names its draws."""

    case: Case
    order: Assignment
    subcategory: Subcategory | None
    city: City
    chance: Chance
    pace: float

    @property
    def urgent(self) -> bool:
        return self.order.urgency is Urgency.URGENT

    @property
    def key(self) -> tuple[object, ...]:
        return ("order", self.order.id, self.case.reworks)

    @property
    def on_site(self) -> bool:
        """Whether somebody has to go there; the rest is settled by telephone and on paper."""
        if self.order.role is not AssignmentRole.LEAD or self.urgent:
            return True
        return self.subcategory is None or self.subcategory.check or self.subcategory.hazard


class Receivers:
    """All units and workers of a city. Nobody acts on an order that was not announced."""

    def __init__(self, city: City, chance: Chance) -> None:
        """What is the same for every order is computed once."""
        self._city, self._chance = city, chance
        self._figures = figures_of(city)
        self._burden = _burdens(city)

    def next_step(
        self, case: Case, order: Assignment, now: datetime, travel: float = 0.0
    ) -> Step | None:
        """The receiver's next command, None when it has nothing to do.

        `travel` is the seconds the hands need from where they set out. The result depends on the
        state alone, so a feed that was killed goes on as if it had not been; `now` counts only
        where nobody noted when a wait began.
        """
        if not order.active or order.announced_at is None:
            return None
        if order.role is AssignmentRole.LEAD and case.state not in WITH_UNIT:
            return None
        subcategory = self._city.categories.get(case.category)
        seen = _Order(case, order, subcategory, self._city, self._chance, self._pace(order))
        if order.role is AssignmentRole.LEAD and case.state is CaseState.REWORK:
            again = self._chance.next_hit(_AGAIN, now, *seen.key, "again")
            return Step(again, Report(assignment=order.id))
        if order.state is AssignmentState.SENT:
            return _acknowledge(seen, order.announced_at)
        if order.state is AssignmentState.ACKNOWLEDGED:
            return _return(seen) or _respond(seen)
        if order.state is AssignmentState.RESPONDED and seen.on_site:
            return _arrive(seen, travel)
        return _report(seen)

    def _burdens(city: City) -> Mapping[str, float]:
    """Unit → 1 for an ordinary share of the calls for its teams, up to 1.6 for an overloaded one."""
    weight: dict[str, float] = {}
    for subcategory in city.categories.values():
        if subcategory.lead in city.units:
            weight[subcategory.lead] = weight.get(subcategory.lead, 0.0) + subcategory.weight
    each = {
        unit: total / (1 + len(city.teams_of_unit.get(unit, ()))) for unit, total in weight.items()
    }
    usual = sorted(each.values())[len(each) // 2] if each else 1.0
    return {unit: min(max(0.8, (load / usual) ** 0.3), 1.6) for unit, load in each.items()}
