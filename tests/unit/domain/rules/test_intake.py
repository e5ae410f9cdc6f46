"""From the call to the registered case."""

from datetime import datetime, timedelta, timezone

import pytest

from console.domain.assignment import AssignmentRole, AssignmentState
from console.domain.case import CaseState, Channel
from console.domain.category import Urgency
from console.domain.command import (
    Accept,
    Answer,
    Command,
    Dispatch,
    LinkRepeat,
    PinPlace,
    Private,
    Register,
    Reject,
    Transfer,
    Verify,
)
from console.domain.place import Position
from console.domain.role import Role
from console.domain.rules import Refused, decide
from console.domain.rules.scene import Located
from tests.builders import NOISE, RUBBISH, SIGNAL, T0, TOWN, WORKER, Story, at, case, order, scene

PRIVATE = Private(citizen="王先生", phone="13800138000", words="臭", address="海秀中路88号")


def accepted(**fields: object) -> Accept:
    known = {"case": "C1", "channel": Channel.PHONE, "category": RUBBISH, "private": PRIVATE}
    return Accept(**(known | fields))  # type: ignore[arg-type]


def refusal(command: Command, **fields: object) -> str:
    with pytest.raises(Refused) as caught:
        decide(command, scene(**fields))
    return caught.value.code


class TestAccept:
    def test_a_call_becomes_a_received_case_on_the_centres_clock(self) -> None:
        story = Story()
        story.do(accepted(position=Position(110.3, 20.0)), located=Located(district="1", town="11"))
        made = story.case
        assert made is not None
        assert made.state is CaseState.RECEIVED
        assert made.received_at == made.waiting_since == at(1)
        assert (made.district, made.town) == ("1", "11")
        assert made.urgency is Urgency.NORMAL

    def test_personal_data_stays_out_of_every_fact(self) -> None:
        decision = decide(accepted(), scene())
        assert decision.private == PRIVATE
        for secret in ("王先生", "13800138000", "臭", "88"):
            assert secret not in repr(decision.facts)

    def test_the_category_gives_the_urgency_unless_it_is_said(self) -> None:
        urgent = Story()
        urgent.do(accepted(category=SIGNAL))
        said = Story()
        said.do(accepted(category=SIGNAL, urgency=Urgency.NORMAL))
        assert urgent.case is not None
        assert said.case is not None
        assert urgent.case.urgency is Urgency.URGENT
        assert said.case.urgency is Urgency.NORMAL

    def test_answered_at_once_ends_it(self) -> None:
        story = Story()
        story.do(accepted(answered=True, register=True))
        assert story.case is not None
        assert story.case.state is CaseState.ANSWERED
        assert story.case.closed_at == at(1)

    def test_registered_in_the_same_act_has_a_deadline(self) -> None:
        story = Story()
        story.do(accepted(register=True))
        assert story.case is not None
        assert story.case.state is CaseState.REGISTERED
        # 10:01 and four work hours, lunch from 12:00 to 14:30: 16:31.
        assert story.case.due_at == T0 + timedelta(hours=6, minutes=31)

    def test_a_deadline_that_came_with_the_record_stands_and_is_utc(self) -> None:
        haikou = timezone(timedelta(hours=8))
        given = datetime(2026, 6, 9, 17, 30, tzinfo=haikou)
        story = Story()
        story.do(accepted(register=True, due_at=given))
        assert story.case is not None
        assert story.case.due_at == given
        assert story.case.due_at.utcoffset() == timedelta(0)

    def test_refusals(self) -> None:
        assert refusal(accepted(), case=case()) == "case-exists"
        assert refusal(accepted(category="9999")) == "unknown-category"


class TestRegister:
    @pytest.mark.parametrize("state", [CaseState.RECEIVED, CaseState.VERIFYING])
    def test_class_urgency_and_deadline_are_fixed(self, state: CaseState) -> None:
        story = Story(first=case(state=state, due_at=None, registered_at=None))
        story.do(Register(case="C1", category=NOISE, urgency=Urgency.URGENT))
        assert story.case is not None
        assert story.case.state is CaseState.REGISTERED
        assert story.case.category == NOISE
        assert story.case.urgency is Urgency.URGENT
        assert story.case.registered_at == at(1)
        assert story.case.due_at is not None

    def test_refusals(self) -> None:
        assert refusal(Register(case="C1")) == "unknown-case"
        assert refusal(Register(case="C1"), case=case()) == "wrong-state"
        received = case(state=CaseState.RECEIVED)
        assert refusal(Register(case="C1", category="9999"), case=received) == "unknown-category"


class TestWaysOut:
    def test_a_received_case_is_answered(self) -> None:
        story = Story(first=case(state=CaseState.RECEIVED))
        story.do(Answer(case="C1"))
        assert story.case is not None
        assert story.case.state is CaseState.ANSWERED

    def test_transferred_and_rejected_have_an_end(self) -> None:
        for command, state in (
            (Transfer(case="C1", service="110"), CaseState.TRANSFERRED),
            (Reject(case="C1", reason="不属实"), CaseState.REJECTED),
        ):
            story = Story(first=case())
            story.do(command, Role.SHIFT_LEADER)
            assert story.case is not None
            assert story.case.state is state
            assert story.case.closed_at == at(1)

    @pytest.mark.parametrize(
        "command", [Transfer(case="C1", service="119"), Reject(case="C1", reason="假")]
    )
    def test_nobody_is_left_looking_at_a_case_that_ended(self, command: Command) -> None:
        story = Story(first=case(state=CaseState.RECEIVED))
        story.do(Verify(case="C1", assignment="V1", worker=WORKER))
        story.do(command)
        assert not story.orders["V1"].active
        assert story.orders["V1"].state is AssignmentState.RECALLED

    def test_refusals(self) -> None:
        closed = case(state=CaseState.CLOSED)
        assert refusal(Answer(case="C1"), case=case()) == "wrong-state"
        assert refusal(Transfer(case="C1", service="110"), case=closed) == "wrong-state"
        assert refusal(Reject(case="C1", reason="x"), case=closed) == "wrong-state"
        assert refusal(Reject(case="C1", reason=" "), case=case()) == "reason-needed"


def test_the_place_can_be_fixed_again() -> None:
    story = Story(first=case(position=None, town=None))
    story.do(PinPlace(case="C1", position=Position(110.4, 20.1)), located=Located(town="11"))
    assert story.case is not None
    assert story.case.position == Position(110.4, 20.1)
    assert (story.case.town, story.case.district) == ("11", None)


class TestLinkRepeat:
    def test_a_repeat_is_linked_and_makes_the_main_case_urgent(self) -> None:
        main = case(id="M")
        decision = decide(LinkRepeat(case="C1", main="M"), scene(case=case(), main=main))
        changed = {fact.id: fact.change for fact in decision.facts}
        assert changed["C1"] == {"repeat_of": "M"}
        assert changed["M"] == {"urgency": Urgency.URGENT}

    def test_refusals(self) -> None:
        link = LinkRepeat(case="C1", main="M")
        assert refusal(link, main=case(id="M")) == "unknown-case"
        assert refusal(link, case=case()) == "unknown-case"
        assert refusal(link, case=case(), main=case()) == "repeat-of-itself"
        assert refusal(link, case=case(), main=case(id="M", repeat_of="C1")) == "repeat-of-itself"
        assert refusal(link, case=case(repeat_of="M"), main=case(id="M")) == "already-done"


def test_a_received_case_is_registered_by_its_dispatch() -> None:
    story = Story(first=case(state=CaseState.RECEIVED, registered_at=None, due_at=None))
    decision = story.do(Dispatch(case="C1", assignment="A1", unit=TOWN))
    assert [fact.type for fact in decision.facts] == [
        "case.registered",
        "assignment.sent",
        "case.dispatched",
    ]
    assert story.case is not None
    assert story.case.due_at is not None
    assert story.lead is not None
    assert story.lead.role is AssignmentRole.LEAD


def test_an_order_of_the_rules_needs_its_case() -> None:
    assert refusal(Dispatch(case="C1", assignment="A1", unit=TOWN)) == "unknown-case"
    assert order().case == "C1"
