"""The picture: dense, forkable, the same by every way."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.assignment import Assignment, AssignmentRole, AssignmentState
from console.domain.case import TERMINAL, CaseState
from console.domain.event import EntityKind, Event
from console.store.picture import Picture
from console.wire.codec import BadInput, entity_hash, to_builtins
from console.wire.frames import DayVolumes, Snapshot
from tests.builders import (
    EPOCH,
    T0,
    TZ,
    at,
    case,
    clock,
    created,
    duty,
    event,
    fix,
    order,
    snapshot,
)

TODAY, TOMORROW = "2026-06-03", "2026-06-04"
HOUR = 10
"""T0's hour in the city."""


def empty() -> Picture:
    return Picture.from_snapshot([snapshot()], TZ)


def day_began(rev: int, day: str = TOMORROW) -> Event:
    return event(rev, EntityKind.DAY, day, type="day.began")


def changed(rev: int, kind: EntityKind, entity_id: str, **change: Any) -> Event:
    return event(rev, kind, entity_id, change=change)


@st.composite
def logs(draw: st.DrawFn) -> list[Event]:
    """A dense log of a few cases, orders and workers that come, change, end, and of new days."""
    events: list[Event] = []
    orders = 0
    for rev in range(1, draw(st.integers(0, 25)) + 1):
        act = draw(st.sampled_from(["case", "order", "case", "order", "duty", "new", "day", "odd"]))
        case_id = draw(st.sampled_from(["C1", "C2", "C3"]))
        if act == "new":
            known = {e.entity_id for e in events if "received_at" in e.change}
            if case_id not in known:
                events.append(created(rev, case(id=case_id, state=CaseState.RECEIVED)))
                continue
        if act == "case":
            state = draw(st.sampled_from(CaseState)).value
            sent = to_builtins(draw(st.sampled_from([None, T0])))
            events.append(changed(rev, EntityKind.CASE, case_id, state=state, dispatched_at=sent))
        elif act == "order" and case_id in _open_cases(events):
            orders += 1
            worker = draw(st.sampled_from([None, "W1", "W2"]))
            unit = draw(st.sampled_from([None, "U1", "U2"]))
            made = order(id=f"A{orders}", case=case_id, worker=worker, unit=unit, sent_at=at(rev))
            events.append(created(rev, made))
        elif act == "order":
            number = draw(st.integers(1, 9))
            state = draw(st.sampled_from(AssignmentState)).value
            events.append(changed(rev, EntityKind.ASSIGNMENT, f"A{number}", state=state))
        elif act == "duty":
            events.append(created(rev, duty(draw(st.sampled_from(["W1", "W2"])))))
        elif act == "day":
            events.append(day_began(rev))
        else:
            events.append(event(rev, EntityKind.CASE, "x", entity="incident:1"))
    return events


def _open_cases(events: Sequence[Event]) -> set[str]:
    return set(played(events).cases)


def played(events: Sequence[Event]) -> Picture:
    picture = empty()
    picture.apply(events)
    return picture


def digest_of(picture: Picture) -> int:
    entities = [*picture.cases.values(), *picture.assignments.values(), *picture.workers.values()]
    return sum(entity_hash(to_builtins(entity)) for entity in entities) % 2**64


def own_snapshot(picture: Picture) -> list[Snapshot]:
    """The picture on two pages."""
    assert picture.clock is not None
    page = snapshot(
        rev=picture.rev, epoch=picture.epoch, clock=picture.clock, day=picture.day, pages=2
    )
    return [
        replace(page, cases=[*picture.cases.values()], workers=[*picture.workers.values()]),
        replace(
            page,
            page=1,
            assignments=[*picture.assignments.values()],
            fixes=[*picture.fixes.values()],
        ),
    ]


@given(logs())
def test_the_digest_is_the_sum_of_the_entities_hashes(events: list[Event]) -> None:
    picture = played(events)
    assert picture.digest == digest_of(picture)


@given(logs())
def test_a_snapshot_of_the_picture_is_the_picture(events: list[Event]) -> None:
    picture = played(events)
    picture.put_fixes([fix("W1")])
    again = Picture.from_snapshot(own_snapshot(picture), TZ)
    again.unknown = picture.unknown
    assert again == picture


@given(logs())
def test_indexes_equal_a_search_through_all_orders(events: list[Event]) -> None:
    picture = played(events)
    for index, field in (
        (picture.of_owner, "owner"),
        (picture.of_worker, "worker"),
        (picture.of_unit, "unit"),
    ):
        expected: dict[str, list[str]] = {}
        for known in picture.assignments.values():
            if (key := getattr(known, field)) is not None:
                expected.setdefault(key, []).append(known.id)
        assert {key: list(ids) for key, ids in index.items()} == expected


@given(logs())
def test_nothing_is_left_of_a_case_that_left(events: list[Event]) -> None:
    picture = played(events)
    assert {order.case for order in picture.assignments.values()} <= set(picture.cases)
    assert all(known.state is not CaseState.ANSWERED for known in picture.cases.values())


@given(logs(), st.integers(0, 25))
def test_a_fork_is_independent_and_arrives_at_the_same(events: list[Event], cut: int) -> None:
    picture = played(events[:cut])
    kept, twin = picture.fork(), picture.fork()
    twin.apply(events[cut:])
    twin.put_fixes([fix("W9")])
    assert picture == kept
    picture.apply(events[cut:])
    picture.put_fixes([fix("W9")])
    assert picture == twin == twin.fork()


@given(logs(), st.integers(0, 25))
def test_batches_make_no_difference(events: list[Event], cut: int) -> None:
    whole, parts = empty(), empty()
    once = whole.apply(events)
    twice = parts.apply(events[:cut])
    twice.merge(parts.apply(events[cut:]))
    assert parts == whole
    assert twice.events == once.events
    assert (twice.removed_cases, twice.removed_assignments) == (
        once.removed_cases,
        once.removed_assignments,
    )


@given(logs())
@settings(max_examples=50)
def test_what_a_batch_changed_is_named(events: list[Event]) -> None:
    picture = empty()
    for told in events:
        before = picture.fork()
        changes = picture.apply([told])
        different = {key for key, held in picture.cases.items() if before.cases.get(key) != held}
        assert different <= changes.cases
        assert set(before.cases) - set(picture.cases) == changes.removed_cases
        assert set(before.assignments) - set(picture.assignments) == changes.removed_assignments
        assert changes.volumes or picture.day == before.day


@pytest.mark.parametrize("rev", [0, 1, 3, 99])
def test_only_the_next_event_is_taken(rev: int) -> None:
    picture = played([created(1, case())])
    kept = picture.fork()
    if rev == 1:
        rev = picture.rev
    with pytest.raises(ValueError, match="follow"):
        picture.apply([created(rev, case(id="C2"))])
    assert picture == kept


def test_an_event_that_does_not_fit_leaves_the_picture_at_the_one_before() -> None:
    picture = played([created(1, case())])
    kept = picture.fork()
    with pytest.raises(BadInput):
        picture.apply([changed(2, EntityKind.CASE, "C1", state="melted")])
    assert picture == kept


def test_an_unknown_kind_is_counted_kept_and_passed() -> None:
    picture = empty()
    odd = event(1, EntityKind.CASE, "x", entity="comet:1", change={"id": "1"})
    changes = picture.apply([odd, created(2, case())])
    assert picture.unknown == 1
    assert changes.events[0] == odd
    assert "C1" in picture.cases


def test_an_answered_case_leaves_at_once_and_stays_counted() -> None:
    picture = empty()
    received = created(1, case(state=CaseState.RECEIVED))
    changes = picture.apply([received, changed(2, EntityKind.CASE, "C1", state="answered")])
    assert picture.cases == {}
    assert changes.removed_cases == {"C1"}
    assert changes.cases == set()
    assert (picture.day.calls[HOUR], picture.day.answered[HOUR]) == (1, 1)
    assert picture.digest == 0


@pytest.mark.parametrize("state", sorted(TERMINAL - {CaseState.ANSWERED}))
def test_a_new_day_takes_what_ended_and_its_orders(state: CaseState) -> None:
    picture = played(
        [
            created(1, case()),
            created(2, order(worker="W1")),
            created(3, case(id="C2")),
            changed(4, EntityKind.CASE, "C1", state=state.value),
        ]
    )
    assert "C1" in picture.cases
    changes = picture.apply([day_began(5)])
    assert set(picture.cases) == {"C2"}
    assert picture.assignments == {}
    assert (picture.of_owner, picture.of_worker, picture.of_unit) == ({}, {}, {})
    assert changes.removed_assignments == {"A1"}
    assert "W1" in changes.workers
    assert picture.day == DayVolumes(day=TOMORROW)


def test_a_late_word_about_what_left_is_kept_and_changes_nothing() -> None:
    picture = played([created(1, case(state=CaseState.CLOSED)), day_began(2)])
    changes = picture.apply([changed(3, EntityKind.CASE, "C1", repeat_of="C0")])
    assert picture.cases == {}
    assert picture.rev == 3
    assert len(changes.events) == 1


def test_volumes_follow_the_citys_hour_and_day() -> None:
    late = T0 + timedelta(hours=13, minutes=59)
    picture = empty()
    picture.apply(
        [
            created(1, case()),
            created(2, case(id="C2"), occurred_at=late),
            created(3, case(id="C3"), occurred_at=late + timedelta(minutes=1)),
            event(4, EntityKind.CASE, "C1", change={"dispatched_at": to_builtins(T0)}),
        ]
    )
    assert (picture.day.calls[HOUR], picture.day.calls[23]) == (1, 1)
    assert sum(picture.day.calls) == 2
    assert picture.day.cases[HOUR] == 1


def test_a_picture_does_not_count_on_in_the_snapshot_it_came_from() -> None:
    page = snapshot()
    picture = Picture.from_snapshot([page], TZ)
    picture.apply([created(1, case())])
    assert sum(page.day.calls) == 0


def test_the_clock_is_set_by_the_log() -> None:
    picture = empty()
    fast = clock(5, rate=60.0, simulated=True)
    changes = picture.apply([event(1, EntityKind.CLOCK, "city", change=to_builtins(fast))])
    assert picture.clock == fast
    assert changes.clock


def test_an_older_position_does_not_replace_a_newer() -> None:
    picture = empty()
    assert picture.put_fixes([fix("W1", 5)]).fixes == {"W1"}
    assert not picture.put_fixes([fix("W1", 4)])
    assert picture.fixes["W1"] == fix("W1", 5)
    assert picture.rev == 0


def test_orders_are_told_oldest_first_whatever_order_the_snapshot_had() -> None:
    orders = [order(id=f"A{n}", sent_at=at(n)) for n in (3, 1, 2)]
    page = snapshot(rev=5, cases=[case()], assignments=orders)
    picture = Picture.from_snapshot([page], TZ)
    assert [known.id for known in picture.orders_of("C1")] == ["A1", "A2", "A3"]


def test_load_counts_what_is_in_hand() -> None:
    def at_unit(order_id: str, **fields: Any) -> Assignment:
        return order(id=order_id, unit="U1", worker="W1", **fields)

    orders = [
        at_unit("A1", overdue=True),
        at_unit("A2", overdue=True, acknowledged_at=at(40), state=AssignmentState.ACKNOWLEDGED),
        at_unit("A3", state=AssignmentState.DONE),
        at_unit("A4", role=AssignmentRole.ASSIST),
    ]
    picture = Picture.from_snapshot([snapshot(cases=[case()], assignments=orders)], TZ)
    assert picture.load_of_unit("U1") == (2, 1)
    assert picture.load_of_worker("W1") == 3
    assert picture.load_of_unit("U0") == (0, 0)


def test_the_lead_of_a_case_is_the_one_it_names() -> None:
    page = snapshot(cases=[case(lead="A1"), case(id="C2")], assignments=[order()])
    picture = Picture.from_snapshot([page], TZ)
    assert picture.lead(picture.cases["C1"]) == order()
    assert picture.lead(picture.cases["C2"]) is None
    assert picture.epoch == EPOCH
