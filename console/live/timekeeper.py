"""Server and domain time on this machine, whatever its own clock says."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from console.wire.elapsed import elapsed_s
from console.wire.frames import DomainClock

LIVE_S, STALE_S = 10.0, 30.0
"""A picture is live up to this age of its last bookmark, stale up to the second, then offline."""

_JUMP_S = 1.0
"""An offset so much greater means a stepped clock: older readings are void.

A smaller one only means that this reading was late, and late readings never count.
"""


@dataclass(frozen=True, slots=True)
class _Reading:
    """Server time minus this machine's seconds: `least` for certain, and `trip` seconds more at most.

    A bookmark does not tell how long it was under way, an answer does.
    """

    least: float
    trip: float | None = None


class Timekeeper:
    """Runs on a clock that counts sleep, from what bookmarks and answers say of the server's."""

    def __init__(self, elapsed: Callable[[], float] = elapsed_s) -> None:
        """Knows nothing before the first clock; `elapsed` gives seconds that never step back."""
        self._elapsed = elapsed
        self._readings: deque[_Reading] = deque(maxlen=8)
        self._clock: DomainClock | None = None
        self._heard: float | None = None

    def hear(self, clock: DomainClock, received: float) -> None:
        """Take the centre's clock as a bookmark brought it; `received` in `elapsed` seconds."""
        self._read(_Reading(clock.server_time.timestamp() - received))
        self._clock = clock
        self._heard = received

    def hear_answer(self, server_time: datetime, asked: float, answered: float) -> None:
        """Take the server time of an answer, which was read somewhere between the two moments."""
        self._read(_Reading(server_time.timestamp() - answered, answered - asked))

    def change(self, clock: DomainClock) -> None:
        """Take a clock that was set in the log or came with a snapshot; it teaches no delay once one is known."""
        if not self._readings:
            # Late as it is, it is nearer than this machine's own clock, which may be minutes off.
            self._readings.append(_Reading(clock.server_time.timestamp() - self._elapsed()))
        self._clock = clock

    def _read(self, reading: _Reading) -> None:
        if self._readings and reading.least - self._offset() > _JUMP_S:
            self._readings.clear()
        self._readings.append(reading)

    def _offset(self) -> float:
        """The middle of the shortest round trip of the last eight, or what is certain if that is more."""
        certain = max(reading.least for reading in self._readings)
        trips = [
            (reading.trip, reading.least) for reading in self._readings if reading.trip is not None
        ]
        if not trips:
            return certain
        trip, least = min(trips)
        return max(certain, least + trip / 2)

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
        if not self._readings:
            return datetime.now(UTC)
        return datetime.fromtimestamp(self._offset() + self._elapsed(), UTC)

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
        return timedelta(seconds=self._elapsed() - self._heard)
