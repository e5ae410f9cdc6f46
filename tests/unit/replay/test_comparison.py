"""Branch and history beside each other: equal where the trainee decided the same, different where not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from console.domain.assignment import AssignmentRole
from console.domain.case import WAITING, CaseState
from console.domain.command import Dispatch
from console.domain.event import EntityKind
from console.replay.branch import Branch
from console.replay.comparison import _course, compare
from console.replay.headless import Policy, play, played
from console.replay.scenario import cut
from tests.unit.field.rehearsing import CITY
from tests.unit.replay.branching import WORLD, at, branch, decide, decisions, history, timeline
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


def test_what_was_never_dispatched_counts_as_unanswered_after_its_30_minutes() -> None:
    taken = branch(9.0)
    taken.run_until(at(12.0))
    found = compare(taken).branch.response
    late = {
        case.id
        for case in taken.picture.cases.values()
        if case.state in WAITING
        and case.dispatched_at is None
        and taken.position - case.received_at > timedelta(minutes=30)
    }
    assert late
    assert late <= set(found.denominator)
    assert not late & set(found.numerator)
    indicator = played(taken).figures.response
    assert set(found.denominator) == late | set(indicator.denominator)
    assert found.numerator == indicator.numerator


def test_what_waits_again_has_no_lead() -> None:
    taken = branch(9.0)
    decide(taken, decisions(taken.begun, at(13.0)))
    taken.run_until(at(13.0))
    picture = taken.picture
    case = next(c for c in picture.cases.values() if c.dispatched_at and picture.lead(c))
    course = _course(picture, case.id)
    assert course is not None
    assert course.unit is not None
    picture.cases[case.id] = replace(case, state=CaseState.REGISTERED, lead=None)
    again = _course(picture, case.id)
    assert again is not None
    assert (again.unit, again.worker, again.acknowledged_at) == (None, None, None)


def test_a_slice_played_as_recorded_has_the_figures_of_the_comparison() -> None:
    begun, until = at(9.0) + timedelta(seconds=37), at(11.0) + timedelta(seconds=21)
    scenario = cut(timeline(), begun, until, "slice")
    past = play(scenario, Policy.HISTORY, WORLD).figures
    taken = Branch(timeline(), begun, WORLD)
    taken.run_until(until)
    theirs = compare(taken).history
    assert (past.calls, past.dispatched, past.returns) == (
        theirs.calls,
        theirs.dispatched,
        theirs.returns,
    )
    assert past.metres == pytest.approx(theirs.metres)
    assert past.response.numerator == theirs.response.numerator
