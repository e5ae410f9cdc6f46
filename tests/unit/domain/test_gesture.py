"""What dropping X on Y does, and that the rules agree."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain import gesture
from console.domain.assignment import Assignment, AssignmentRole, AssignmentState
from console.domain.case import OPEN_TO_HELP, WAITING, Case, CaseState
from console.domain.command import Assist, Command, Dispatch, LinkRepeat, Recall, Verify
from console.domain.gesture import Gesture, Verb, on_case, on_queue, on_unit, on_worker
from console.domain.rules import Refused, decide
from console.domain.worker import WorkerDuty
from tests.builders import (
    BUREAU,
    CITY,
    DISTRICT,
    GAS,
    GAS_WORKS,
    LOST_WORKER,
    NOISE,
    OTHER_WORKER,
    POLICE,
    RUBBISH,
    TOWN,
    WORKER,
    case,
    duty,
    order,
    scene,
)

DERIVED = {CaseState.ACKNOWLEDGED, CaseState.ON_SCENE}
STORED = sorted(set(CaseState) - DERIVED)


def on_a_worker(held: Case, *orders: Assignment, worker: str = WORKER, **more: Any) -> Gesture:
    there = more.pop("duty", duty(worker))
    return on_worker(held, orders, CITY.workers[worker], there, CITY, new_id="N", **more)


def on_a_unit(held: Case, *orders: Assignment, unit: str = BUREAU, **more: Any) -> Gesture:
    return on_unit(held, orders, CITY.units[unit], CITY, new_id="N", **more)


class TestWords:
    def test_a_case_on_a_unit_is_led_by_it(self) -> None:
        found = on_a_unit(case())
        assert found.verb is Verb.DISPATCH
        assert found.command == Dispatch(case="C1", assignment="N", unit=BUREAU)

    def test_where_there_is_a_lead_the_unit_assists(self) -> None:
        found = on_a_unit(case(state=CaseState.DISPATCHED), order())
        assert found.verb is Verb.ASSIST
        assert found.command == Assist(case="C1", assignment="N", unit=BUREAU)

    def test_a_registered_case_on_a_worker_is_led_by_the_workers_town(self) -> None:
        found = on_a_worker(case())
        assert found.verb is Verb.DISPATCH_TOWN
        assert found.command == Dispatch(case="C1", assignment="N", unit=TOWN, worker=WORKER)

    def test_a_received_case_on_a_worker_is_looked_at_first(self) -> None:
        found = on_a_worker(case(state=CaseState.RECEIVED))
        assert found.command == Verify(case="C1", assignment="N", worker=WORKER)

    def test_where_a_lead_exists_the_worker_assists(self) -> None:
        found = on_a_worker(case(state=CaseState.DISPATCHED), order(unit=BUREAU))
        assert found.command == Assist(case="C1", assignment="N", worker=WORKER)

    def test_at_a_hazard_the_worker_only_guards_and_a_qualified_lead_is_proposed(self) -> None:
        found = on_a_worker(case(category=GAS))
        assert found.verb is Verb.GUARD
        assert found.command == Assist(case="C1", assignment="N", worker=WORKER, guard=True)
        assert found.lead == GAS_WORKS

    def test_back_on_the_queue_the_lead_is_taken_back(self) -> None:
        assert on_queue(case(), (order(),), reason="r").command == Recall(
            assignment="A1", reason="r"
        )
        assert on_queue(case(), (order(),), reason=" ").refusal == "reason-needed"
        assert on_queue(case(), (), reason="r").refusal == "no-lead"

    def test_a_case_on_a_case_is_its_repeat(self) -> None:
        assert on_case(case(), case(id="M")).command == LinkRepeat(case="C1", main="M")

    @pytest.mark.parametrize("state", [CaseState.CHECKING, CaseState.CALLBACK, CaseState.SUSPENDED])
    def test_what_has_been_reported_or_parked_goes_to_nobody(self, state: CaseState) -> None:
        done = order(state=AssignmentState.DONE)
        assert on_a_worker(case(state=state, lead="A1"), done).refusal == "wrong-state"
        assert on_a_unit(case(state=state, lead="A1"), done).refusal == "wrong-state"

    def test_refusals(self) -> None:
        held = case()
        assert on_a_worker(held, duty=None).refusal == "off-duty"
        assert on_a_worker(held, duty=duty(on_duty=False)).refusal == "off-duty"
        assert on_a_worker(held, worker=LOST_WORKER).refusal == "unknown-unit"
        assert on_a_unit(case(category=GAS)).refusal == "not-qualified"
        assert on_a_unit(held, assist=True).refusal == "no-lead"

    def test_the_proposed_lead(self) -> None:
        assert gesture.proposed_lead(case(), CITY) == TOWN
        assert gesture.proposed_lead(case(category=NOISE), CITY) == BUREAU
        assert gesture.proposed_lead(case(town=None), CITY) is None
        assert gesture.proposed_lead(case(category="9999"), CITY) is None


@st.composite
def situations(draw: st.DrawFn) -> tuple[Case, tuple[Assignment, ...], WorkerDuty | None]:
    """A case in a state it can be in, with a lead where one must be, and orders beside it."""
    state = draw(st.sampled_from(STORED))
    category = draw(st.sampled_from([RUBBISH, NOISE, GAS]))
    orders = []
    if state in OPEN_TO_HELP:
        signed = draw(st.sampled_from([AssignmentState.SENT, AssignmentState.ON_SCENE]))
        lead_unit = draw(st.sampled_from([TOWN, GAS_WORKS]))
        hands = draw(st.sampled_from([None, WORKER]))
        orders.append(order(id="A1", unit=lead_unit, worker=hands, state=signed))
    elif state not in WAITING and draw(st.booleans()):
        orders.append(order(id="A1", state=AssignmentState.DONE))
    for number in range(draw(st.integers(0, 2))):
        receiver = draw(
            st.sampled_from(
                [(None, OTHER_WORKER), (None, WORKER), (DISTRICT, None), (POLICE, None)]
            )
        )
        role = draw(st.sampled_from([r for r in AssignmentRole if r is not AssignmentRole.LEAD]))
        state_of = draw(st.sampled_from([AssignmentState.SENT, AssignmentState.RETURNED]))
        unit, worker = receiver
        orders.append(order(id=f"B{number}", unit=unit, worker=worker, role=role, state=state_of))
    lead = "A1" if any(o.id == "A1" for o in orders) else None
    presence = draw(st.sampled_from([duty(), duty(on_duty=False), None]))
    return case(state=state, category=category, lead=lead), tuple(orders), presence


def outcome(command: Command, held: Case, orders: tuple[Assignment, ...], **fields: Any) -> str:
    """ "" when the rules allow it, else the refusal's code."""
    wanted = getattr(command, "assignment", None)
    known = next((o for o in orders if o.id == wanted), None)
    try:
        decide(command, scene(case=held, assignments=orders, assignment=known, **fields))
    except Refused as refused:
        return refused.code
    return ""


def equivalent(found: Gesture, unit: str | None, worker: str | None) -> Command:
    """The command that the refused gesture would have given."""
    match found.verb:
        case Verb.VERIFY:
            return Verify(case="C1", assignment="N", worker=worker or "")
        case Verb.DISPATCH:
            return Dispatch(case="C1", assignment="N", unit=unit or "")
        case Verb.DISPATCH_TOWN:
            return Dispatch(case="C1", assignment="N", unit=TOWN, worker=worker)
        case Verb.GUARD:
            return Assist(case="C1", assignment="N", worker=worker, guard=True)
        case _:
            return Assist(case="C1", assignment="N", unit=unit, worker=worker)


@given(situations(), st.sampled_from(sorted(CITY.units)), st.booleans())
def test_units_gesture_and_rules_agree(
    situation: tuple[Case, tuple[Assignment, ...], WorkerDuty | None], unit: str, assist: bool
) -> None:
    held, orders, _ = situation
    found = on_a_unit(held, *orders, unit=unit, assist=assist)
    command = found.command or equivalent(found, unit, None)
    assert (outcome(command, held, orders) == "") is found.allowed, found


@given(situations(), st.booleans())
def test_workers_gesture_and_rules_agree(
    situation: tuple[Case, tuple[Assignment, ...], WorkerDuty | None], assist: bool
) -> None:
    held, orders, presence = situation
    found = on_a_worker(held, *orders, duty=presence, assist=assist)
    command = found.command or equivalent(found, None, WORKER)
    assert (outcome(command, held, orders, duty=presence) == "") is found.allowed, found


@given(situations())
def test_queues_gesture_and_rules_agree(
    situation: tuple[Case, tuple[Assignment, ...], WorkerDuty | None],
) -> None:
    held, orders, _ = situation
    found = on_queue(held, orders, reason="r")
    command = found.command or Recall(assignment="A1", reason="r")
    assert (outcome(command, held, orders) == "") is found.allowed, found


@given(st.sampled_from(["C1", "M"]), st.sampled_from([None, "M"]), st.sampled_from([None, "C1"]))
def test_links_gesture_and_rules_agree(
    dropped_on: str, repeat_of: str | None, main_repeats: str | None
) -> None:
    held = case(repeat_of=repeat_of)
    main = held if dropped_on == "C1" else case(id="M", repeat_of=main_repeats)
    found = on_case(held, main)
    command = found.command or LinkRepeat(case="C1", main=dropped_on)
    assert (outcome(command, held, (), main=main) == "") is found.allowed, found
