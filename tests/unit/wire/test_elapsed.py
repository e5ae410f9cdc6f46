"""The clock of ages and arrivals."""

import sys
import time

import pytest

from console.wire import elapsed
from console.wire.elapsed import elapsed_s


def test_it_goes_on() -> None:
    before = elapsed_s()
    assert 0 <= elapsed_s() - before < 60


@pytest.mark.skipif(sys.platform != "linux", reason="another system, another clock")
def test_on_linux_it_counts_sleep() -> None:
    assert time.CLOCK_BOOTTIME == elapsed._CLOCK


def test_where_monotonic_counts_sleep_it_is_monotonic(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(elapsed, "_CLOCK", None)
    assert abs(elapsed_s() - time.monotonic()) < 60


def test_setting_the_wall_clock_does_not_touch_it(monkeypatch: pytest.MonkeyPatch) -> None:
    before = elapsed_s()
    monkeypatch.setattr(time, "time", lambda: 0.0)
    assert elapsed_s() >= before
