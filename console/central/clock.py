"""The domain clock: equal to server time, or a simulated one with its own start and rate."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from console.wire.frames import DomainClock

ENTITY = "city"
"""Id of the clock among the log's entities: `clock:city`."""


def wall() -> datetime:
    """Server time, aware UTC."""
    return datetime.now(UTC)


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


def at(clock: DomainClock, server_now: datetime) -> datetime:
    """Domain time of a clock at a server time; one that is not simulated is server time."""
    if not clock.simulated:
        return server_now
    real = max((server_now - clock.server_time).total_seconds(), 0.0)
    return clock.domain_time + timedelta(seconds=real * clock.rate)
