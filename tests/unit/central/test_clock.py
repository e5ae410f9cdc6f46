"""The domain clock against server time."""

from datetime import timedelta

from console.central.clock import CityClock, at
from tests.builders import T0, clock
from tests.unit.central.desk import Wall


def test_a_real_clock_is_server_time_whenever_it_was_set() -> None:
    assert at(clock(0), T0 + timedelta(days=3)) == T0 + timedelta(days=3)


def test_a_simulated_clock_runs_at_its_rate_and_never_before_its_start() -> None:
    fast = clock(0, rate=60, simulated=True)
    assert at(fast, T0 + timedelta(seconds=10)) == T0 + timedelta(minutes=10)
    assert at(fast, T0 - timedelta(hours=1)) == T0
    assert at(clock(0, rate=0, simulated=True), T0 + timedelta(days=1)) == T0


def test_a_reading_is_domain_time_against_server_time_now() -> None:
    wall = Wall()
    city = CityClock(clock(0, rate=2, simulated=True), wall)
    wall.turn(minutes=3)
    reading = city.reading()
    assert (reading.domain_time, reading.server_time) == (T0 + timedelta(minutes=6), wall.now)
    assert (reading.rate, reading.simulated) == (2, True)
    city.set(clock(100))
    assert city.now() == wall.now
    assert not city.simulated
