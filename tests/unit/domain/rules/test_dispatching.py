"""Giving a case to somebody, adding helpers, taking it back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from console.domain.assignment import AssignmentRole, AssignmentState
from console.domain.case import CaseState
from console.domain.category import Urgency
from console.domain.command import (
    Acknowledge,
    Assist,
    Command,
    Dispatch,
    Recall,
    Redispatch,
    Register,
    Remind,
    Verify,
)
from console.domain.role import Role
from console.domain.rules import Refused, decide
from console.domain.timer import TimeBasis, TimerKind
from tests.builders import (
    BUREAU,
    DISTRICT,
    GAS,
    GAS_WORKS,
    OTHER_WORKER,
    POLICE,
    TOWN,
    WORKER,
    Story,
    at,
    case,
    duty,
    order,
    scene,
)

HAZARD = case(category=GAS, urgency=Urgency.URGENT)


def refusal(command: Command, **fields: object) -> str:
    with pytest.raises(Refused) as caught:
        decide(command, scene(**fields))
    return caught.value.code


def dispatched(**fields: object) -> Story:
    story = Story(first=case(**fields))
    story.do(Dispatch(case="C1", assignment="A1", unit=TOWN, worker=WORKER))
    return story


class TestDispatch:
    def test_the_unit_leads_and_the_worker_is_the_hands(self) -> None:
        story = dispatched()
        assert story.lead is not None
        assert (story.lead.unit, story.lead.worker) == (TOWN, WORKER)
        assert story.lead.role is AssignmentRole.LEAD
        assert story.lead.state is AssignmentState.SENT
        assert story.lead.response_due - story.lead.sent_at == timedelta(minutes=30)
        assert story.case is not None
        assert story.case.state is CaseState.DISPATCHED

    def test_a_normal_order_is_announced_eight_real_seconds_later(self) -> None:
        decision = decide(Dispatch(case="C1", assignment="A1", unit=TOWN), scene(case=case()))
        timers = {timer.kind: timer for timer in decision.timers}
        announce = timers[TimerKind.ANNOUNCE]
        assert announce.basis is TimeBasis.REAL
        assert announce.due == at(10) + timedelta(seconds=8)
        assert timers[TimerKind.RESPONSE_DUE].due == at(40)
        assert timers[TimerKind.RESPONSE_DUE].basis is TimeBasis.DOMAIN
        assert TimerKind.ESCALATE not in timers

    def test_an_urgent_order_has_its_first_rung_beforehand(self) -> None:
        urgent = case(urgency=Urgency.URGENT)
        decision = decide(Dispatch(case="C1", assignment="A1", unit=TOWN), scene(case=urgent))
        timers = {timer.kind: timer for timer in decision.timers}
        assert timers[TimerKind.ESCALATE].due == at(13)
        assert timers[TimerKind.ESCALATE].step == 1
        assert TimerKind.RESPONSE_DUE in timers

    def test_the_first_dispatch_is_remembered(self) -> None:
        story = dispatched()
        story.do(Recall(assignment="A1", reason="wrong"))
        story.do(Dispatch(case="C1", assignment="A2", unit=BUREAU))
        assert story.case is not None
        assert story.case.dispatched_at == at(1)

    def test_a_hazard_is_led_by_a_qualified_unit_only(self) -> None:
        story = Story(first=HAZARD)
        story.do(Dispatch(case="C1", assignment="A1", unit=POLICE))
        assert story.lead is not None
        unqualified = Dispatch(case="C1", assignment="A1", unit=BUREAU)
        assert refusal(unqualified, case=HAZARD) == "not-qualified"
        hands = Dispatch(case="C1", assignment="A1", unit=GAS_WORKS, worker=WORKER)
        assert refusal(hands, case=HAZARD) == "hazard"

    def test_refusals(self) -> None:
        to_town = Dispatch(case="C1", assignment="A1", unit=TOWN)
        to_worker = replace(to_town, worker=WORKER)
        assert refusal(to_town, case=case(), assignments=(order(id="A0"),)) == "has-lead"
        assert refusal(to_town, case=case(state=CaseState.CLOSED)) == "wrong-state"
        assert refusal(to_town, case=case(state=CaseState.VERIFYING)) == "wrong-state"
        assert refusal(replace(to_town, unit="B.x"), case=case()) == "unknown-unit"
        assert refusal(replace(to_town, worker="W0"), case=case()) == "unknown-worker"
        assert refusal(to_worker, case=case(), duty=duty(on_duty=False)) == "off-duty"
        assert refusal(to_worker, case=case(), duty=None) == "off-duty"
        helper = order(id="A0", role=AssignmentRole.ASSIST, worker=WORKER)
        assert refusal(to_worker, case=case(), assignments=(helper,)) == "already-assigned"
        assert refusal(to_town, case=case(), assignments=(helper,)) == "already-assigned"


class TestVerify:
    def test_somebody_looks_before_registering(self) -> None:
        story = Story(first=case(state=CaseState.RECEIVED))
        story.do(Verify(case="C1", assignment="V1", worker=WORKER))
        assert story.case is not None
        assert story.case.state is CaseState.VERIFYING
        assert story.case.lead is None
        assert story.orders["V1"].role is AssignmentRole.VERIFY
        assert story.orders["V1"].unit is None

    def test_recalled_the_case_is_received_again(self) -> None:
        story = Story(first=case(state=CaseState.RECEIVED))
        story.do(Verify(case="C1", assignment="V1", worker=WORKER))
        story.do(Recall(assignment="V1", reason="two minds"))
        assert story.case is not None
        assert story.case.state is CaseState.RECEIVED

    def test_while_another_still_looks_it_stays_in_verification(self) -> None:
        story = Story(first=case(state=CaseState.RECEIVED))
        story.do(Verify(case="C1", assignment="V1", worker=WORKER))
        story.do(Verify(case="C1", assignment="V2", worker=OTHER_WORKER))
        story.do(Recall(assignment="V1", reason="one is enough"))
        assert story.case is not None
        assert story.case.state is CaseState.VERIFYING

    def test_recalling_the_look_does_not_undo_the_registering(self) -> None:
        story = Story(first=case(state=CaseState.RECEIVED))
        story.do(Verify(case="C1", assignment="V1", worker=WORKER))
        story.do(Register(case="C1"))
        story.do(Recall(assignment="V1", reason="not needed"))
        assert story.case is not None
        assert story.case.state is CaseState.REGISTERED

    def test_refusals(self) -> None:
        look = Verify(case="C1", assignment="V1", worker=WORKER)
        assert refusal(look, case=case()) == "wrong-state"
        received = case(state=CaseState.RECEIVED)
        assert refusal(look, case=received, duty=duty(on_duty=False)) == "off-duty"


class TestAssist:
    def test_helpers_join_and_the_lead_stays(self) -> None:
        story = dispatched()
        story.do(Assist(case="C1", assignment="A2", unit=BUREAU))
        story.do(Assist(case="C1", assignment="A3", worker=OTHER_WORKER))
        assert story.case is not None
        assert story.case.lead == "A1"
        assert story.orders["A2"].role is AssignmentRole.ASSIST
        assert story.orders["A3"].role is AssignmentRole.ASSIST

    def test_helpers_may_join_while_the_return_is_disputed(self) -> None:
        disputed = case(state=CaseState.RETURN_ASKED, lead="A1")
        fact, _ = decide(
            Assist(case="C1", assignment="A2", unit=BUREAU),
            scene(case=disputed, assignments=(order(),)),
        ).facts
        assert fact.created is not None

    def test_a_guard_may_come_before_there_is_a_lead(self) -> None:
        story = Story(first=HAZARD)
        story.do(Assist(case="C1", assignment="G1", worker=WORKER, guard=True))
        assert story.orders["G1"].role is AssignmentRole.GUARD
        assert story.case is not None
        assert story.case.state is CaseState.REGISTERED

    def test_refusals(self) -> None:
        held = case(state=CaseState.DISPATCHED, lead="A1")
        helper = Assist(case="C1", assignment="A2", worker=WORKER)
        assert refusal(helper, case=case()) == "wrong-state"
        assert refusal(Assist(case="C1", assignment="A2"), case=held) == "no-receiver"
        hazard = replace(held, category=GAS)
        assert refusal(helper, case=hazard) == "hazard"
        closed = case(state=CaseState.CLOSED)
        assert refusal(replace(helper, guard=True), case=closed) == "wrong-state"


class TestRedispatch:
    def test_the_case_is_never_without_a_lead(self) -> None:
        story = dispatched()
        decision = story.do(
            Redispatch(case="C1", assignment="A2", unit=DISTRICT, reason="wrong unit")
        )
        assert story.lead is not None
        assert story.lead.id == "A2"
        assert story.lead.active
        assert story.orders["A1"].state is AssignmentState.RECALLED
        leads = [fact.change["lead"] for fact in decision.facts if "lead" in fact.change]
        assert leads == ["A2"]

    def test_one_that_had_signed_is_withdrawn(self) -> None:
        story = dispatched()
        story.do(Acknowledge(assignment="A1"), Role.FIELD)
        story.do(Redispatch(case="C1", assignment="A2", unit=DISTRICT, reason="wrong unit"))
        assert story.orders["A1"].state is AssignmentState.WITHDRAWN

    def test_refusals(self) -> None:
        again = Redispatch(case="C1", assignment="A2", unit=BUREAU, reason="r")
        held = case(state=CaseState.DISPATCHED, lead="A1")
        now = {"case": held, "assignments": (order(),)}
        assert refusal(again, case=case()) == "wrong-state"
        assert refusal(again, case=held) == "no-lead"
        assert refusal(replace(again, reason=" "), **now) == "reason-needed"
        assert refusal(replace(again, unit=TOWN), **now) == "already-assigned"
        hazard = replace(held, category=GAS)
        assert refusal(again, case=hazard, assignments=(order(),)) == "not-qualified"
        hands = replace(again, unit=POLICE, worker=WORKER)
        assert refusal(hands, case=hazard, assignments=(order(),)) == "hazard"


class TestRecall:
    def test_before_signing_it_is_recalled_and_the_centres_clock_starts_anew(self) -> None:
        story = dispatched()
        story.minutes = 20
        story.do(Recall(assignment="A1", reason="mistake"))
        assert story.orders["A1"].state is AssignmentState.RECALLED
        assert story.case is not None
        assert (story.case.state, story.case.lead) == (CaseState.REGISTERED, None)
        assert story.case.waiting_since == at(21)

    def test_after_signing_it_is_withdrawn(self) -> None:
        story = dispatched()
        story.do(Acknowledge(assignment="A1"), Role.FIELD)
        story.do(Recall(assignment="A1", reason="mistake"))
        assert story.orders["A1"].state is AssignmentState.WITHDRAWN

    def test_a_helpers_recall_leaves_the_case_alone(self) -> None:
        story = dispatched()
        story.do(Assist(case="C1", assignment="A2", unit=BUREAU))
        before = story.case
        story.do(Recall(assignment="A2", reason="enough"))
        assert story.case == before

    def test_refusals(self) -> None:
        back = Recall(assignment="A1", reason="r")
        assert refusal(back) == "unknown-assignment"
        ended = order(state=AssignmentState.DONE)
        assert refusal(back, assignment=ended, case=case()) == "assignment-ended"
        assert (
            refusal(Recall(assignment="A1", reason=""), assignment=order(), case=case())
            == "reason-needed"
        )


def test_a_nudge_changes_nothing_but_the_log() -> None:
    decision = decide(Remind(assignment="A1", words="快" * 500), scene(assignment=order()))
    (fact,) = decision.facts
    assert fact.change == {}
    assert len(fact.note["words"]) <= 200
    ended = order(state=AssignmentState.RETURNED)
    assert refusal(Remind(assignment="A1"), assignment=ended) == "assignment-ended"
