"""Check, call-back, rework and close."""

import pytest

from console.domain.assignment import AssignmentRole, AssignmentState
from console.domain.case import CaseState
from console.domain.command import CallBack, Check, Command
from console.domain.role import Role
from console.domain.rules import Refused, decide
from tests.builders import Story, at, case, order, scene

SEAT = Role.CALLBACK_SEAT
NO_ANSWER = CallBack(case="C1", reached=False)
NOT_SOLVED = CallBack(case="C1", reached=True, solved=False, satisfied=False)


def refusal(command: Command, **fields: object) -> str:
    with pytest.raises(Refused) as caught:
        decide(command, scene(**fields))
    return caught.value.code


def reported(state: CaseState = CaseState.CALLBACK) -> Story:
    story = Story(first=case(state=state, lead="A1", reported_at=at(0)))
    story.orders["A1"] = order(
        state=AssignmentState.DONE, acknowledged_at=at(0), responded_at=at(0), ended_at=at(0)
    )
    return story


def test_a_passed_check_goes_on_to_the_call_back() -> None:
    story = reported(CaseState.CHECKING)
    story.do(Check(case="C1", passed=True), Role.FIELD)
    assert story.case is not None
    assert story.case.state is CaseState.CALLBACK


@pytest.mark.parametrize(
    ("state", "command"),
    [(CaseState.CHECKING, Check(case="C1", passed=False)), (CaseState.CALLBACK, NOT_SOLVED)],
)
def test_work_not_done_goes_back_to_the_same_lead(state: CaseState, command: Command) -> None:
    story = reported(state)
    story.do(command, Role.FIELD)
    assert story.case is not None
    assert story.case.state is CaseState.REWORK
    assert (story.case.reworks, story.case.reported_at) == (1, None)
    assert story.lead is not None
    assert story.lead.active
    assert story.lead.state is AssignmentState.ACKNOWLEDGED
    assert story.lead.ended_at is None


def test_a_solved_case_closes_with_what_the_citizen_said() -> None:
    story = reported()
    story.do(CallBack(case="C1", reached=True, solved=True, satisfied=False), SEAT)
    closed = story.case
    assert closed is not None
    assert (closed.state, closed.closed_at) == (CaseState.CLOSED, at(1))
    assert (closed.reached, closed.solved, closed.satisfied) == (True, True, False)


def test_three_calls_without_an_answer_close_as_not_reached() -> None:
    story = reported()
    for calls in (1, 2):
        story.do(NO_ANSWER, SEAT)
        assert story.case is not None
        assert (story.case.state, story.case.calls) == (CaseState.CALLBACK, calls)
    story.do(NO_ANSWER, SEAT)
    assert story.case is not None
    assert story.case.state is CaseState.CLOSED
    assert (story.case.reached, story.case.solved, story.case.satisfied) == (False, None, None)


def test_after_rework_three_new_calls_are_needed() -> None:
    story = reported()
    story.do(NO_ANSWER, SEAT)
    story.do(NO_ANSWER, SEAT)
    story.do(NOT_SOLVED, SEAT)
    assert story.case is not None
    again = Story(first=story.case)
    again.orders = story.orders
    again.case = case(state=CaseState.CALLBACK, lead="A1", calls=story.case.calls)
    again.do(NO_ANSWER, SEAT)
    assert again.case.state is CaseState.CALLBACK


def test_nobody_is_left_working_on_a_closed_case() -> None:
    story = reported()
    helper = order(id="A2", role=AssignmentRole.ASSIST, state=AssignmentState.ON_SCENE)
    story.orders["A2"] = helper
    story.do(CallBack(case="C1", reached=True, solved=True), SEAT)
    assert story.orders["A2"].state is AssignmentState.WITHDRAWN
    assert story.orders["A1"].state is AssignmentState.DONE


def test_refusals() -> None:
    assert refusal(Check(case="C1", passed=True)) == "unknown-case"
    assert refusal(Check(case="C1", passed=True), case=case()) == "wrong-state"
    assert refusal(NO_ANSWER, case=case(state=CaseState.CHECKING)) == "wrong-state"
    assert refusal(Check(case="C1", passed=False), case=case(state=CaseState.CHECKING)) == "no-lead"
