"""A seat may write as fast as a human, and faster; one that has run away waits ever longer."""

import pytest

from console.central.pace import BURST, FORGIVEN_S, LONGEST_S, PER_S, Pace
from console.central.problems import Problem


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def run_away(pace: Pace, name: str = "seat") -> int:
    """As fast as it is let, until it is refused; the seconds it is told to wait."""
    for _ in range(int(BURST) + 1):
        try:
            pace.take(name)
        except Problem as problem:
            return _told(problem)
    raise AssertionError("nobody stopped it")


def _told(problem: Problem) -> int:
    assert (problem.status, problem.code) == (429, "slow-down")
    return int(problem.headers["Retry-After"])


def test_a_human_is_never_stopped() -> None:
    clock = Clock()
    pace = Pace(clock)
    for _ in range(12 * 60 * 60):
        clock.now += 1.0
        pace.take("seat")
        pace.take("seat")


def test_what_runs_away_waits_longer_each_time_and_is_heard_again() -> None:
    clock = Clock()
    pace = Pace(clock)
    told = []
    for _ in range(9):
        told.append(run_away(pace))
        clock.now += told[-1]
        pace.take("seat")
    assert told[:4] == [1, 2, 4, 8]
    assert max(told) == told[-1] == LONGEST_S


def test_who_does_not_wait_is_not_heard_sooner_nor_later() -> None:
    clock = Clock()
    pace = Pace(clock)
    assert run_away(pace) == 1
    for _ in range(1000):
        with pytest.raises(Problem):
            pace.take("seat")
    clock.now += 1.0
    pace.take("seat")


def test_time_without_a_refusal_forgives() -> None:
    clock = Clock()
    pace = Pace(clock)
    for _ in range(3):
        clock.now += run_away(pace)
    clock.now += FORGIVEN_S + BURST / PER_S + 1
    assert run_away(pace) == 1


def test_one_seat_does_not_pay_for_another() -> None:
    pace = Pace(Clock())
    run_away(pace, "a")
    pace.take("b")
