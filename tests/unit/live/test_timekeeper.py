"""Server and domain time on this machine, whatever its own clock says."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.live import timekeeper
from console.live.timekeeper import Timekeeper
from console.wire.frames import DomainClock
from tests.builders import T0


class Machine:
    """A clock that counts sleep in a test's hand, and the true server time beside it."""

    def __init__(self) -> None:
        self.seconds = 1000.0
        self.server = T0

    def __call__(self) -> float:
        return self.seconds

    def run(self, seconds: float) -> None:
        self.seconds += seconds
        self.server += timedelta(seconds=seconds)

    def step(self, seconds: float) -> None:
        """The server's clock is put forward, or another server answers."""
        self.server += timedelta(seconds=seconds)


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.fixture
def keeper(machine: Machine) -> Timekeeper:
    return Timekeeper(machine)


@pytest.fixture(autouse=True)
def wrong_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The console's own clock is years off: nothing that is known may come from it."""

    class Wrong(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> "Wrong":
            return cls(1999, 1, 1, tzinfo=tz)

    monkeypatch.setattr(timekeeper, "datetime", Wrong)


def live(machine: Machine) -> DomainClock:
    now = machine.server
    return DomainClock(domain_time=now, server_time=now, rate=1.0, simulated=False)


def off(keeper: Timekeeper, machine: Machine) -> float:
    return (keeper.server_now() - machine.server).total_seconds()


def test_before_anything_was_heard(keeper: Timekeeper) -> None:
    assert not keeper.known
    assert keeper.age() is None
    assert keeper.rate == 1.0
    assert not keeper.simulated
    assert keeper.server_now().tzinfo is UTC


def test_a_wrong_console_clock_does_not_move_a_timer(keeper: Timekeeper, machine: Machine) -> None:
    keeper.hear(live(machine), machine())
    machine.run(300)
    assert abs(off(keeper, machine)) < 1e-3
    assert keeper.domain_now() == keeper.server_now()


def test_nor_between_the_snapshot_and_the_first_bookmark(
    keeper: Timekeeper, machine: Machine
) -> None:
    keeper.change(live(machine))
    machine.run(4)
    assert keeper.known
    assert abs(off(keeper, machine)) < 1
    assert abs((keeper.domain_now() - machine.server).total_seconds()) < 1


def test_a_snapshot_some_seconds_old_is_mended_by_the_first_bookmark(
    keeper: Timekeeper, machine: Machine
) -> None:
    old = live(machine)
    machine.run(5)
    keeper.change(old)
    keeper.hear(live(machine), machine())
    assert abs(off(keeper, machine)) < 1e-3


def test_the_least_delayed_reading_counts(keeper: Timekeeper, machine: Machine) -> None:
    for delay in (0.4, 0.02, 0.9, 0.3):
        sent = live(machine)
        machine.run(delay)
        keeper.hear(sent, machine())
        machine.run(5 - delay)
    assert off(keeper, machine) == pytest.approx(-0.02, abs=1e-3)


@pytest.mark.parametrize("delay", [0.9, 1.1, 4.0, 14.0])
def test_one_late_bookmark_does_not_move_a_timer(
    keeper: Timekeeper, machine: Machine, delay: float
) -> None:
    for _ in range(3):
        keeper.hear(live(machine), machine())
        machine.run(5)
    sent = live(machine)
    machine.run(delay)
    keeper.hear(sent, machine())
    assert abs(off(keeper, machine)) < 1


@given(st.lists(st.floats(0, 0.9), min_size=1, max_size=30))
def test_while_delays_stay_below_a_second_so_does_the_error(delays: list[float]) -> None:
    machine = Machine()
    keeper = Timekeeper(machine)
    for delay in delays:
        sent = live(machine)
        machine.run(delay)
        keeper.hear(sent, machine())
        assert -1 < off(keeper, machine) <= 1e-3
        machine.run(5 - delay)


def test_after_a_step_the_first_bookmark_puts_it_right(
    keeper: Timekeeper, machine: Machine
) -> None:
    for _ in range(8):
        keeper.hear(live(machine), machine())
        machine.run(5)
    machine.step(3600)
    keeper.hear(live(machine), machine())
    assert abs(off(keeper, machine)) < 1e-3


def test_old_readings_age_out_when_the_server_stepped_back(
    keeper: Timekeeper, machine: Machine
) -> None:
    keeper.hear(live(machine), machine())
    machine.server -= timedelta(seconds=30)
    for _ in range(8):
        machine.run(5)
        keeper.hear(live(machine), machine())
    assert abs(off(keeper, machine)) < 1e-3


def test_sixty_fold_time_runs_sixty_fold(keeper: Timekeeper, machine: Machine) -> None:
    domain = datetime(2026, 1, 1, tzinfo=UTC)
    fast = DomainClock(domain_time=domain, server_time=machine.server, rate=60.0, simulated=True)
    keeper.hear(fast, machine())
    machine.run(10)
    passed = (keeper.domain_now() - domain).total_seconds()
    assert passed == pytest.approx(600, abs=0.1)
    assert keeper.rate == 60.0
    assert keeper.simulated


def test_a_clock_set_in_the_log_moves_domain_time_and_not_server_time(
    keeper: Timekeeper, machine: Machine
) -> None:
    keeper.hear(live(machine), machine())
    keeper.change(
        DomainClock(
            domain_time=T0 - timedelta(days=30),
            server_time=machine.server,
            rate=10.0,
            simulated=True,
        )
    )
    machine.run(6)
    assert abs(off(keeper, machine)) < 1e-3
    assert (keeper.domain_now() - (T0 - timedelta(days=30))).total_seconds() == pytest.approx(
        60, abs=0.1
    )


def test_the_pictures_age_is_real_time_since_the_last_bookmark(
    keeper: Timekeeper, machine: Machine
) -> None:
    keeper.hear(live(machine), machine())
    machine.run(12)
    keeper.change(live(machine))
    assert keeper.age() == timedelta(seconds=12)


def test_after_sleep_the_picture_is_as_old_as_it_is_and_time_is_right(
    keeper: Timekeeper, machine: Machine
) -> None:
    keeper.hear(live(machine), machine())
    machine.run(3600)  # asleep: this clock counts it
    assert keeper.age() == timedelta(hours=1)
    assert abs(off(keeper, machine)) < 1e-3


def test_the_shortest_round_trip_counts(keeper: Timekeeper, machine: Machine) -> None:
    for there, back in ((0.3, 0.7), (0.01, 0.03), (0.8, 0.1)):
        asked = machine()
        machine.run(there)
        told = machine.server
        machine.run(back)
        keeper.hear_answer(told, asked, machine())
        machine.run(1)
    assert off(keeper, machine) == pytest.approx(-0.01, abs=1e-3)  # half of what is not known


def test_bookmarks_that_are_all_late_are_mended_by_an_answer(
    keeper: Timekeeper, machine: Machine
) -> None:
    """A proxy that holds each chunk back for three seconds."""
    for _ in range(6):
        sent = live(machine)
        machine.run(3)
        keeper.hear(sent, machine())
        asked, told = machine(), machine.server
        machine.run(0.02)
        keeper.hear_answer(told, asked, machine())
        assert abs(off(keeper, machine)) < 0.05


delays = st.tuples(st.floats(0, 0.9), st.floats(0, 0.9))


@given(st.lists(st.tuples(st.booleans(), delays), min_size=1, max_size=40))
def test_whatever_comes_mixed_a_timer_is_never_off_by_a_second(
    heard: list[tuple[bool, tuple[float, float]]],
) -> None:
    machine = Machine()
    keeper = Timekeeper(machine)
    keeper.change(live(machine))
    for is_answer, (there, back) in heard:
        asked = machine()
        machine.run(there)
        sent = live(machine)
        machine.run(back)
        if is_answer:
            keeper.hear_answer(sent.server_time, asked, machine())
        else:
            keeper.hear(sent, machine())
        assert abs(off(keeper, machine)) < 1
        machine.run(2)
