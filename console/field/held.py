"""An order in somebody's hands, with all that decides how fast it goes on."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from console.domain.assignment import Assignment, AssignmentRole
from console.domain.case import Case
from console.domain.category import DeadlineUnit, Subcategory, Urgency
from console.domain.city import City
from console.field.chance import Chance
from console.field.step import in_waking_hours

_EXTENDED_PART = 0.97
"""With more time granted the work is done within it."""


@dataclass(frozen=True, slots=True)
class Held:
    """One order; `pace` is how slow its holder is (1 is usual), `key` names its draws."""

    case: Case
    order: Assignment
    subcategory: Subcategory | None
    city: City
    chance: Chance
    pace: float

    @property
    def urgent(self) -> bool:
        """Whether minutes count."""
        return self.order.urgency is Urgency.URGENT

    @property
    def leads(self) -> bool:
        """Whether its holder answers for the case."""
        return self.order.role is AssignmentRole.LEAD

    @property
    def key(self) -> tuple[object, ...]:
        """First words of every draw about the order."""
        return ("order", self.order.id, self.case.reworks)

    @property
    def named(self) -> bool:
        """Whether the unit's list of duties names the matter."""
        duties = self.city.duties_by_subcategory.get(self.case.category, ())
        return any(duty.unit == self.order.unit for duty in duties)

    @property
    def on_site(self) -> bool:
        """Whether somebody has to go there; the rest is settled by telephone and on paper."""
        if not self.leads or self.urgent:
            return True
        return self.subcategory is None or self.subcategory.check or self.subcategory.hazard

    @property
    def begun(self) -> datetime:
        """When the handling clock began, UTC."""
        return self.case.registered_at or self.case.received_at

    @property
    def due(self) -> datetime:
        """The handling deadline, UTC."""
        return self.case.due_at or self.begun + timedelta(hours=24)

    def wanted_end(self) -> datetime:
        """When an ordinary matter will be done: somewhere before its deadline, for some beyond it."""
        key = ("case", self.case.id, self.case.reworks, "part")
        part = self.chance.lognormal(0.22 * self.pace, 0.8, *key)
        if self.case.extensions:
            part = min(part, _EXTENDED_PART)
        return self.begun + (self.due - self.begun) * part

    def awake(self, at: datetime, what: str) -> datetime:
        """Nobody is disturbed at night for what can wait until the morning."""
        subcategory = self.subcategory
        if subcategory is not None and subcategory.deadline_unit is DeadlineUnit.URGENT_HOURS:
            return at
        spread = self.chance.uniform(*self.key, what, "morning")
        return in_waking_hours(at, at.astimezone(self.city.tz), spread)
