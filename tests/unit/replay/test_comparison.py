"""Branch and history beside each other: equal where the trainee decided the same, different where not."""

from datetime import timedelta

import pytest

from console.domain.assignment import AssignmentRole
from console.domain.command import Dispatch
from console.domain.event import EntityKind
from console.replay.comparison import compare
from tests.unit.field.rehearsing import CITY
from tests.unit.replay.branching import at, branch, decide, decisions, history, timeline
from tests.unit.replay.made import recording


def test_the_same_decisions_compare_equal() -> None:
    taken = branch(9.0)
    decide(taken, decisions(taken.begun, at(13.0)))
    taken.run_until(at(13.0))
    found = compare(taken)
    assert found.differences == ()
    ours, theirs = found.branch, found.history
    assert (ours.calls, ours.dispatched, ours.returns) == (
        theirs.calls,
        theirs.dispatched,
        theirs.returns,
    )
    assert ours.response == theirs.response
    assert ours.longest_wait == theirs.longest_wait
    assert ours.metres == pytest.approx(theirs.metres, rel=0.1)


def test_nobody_who_decides_leaves_everybody_waiting() -> None:
    taken = branch(9.0)
    taken.run_until(at(12.0))
    found = compare(taken)
    assert found.branch.calls == found.history.calls > 20
    assert found.branch.dispatched == 0 < found.history.dispatched
    assert found.branch.waiting > found.history.waiting
    ours, theirs = found.branch.longest_wait, found.history.longest_wait
    assert ours is not None
    assert theirs is not None
    assert ours.lasted > theirs.lasted
    assert not ours.ended
    assert len(found.differences) >= found.history.dispatched - found.branch.dispatched


def test_a_different_decision_is_listed_with_both_courses() -> None:
    taken = branch(9.0)
    orders = decisions(taken.begun, at(12.0))
    number = next(n for n, (_, o) in enumerate(orders) if isinstance(o, Dispatch))
    moment, order = orders[number]
    assert isinstance(order, Dispatch)
    category = next(
        e.change["category"]
        for e in [*recording().events]
        if e.entity_id == order.case and "category" in e.change
    )
    other = next(u for u in CITY.units if u != order.unit and CITY.qualified(u, category))
    changed = Dispatch(case=order.case, assignment="other", unit=other)
    orders[number] = (moment, changed)
    decide(taken, orders)
    taken.run_until(at(12.0))
    difference = next(d for d in compare(taken).differences if d.case == order.case)
    assert difference.history is not None
    assert difference.branch is not None
    assert difference.history.unit == order.unit
    assert difference.branch.unit == other
    assert difference.history.dispatched_at == difference.branch.dispatched_at


def test_figures_are_those_of_the_log() -> None:
    taken = branch(9.0)
    taken.run_until(at(12.0))
    found, past = compare(taken).history, history(at(9.0), at(12.0))
    assert found.calls == sum(e.type == "case.received" for e in past)
    leads = [
        e
        for e in past
        if e.kind == EntityKind.ASSIGNMENT and e.change.get("role") == AssignmentRole.LEAD
    ]
    assert found.dispatched == len(leads)
    assert found.returns == sum(e.type == "case.return_asked" for e in past)
    assert set(found.response.numerator) <= set(found.response.denominator)
    known = timeline().picture_at(at(12.0)).cases
    assert set(found.response.denominator) <= set(known)


def test_kilometres_add_up_over_time() -> None:
    tracks = recording().tracks
    halves = [tracks.metres(at(h), at(h + 3)) for h in (6, 9)]
    whole = tracks.metres(at(6), at(12))
    assert 0 < sum(halves) <= whole
    assert whole - sum(halves) < whole * 0.05
    nobody = {worker: at(6) for worker in tracks.columns().workers}
    assert tracks.metres(at(6), at(12), nobody) == 0
    assert tracks.metres(at(6), at(6) + timedelta(seconds=1)) == 0
