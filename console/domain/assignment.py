"""An assignment: a case given to a unit (and perhaps a worker), with its own state and clocks."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from console.domain.category import Urgency


class AssignmentRole(StrEnum):
    """One LEAD a case; any number of ASSIST; VERIFY looks before registering, GUARD keeps people away.

    LINKAGE is an order of an incident: it belongs to no case.
    """

    LEAD = "lead"
    ASSIST = "assist"
    VERIFY = "verify"
    GUARD = "guard"
    LINKAGE = "linkage"


class AssignmentState(StrEnum):
    """Life of an assignment: sent → acknowledged → responded → on_scene → done, or a way out."""

    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    RESPONDED = "responded"
    ON_SCENE = "on_scene"
    DONE = "done"
    RETURNED = "returned"
    RECALLED = "recalled"
    WITHDRAWN = "withdrawn"


ENDED = frozenset(
    {
        AssignmentState.DONE,
        AssignmentState.RETURNED,
        AssignmentState.RECALLED,
        AssignmentState.WITHDRAWN,
    }
)
"""States in which the assignment asks nothing more of its holder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """One order, of a case or of an incident. Times are aware UTC domain times.

    A lead names a `unit`, never only a person; `worker` is the hands. `announced_at` is when the
    centre told the field (it holds an order a few seconds so that it can be taken back); the
    field knows nothing of an order that is not announced. `step` counts the ladder's rungs. A `ruled`
    order was decided by a chief: its holder cannot give it back.
    """

    id: str
    version: int
    case: str | None
    role: AssignmentRole
    state: AssignmentState
    urgency: Urgency
    unit: str | None
    worker: str | None
    sent_at: datetime
    response_due: datetime
    announced_at: datetime | None = None
    acknowledged_at: datetime | None = None
    responded_at: datetime | None = None
    arrived_at: datetime | None = None
    ended_at: datetime | None = None
    overdue: bool = False
    step: int = 0
    return_reason: str | None = None
    on_behalf: bool = False
    ruled: bool = False
    incident: str | None = None
    team: str | None = None
    words: str = ""

    @property
    def owner(self) -> str:
        """The id of the case or incident it belongs to."""
        return self.case or self.incident or ""

    @property
    def active(self) -> bool:
        """Whether the holder still owes something."""
        return self.state not in ENDED

    @property
    def answered_at(self) -> datetime | None:
        """When the 30-minute clock stopped: urgent by responding or arriving, other by acknowledging."""
        if self.urgency is Urgency.URGENT:
            moments = [t for t in (self.responded_at, self.arrived_at) if t is not None]
            return min(moments) if moments else None
        return self.acknowledged_at
