"""Whole lives of a case, told and at random."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from console.domain.assignment import AssignmentRole
from console.domain.case import OPEN_TO_HELP, TERMINAL, WAITING, CaseState, Channel, life_state
from console.domain.city import Policy
from console.domain.clock import holder_clock
from console.domain.command import (
    Accept,
    Acknowledge,
    Answer,
    Arrive,
    AskReturn,
    Assist,
    CallBack,
    Check,
    Command,
    Dispatch,
    Recall,
    Redispatch,
    Register,
    Reject,
    Report,
    Respond,
    RuleReturn,
    Transfer,
    Verify,
)
from console.domain.role import Role
from console.domain.rules import Refused
from tests.builders import (
    BUREAU,
    DISTRICT,
    GAS,
    GAS_WORKS,
    NOISE,
    OTHER_WORKER,
    POLICE,
    RUBBISH,
    TOWN,
    WORKER,
    Story,
    at,
)

F = Role.FIELD


def said(story: Story) -> CaseState:
    assert story.case is not None
    return life_state(story.case, story.lead)


def begun(category: str = RUBBISH) -> Story:
    story = Story()
    story.do(Accept(case="C1", channel=Channel.PHONE, category=category))
    return story


def test_the_ordinary_life() -> None:
    story = begun()
    states = [said(story)]
    for command, role in (
        (Verify(case="C1", assignment="V1", worker=WORKER), Role.DISPATCHER),
        (Report(assignment="V1"), F),
        (Register(case="C1"), Role.DISPATCHER),
        (Dispatch(case="C1", assignment="A1", unit=TOWN, worker=WORKER), Role.DISPATCHER),
        (Acknowledge(assignment="A1"), F),
        (Respond(assignment="A1"), F),
        (Arrive(assignment="A1"), F),
        (Report(assignment="A1"), F),
        (Check(case="C1", passed=False), F),
        (Report(assignment="A1"), F),
        (Check(case="C1", passed=True), F),
        (CallBack(case="C1", reached=True, solved=True, satisfied=True), Role.CALLBACK_SEAT),
    ):
        story.do(command, role)
        states.append(said(story))
    assert [state.value for state in states] == [
        "received",
        "verifying",
        "received",
        "registered",
        "dispatched",
        "acknowledged",
        "acknowledged",
        "on_scene",
        "checking",
        "rework",
        "checking",
        "callback",
        "closed",
    ]


def test_return_confirmed_and_given_to_another() -> None:
    story = begun(NOISE)
    story.do(Dispatch(case="C1", assignment="A1", unit=BUREAU))
    story.do(AskReturn(assignment="A1", reason="not-mine"), F)
    story.do(RuleReturn(case="C1", confirmed=False), Role.SHIFT_LEADER)
    assert said(story) is CaseState.DISPATCHED
    story.do(AskReturn(assignment="A1", reason="not-mine"), F)
    story.do(RuleReturn(case="C1", confirmed=True), Role.SHIFT_LEADER)
    assert said(story) is CaseState.REGISTERED
    story.do(Dispatch(case="C1", assignment="A2", unit=POLICE))
    story.do(Report(assignment="A2"), F)
    assert said(story) is CaseState.CALLBACK


def test_rework_does_not_rewrite_when_the_holder_first_answered() -> None:
    story = begun()
    story.do(Dispatch(case="C1", assignment="A1", unit=TOWN))
    story.do(Respond(assignment="A1"), F)
    first = story.orders["A1"]
    story.do(Report(assignment="A1"), F)
    story.do(Check(case="C1", passed=False), F)
    story.minutes = 300
    story.do(Respond(assignment="A1"), F)
    again = story.orders["A1"]
    assert (again.acknowledged_at, again.responded_at) == (at(3), at(3))
    assert again.responded_at == first.responded_at


Step = Callable[[str], tuple[Command, Role]]

STEPS: list[Step] = [
    lambda a: (Register(case="C1"), Role.DISPATCHER),
    lambda a: (Answer(case="C1"), Role.DISPATCHER),
    lambda a: (Transfer(case="C1", service="110"), Role.DISPATCHER),
    lambda a: (Reject(case="C1", reason="no"), Role.SHIFT_LEADER),
    lambda a: (Verify(case="C1", assignment=a, worker=WORKER), Role.DISPATCHER),
    lambda a: (Dispatch(case="C1", assignment=a, unit=TOWN, worker=OTHER_WORKER), Role.DISPATCHER),
    lambda a: (Dispatch(case="C1", assignment=a, unit=GAS_WORKS), Role.DISPATCHER),
    lambda a: (Assist(case="C1", assignment=a, unit=DISTRICT), Role.DISPATCHER),
    lambda a: (Assist(case="C1", assignment=a, worker=WORKER, guard=True), Role.DISPATCHER),
    lambda a: (Redispatch(case="C1", assignment=a, unit=POLICE, reason="r"), Role.DISPATCHER),
    lambda a: (Recall(assignment=a, reason="r"), Role.DISPATCHER),
    lambda a: (Acknowledge(assignment=a), F),
    lambda a: (Arrive(assignment=a), F),
    lambda a: (Report(assignment=a), F),
    lambda a: (AskReturn(assignment=a, reason="r"), F),
    lambda a: (RuleReturn(case="C1", confirmed=True), Role.DUTY_CHIEF),
    lambda a: (RuleReturn(case="C1", confirmed=False), Role.DUTY_CHIEF),
    lambda a: (Check(case="C1", passed=True), F),
    lambda a: (Check(case="C1", passed=False), F),
    lambda a: (CallBack(case="C1", reached=False), Role.CALLBACK_SEAT),
    lambda a: (CallBack(case="C1", reached=True, solved=False), Role.CALLBACK_SEAT),
    lambda a: (CallBack(case="C1", reached=True, solved=True), Role.CALLBACK_SEAT),
]


@given(
    st.sampled_from([RUBBISH, NOISE, GAS]),
    st.lists(st.tuples(st.integers(0, len(STEPS) - 1), st.integers(0, 3)), max_size=40),
)
def test_whatever_happens_the_case_is_in_somebodys_hands(
    category: str, steps: list[tuple[int, int]]
) -> None:
    story = begun(category)
    for index, number in steps:
        command, role = STEPS[index](f"A{number}")
        if isinstance(command, Verify | Dispatch | Assist | Redispatch) and (
            command.assignment in story.orders
        ):
            continue  # the centre refuses an id it knows before it asks the rules
        before = story.case
        try:
            story.do(command, role)
        except Refused:
            assert story.case == before
        _check(story)


def _check(story: Story) -> None:
    held = story.case
    assert held is not None
    active = [order for order in story.orders.values() if order.active]
    leads = [order for order in active if order.role is AssignmentRole.LEAD]
    assert len(leads) <= 1
    workers = [order.worker for order in active if order.worker is not None]
    assert len(workers) == len(set(workers))
    assert all(order.unit is not None for order in leads)
    if held.state in OPEN_TO_HELP:
        assert [order.id for order in leads] == [held.lead]
    if held.state in WAITING:
        assert leads == []
        assert held.lead is None
    if held.state in TERMINAL:
        assert active == []
        assert held.closed_at is not None
    clock = holder_clock(held, story.lead, Policy())
    assert (clock is None) is (held.state in TERMINAL)
    assert all((order.ended_at is None) is order.active for order in story.orders.values())
