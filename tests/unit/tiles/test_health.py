"""When a source is asked again, and that its fault is told once."""

from console.tiles.fault import Fault, NoPicture
from console.tiles.health import FIRST_PAUSE_S, LONGEST_PAUSE_S, SEVERAL, Health

GONE = NoPicture(Fault.UNREACHABLE, "example: ConnectTimeout")


class Clock:
    now = 100.0


def made() -> tuple[Health, list[Fault | None], Clock]:
    told: list[Fault | None] = []
    clock = Clock()
    return Health("x", told.append, lambda: clock.now), told, clock


def test_one_bad_tile_is_no_fault() -> None:
    health, told, _ = made()
    for _ in range(10):
        health.failed(GONE)
        health.failed(GONE)
        health.succeeded()
    assert told == []
    assert health.may_ask()


def test_a_fault_is_told_once_and_its_end() -> None:
    health, told, clock = made()
    for _ in range(SEVERAL + 5):
        health.failed(GONE)
    assert told == [Fault.UNREACHABLE]
    clock.now += FIRST_PAUSE_S
    assert health.may_ask()
    health.succeeded()
    assert told == [Fault.UNREACHABLE, None]


def test_while_it_fails_one_request_goes_through_a_pause() -> None:
    health, _, clock = made()
    for _ in range(SEVERAL):
        health.failed(GONE)
    pauses = []
    for _ in range(9):
        assert not health.may_ask()
        began = clock.now
        while not health.may_ask():
            clock.now += 0.5
        pauses.append(clock.now - began)
        health.failed(GONE)
    assert pauses[0] == FIRST_PAUSE_S
    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST_PAUSE_S


def test_what_only_a_person_can_mend_needs_no_count() -> None:
    health, told, _ = made()
    health.failed(NoPicture(Fault.KEY_MISSING, ""))
    assert told == [Fault.KEY_MISSING]
    assert not health.may_ask()
    health.forget()
    assert health.may_ask()
    health.failed(NoPicture(Fault.FILE_BROKEN, ""))
    assert told == [Fault.KEY_MISSING, Fault.FILE_BROKEN]
