"""The ladder: whom an unsigned urgent order reaches next, and when."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from console.domain.assignment import Assignment, AssignmentState
from console.domain.category import Urgency
from console.domain.city import Policy


class Rung(StrEnum):
    """Whom a rung reaches."""

    DUTY_PHONE = "grid_head_or_duty_phone"
    UNIT_LEADER = "unit_leader"
    DUTY_CHIEF = "duty_chief"


RUNGS = tuple(Rung)


@dataclass(frozen=True, slots=True)
class NextRung:
    """The next rung and its time (aware UTC domain time); `step` counts from 1."""

    rung: Rung
    at: datetime
    step: int


def rung(step: int) -> Rung:
    """Whom the step (from 1) reaches; steps beyond the last stay there."""
    return RUNGS[min(step, len(RUNGS)) - 1]


def next_rung(order: Assignment, policy: Policy) -> NextRung | None:
    """What comes next if nobody signs; None for an order that is signed, not urgent, or at the top."""
    if order.urgency is not Urgency.URGENT or order.state is not AssignmentState.SENT:
        return None
    if order.step >= len(policy.ladder_min):
        return None
    at = order.sent_at + timedelta(minutes=policy.ladder_min[order.step])
    return NextRung(rung(order.step + 1), at, order.step + 1)
