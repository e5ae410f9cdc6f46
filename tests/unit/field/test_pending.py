"""Whoever takes a picture over in the middle of a day waits for the same things."""

from datetime import timedelta

from console.domain.assignment import AssignmentState
from console.domain.case import CaseState
from console.domain.command import (
    Ask,
    Asked,
    CallIn,
    Command,
    RuleRequest,
    StartIncident,
    Supervise,
)
from console.domain.request import RequestKind
from console.domain.role import Role
from console.domain.timer import TimerKind
from console.field.offline import Offline
from console.field.pending import pending
from console.field.rehearsal import rehearse
from console.wire.commands import wrap
from tests.unit.field.rehearsing import CITY, HERE_RING, driver, hour, offline, offline_over


def do(centre: Offline, key: str, command: Command, role: Role) -> None:
    [answer], _ = centre.send([wrap(command, key)], hour(10), role)
    assert answer.committed, answer


def busy_morning() -> Offline:
    """Ten o'clock: an incident nobody has confirmed, a case under supervision, one parked."""
    centre = offline()
    rehearse(driver(), centre, hour(0), hour(10), lambda *_: None)
    started = StartIncident(incident="I1", name="内涝", footprint=HERE_RING)
    do(centre, "k1", started, Role.DISPATCHER)
    units = (Asked(assignment="L1", unit="U.drain"), Asked(assignment="L2", unit="B.fire"))
    do(centre, "k2", CallIn(incident="I1", asked=units), Role.DISPATCHER)
    first, second = [
        case
        for case in centre.picture.cases.values()
        if case.state is CaseState.DISPATCHED
        and (lead := centre.picture.lead(case)) is not None
        and lead.state is AssignmentState.RESPONDED
    ][:2]
    do(centre, "k3", Supervise(case=first.id, words="请从速"), Role.DUTY_CHIEF)
    park = Ask(
        assignment=second.lead or "",
        kind=RequestKind.SUSPENSION,
        until=hour(12),
        reason="weather",
    )
    do(centre, "k4", park, Role.FIELD)
    do(centre, "k5", RuleRequest(case=second.id, granted=True, opinion="同意"), Role.CENTRE_LEADER)
    return centre


def test_a_centre_that_takes_over_goes_on_identically() -> None:
    whole = busy_morning()
    taken = offline_over(whole.picture.fork())
    timers = list(pending(taken.picture, CITY.policy))
    # At this very moment no order waits for its announcement.
    kinds = set(TimerKind) - {TimerKind.DAY_BEGINS, TimerKind.ANNOUNCE}
    assert {timer.kind for timer in timers} == kinds
    taken.watch(timers)
    for centre in (whole, taken):
        rehearse(driver(), centre, hour(10), hour(15), lambda *_: None)
    assert taken.picture.digest == whole.picture.digest


def test_what_has_fired_is_not_waited_for_again() -> None:
    centre = busy_morning()
    centre.run_timers(hour(10) + timedelta(days=1))
    assert list(pending(centre.picture, CITY.policy)) == []
