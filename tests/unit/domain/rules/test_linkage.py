"""An incident from its start to its end."""

from dataclasses import replace
from typing import Any

import pytest

from console.domain.assignment import Assignment, AssignmentRole, AssignmentState
from console.domain.case import CaseState
from console.domain.command import (
    Acknowledge,
    Asked,
    AskReturn,
    Attach,
    CallIn,
    Command,
    ConfirmIncident,
    Detach,
    EndIncident,
    NoteIncident,
    Recall,
    RecordLevel,
    Remind,
    Report,
    ReportUpward,
    SetFootprint,
    StartIncident,
)
from console.domain.incident import Incident, IncidentState, ReportKind, ResponseLevel, Review
from console.domain.place import Position
from console.domain.role import Role
from console.domain.rules import Decision, Refused, decide, fire
from console.domain.rules.scene import Located
from console.domain.timer import TimerKind
from tests.builders import BUREAU, GAS_WORKS, WORKER, at, case, duty, scene

RING = (Position(110.30, 20.00), Position(110.34, 20.00), Position(110.32, 20.04))
HERE = Located(district="1")
REVIEW = Review(course="经过", went_well="", lessons="教训", follow_up="")
START = StartIncident(incident="I1", name="积水", footprint=RING, cases=("C1", "C2"))


def do(command: Command, role: Role = Role.EMERGENCY, **fields: Any) -> Decision:
    return decide(command, scene(role=role, **({"located": HERE} | fields)))


def refusal(command: Command, role: Role = Role.EMERGENCY, **fields: Any) -> str:
    with pytest.raises(Refused) as caught:
        do(command, role, **fields)
    return caught.value.code


def started(role: Role = Role.EMERGENCY) -> Incident:
    found = do(START, role).facts[0].created
    assert isinstance(found, Incident)
    return found


OPEN = started()
ENDED = replace(OPEN, state=IncidentState.ENDED, ended_at=at(60))


def orders(decision: Decision) -> list[Assignment]:
    return [fact.created for fact in decision.facts if isinstance(fact.created, Assignment)]


def called(*asked: Asked, **fields: Any) -> Decision:
    return do(CallIn(incident="I1", asked=asked, words="排水"), **({"incident": OPEN} | fields))


def test_open_cases_inside_are_attached_in_the_same_act() -> None:
    closed = case(id="C2", state=CaseState.CLOSED)
    decision = do(START, cases=(case(), closed))
    assert [(fact.type, fact.id) for fact in decision.facts] == [
        ("incident.started", "I1"),
        ("case.attached", "C1"),
    ]
    elsewhere = case(incident="I0")
    of = {"cases": (elsewhere,), "incidents": {"I0": replace(OPEN, id="I0")}}
    assert len(do(START, **of).facts) == 1, "it keeps its own incident"
    of["incidents"] = {"I0": replace(ENDED, id="I0")}
    assert len(do(START, **of).facts) == 2, "one that is over holds no case back"
    assert refusal(START, case=case(id="I1")) == "incident-exists", "orders hang on the id"


def test_what_a_dispatcher_starts_must_be_confirmed() -> None:
    assert OPEN.state is IncidentState.CONFIRMED
    decision = do(START, Role.DISPATCHER)
    begun = decision.facts[0].created
    assert isinstance(begun, Incident)
    assert begun.state is IncidentState.STARTED
    (timer,) = decision.timers
    assert (timer.kind, timer.due) == (TimerKind.CONFIRM_DUE, at(15))
    (fact,) = fire(timer, scene(incident=begun)).facts
    assert fact.change == {"unconfirmed": True}
    assert orders(called(Asked(assignment="L1", unit=BUREAU), incident=begun)), "meanwhile asked"
    (confirmed,) = do(ConfirmIncident(incident="I1"), Role.SHIFT_LEADER, incident=begun).facts
    assert confirmed.change["state"] is IncidentState.CONFIRMED
    assert fire(timer, scene(incident=OPEN)).facts == ()
    assert refusal(ConfirmIncident(incident="I1"), incident=OPEN) == "already-done"


def test_no_incident_without_a_good_footprint_and_a_name() -> None:
    assert refusal(START, located=Located()) == "outside-city"
    assert refusal(replace(START, footprint=RING[:2])) == "footprint-too-small"
    bow = (*RING[:2], Position(110.30, 20.04), Position(110.34, 20.04))
    assert refusal(replace(START, footprint=bow)) == "footprint-crosses-itself"
    assert refusal(replace(START, name=" ")) == "name-needed"
    assert refusal(START, incident=OPEN) == "incident-exists"
    assert refusal(SetFootprint(incident="I1", footprint=bow), incident=OPEN).startswith(
        "footprint"
    )


def test_several_are_asked_in_one_command_each_with_an_order_of_its_own() -> None:
    asked = (
        Asked(assignment="L1", unit=BUREAU),
        Asked(assignment="L2", worker=WORKER),
        Asked(assignment="L3", team="M1"),
    )
    decision = called(*asked, duties={WORKER: duty()})
    found = orders(decision)
    assert [(o.id, o.unit, o.worker, o.team) for o in found] == [
        ("L1", BUREAU, None, None),
        ("L2", None, WORKER, None),
        ("L3", GAS_WORKS, None, "M1"),
    ]
    assert {o.role for o in found} == {AssignmentRole.LINKAGE}
    assert {o.case for o in found} == {None}
    assert [t.kind for t in decision.timers].count(TimerKind.ESCALATE) == 3


def test_whom_one_cannot_ask() -> None:
    def code(*asked: Asked, **fields: Any) -> str:
        return refusal(CallIn(incident="I1", asked=asked), incident=OPEN, **fields)

    assert code() == "no-receiver"
    assert code(Asked(assignment="L1")) == "no-receiver"
    assert code(Asked(assignment="L1", unit=BUREAU, team="M1")) == "no-receiver"
    assert code(Asked(assignment="L1", unit="X")) == "unknown-unit"
    assert code(Asked(assignment="L1", team="X")) == "unknown-team"
    assert code(Asked(assignment="L1", worker="X")) == "unknown-worker"
    assert code(Asked(assignment="L1", worker=WORKER)) == "off-duty"
    twice = (Asked(assignment="L1", unit=BUREAU), Asked(assignment="L2", unit=BUREAU))
    assert [order.id for order in orders(called(*twice))] == ["L1"], "the second adds nothing"
    (there,) = orders(called(twice[0]))
    assert code(twice[1], assignments=(there,)) == "already-assigned"
    assert code(Asked(assignment="L1", team="M1"), assignments=(there,)) == "assignment-exists"
    both = called(twice[1], Asked(assignment="L3", team="M1"), assignments=(there,))
    assert [order.id for order in orders(both)] == ["L3"], "who is there holds nobody back"
    assert both.facts[-1].note["there"] == ["L2"]
    done = replace(there, state=AssignmentState.DONE)
    assert called(twice[1], assignments=(done,)).facts, "who is done may be asked again"


def test_a_linkage_order_lives_without_a_case() -> None:
    (order,) = orders(called(Asked(assignment="L1", unit=BUREAU)))
    of = {"assignment": order, "assignments": (order,), "incident": OPEN}
    (signed,) = do(Acknowledge(assignment="L1"), Role.FIELD, **of).facts
    assert signed.change["acknowledged_at"] == at(10)
    (done,) = do(Report(assignment="L1"), Role.FIELD, **of).facts
    assert done.change["state"] is AssignmentState.DONE
    (left,) = do(AskReturn(assignment="L1", reason="other"), Role.FIELD, **of).facts
    assert left.change["state"] is AssignmentState.RETURNED
    for role in (Role.SHIFT_LEADER, Role.EMERGENCY):
        (back,) = do(Recall(assignment="L1", reason="r"), role, **of).facts
        assert back.change["state"] is AssignmentState.RECALLED
    others = {"assignment": replace(order, role=AssignmentRole.ASSIST)}
    assert refusal(Recall(assignment="L1", reason="r"), **others) == "role"
    assert refusal(Remind(assignment="L1"), **others) == "role"


def test_cases_come_and_go() -> None:
    (fact,) = do(Attach(case="C1", incident="I1"), case=case(), incident=OPEN).facts
    assert fact.change == {"incident": "I1"}
    inside = case(incident="I1")
    code = refusal(Attach(case="C1", incident="I1"), case=inside, incident=OPEN)
    assert code == "already-done"
    (gone,) = do(Detach(case="C1", reason="r"), case=inside).facts
    assert gone.change == {"incident": None}
    assert refusal(Detach(case="C1"), case=case()) == "not-attached"


def test_a_level_is_recorded_with_its_order_never_set() -> None:
    level = RecordLevel(
        incident="I1", level=ResponseLevel.III, number="三防〔2026〕12号", ordered_at=at(5)
    )
    (fact,) = do(level, incident=OPEN).facts
    assert fact.change["level"].number == "三防〔2026〕12号"
    assert refusal(replace(level, number=" "), incident=OPEN) == "order-number-needed"
    assert refusal(replace(level, ordered_at=at(11)), incident=OPEN) == "bad-time"


def report(kind: ReportKind) -> ReportUpward:
    return ReportUpward(incident="I1", kind=kind, words="w")


def test_reports_come_in_their_order() -> None:
    assert refusal(report(ReportKind.FOLLOW_UP), incident=OPEN) == "report-order"
    (first,) = do(report(ReportKind.FIRST), incident=OPEN).facts
    assert first.change == {"reports": 1, "report_due": at(70)}
    told = replace(OPEN, reports=1, report_due=at(70))
    assert refusal(report(ReportKind.FIRST), incident=told) == "report-order"
    (last,) = do(report(ReportKind.FINAL), incident=told).facts
    assert last.change["report_due"] is None
    over = replace(ENDED, reports=1, report_due=at(70))
    assert do(report(ReportKind.FINAL), incident=over).facts, "the final one may follow the end"
    assert refusal(report(ReportKind.FOLLOW_UP), incident=over) == "incident-ended"
    short = replace(ENDED, report_due=at(30))
    assert do(report(ReportKind.FINAL), incident=short).facts, "over before its first report"
    final = replace(told, report_due=None)
    assert refusal(report(ReportKind.FINAL), incident=final) == "already-done"


def test_the_end_calls_everybody_back_and_keeps_what_was_learnt() -> None:
    (order,) = orders(called(Asked(assignment="L1", unit=BUREAU)))
    decision = do(EndIncident(incident="I1", review=REVIEW), incident=OPEN, assignments=(order,))
    assert [fact.type for fact in decision.facts] == ["assignment.recalled", "incident.ended"]
    assert decision.facts[-1].change["review"] == REVIEW
    empty = replace(REVIEW, lessons=" ")
    assert refusal(EndIncident(incident="I1", review=empty), incident=OPEN) == "review-incomplete"
    for late in (NoteIncident(incident="I1", words="w"), EndIncident(incident="I1", review=REVIEW)):
        assert refusal(late, incident=ENDED) == "incident-ended"
    assert refusal(NoteIncident(incident="I1", words=" "), incident=OPEN) == "words-needed"
    assert refusal(NoteIncident(incident="I1", words="w")) == "unknown-incident"
