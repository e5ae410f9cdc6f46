"""An order goes out: the fact that makes it, and the timers that watch it."""

from datetime import timedelta

from console.domain.assignment import Assignment
from console.domain.category import Urgency
from console.domain.event import EntityKind, Fact, entity_ref
from console.domain.rules.scene import Scene
from console.domain.timer import TimeBasis, Timer, TimerKind


def sent(order: Assignment, scene: Scene) -> tuple[Fact, tuple[Timer, ...]]:
    """An urgent order is announced at once and climbs the ladder; another waits so that it can be undone."""
    policy = scene.city.policy
    ref = entity_ref(EntityKind.ASSIGNMENT, order.id)
    answer = TimerKind.RESPONSE_DUE
    timers = [Timer(due=order.response_due, basis=TimeBasis.DOMAIN, kind=answer, entity=ref)]
    if order.urgency is Urgency.URGENT:
        due = order.sent_at + timedelta(minutes=policy.ladder_min[0])
        kind = TimerKind.ESCALATE
        timers.append(Timer(due=due, basis=TimeBasis.DOMAIN, kind=kind, entity=ref, step=1))
    else:
        due = scene.server_now + timedelta(seconds=policy.announce_s)
        timers.append(Timer(due=due, basis=TimeBasis.REAL, kind=TimerKind.ANNOUNCE, entity=ref))
    fact = Fact(type="assignment.sent", kind=EntityKind.ASSIGNMENT, id=order.id, created=order)
    return fact, tuple(timers)
