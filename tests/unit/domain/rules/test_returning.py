"""The receiver says "not mine"."""

from dataclasses import replace

import pytest

from console.domain.assignment import AssignmentRole, AssignmentState
from console.domain.case import CaseState
from console.domain.command import AskReturn, Command, Recall, RuleReturn, Verify
from console.domain.role import Role
from console.domain.rules import Refused, decide
from tests.builders import BUREAU, DISTRICT, POLICE, WORKER, Story, at, case, order, scene

ASK = AskReturn(assignment="A1", reason="not-mine")


def refusal(command: Command, **fields: object) -> str:
    with pytest.raises(Refused) as caught:
        decide(command, scene(**fields))
    return caught.value.code


def asked(state: CaseState = CaseState.DISPATCHED, returns: int = 0) -> Story:
    story = Story(first=case(state=state, lead="A1", returns=returns))
    story.orders["A1"] = order(state=AssignmentState.ACKNOWLEDGED, acknowledged_at=at(0.5))
    story.do(ASK, Role.FIELD)
    return story


@pytest.mark.parametrize("state", [CaseState.DISPATCHED, CaseState.REWORK])
def test_asking_starts_the_deciders_clock_and_the_lead_stays(state: CaseState) -> None:
    story = asked(state)
    assert story.case is not None
    assert story.case.state is CaseState.RETURN_ASKED
    assert story.case.former is state
    assert story.case.waiting_since == at(1)
    assert story.lead is not None
    assert story.lead.active
    assert story.lead.return_reason == "not-mine"


@pytest.mark.parametrize("state", [CaseState.DISPATCHED, CaseState.REWORK])
def test_refused_the_asker_keeps_it_and_its_clock_never_stopped(state: CaseState) -> None:
    story = asked(state)
    story.do(RuleReturn(case="C1", confirmed=False, reason="yours"), Role.SHIFT_LEADER)
    assert story.case is not None
    assert (story.case.state, story.case.former) == (state, None)
    lead = story.lead
    assert lead is not None
    assert (lead.sent_at, lead.response_due, lead.acknowledged_at) == (at(0), at(30), at(0.5))
    assert lead.return_reason is None
    assert story.case.returns == 0


def test_confirmed_it_waits_at_the_centre_again() -> None:
    story = asked()
    story.do(RuleReturn(case="C1", confirmed=True), Role.SHIFT_LEADER)
    assert story.case is not None
    assert (story.case.state, story.case.lead) == (CaseState.REGISTERED, None)
    assert story.case.waiting_since == at(2)
    assert story.case.returns == 1
    assert story.orders["A1"].state is AssignmentState.RETURNED
    assert story.orders["A1"].ended_at == at(2)


def test_a_second_return_is_the_duty_chiefs() -> None:
    story = asked(returns=1)
    for role in (Role.SHIFT_LEADER, Role.FIELD):
        with pytest.raises(Refused) as caught:
            story.do(RuleReturn(case="C1", confirmed=True, reason="r"), role)
        assert caught.value.code == "needs-duty-chief"
    with pytest.raises(Refused) as caught:
        story.do(RuleReturn(case="C1", confirmed=True), Role.DUTY_CHIEF)
    assert caught.value.code == "opinion-needed"
    story.do(RuleReturn(case="C1", confirmed=True, reason="属实"), Role.DUTY_CHIEF)
    assert story.case is not None
    assert story.case.returns == 2


def ruled(unit: str, role: Role = Role.DUTY_CHIEF) -> Story:
    story = asked(returns=1)
    command = RuleReturn(case="C1", confirmed=True, reason="改由", unit=unit, assignment="A2")
    story.do(command, role)
    return story


def test_a_ruling_gives_it_to_another_unit_at_once_and_for_good() -> None:
    story = ruled(DISTRICT)
    assert story.case is not None
    assert (story.case.state, story.case.lead) == (CaseState.DISPATCHED, "A2")
    assert story.orders["A1"].state is AssignmentState.RETURNED
    new = story.orders["A2"]
    assert (new.unit, new.ruled, new.role) == (DISTRICT, True, AssignmentRole.LEAD)
    with pytest.raises(Refused) as caught:
        story.do(AskReturn(assignment="A2", reason="not-mine"), Role.FIELD)
    assert caught.value.code == "ruled"


def test_across_districts_the_centre_leader_rules() -> None:
    for unit in (BUREAU, POLICE):
        with pytest.raises(Refused) as caught:
            ruled(unit)
        assert caught.value.code == "needs-centre-leader"
        assert ruled(unit, Role.CENTRE_LEADER).orders["A2"].unit == unit


def test_who_is_told_to_keep_it_after_a_second_return_is_not_asked_again() -> None:
    story = asked(returns=1)
    story.do(RuleReturn(case="C1", confirmed=False, reason="属本单位"), Role.DUTY_CHIEF)
    assert story.orders["A1"].ruled
    with pytest.raises(Refused) as caught:
        story.do(Recall(assignment="A1", reason="r"))
    assert caught.value.code == "ruled", "a dispatcher does not overturn it"
    bureau = asked(returns=1)
    bureau.orders["A1"] = replace(bureau.orders["A1"], unit=BUREAU)
    keep = RuleReturn(case="C1", confirmed=False, reason="属本单位")
    with pytest.raises(Refused) as caught:
        bureau.do(keep, Role.DUTY_CHIEF)
    assert caught.value.code == "needs-centre-leader"
    bureau.do(keep, Role.CENTRE_LEADER)
    assert bureau.orders["A1"].ruled
    first = asked()
    first.do(RuleReturn(case="C1", confirmed=False), Role.SHIFT_LEADER)
    assert not first.orders["A1"].ruled, "a first refusal is the shift leader's and may be wrong"


def test_a_helper_simply_leaves() -> None:
    helper = order(role=AssignmentRole.ASSIST)
    (fact,) = decide(ASK, scene(assignment=helper, case=case(state=CaseState.DISPATCHED))).facts
    assert fact.change["state"] is AssignmentState.RETURNED
    assert fact.change["return_reason"] == "not-mine"


def test_when_the_only_one_who_looks_leaves_the_case_is_received_again() -> None:
    story = Story(first=case(state=CaseState.RECEIVED))
    story.do(Verify(case="C1", assignment="A1", worker=WORKER))
    story.do(ASK, Role.FIELD)
    assert story.case is not None
    assert story.case.state is CaseState.RECEIVED


def test_refusals() -> None:
    held = case(state=CaseState.DISPATCHED, lead="A1")
    assert refusal(ASK) == "unknown-assignment"
    assert refusal(ASK, assignment=order()) == "unknown-case"
    no_reason = AskReturn(assignment="A1", reason=" ")
    assert refusal(no_reason, assignment=order(), case=held) == "reason-needed"
    twice = case(state=CaseState.RETURN_ASKED, lead="A1")
    assert refusal(ASK, assignment=order(), case=twice) == "wrong-state"
    rule = RuleReturn(case="C1", confirmed=True)
    assert refusal(rule) == "unknown-case"
    assert refusal(rule, case=held) == "wrong-state"
    assert refusal(rule, case=twice) == "no-lead"
