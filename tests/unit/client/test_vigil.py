"""Over an open stream somebody watches."""

import threading

import pytest

from console.client.vigil import Vigil


class Machine:
    def __init__(self) -> None:
        self.awake = 100.0
        self.slept = 900.0
        self.vigil = Vigil(lambda: None, lambda: self.awake + self.slept, lambda: self.awake)

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


def test_it_hangs_up_on_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.client.vigil.STEP_S", 0.01)
    monkeypatch.setattr("console.client.vigil.SILENCE_S", 0.05)
    over = threading.Event()
    vigil = Vigil(over.set)
    vigil.start()
    vigil.sign()
    assert over.wait(20)
    vigil.stop()
    assert not vigil._thread.is_alive()
