"""What a batch changed."""

from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.event import EntityKind
from console.store.changes import ChangeSet
from tests.builders import case, duty, event, order

IDS = st.sets(st.sampled_from("abcd"))


@st.composite
def change_sets(draw: st.DrawFn) -> ChangeSet:
    """Any batch: what it removed is not also changed."""
    cases, orders = draw(IDS), draw(IDS)
    return ChangeSet(
        cases=cases,
        removed_cases=draw(IDS) - cases,
        assignments=orders,
        removed_assignments=draw(IDS) - orders,
        workers=draw(IDS),
        fixes=draw(IDS),
        volumes=draw(st.booleans()),
        clock=draw(st.booleans()),
        everything=draw(st.booleans()),
        events=[event(rev, EntityKind.CASE, "C1") for rev in draw(st.lists(st.integers(1, 9)))],
    )


def merged(*parts: ChangeSet) -> ChangeSet:
    total = deepcopy(parts[0])
    for part in parts[1:]:
        total.merge(deepcopy(part))
    return total


@given(change_sets(), change_sets(), change_sets())
def test_merging_in_any_grouping_is_the_same(a: ChangeSet, b: ChangeSet, c: ChangeSet) -> None:
    assert merged(merged(a, b), c) == merged(a, merged(b, c))


@given(change_sets())
def test_nothing_merged_changes_nothing(a: ChangeSet) -> None:
    assert merged(a, ChangeSet()) == a == merged(ChangeSet(), a)


@given(change_sets(), change_sets())
def test_what_was_removed_last_is_removed_and_what_came_back_is_there(
    a: ChangeSet, b: ChangeSet
) -> None:
    total = merged(a, b)
    assert not total.cases & total.removed_cases
    assert not total.assignments & total.removed_assignments
    assert b.removed_cases <= total.removed_cases
    assert b.cases <= total.cases
    assert b.removed_assignments <= total.removed_assignments
    assert b.assignments <= total.assignments


@given(change_sets(), change_sets())
def test_merging_leaves_the_other_alone(a: ChangeSet, b: ChangeSet) -> None:
    before = deepcopy(b)
    a.merge(b)
    a.cases.add("z")
    a.events.append(event(99, EntityKind.CASE, "z"))
    assert b == before


@pytest.mark.parametrize(
    "field",
    ["cases", "removed_cases", "assignments", "removed_assignments", "workers", "fixes"],
)
def test_any_id_is_a_change(field: str) -> None:
    assert ChangeSet(**{field: {"x"}})
    assert not ChangeSet()


@pytest.mark.parametrize("field", ["volumes", "clock", "everything"])
def test_any_flag_is_a_change(field: str) -> None:
    assert ChangeSet(**{field: True})


def test_a_changed_order_changes_its_cases_and_workers_look() -> None:
    changes = ChangeSet()
    changes.add(order(worker="W1"))
    changes.add(duty("W2"))
    changes.add(case(id="C2"))
    assert changes.assignments == {"A1"}
    assert changes.cases == {"C1", "C2"}
    assert changes.workers == {"W1", "W2"}
