"""How old an order is."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.client.order_age import ORDERS, OrderAge
from console.wire.commands import Envelope
from console.wire.messages import Stored, Tick


def stored(kind: str = "dispatch", ago: timedelta = timedelta(0)) -> Stored:
    envelope = Envelope(key="k", type=kind, body={})
    at = datetime.now(UTC) - ago
    return Stored(seq=1, stored_at=at, tick=Tick.STORED, envelope=envelope, answer=None)


class Seconds:
    now = 5000.0

    def __call__(self) -> float:
        return self.now


@given(st.timedeltas(timedelta(days=-40000), timedelta(days=40000)))
def test_within_a_run_the_wall_clock_means_nothing(ago: timedelta) -> None:
    seconds = Seconds()
    age = OrderAge(seconds)
    age.made("k")
    one = stored(ago=timedelta(days=1))
    moved = Stored(seq=1, stored_at=T0 + ago, tick=Tick.STORED, envelope=one.envelope, answer=None)
    assert not age.is_stale(moved)
    seconds.now += 60
    assert not age.is_stale(moved)
    seconds.now += 0.1
    assert age.is_stale(moved)


T0 = datetime(2100, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ago", "stale"),
    [(0, False), (59, False), (61, True), (-1, True), (-3600, True), (10**9, True)],
)
def test_from_an_earlier_run_only_a_believable_age_is_young(ago: float, stale: bool) -> None:
    assert OrderAge().is_stale(stored(ago=timedelta(seconds=ago))) is stale


def test_notes_go_however_old_they_are() -> None:
    assert not OrderAge().is_stale(stored("remind", timedelta(days=3)))
    assert "remind" not in ORDERS


def test_the_gesture_counts_and_not_the_last_word_about_it() -> None:
    seconds = Seconds()
    age = OrderAge(seconds)
    age.made("k")
    seconds.now += 61
    age.made("k")
    assert age.is_stale(stored())
