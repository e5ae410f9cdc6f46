"""Three crashes within a minute are one too many; so many looks in vain, and a page hangs."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication

from console.map.watchdog import (
    AGAIN_LOOKS,
    BARE_LOOKS,
    CRASHES,
    FILL_LOOKS,
    LATE_LOOKS,
    WINDOW_S,
    CrashCount,
    Watchdog,
)


def test_third_within_a_minute() -> None:
    count = CrashCount()
    assert [count.crashed(t) for t in (0.0, 30.0, 59.0)] == [False, False, True]


def test_slow_crashes_are_borne() -> None:
    count = CrashCount()
    assert not any(count.crashed(t) for t in (0.0, 40.0, 80.0, 120.0, 160.0))


@given(st.lists(st.floats(0, 10_000), min_size=1).map(sorted))
def test_says_so_exactly_when_the_window_is_full(times: list[float]) -> None:
    count = CrashCount()
    for i, now in enumerate(times):
        inside = [t for t in times[: i + 1] if t > now - WINDOW_S]
        assert count.crashed(now) == (len(inside) >= CRASHES)


def looked(dog: Watchdog, times: int) -> None:
    for _ in range(times):
        dog._timer.timeout.emit()


def watched() -> tuple[Watchdog, list[str]]:
    """A dog that watches a page in sight which has beaten once, and what it has said."""
    dog, said = Watchdog(), []
    dog.hung.connect(lambda: said.append("hung"))
    dog.gave_up.connect(lambda: said.append("gave up"))
    dog.died.connect(lambda: said.append("died"))
    dog.set_visible(True)
    dog.loading()
    dog.beat()
    return dog, said


def test_so_many_looks_in_vain_are_a_page_that_hangs(qapp: QCoreApplication) -> None:
    dog, said = watched()
    looked(dog, LATE_LOOKS - 1)
    assert said == []
    assert dog.late()
    looked(dog, 1)
    assert said == ["hung"]


def test_a_beat_ends_the_count_and_a_stopped_machine_adds_nothing(qapp: QCoreApplication) -> None:
    dog, said = watched()
    for _ in range(10):
        looked(dog, LATE_LOOKS - 1)  # however long each of them took
        dog.beat()
    assert said == []
    assert not dog.late()


def test_what_is_told_as_hung_and_neither_dies_nor_beats_is_told_again(
    qapp: QCoreApplication,
) -> None:
    dog, said = watched()
    looked(dog, LATE_LOOKS + AGAIN_LOOKS)
    assert said == ["hung", "hung"]


def test_a_hidden_page_is_not_watched_and_one_that_is_shown_must_beat(
    qapp: QCoreApplication,
) -> None:
    dog, said = watched()
    dog.set_visible(False)
    assert not dog._timer.isActive()
    dog.set_visible(True)
    assert dog._timer.isActive()
    looked(dog, LATE_LOOKS)
    assert said == ["hung"]


def test_a_page_that_beats_and_never_shows_the_land_hangs(qapp: QCoreApplication) -> None:
    dog, said = watched()
    dog.ready()
    for _ in range(BARE_LOOKS - 1):
        dog.beat()
        looked(dog, 1)
    assert said == []
    looked(dog, 1)
    assert said == ["hung"]


def test_a_page_that_shows_the_land_need_only_beat(qapp: QCoreApplication) -> None:
    dog, said = watched()
    dog.ready()
    dog.set_visible(False)
    dog.set_visible(True)  # out of sight it may have drawn nothing
    looked(dog, FILL_LOOKS - 1)
    dog.landed()
    looked(dog, LATE_LOOKS - 1)
    assert said == []


def test_on_trial_one_death_is_one_too_many(qapp: QCoreApplication) -> None:
    dog, said = watched()
    dog.on_trial = True
    dog.crashed()
    dog.begin_anew()
    dog.crashed()
    assert said == ["gave up", "died"]
