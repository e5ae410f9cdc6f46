"""Alarms of a seat: whatever happens, what waits is announced once, alone or in one group."""

from datetime import datetime, timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from console.domain.alarm import Alarm, AlarmKind, Budget, Priority
from console.store.alarms import AlarmBook, NotOpened
from console.wire.codec import decode, encode
from tests.builders import at

BUDGET = Budget(peak=3)
KINDS = st.sampled_from(AlarmKind)
DISTRICTS = st.sampled_from([None, "1", "2"])


def raised(book: AlarmBook, number: int, minute: float = 0, **changes: object) -> Alarm:
    kind = changes.get("kind", AlarmKind.URGENT)
    assert isinstance(kind, AlarmKind)
    alarm = book.add(
        f"a{number}", kind, f"C{number}", str(changes.get("district", "1")), at(minute)
    )
    assert alarm is not None
    return alarm


class Shift(RuleBasedStateMachine):
    """Any sequence of what can happen at a seat, beside the plainest account of it."""

    def __init__(self) -> None:
        super().__init__()
        self.book = AlarmBook(BUDGET)
        self.now: datetime = at(0)
        self.known: set[str] = set()
        self.waiting: set[str] = set()
        self.gone: set[str] = set()

    @rule(number=st.integers(0, 30), kind=KINDS, district=DISTRICTS)
    def raise_one(self, number: int, kind: AlarmKind, district: str | None) -> None:
        name = f"a{number}"
        new = name not in self.known or name in self.gone
        assert (self.book.add(name, kind, name, district, self.now) is not None) == new
        if new:
            self.gone.discard(name)
            self.waiting.add(name)
        self.known.add(name)

    @rule(seconds=st.integers(1, 900))
    def wait(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule(number=st.integers(0, 30))
    def clear(self, number: int) -> None:
        name = f"a{number}"
        self.book.clear(name, self.now)
        self.waiting.discard(name)
        if name in self.known:
            self.gone.add(name)

    @precondition(lambda self: self.waiting)
    @rule(data=st.data())
    def acknowledge(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.waiting)))
        assert self.book.acknowledge(name, self.now)
        self.waiting.discard(name)

    @precondition(lambda self: self.book.groups)
    @rule(data=st.data())
    def acknowledge_group(self, data: st.DataObject) -> None:
        group = data.draw(st.sampled_from(self.book.groups))
        self.book.open(group.key)
        done = self.book.acknowledge_group(group.key, self.now)
        assert set(done) == {alarm.id for alarm in group.alarms}
        self.waiting -= set(done)

    @rule()
    def restart(self) -> None:
        """What is kept on disk is all there is."""
        self.book = AlarmBook(BUDGET, decode(encode(self.book.all), tuple[Alarm, ...]))

    @invariant()
    def nothing_falls_off_and_nothing_is_doubled(self) -> None:
        shown = [alarm.id for alarm in self.book.singles]
        for group in self.book.groups:
            shown += [alarm.id for alarm in group.alarms]
        assert sorted(shown) == sorted(self.waiting)
        assert {alarm.id for alarm in self.book.all} == self.known

    @invariant()
    def no_priority_is_announced_more_often_than_the_budget_says(self) -> None:
        for priority in Priority:
            lately = [
                a
                for a in self.book.all
                if a.priority == priority
                and not a.grouped
                and self.now - a.raised_at < BUDGET.window
            ]
            assert len(lately) <= BUDGET.peak


TestShift = Shift.TestCase


def test_beyond_the_budget_alarms_are_grouped_by_kind_and_district() -> None:
    book = AlarmBook(BUDGET)
    for number in range(9):
        raised(book, number, district=1 + number % 2)
    assert len(book.singles) == 3
    assert [len(group.alarms) for group in book.groups] == [3, 3]
    assert book.lately(at(5)) == 9
    assert book.lately(at(11)) == 0


def test_after_the_window_they_stand_alone_again() -> None:
    book = AlarmBook(BUDGET)
    for number in range(4):
        raised(book, number)
    assert raised(book, 5, minute=11).grouped is False


def test_many_small_ones_never_hide_a_great_one() -> None:
    book = AlarmBook(BUDGET)
    for number in range(20):
        raised(book, number, kind=AlarmKind.RED)
    urgent = raised(book, 30)
    assert not urgent.grouped
    assert book.waiting[0] == urgent


def test_a_group_is_acknowledged_only_after_it_was_opened_and_only_what_was_in_it() -> None:
    book = AlarmBook(BUDGET)
    for number in range(5):
        raised(book, number)
    key = book.groups[0].key
    with pytest.raises(NotOpened):
        book.acknowledge_group(key, at(1))
    book.open(key)
    raised(book, 6, minute=1)
    assert book.acknowledge_group(key, at(2)) == ("a3", "a4")
    assert [alarm.id for alarm in book.groups[0].alarms] == ["a6"]


def test_of_a_group_only_the_first_is_heard() -> None:
    book = AlarmBook(BUDGET)
    heard = [book.sound(raised(book, number)) for number in range(6)]
    assert heard == [True, True, True, True, False, False]


def test_what_has_ended_is_listed_for_a_shift_and_what_waits_for_ever() -> None:
    book = AlarmBook(BUDGET)
    raised(book, 1)
    raised(book, 2)
    book.clear("a1", at(1))
    book.forget(at(60 * 23))
    assert [alarm.state for alarm in book.all] == ["new", "cleared"]
    book.forget(at(60 * 72))
    assert [alarm.id for alarm in book.all] == ["a2"]
