"""Server and domain time on this machine, whatever its own clock says."""

import time
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from console.wire.frames import DomainClock

LIVE_S, STALE_S = 10.0, 30.0
"""A picture is live up to this age of its last bookmark, stale up to the second, then offline."""

_JUMP_S = 1.0
"""An offset so much greater means sleep or a stepped clock: older readings are void.

A smaller one only means that this reading was late, and late readings never count.
"""


class Timekeeper:
    """Runs on the monotonic clock from what bookmarks say; `received` is in monotonic seconds."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        """Knows nothing before the first clock; `monotonic` gives seconds that never step back."""
        self._monotonic = monotonic
        self._offsets: deque[float] = deque(maxlen=8)
        self._clock: DomainClock | None = None
        self._heard: float | None = None

    def hear(self, clock: DomainClock, received: float) -> None:
        """Take the centre's clock as it was sent; the least delayed of the last eight counts."""
        offset = clock.server_time.timestamp() - received
        if self._offsets and offset - max(self._offsets) > _JUMP_S:
            self._offsets.clear()
        self._offsets.append(offset)
        self._clock = clock
        self._heard = received

    def change(self, clock: DomainClock) -> None:
        """Take a clock that was set in the log or came with a snapshot; it teaches no delay once one is known."""
        if not self._offsets:
            # Late as it is, it is nearer than this machine's own clock, which may be minutes off.
            self._offsets.append(clock.server_time.timestamp() - self._monotonic())
        self._clock = clock

    @property
    def known(self) -> bool:
        """Whether any clock has been heard."""
        return self._clock is not None

    @property
    def simulated(self) -> bool:
        """Whether the data are made: shown on every screen."""
        return self._clock is not None and self._clock.simulated

    @property
    def rate(self) -> float:
        """Domain seconds per real second."""
        return self._clock.rate if self._clock is not None else 1.0

    def server_now(self) -> datetime:
        """Server time, aware UTC; this machine's clock before anything was heard."""
        if not self._offsets:
            return datetime.now(UTC)
        return datetime.fromtimestamp(max(self._offsets) + self._monotonic(), UTC)

    def domain_now(self) -> datetime:
        """Domain time, aware UTC."""
        if self._clock is None:
            return datetime.now(UTC)
        passed = self.server_now() - self._clock.server_time
        return self._clock.domain_time + passed * self._clock.rate

    def age(self) -> timedelta | None:
        """Real time since the last bookmark, None when there was none."""
        if self._heard is None:
            return None
        return timedelta(seconds=self._monotonic() - self._heard)
