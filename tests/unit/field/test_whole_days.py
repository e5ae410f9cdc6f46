"""Whole rehearsed days keep what the rules promise: who decides, how often may be asked, who is answered."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import cache

from console.domain.assignment import Assignment, AssignmentState
from console.domain.case import CaseState
from console.domain.command import Asked, CallIn, EndIncident, StartIncident
from console.domain.event import Event
from console.domain.incident import Review
from console.domain.role import Role
from console.field.offline import Offline
from console.field.rehearsal import rehearse
from console.wire.commands import Answer, Envelope, wrap
from tests.unit.field.rehearsing import CITY, HERE_RING, driver, hour, offline

DAYS = 4
PATIENCE = timedelta(hours=2)


class Lived:
    """A stretch of days in which nobody sits at a console."""

    def __init__(self) -> None:
        self.centre = offline()
        self.refused: list[tuple[Envelope, Answer]] = []
        rehearse(driver(share=0), self.centre, hour(0), hour(24 * DAYS), self._hear)
        self.events = self.centre.take()

    def _hear(self, envelope: Envelope, answer: Answer) -> None:
        if not answer.committed:
            self.refused.append((envelope, answer))

    def of(self, *types: str) -> Iterator[Event]:
        return (event for event in self.events if event.type in types)


@cache
def lived() -> Lived:
    return Lived()


def test_nothing_is_refused() -> None:
    # A helper may be gone between plan and act.
    told = [(e.type, a.problem) for e, a in lived().refused if e.type != "assist"]
    assert told == []


def test_second_returns_are_asked_and_nothing_a_third_time() -> None:
    asked = Counter(event.entity_id for event in lived().of("case.return_asked"))
    picture = lived().centre.picture
    assert {case_id for case_id in asked if picture.cases[case_id].returns >= 1}
    confirmed = Counter(event.entity_id for event in lived().of("case.returned", "case.ruled"))
    assert max(confirmed.values()) == 2
    assert max(asked.values()) == 2


def test_a_second_return_is_ruled_by_a_chief_and_nobody_else() -> None:
    rulings: dict[str, list[Role]] = {}
    for event in lived().of("case.returned", "case.ruled", "case.return_refused"):
        rulings.setdefault(event.entity_id, []).append(event.role)
    assert any(len(roles) > 1 for roles in rulings.values())
    for roles in rulings.values():
        assert roles in (
            [Role.SHIFT_LEADER],
            [Role.SHIFT_LEADER, Role.DUTY_CHIEF],
            [Role.SHIFT_LEADER, Role.CENTRE_LEADER],
        )


def test_nothing_that_was_asked_is_left_undecided() -> None:
    asked = {"case.return_asked": "", "case.asked": ""}
    waiting: dict[str, datetime] = {}
    for event in lived().of(*asked, *DECIDED, "case.reported"):
        if event.type in asked:
            waiting[event.entity_id] = event.occurred_at
        elif (since := waiting.pop(event.entity_id, None)) is not None:
            assert event.occurred_at - since < PATIENCE, event
    end = hour(24 * DAYS)
    assert all(end - since < PATIENCE for since in waiting.values())


DECIDED = (
    "case.returned",
    "case.ruled",
    "case.return_refused",
    "case.extended",
    "case.suspended",
    "case.request_refused",
)


def test_requests_are_made_and_granted_by_those_who_may() -> None:
    kinds = Counter(event.type for event in lived().events)
    assert kinds["case.asked"] > 0
    assert kinds["case.extended"] > 0
    for event in lived().of("case.extended"):
        first = event.change["extensions"] == 1
        assert event.role is (Role.SHIFT_LEADER if first else Role.CENTRE_LEADER)
    for event in lived().of("case.suspended"):
        assert event.role is Role.CENTRE_LEADER
    asked = Counter(
        (event.entity_id, event.change["request"]["kind"]) for event in lived().of("case.asked")
    )
    assert max(asked.values()) <= 2


def test_a_suspended_case_rests() -> None:
    parked: set[str] = set()
    for event in lived().events:
        if event.type == "case.suspended":
            parked.add(event.entity_id)
        elif event.type == "case.resumed":
            parked.discard(event.entity_id)
        elif event.type == "case.reported":
            assert event.entity_id not in parked
    picture = lived().centre.picture
    assert {c.id for c in picture.cases.values() if c.state is CaseState.SUSPENDED} == parked


def test_what_was_ruled_is_obeyed() -> None:
    picture = lived().centre.picture
    ruled = [order for order in picture.assignments.values() if order.ruled]
    assert ruled
    told = {event.entity_id for event in lived().of("assignment.return_asked")}
    sent_by_ruling = {o.id for o in ruled if o.sent_at == ruling_of(o)}
    assert not told & sent_by_ruling
    for order in ruled:
        assert order.state is not AssignmentState.RETURNED
        if hour(24 * DAYS) - order.sent_at > timedelta(hours=3):
            assert order.acknowledged_at is not None


def ruling_of(order: Assignment) -> datetime | None:
    found = (e.occurred_at for e in lived().of("case.ruled") if e.entity_id == order.case)
    return next(found, None)


# An incident

TEAMS, UNITS = sorted(CITY.teams), ("B.fire", "B.police", "U.water", "U.drain", "A.D0T0", "A.D0")


def asked(workers: Sequence[str]) -> tuple[Asked, ...]:
    return (
        *(Asked(assignment=f"L-{code}", team=code) for code in TEAMS),
        *(Asked(assignment=f"L-{code}", unit=code) for code in UNITS),
        *(Asked(assignment=f"L-{code}", worker=code) for code in workers),
    )


def told(centre: Offline, key: str, command: StartIncident | CallIn | EndIncident) -> None:
    [answer], _ = centre.send([wrap(command, key)], hour(10), Role.EMERGENCY)
    assert answer.committed, answer


def called_in(until: float = 10) -> Offline:
    """At ten an incident calls everybody in, eight workers on duty among them."""
    centre = offline()
    rehearse(driver(share=0), centre, hour(0), hour(10), lambda *_: None)
    free = [w for w, duty in centre.picture.workers.items() if duty.on_duty][:8]
    told(centre, "k1", StartIncident(incident="I1", name="内涝", footprint=HERE_RING))
    told(centre, "k2", CallIn(incident="I1", asked=asked(free)))
    centre.take()
    rehearse(driver(share=0), centre, hour(10), hour(until), lambda *_: None)
    return centre


@cache
def linked() -> tuple[Offline, list[Event]]:
    """The day goes on to the evening."""
    centre = called_in(until=18)
    return centre, centre.take()


def test_every_order_of_an_incident_is_answered_or_the_ladder_ran() -> None:
    centre, events = linked()
    orders = list(centre.picture.orders_of("I1"))
    assert len(orders) == len(TEAMS) + len(UNITS) + 8
    climbed = {event.entity_id for event in events if event.type == "assignment.escalated"}
    for order in orders:
        assert order.acknowledged_at is not None
        assert order.acknowledged_at - order.sent_at < timedelta(minutes=3) or order.id in climbed


def test_all_of_them_arrive_and_stay() -> None:
    centre, _ = linked()
    for order in centre.picture.orders_of("I1"):
        assert order.arrived_at is not None
        assert order.arrived_at - order.sent_at < timedelta(hours=1)
        if order.ended_at is not None:
            assert order.state is AssignmentState.DONE
            assert order.ended_at >= hour(10.5)


def test_when_the_incident_ends_nobody_goes_on() -> None:
    centre = called_in()
    review = Review(course="x", went_well="", lessons="y", follow_up="")
    told(centre, "k3", EndIncident(incident="I1", review=review))
    centre.take()
    rehearse(driver(share=0), centre, hour(10), hour(14), lambda *_: None)
    linkage = {order.id for order in centre.picture.orders_of("I1")}
    assert linkage
    assert not [event for event in centre.take() if event.entity_id in linkage]


def test_a_killed_driver_goes_on_with_the_incident_identically() -> None:
    whole, _ = linked()
    killed = called_in(until=10.21)
    rehearse(driver(share=0), killed, hour(10.21), hour(18), lambda *_: None)
    assert killed.picture.digest == whole.picture.digest
