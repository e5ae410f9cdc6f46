"""What a unit, a team or a worker does with an order of an incident: sign, set out, arrive, stay."""

import math
from datetime import datetime, timedelta

from console.domain.assignment import Assignment, AssignmentState
from console.domain.command import Acknowledge, Arrive, Report, Respond
from console.domain.incident import Incident
from console.field.chance import Chance
from console.field.step import Step, minutes

SLOW_SHARE = 0.10
"""Share of linkage orders that nobody signs for minutes, so that the ladder runs."""

SIGN_MIN, SLOW_MIN = 0.8, 7.0
"""Median minutes to the signature of the quick and of the slow."""

STAY_MIN = 90.0
"""Median minutes on the scene."""

LEAST = timedelta(minutes=30)
"""Nobody reports done before the incident has gone on so long."""


def next_step(order: Assignment, incident: Incident, chance: Chance, travel: float) -> Step | None:
    """The receiver's next command; `travel` is the seconds of its way. Pure in the state."""
    if not order.active or not incident.open or order.announced_at is None:
        return None
    key = ("linkage", order.id)
    if order.state is AssignmentState.SENT:
        return _acknowledge(order, order.announced_at, chance, key)
    if order.state is AssignmentState.ACKNOWLEDGED:
        since = order.acknowledged_at or order.sent_at
        wait = minutes(chance.lognormal(1.5, 0.5, *key, "respond"))
        return Step(since + wait, Respond(assignment=order.id))
    if order.state is AssignmentState.RESPONDED:
        since = order.responded_at or order.sent_at
        settled = minutes(chance.between(0.5, 3, *key, "arrive"))
        there = since + timedelta(seconds=math.ceil(travel)) + settled
        return Step(there, Arrive(assignment=order.id))
    stayed = minutes(chance.lognormal(STAY_MIN, 0.5, *key, "stay"))
    at = max((order.arrived_at or order.sent_at) + stayed, incident.started_at + LEAST)
    return Step(at, Report(assignment=order.id))


def _acknowledge(
    order: Assignment, announced_at: datetime, chance: Chance, key: tuple[object, ...]
) -> Step:
    slow = chance.happens(SLOW_SHARE, *key, "slow")
    median, spread = (SLOW_MIN, 0.4) if slow else (SIGN_MIN, 0.6)
    wait = minutes(chance.lognormal(median, spread, *key, "acknowledge"))
    at = max(order.sent_at + wait, announced_at + timedelta(seconds=3))
    return Step(at, Acknowledge(assignment=order.id))
