"""Growing delay: a human is not troubled, a guesser waits ever longer, nobody is locked out."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from console.central.centre import Centre
from console.central.people import limits
from console.central.people.limits import FORGOTTEN, FREE, LONGEST, delay
from console.central.problems import Problem
from tests.unit.central.desk import Wall


def tried(centre: Centre, wall: Wall, who: str = "wang", free: int = FREE) -> None:
    with centre.database.writing() as connection:
        limits.count(connection, who, wall(), free)


def wait_of(centre: Centre, wall: Wall, who: str = "wang") -> int:
    """Seconds that are told, 0 when it is heard."""
    with centre.database.reading() as connection:
        try:
            limits.check(connection, who, wall())
        except Problem as problem:
            return _told(problem)
    return 0


def _told(problem: Problem) -> int:
    assert (problem.status, problem.code) == (429, "slow-down")
    return int(problem.headers["Retry-After"])


def test_it_doubles_and_has_an_end() -> None:
    waits = [delay(tries).total_seconds() for tries in range(FREE + 9)]
    assert waits[:FREE] == [0] * FREE
    assert waits[FREE : FREE + 6] == [1, 2, 4, 8, 16, 32]
    assert set(waits[FREE + 6 :]) == {LONGEST.total_seconds()}
    assert delay(10**9) == LONGEST


def test_the_first_tries_are_free_then_each_waits_longer(centre: Centre, wall: Wall) -> None:
    for _ in range(FREE - 1):
        tried(centre, wall)
        assert wait_of(centre, wall) == 0
    told = []
    for _ in range(8):
        tried(centre, wall)
        told.append(wait_of(centre, wall))
        wall.turn(seconds=told[-1])
        assert wait_of(centre, wall) == 0, "heard again: a delay, never a lock-out"
    assert told == [1, 2, 4, 8, 16, 32, 60, 60]


def test_part_of_a_second_is_told_as_a_whole_one(centre: Centre, wall: Wall) -> None:
    for _ in range(FREE):
        tried(centre, wall)
    wall.turn(seconds=0.999)
    assert wait_of(centre, wall) == 1


def test_one_does_not_pay_for_another(centre: Centre, wall: Wall) -> None:
    for _ in range(FREE + 3):
        tried(centre, wall, "wang@10.0.0.1")
    assert wait_of(centre, wall, "wang@10.0.0.1") > 0
    assert wait_of(centre, wall, "wang@10.0.0.2") == 0


@pytest.mark.parametrize("quiet", [FORGOTTEN - timedelta(seconds=1), FORGOTTEN * 1.01])
def test_quiet_time_forgets(centre: Centre, wall: Wall, quiet: timedelta) -> None:
    for _ in range(FREE + 3):
        tried(centre, wall)
    wall.now += quiet
    tried(centre, wall)
    assert (wait_of(centre, wall) == 0) == (quiet > FORGOTTEN)


def test_success_forgets(centre: Centre, wall: Wall) -> None:
    for _ in range(FREE + 3):
        tried(centre, wall)
    with centre.database.writing() as connection:
        limits.forget(connection, "wang")
    assert wait_of(centre, wall) == 0
    tried(centre, wall)
    assert wait_of(centre, wall) == 0


def test_what_is_long_past_takes_no_room(centre: Centre, wall: Wall) -> None:
    for number in range(20):
        tried(centre, wall, f"stranger-{number}")
    wall.now += FORGOTTEN * 2
    tried(centre, wall)
    with centre.database.reading() as connection:
        count = select(func.count()).select_from(limits.attempts)
        assert connection.execute(count).scalar_one() == 1
