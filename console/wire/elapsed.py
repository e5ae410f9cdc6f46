"""The clock in which ages and arrivals are counted: never set, never back, and it counts sleep."""

import sys
import time


def elapsed_s() -> float:
    """Seconds since some moment before the start of this machine, those it slept included.

    `time.monotonic` stands still in sleep on Linux and macOS: an order would be as young, and the
    picture as fresh, as when the lid was closed.
    """
    return time.clock_gettime(_CLOCK) if _CLOCK is not None else time.monotonic()


def _sleepless() -> int | None:
    """The system's clock that counts sleep; None where `time.monotonic` does (Windows)."""
    # macOS: its CLOCK_MONOTONIC counts sleep, unlike the one Python's `monotonic` uses there.
    name = "CLOCK_MONOTONIC" if sys.platform == "darwin" else "CLOCK_BOOTTIME"
    found: int | None = getattr(time, name, None)
    return found


_CLOCK = _sleepless()
