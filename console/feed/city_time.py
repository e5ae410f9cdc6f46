"""Domain time on this machine: the centre's clock, carried on by the monotonic one."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from console.client.api import Api
from console.wire.frames import DomainClock

_SAMPLES = 3


class CityTime:
    """What time it is in the city, from the newest clock that the centre told."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        """Before `sync` this machine's clock stands for the server's."""
        self._monotonic = monotonic
        self._offset = datetime.now(UTC).timestamp() - monotonic()
        self._clock: DomainClock | None = None

    def sync(self, api: Api) -> None:
        """Measure the server's clock against the monotonic one: the quickest of a few round trips."""
        best = float("inf")
        for _ in range(_SAMPLES):
            begun = self._monotonic()
            told = api.health().time.timestamp()
            took = self._monotonic() - begun
            if took < best:
                best, self._offset = took, told - (begun + took / 2)

    def take(self, clock: DomainClock | None) -> None:
        """The centre told its clock."""
        self._clock = clock or self._clock

    @property
    def rate(self) -> float:
        """Domain seconds per real second."""
        return self._clock.rate if self._clock is not None else 1.0

    @property
    def simulated(self) -> bool:
        """Whether the centre's clock is a simulated one."""
        return self._clock is not None and self._clock.simulated

    def now(self) -> datetime:
        """Domain time, aware UTC."""
        server = datetime.fromtimestamp(self._monotonic() + self._offset, UTC)
        if self._clock is None:
            return server
        passed = max((server - self._clock.server_time).total_seconds(), 0.0)
        return self._clock.domain_time + timedelta(seconds=passed * self._clock.rate)
