"""A case (办件): one citizen's matter, without any personal data."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from console.domain.assignment import Assignment, AssignmentState
from console.domain.category import Urgency
from console.domain.place import Position
from console.domain.request import Request
from console.domain.supervision import Supervision


class Channel(StrEnum):
    """How a case came in."""

    PHONE = "phone"
    WECHAT = "wechat"
    APP = "app"
    GRID = "grid"
    JOINED = "joined"


class CaseState(StrEnum):
    """Where a case is in its life; ACKNOWLEDGED and ON_SCENE are derived from the lead, never stored."""

    RECEIVED = "received"
    VERIFYING = "verifying"
    REGISTERED = "registered"
    DISPATCHED = "dispatched"
    ACKNOWLEDGED = "acknowledged"
    ON_SCENE = "on_scene"
    RETURN_ASKED = "return_asked"
    SUSPENDED = "suspended"
    REPORTED = "reported"
    CHECKING = "checking"
    CALLBACK = "callback"
    REWORK = "rework"
    CLOSED = "closed"
    ANSWERED = "answered"
    REJECTED = "rejected"
    TRANSFERRED = "transferred"
    VOID = "void"


TERMINAL = frozenset(
    {
        CaseState.CLOSED,
        CaseState.ANSWERED,
        CaseState.REJECTED,
        CaseState.TRANSFERRED,
        CaseState.VOID,
    }
)
"""States in which nothing more is owed to the citizen."""

WAITING = frozenset({CaseState.RECEIVED, CaseState.VERIFYING, CaseState.REGISTERED})
"""States before anybody has been given the case: the centre's own clock runs."""

WITH_UNIT = frozenset({CaseState.DISPATCHED, CaseState.REWORK})
"""Stored states in which the lead holds the case."""

OPEN_TO_HELP = WITH_UNIT | {CaseState.RETURN_ASKED}
"""States in which a helper may join the lead, also while it is disputed whose case it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case as the log tells it. Times are aware UTC domain times; `place` holds no house number.

    `waiting_since` starts the centre's clock (received, or back at the centre after a return);
    `due_at` is the handling deadline; `lead` the id of the lead assignment; `former` the state to
    go back to from RETURN_ASKED or SUSPENDED; `kin` names a burst of calls that belong together.
    `request` is what its holder asks for and nobody has decided; a suspended case goes on at
    `review_at`; `incident` is the incident it belongs to.
    """

    id: str
    version: int
    state: CaseState
    urgency: Urgency
    channel: Channel
    category: str
    place: str
    received_at: datetime
    waiting_since: datetime
    position: Position | None = None
    district: str | None = None
    town: str | None = None
    community: str | None = None
    grid: str | None = None
    registered_at: datetime | None = None
    dispatched_at: datetime | None = None
    reported_at: datetime | None = None
    closed_at: datetime | None = None
    due_at: datetime | None = None
    due_provisional: bool = False
    lead: str | None = None
    former: CaseState | None = None
    returns: int = 0
    reworks: int = 0
    extensions: int = 0
    calls: int = 0
    reached: bool | None = None
    solved: bool | None = None
    satisfied: bool | None = None
    kin: str | None = None
    repeat_of: str | None = None
    has_photo: bool = False
    source_ref: str | None = None
    hard: bool = False
    request: Request | None = None
    review_at: datetime | None = None
    supervision: Supervision | None = None
    incident: str | None = None


def life_state(case: Case, lead: Assignment | None) -> CaseState:
    """The case's state as people say it: between dispatch and report it is the lead's."""
    if case.state is not CaseState.DISPATCHED or lead is None:
        return case.state
    if lead.state is AssignmentState.ON_SCENE:
        return CaseState.ON_SCENE
    if lead.state in (AssignmentState.ACKNOWLEDGED, AssignmentState.RESPONDED):
        return CaseState.ACKNOWLEDGED
    return CaseState.DISPATCHED
