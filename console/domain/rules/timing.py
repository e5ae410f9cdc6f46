"""What happens because time has passed; decided by the centre alone."""

from datetime import timedelta

from console.domain.assignment import AssignmentState
from console.domain.ladder import rung
from console.domain.rules.scene import Decision, Scene, assignment_fact
from console.domain.timer import TimeBasis, Timer, TimerKind


def announce(timer: Timer, scene: Scene) -> Decision:
    """The order goes out to the field, unless it was taken back meanwhile."""
    order = scene.assignment
    if order is None or not order.active or order.announced_at is not None:
        return Decision(facts=())
    return Decision(facts=(assignment_fact("announced", order, announced_at=scene.now),))


def escalate(timer: Timer, scene: Scene) -> Decision:
    """An urgent order nobody has signed for goes one rung up the ladder."""
    order = scene.assignment
    if order is None or order.state is not AssignmentState.SENT:
        return Decision(facts=())
    rungs = scene.city.policy.ladder_min
    reached = rung(timer.step).value
    fact = assignment_fact("escalated", order, {"to": reached}, step=timer.step)
    if timer.step >= len(rungs):
        return Decision(facts=(fact,))
    following = Timer(
        due=order.sent_at + timedelta(minutes=rungs[timer.step]),
        basis=TimeBasis.DOMAIN,
        kind=TimerKind.ESCALATE,
        entity=timer.entity,
        step=timer.step + 1,
    )
    return Decision(facts=(fact,), timers=(following,))


def response_due(timer: Timer, scene: Scene) -> Decision:
    """The 30 minutes are over and the holder has not answered."""
    order = scene.assignment
    if order is None or not order.active or order.answered_at is not None:
        return Decision(facts=())
    return Decision(facts=(assignment_fact("overdue", order, overdue=True),))
