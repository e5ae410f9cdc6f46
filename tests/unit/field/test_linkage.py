"""Receivers of an incident's orders sign, go there, stay, and then report."""

from dataclasses import replace
from datetime import timedelta

from console.domain.assignment import Assignment, AssignmentRole, AssignmentState
from console.domain.category import Urgency
from console.domain.command import Acknowledge, Arrive, Report, Respond
from console.domain.incident import Incident, IncidentState
from console.field import linkage
from console.field.chance import Chance
from console.field.step import Step
from tests.builders import T0, at
from tests.builders import order as make_order
from tests.unit.field.rehearsing import HERE_RING

CHANCE = Chance(1)
INCIDENT = Incident(
    id="I1",
    version=1,
    state=IncidentState.CONFIRMED,
    name="内涝",
    footprint=HERE_RING,
    district="D0",
    started_at=T0,
    started_by="seat",
)


def order(n: int, **fields: object) -> Assignment:
    known = {"id": f"L{n}", "case": None, "incident": "I1", "role": AssignmentRole.LINKAGE}
    return make_order(**(known | {"urgency": Urgency.URGENT, "unit": "U.power"} | fields))


def lived(n: int, travel: float = 600.0, incident: Incident = INCIDENT) -> list[Step]:
    """All steps of an undisturbed order."""
    now, told = order(n), []
    while (step := linkage.next_step(now, incident, CHANCE, travel)) is not None:
        told.append(step)
        if isinstance(step.command, Acknowledge):
            change = {"state": AssignmentState.ACKNOWLEDGED, "acknowledged_at": step.at}
        elif isinstance(step.command, Respond):
            change = {"state": AssignmentState.RESPONDED, "responded_at": step.at}
        elif isinstance(step.command, Arrive):
            change = {"state": AssignmentState.ON_SCENE, "arrived_at": step.at}
        else:
            change = {"state": AssignmentState.DONE, "ended_at": step.at}
        now = replace(now, **change)
    return told


def test_all_sign_respond_arrive_and_report_in_order() -> None:
    for n in range(100):
        steps = lived(n)
        assert [type(s.command) for s in steps] == [Acknowledge, Respond, Arrive, Report]
        assert [s.at for s in steps] == sorted(s.at for s in steps)
        assert timedelta(seconds=600) < steps[2].at - steps[1].at < timedelta(seconds=800)


def test_most_sign_within_two_minutes_and_a_tenth_is_slow() -> None:
    waits = sorted((lived(n)[0].at - T0) / timedelta(minutes=1) for n in range(400))
    assert 0.5 < waits[200] < 1.3
    assert 0.05 < sum(wait > 3 for wait in waits) / len(waits) < 0.17


def test_they_stay_about_an_hour_and_a_half() -> None:
    stays = sorted(s[3].at - s[2].at for s in map(lived, range(200)))
    assert timedelta(minutes=75) < stays[100] < timedelta(minutes=105)


def test_nobody_is_done_before_the_incident_has_gone_on_for_a_while() -> None:
    fresh = replace(INCIDENT, started_at=at(500))
    there = order(1, state=AssignmentState.ON_SCENE, arrived_at=at(20))
    step = linkage.next_step(there, fresh, CHANCE, 0.0)
    assert step is not None
    assert step.at == at(500) + linkage.LEAST


def test_what_is_over_asks_nothing() -> None:
    ended = replace(INCIDENT, state=IncidentState.ENDED)
    assert linkage.next_step(order(1), ended, CHANCE, 0.0) is None
    assert linkage.next_step(order(1, announced_at=None), INCIDENT, CHANCE, 0.0) is None
    withdrawn = order(1, state=AssignmentState.WITHDRAWN)
    assert linkage.next_step(withdrawn, INCIDENT, CHANCE, 0.0) is None
