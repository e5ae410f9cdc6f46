"""What the receiver does, and who is on duty."""

import pytest

from console.domain.assignment import AssignmentRole, AssignmentState
from console.domain.case import CaseState
from console.domain.category import Urgency
from console.domain.command import (
    Acknowledge,
    Arrive,
    AskReturn,
    Command,
    Dispatch,
    Report,
    Respond,
    SetDuty,
    Verify,
)
from console.domain.role import Role
from console.domain.rules import Refused, decide
from tests.builders import NOISE, RUBBISH, TOWN, WORKER, Story, at, case, duty, order, scene

STEPS = [Acknowledge(assignment="A1"), Respond(assignment="A1"), Arrive(assignment="A1")]


def refusal(command: Command, **fields: object) -> str:
    with pytest.raises(Refused) as caught:
        decide(command, scene(**fields))
    return caught.value.code


def dispatched(category: str = RUBBISH, urgency: Urgency = Urgency.NORMAL) -> Story:
    story = Story(first=case(category=category, urgency=urgency))
    story.do(Dispatch(case="C1", assignment="A1", unit=TOWN))
    return story


def test_each_step_has_its_moment() -> None:
    story = dispatched()
    for step in STEPS:
        story.do(step, Role.FIELD)
    lead = story.lead
    assert lead is not None
    assert lead.state is AssignmentState.ON_SCENE
    assert (lead.acknowledged_at, lead.responded_at, lead.arrived_at) == (at(2), at(3), at(4))
    assert not lead.on_behalf


def test_a_skipped_step_counts_as_signed() -> None:
    story = dispatched()
    story.do(Arrive(assignment="A1"), Role.FIELD)
    assert story.lead is not None
    assert story.lead.acknowledged_at == at(2)
    assert story.lead.announced_at is not None


@pytest.mark.parametrize(
    "command", [*STEPS, Report(assignment="A1"), AskReturn(assignment="A1", reason="not-mine")]
)
@pytest.mark.parametrize(("role", "recorded"), [(Role.DISPATCHER, True), (Role.FIELD, False)])
def test_done_on_behalf_of_the_receiver_is_recorded_as_such(
    command: Command, role: Role, recorded: bool
) -> None:
    story = dispatched()
    story.do(command, role)
    assert story.orders["A1"].on_behalf is recorded


@pytest.mark.parametrize("done", range(3))
def test_no_step_is_taken_twice_or_backwards(done: int) -> None:
    states = [AssignmentState.ACKNOWLEDGED, AssignmentState.RESPONDED, AssignmentState.ON_SCENE]
    for step in STEPS[: done + 1]:
        assert refusal(step, assignment=order(state=states[done]), case=case()) == "already-done"


@pytest.mark.parametrize("command", [*STEPS, Report(assignment="A1")])
def test_an_ended_order_moves_no_more(command: Command) -> None:
    recalled = order(state=AssignmentState.RECALLED)
    assert refusal(command, assignment=recalled, case=case()) == "assignment-ended"
    assert refusal(command) == "unknown-assignment"


@pytest.mark.parametrize(
    ("category", "state"), [(RUBBISH, CaseState.CHECKING), (NOISE, CaseState.CALLBACK)]
)
def test_the_leads_report_goes_to_check_where_the_category_needs_one(
    category: str, state: CaseState
) -> None:
    story = dispatched(category)
    story.do(Report(assignment="A1"), Role.FIELD)
    assert story.case is not None
    assert story.case.state is state
    assert story.case.reported_at == at(2)
    assert story.orders["A1"].state is AssignmentState.DONE


def test_who_reports_an_urgent_case_has_responded() -> None:
    story = dispatched(urgency=Urgency.URGENT)
    story.do(Report(assignment="A1"), Role.FIELD)
    assert story.orders["A1"].answered_at == at(2)


def test_a_helpers_report_moves_only_the_helper() -> None:
    helper = order(id="A2", role=AssignmentRole.ASSIST)
    held = case(state=CaseState.DISPATCHED, lead="A1")
    (fact,) = decide(Report(assignment="A2"), scene(assignment=helper, case=held)).facts
    assert fact.id == "A2"


def test_a_verification_tells_what_it_found() -> None:
    story = Story(first=case(state=CaseState.RECEIVED))
    story.do(Verify(case="C1", assignment="A1", worker=WORKER))
    decision = story.do(Report(assignment="A1", real=False), Role.FIELD)
    assert story.case is not None
    assert story.case.state is CaseState.RECEIVED
    assert decision.facts[-1].note == {"real": False}


def test_a_lead_does_not_report_a_case_it_is_giving_back() -> None:
    disputed = case(state=CaseState.RETURN_ASKED, lead="A1")
    assert refusal(Report(assignment="A1"), assignment=order(), case=disputed) == "wrong-state"


class TestSetDuty:
    def test_the_first_word_makes_the_entity_and_the_next_changes_it(self) -> None:
        (made,) = decide(SetDuty(worker=WORKER, on_duty=True), scene(duty=None)).facts
        assert made.created is not None
        (changed,) = decide(SetDuty(worker=WORKER, on_duty=False), scene()).facts
        assert changed.change == {"on_duty": False, "since": at(10)}

    def test_saying_it_twice_changes_nothing(self) -> None:
        assert decide(SetDuty(worker=WORKER, on_duty=True), scene(duty=duty())).facts == ()

    def test_a_stranger_has_no_duty(self) -> None:
        assert refusal(SetDuty(worker="W0", on_duty=True)) == "unknown-worker"
