"""The domain clock: equal to server time, or a simulated one with its own start and rate."""

import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from console.wire.frames import DomainClock

log = logging.getLogger(__name__)

ENTITY = "city"
"""Id of the clock among the log's entities: `clock:city`."""

SLOWER = 0.99
"""How fast server time runs while the machine's clock is behind it."""

NOTABLE = timedelta(seconds=2)
"""A clock that is further behind is worth a word in the log."""


def wall() -> datetime:
    """The machine's clock, aware UTC; it may be set at any moment."""
    return datetime.now(UTC)


class ServerTime:
    """Server time that never stands still and never goes back, whatever becomes of the machine's clock.

    A clock that is set forward is followed at once. One that is set back is waited for: server time
    goes on, a hundredth slower, until the machine's clock has come up to it. Timers therefore fire
    in time while somebody corrects a clock.
    """

    def __init__(
        self,
        clock: Callable[[], datetime] = wall,
        elapsed_s: Callable[[], float] = time.monotonic,
    ) -> None:
        """`elapsed_s` counts seconds from anywhere and is never set."""
        self._clock = clock
        self._elapsed_s = elapsed_s
        self._lock = threading.Lock()
        self._now = clock()
        self._at = elapsed_s()
        self._told = False

    def __call__(self) -> datetime:
        """Server time, aware UTC."""
        with self._lock:
            clock, elapsed = self._clock(), self._elapsed_s()
            passed = timedelta(seconds=max(elapsed - self._at, 0.0))
            behind = clock < self._now + passed
            self._tell(self._now + passed - clock)
            self._now = max(self._now + passed * (SLOWER if behind else 1.0), clock)
            self._at = elapsed
            return self._now

    def not_before(self, moment: datetime) -> None:
        """Go on from a moment that the log knows already: the clock was set back between two starts."""
        with self._lock:
            self._now = max(self._now, moment)

    def _tell(self, ahead: timedelta) -> None:
        """Once each time the clock is found to be wrong by more than `NOTABLE`."""
        if ahead > NOTABLE and not self._told:
            log.error(
                "the machine's clock is %s behind the log; its time goes on without it", ahead
            )
        self._told = ahead > NOTABLE


class CityClock:
    """What time it is in the city. Replaced as a whole, so that every thread reads one state."""

    def __init__(self, set_to: DomainClock, server_time: Callable[[], datetime] = wall) -> None:
        """`set_to` is the last `clock.set` of the log."""
        self._set = set_to
        self._server_time = server_time

    @property
    def setting(self) -> DomainClock:
        """The last `clock.set`."""
        return self._set

    @property
    def simulated(self) -> bool:
        """Whether domain time is not the real one."""
        return self._set.simulated

    @property
    def rate(self) -> float:
        """Domain seconds per real second."""
        return self._set.rate

    def server_now(self) -> datetime:
        """Server time, aware UTC."""
        return self._server_time()

    def now(self, server_now: datetime | None = None) -> datetime:
        """Domain time (aware UTC) at a server time, which is now when not given."""
        return at(self._set, server_now or self._server_time())

    def reading(self) -> DomainClock:
        """Domain time against server time at this moment, as a bookmark carries it."""
        server_now = self._server_time()
        return DomainClock(
            domain_time=at(self._set, server_now),
            server_time=server_now,
            rate=self._set.rate,
            simulated=self._set.simulated,
        )

    def set(self, clock: DomainClock) -> None:
        """Go on from a committed setting."""
        self._set = clock


def real(server_now: datetime) -> DomainClock:
    """The clock of a city that lives in real time."""
    return DomainClock(domain_time=server_now, server_time=server_now, rate=1.0, simulated=False)


def at(clock: DomainClock, server_now: datetime) -> datetime:
    """Domain time of a clock at a server time; one that is not simulated is server time."""
    if not clock.simulated:
        return server_now
    passed = max((server_now - clock.server_time).total_seconds(), 0.0)
    return clock.domain_time + timedelta(seconds=passed * clock.rate)
