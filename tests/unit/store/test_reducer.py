"""The one reducer: facts travel as JSON and give the same entity as the rules meant."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.assignment import AssignmentState
from console.domain.case import CaseState
from console.domain.category import Urgency
from console.domain.event import EntityKind, Fact
from console.domain.place import Position
from console.store.reducer import change_of, entity_of, evolve
from console.wire.codec import BadInput, decode, encode, to_builtins
from tests.builders import at, case, created, duty, event, event_of, order

MOMENTS = st.none() | st.integers(0, 600).map(at)
CASE_CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "state": st.sampled_from(CaseState),
        "urgency": st.sampled_from(Urgency),
        "lead": st.none() | st.text(max_size=4),
        "former": st.none() | st.sampled_from(CaseState),
        "waiting_since": st.integers(0, 600).map(at),
        "closed_at": MOMENTS,
        "returns": st.integers(0, 9),
        "reached": st.none() | st.booleans(),
        "position": st.none() | st.just(Position(110.4, 20.2)),
    },
)
ORDER_CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "state": st.sampled_from(AssignmentState),
        "acknowledged_at": MOMENTS,
        "overdue": st.booleans(),
        "step": st.integers(0, 3),
        "return_reason": st.none() | st.text(max_size=5),
    },
)


@given(CASE_CHANGES)
def test_a_changed_case_is_what_replace_gives(change: dict[str, Any]) -> None:
    fact = Fact(type="case.x", kind=EntityKind.CASE, id="C1", change=change)
    told = decode(encode(event_of(9, fact)), type(event_of(9, fact)))
    after = entity_of("case", evolve(to_builtins(case()), told))
    assert after == replace(case(), version=9, **change)


@given(ORDER_CHANGES)
def test_a_changed_order_is_what_replace_gives(change: dict[str, Any]) -> None:
    fact = Fact(type="assignment.x", kind=EntityKind.ASSIGNMENT, id="A1", change=change)
    after = entity_of("assignment", evolve(to_builtins(order()), event_of(9, fact)))
    assert after == replace(order(), version=9, **change)


@pytest.mark.parametrize("entity", [case(version=0), order(version=0), duty(version=0)])
def test_a_created_entity_gets_the_events_version(entity: Any) -> None:
    told = created(5, entity)
    assert "version" not in told.change
    assert entity_of(told.kind, evolve(None, told)) == replace(entity, version=5)


def test_a_change_names_only_what_became_something_else() -> None:
    fact = Fact(type="x", kind=EntityKind.CASE, id="C1", change={"state": CaseState.CLOSED})
    assert change_of(fact) == {"state": "closed"}


@pytest.mark.parametrize("change", [{"state": "melted"}, {"version": "x"}, {"due_at": "soon"}])
def test_what_does_not_fit_is_bad_input(change: dict[str, Any]) -> None:
    told = event(9, EntityKind.CASE, "C1", change=change)
    fields = evolve(to_builtins(case()), told)
    if "version" in change:
        assert fields["version"] == 9
        return
    with pytest.raises(BadInput):
        entity_of("case", fields)
