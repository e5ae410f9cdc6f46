"""Three crashes within a minute are one too many."""

from hypothesis import given
from hypothesis import strategies as st

from console.map.watchdog import CRASHES, WINDOW_S, CrashCount


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
