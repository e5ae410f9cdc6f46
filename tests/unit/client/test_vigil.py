"""Over an open stream, and over the machine's sleep and clock, somebody watches."""

import threading

import pytest

from console.client.vigil import Vigil
from console.wire.messages import ClockStepped, MachineSlept


class Machine:
    def __init__(self) -> None:
        self.awake = 100.0
        self.slept = 900.0
        self.set_by = 1.7e9
        self.told: list[object] = []
        self.vigil = Vigil(
            lambda: None,
            self.told.append,
            lambda: self.awake + self.slept,
            lambda: self.awake,
            lambda: self.awake + self.slept + self.set_by,
        )

    def run(self, seconds: float) -> None:
        self.awake += seconds

    def sleep(self, seconds: float) -> None:
        self.slept += seconds


@pytest.fixture
def machine() -> Machine:
    return Machine()


def test_nothing_is_said_of_a_line_that_is_not_open(machine: Machine) -> None:
    machine.run(100)
    machine.sleep(100)
    assert machine.vigil.look() == ""


def test_a_sign_every_few_seconds_is_enough(machine: Machine) -> None:
    for _ in range(10):
        machine.vigil.sign()
        machine.run(14)
        assert machine.vigil.look() == ""


def test_silence_is_the_end(machine: Machine) -> None:
    machine.vigil.sign()
    machine.run(15.5)
    assert "no bookmark" in machine.vigil.look()
    machine.vigil.rest()
    assert machine.vigil.look() == ""


def test_so_is_sleep_however_short_the_silence(machine: Machine) -> None:
    machine.vigil.sign()
    machine.run(1)
    machine.sleep(5)
    assert "slept 5 s" in machine.vigil.look()
    assert machine.told == [MachineSlept(5)]
    machine.vigil.sign()
    machine.run(1)
    assert machine.vigil.look() == ""


def test_sleep_before_the_line_was_opened_is_forgotten(machine: Machine) -> None:
    machine.sleep(3600)
    assert machine.vigil.look() == ""
    machine.vigil.sign()
    machine.run(1)
    assert machine.vigil.look() == ""


def test_two_clocks_that_drift_are_no_sleep(machine: Machine) -> None:
    machine.vigil.sign()
    for _ in range(1000):
        machine.run(1)
        machine.sleep(0.01)
        machine.vigil.sign()
        assert machine.vigil.look() == ""
    assert machine.told == []


@pytest.mark.parametrize("seconds", [300, -300, 3])
def test_a_clock_that_is_set_is_told_once_and_hangs_nothing_up(
    machine: Machine, seconds: int
) -> None:
    machine.vigil.sign()
    machine.run(1)
    machine.set_by += seconds
    assert machine.vigil.look() == ""
    machine.run(1)
    assert machine.vigil.look() == ""
    assert machine.told == [ClockStepped(seconds)]


def test_a_clock_that_is_slewed_is_no_matter(machine: Machine) -> None:
    for _ in range(1000):
        machine.run(1)
        machine.set_by += 0.05
        machine.vigil.look()
    assert machine.told == []


def test_sleep_sets_no_clock(machine: Machine) -> None:
    machine.sleep(3600)
    machine.vigil.look()
    assert machine.told == [MachineSlept(3600)]


def test_it_hangs_up_on_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.client.vigil.STEP_S", 0.01)
    monkeypatch.setattr("console.client.vigil.SILENCE_S", 0.05)
    over = threading.Event()
    vigil = Vigil(over.set, lambda _: None)
    vigil.start()
    vigil.sign()
    assert over.wait(20)
    vigil.stop()
    assert not vigil._thread.is_alive()
