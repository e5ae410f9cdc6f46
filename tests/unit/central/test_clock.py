"""The domain clock against server time."""

import itertools
from datetime import timedelta

import pytest

from console.central.clock import NOTABLE, CityClock, ServerTime, at
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


class Machine:
    """A machine's clock that can be set, and its seconds since the start, that cannot."""

    def __init__(self) -> None:
        self.wall = Wall()
        self.elapsed = 0.0

    def pass_s(self, seconds: float) -> None:
        self.wall.turn(seconds=seconds)
        self.elapsed += seconds

    def time(self) -> ServerTime:
        return ServerTime(self.wall, lambda: self.elapsed)


def test_server_time_is_the_machines_clock() -> None:
    machine = Machine()
    server = machine.time()
    machine.pass_s(90)
    assert server() == T0 + timedelta(seconds=90)


def test_a_clock_set_forward_is_followed_at_once() -> None:
    machine = Machine()
    server = machine.time()
    machine.wall.turn(hours=8)
    assert server() == T0 + timedelta(hours=8)


def test_a_clock_set_back_neither_stops_nor_turns_time(caplog: pytest.LogCaptureFixture) -> None:
    machine = Machine()
    server = machine.time()
    machine.wall.turn(hours=-1)
    before = server()
    assert before == T0
    machine.pass_s(100)
    assert server() == T0 + timedelta(seconds=99)
    assert len([r for r in caplog.records if r.levelname == "ERROR"]) == 1, "told once"


def test_after_a_while_it_meets_the_clock_again() -> None:
    machine = Machine()
    server = machine.time()
    machine.wall.turn(seconds=-1)
    times = []
    for _ in range(150):
        machine.pass_s(1)
        times.append(server())
    assert all(b > a for a, b in itertools.pairwise(times))
    assert times[-1] == machine.wall.now
    assert timedelta(seconds=1) < NOTABLE


def test_a_clock_set_back_between_two_starts_does_not_go_behind_the_log() -> None:
    machine = Machine()
    server = machine.time()
    server.not_before(T0 + timedelta(hours=1))
    machine.pass_s(10)
    assert server() == T0 + timedelta(hours=1, seconds=9.9)
