"""One small city's worth of example values, used wherever an example needs a case, an order or a time."""

from datetime import UTC, datetime, timedelta

from console.domain.assignment import Assignment, AssignmentRole, AssignmentState
from console.domain.case import Case, CaseState, Channel
from console.domain.category import Urgency
from console.domain.event import Event
from console.domain.place import Position
from console.domain.role import Role
from console.domain.worker import Fix, WorkerDuty
from console.wire.commands import Answer
from console.wire.frames import DayVolumes, DomainClock

NOW = datetime(2026, 6, 3, 2, 0, tzinfo=UTC)
"""10:00 in the city, server time and domain time alike."""

EPOCH = "5f1c0d9a7e42"
KEY = "0b6f3a52-6c1e-4d5e-9a57-2f3c8f2a9d11"
CASE, ORDER, WORKER, UNIT = "C-20260603-0042", "A-7c21", "460106-0042", "460106.jinmao"
INCIDENT, TURN = "I-20260603-1", "R-460106-0603-day"
SPOT = Position(110.3482, 20.0321)
RING = (Position(110.345, 20.03), Position(110.352, 20.03), Position(110.35, 20.036))


def after(**spent: float) -> datetime:
    """A moment of the example's morning."""
    return NOW + timedelta(**spent)


CASE_NOW = Case(
    id=CASE,
    version=41,
    state=CaseState.DISPATCHED,
    urgency=Urgency.NORMAL,
    channel=Channel.PHONE,
    category="0101",
    place="龙昆北路",
    received_at=NOW,
    waiting_since=NOW,
    position=SPOT,
    district="460106",
    town="460106001",
    registered_at=after(minutes=1),
    dispatched_at=after(minutes=2),
    due_at=after(hours=4),
    lead=ORDER,
)
ORDER_NOW = Assignment(
    id=ORDER,
    version=40,
    case=CASE,
    role=AssignmentRole.LEAD,
    state=AssignmentState.SENT,
    urgency=Urgency.NORMAL,
    unit=UNIT,
    worker=None,
    sent_at=after(minutes=2),
    response_due=after(minutes=32),
)
DUTY_NOW = WorkerDuty(id=WORKER, version=7, on_duty=True, since=after(hours=-2))
FIX_NOW = Fix(worker=WORKER, position=SPOT, fix_at=NOW, received_at=after(seconds=1))
EVENT = Event(
    rev=41,
    epoch=EPOCH,
    at=after(minutes=2),
    occurred_at=after(minutes=2),
    actor="wang@席 7",
    role=Role.DISPATCHER,
    command_id=KEY,
    type="case.dispatched",
    entity=f"case:{CASE}",
    entity_version=41,
    change={"state": "dispatched", "lead": ORDER, "dispatched_at": "2026-06-03T02:02:00Z"},
    prev_hash="a3" * 32,
    hash="5c" * 32,
)
CLOCK = DomainClock(domain_time=NOW, server_time=NOW, rate=1.0, simulated=False)
DAY_NOW = DayVolumes(
    day="2026-06-03",
    calls=[0] * 8 + [31, 44] + [0] * 14,
    answered=[0] * 8 + [20, 29] + [0] * 14,
    cases=[0] * 8 + [11, 15] + [0] * 14,
)
COMMITTED = Answer(key=KEY, status=201, first_rev=40, rev=41)
