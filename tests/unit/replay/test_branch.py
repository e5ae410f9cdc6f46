"""From a fork on the trainee decides and nothing else differs from history: neither calls nor luck."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.command import AskReturn, Dispatch, Recall, RuleReturn
from console.domain.event import Event
from console.domain.role import Role
from console.replay.branch import Branch
from console.replay.known import known_after
from console.replay.problem import RecordingProblem
from console.replay.timeline import Timeline
from console.store.picture import Picture
from console.wire.commands import wrap
from console.wire.messages import BookmarkArrived, EventsArrived, FixesArrived, SnapshotArrived
from tests.unit.field.rehearsing import CITY
from tests.unit.replay.branching import (
    WORLD,
    at,
    branch,
    decide,
    decisions,
    history,
    timeline,
)
from tests.unit.replay.made import hourless, recording

hours = st.floats(0, 20, allow_nan=False).map(lambda h: round(h, 3))


def bare(events: list[Event]) -> list[tuple[datetime, str, str, object]]:
    """What is the same in both: when, what, of which entity."""
    return [(e.at, e.type, e.entity, e.change) for e in events]


def calls(events: list[Event]) -> list[tuple[datetime, str, str, object]]:
    kinds = ("case.received", "case.answered", "day.began")
    return bare([e for e in events if e.type in kinds])


@settings(max_examples=40, deadline=None)
@given(begun=hours, span=st.floats(0, 4))
def test_without_a_decision_what_was_known_comes_as_in_history(begun: float, span: float) -> None:
    taken = branch(begun)
    taken.run_until(at(begun + span))
    past = history(taken.begun, taken.position)
    assert calls(taken.events) == calls(past)
    assert not [e for e in taken.events if e.type in ("case.dispatched", "assignment.sent")]


@settings(max_examples=25, deadline=None)
@given(begun=hours, span=st.floats(0, 4))
def test_what_was_given_before_goes_on_with_the_same_luck(begun: float, span: float) -> None:
    """Orders of before, and the shifts of those who get no new one."""
    taken = branch(begun)
    before = timeline().picture_at(taken.begun)
    taken.run_until(at(begun + span))
    past = history(taken.begun, taken.position)
    orders = {o.id for o in before.assignments.values()}
    # Nobody goes home with an order in hand: who got one in history stays longer there.
    busy = {e.change["worker"] for e in past if e.kind == "assignment" and "id" in e.change}
    same = orders | (CITY.workers.keys() - busy)

    def untouched(events: list[Event]) -> list[tuple[datetime, str, str, object]]:
        return bare([e for e in events if e.entity_id in same])

    assert untouched(taken.events) == untouched(past)


@pytest.mark.parametrize("begun", [0.0, 9.5, 14.25])
def test_who_decides_as_history_did_gets_history(begun: float) -> None:
    """Same units, workers and moments under other ids: every case has the same fate to the second."""
    taken = branch(begun)
    decide(taken, decisions(taken.begun, taken.ends - timedelta(hours=2)))
    past = timeline().picture_at(taken.position)
    assert taken.picture.cases.keys() == past.cases.keys()
    for case_id, then in past.cases.items():
        now = taken.picture.cases[case_id]
        assert replace(now, version=0, lead=None) == replace(then, version=0, lead=None)
    assert taken.picture.workers.keys() == past.workers.keys()
    assert all(taken.picture.workers[w].on_duty == d.on_duty for w, d in past.workers.items())
    assert taken.picture.day == past.day


def test_revs_go_on_from_the_fork_under_a_new_epoch() -> None:
    taken = branch(10.0)
    taken.run_until(at(11.0))
    first = timeline().picture_at(at(10.0)).rev + 1
    assert [e.rev for e in taken.events] == list(range(first, first + len(taken.events)))
    epochs = {e.epoch for e in taken.events}
    assert len(epochs) == 1
    assert epochs != {recording().about.epoch}


def follow(taken: Branch, rates: list[float], steps: int) -> Picture:
    """A board that takes every message and checks every heartbeat."""
    picture, now = Picture(tz=CITY.tz), 50.0
    for number in range(steps):
        taken.set_rate(rates[number % len(rates)])
        taken.play()
        for message in taken.step(now):
            match message:
                case SnapshotArrived(pages, _):
                    picture = Picture.from_snapshot(pages, CITY.tz)
                case EventsArrived(events):
                    picture.apply(events)
                case FixesArrived(fixes):
                    picture.put_fixes(fixes)
                case BookmarkArrived(bookmark, _):
                    assert (bookmark.rev, bookmark.epoch) == (picture.rev, picture.epoch)
                    assert int(bookmark.digest, 16) == picture.digest
        now += 1.0
    return picture


def test_a_board_can_follow_it() -> None:
    taken = branch(9.0)
    picture = follow(taken, [60.0, 600.0], 20)
    assert taken.position > at(10.0)
    assert picture.cases == taken.picture.cases
    assert picture.assignments == taken.picture.assignments
    assert picture.fixes == taken.picture.fixes


def test_the_size_of_the_steps_does_not_matter() -> None:
    one, many = branch(9.0), branch(9.0)
    for taken in (one, many):
        decide(taken, decisions(at(9.0), at(9.5)))
    one.run_until(at(11.0))
    for minute in range(91):
        many.run_until(at(9.5) + timedelta(minutes=minute))
    assert bare(one.events) == bare(many.events)
    assert one.metres() == pytest.approx(many.metres())


def first_waiting(taken: Branch) -> str:
    return next(e.entity_id for e in taken.events if e.type == "case.registered")


def test_an_order_is_told_with_the_next_step_also_while_it_stands() -> None:
    taken = branch(10.0)
    taken.step(0.0)
    taken.run_until(at(10.5))
    case = first_waiting(taken)
    unit = next(u for u in CITY.units if CITY.qualified(u, taken.picture.cases[case].category))
    taken.step(0.1)
    answer = taken.submit(wrap(Dispatch(case=case, assignment="mine", unit=unit), "k"))
    told = [e for m in taken.step(0.2) if isinstance(m, EventsArrived) for e in m.events]
    assert not taken.playing
    assert answer.status == 201
    assert [e.type for e in told] == ["assignment.sent", "case.dispatched"]
    assert {e.role for e in told} == {Role.DISPATCHER}
    taken.run_until(taken.ends)
    assert taken.picture.assignments["mine"].announced_at is not None
    assert {e.type for e in taken.history(case)} >= {"case.dispatched", "assignment.announced"}


def test_a_refused_order_changes_nothing() -> None:
    taken = branch(10.0)
    before = taken.picture.rev
    answer = taken.submit(wrap(Recall(assignment="none", reason="undo"), "k"))
    assert not answer.committed
    assert answer.problem == "unknown-assignment"
    assert taken.picture.rev == before


def test_the_trainee_sits_where_the_work_is() -> None:
    """A chief's ruling is taken from the chief's seat, whichever screen it was given at."""
    taken = branch(10.0)
    asked = next(
        o
        for o in taken.picture.assignments.values()
        if o.acknowledged_at is not None and o.active and o.responded_at is None and o.case
    )
    order = AskReturn(assignment=asked.id, reason="not-in-duties")
    assert taken.submit(wrap(order, "k1")).committed
    ruling = RuleReturn(case=asked.case or "", confirmed=False, reason="in-duties")
    assert taken.submit(wrap(ruling, "k2"), Role.DUTY_CHIEF).committed
    assert taken.events[-1].role in (Role.DUTY_CHIEF, Role.SHIFT_LEADER)


def test_a_worker_with_a_new_order_leaves_the_recorded_way() -> None:
    taken = branch(10.0)
    taken.run_until(at(10.2))
    busy = {o.worker for o in taken.picture.assignments.values() if o.active}
    free = [w for w, d in taken.picture.workers.items() if d.on_duty and w not in busy]
    case = next(
        c
        for c in taken.picture.cases.values()
        if c.state == "registered"
        and c.position is not None
        and not CITY.categories[c.category].hazard
        and CITY.categories[c.category].check
    )
    worker = free[0]
    unit = CITY.unit_of_area[CITY.workers[worker].town].code
    order = Dispatch(case=case.id, assignment="go", unit=unit, worker=worker)
    assert taken.submit(wrap(order, "k")).committed
    taken.run_until(at(14.0))
    arrived = taken.picture.assignments["go"].arrived_at
    assert arrived is not None
    recorded = recording().tracks.latest(taken.position)
    theirs = {fix.worker: fix.position for fix in recorded}
    others = [w for w, f in taken.picture.fixes.items() if theirs.get(w) == f.position]
    assert len(others) > len(free) / 2
    assert taken.picture.fixes[worker].position != theirs.get(worker)


def test_history_is_untouched() -> None:
    before = timeline().picture_at(at(12.0))
    taken = branch(10.0)
    decide(taken, decisions(at(10.0), at(11.0))[:3])
    taken.run_until(at(13.0))
    assert timeline().picture_at(at(12.0)) == before


def test_a_day_that_really_happened_brings_its_own_shifts() -> None:
    recorded = recording()
    with_shifts = list(known_after(recorded, 0, duty=True))
    without = list(known_after(recorded, 0, duty=False))
    kinds = {e.kind for known in with_shifts for e in known.events}
    assert kinds == {"case", "day", "worker"}
    assert {e.kind for known in without for e in known.events} == {"case", "day"}
    about = replace(recorded.about, made={})
    real = type(timeline())(replace(recorded, about=about), CITY)
    taken = Branch(real, at(6.0), WORLD)
    taken.run_until(at(10.0))
    duty = [e for e in history(at(6.0), at(10.0)) if e.kind == "worker"]
    assert duty
    assert bare([e for e in taken.events if e.kind == "worker"]) == bare(duty)


def test_a_recording_that_cannot_be_is_damage_in_a_branch_too() -> None:
    day = hourless()
    taken = Branch(Timeline(day, CITY), day.about.begins, WORLD)
    with pytest.raises(RecordingProblem):
        taken.run_until(at(12.0))
