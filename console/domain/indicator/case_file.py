"""A case with all its orders, as they stand now: what an indicator looks at."""

from dataclasses import dataclass
from datetime import datetime

from console.domain.assignment import Assignment, AssignmentRole, AssignmentState
from console.domain.case import TERMINAL, Case


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One case and its assignments, in any order."""

    case: Case
    assignments: tuple[Assignment, ...] = ()

    @property
    def leads(self) -> list[Assignment]:
        """The orders to lead the case, oldest first, those that were given back or taken back too."""
        leads = [order for order in self.assignments if order.role is AssignmentRole.LEAD]
        return leads if len(leads) < 2 else sorted(leads, key=lambda o: (o.sent_at, o.id))

    @property
    def receivers(self) -> list[Assignment]:
        """The leads that were not recalled before anybody had signed."""
        return [order for order in self.leads if order.state is not AssignmentState.RECALLED]

    @property
    def responsible(self) -> Assignment | None:
        """The last lead that has signed (a former one until the new one has), else the last one sent."""
        receivers = self.receivers
        signed = [order for order in receivers if order.acknowledged_at is not None]
        return next(reversed(signed or receivers), None)

    @property
    def handled_at(self) -> datetime | None:
        """When the lead reported the work done (UTC); a case that ended without a report, when it ended."""
        if self.case.reported_at is None and self.case.state in TERMINAL:
            return self.case.closed_at
        return self.case.reported_at
