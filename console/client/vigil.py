"""Watches over this machine and an open stream: one that is silent for too long, or slept, is dead."""

import logging
import threading
import time
from collections.abc import Callable

from console.wire.elapsed import elapsed_s
from console.wire.messages import ClockStepped, MachineSlept

log = logging.getLogger(__name__)

SILENCE_S = 15.0
"""Without a bookmark or an event for so long the line is half open, whatever else still trickles."""

SLEPT_S = 2.0
"""The clock that counts sleep has gained so much on the one that does not: the machine slept."""

STEPPED_S = 2.0
"""The machine's own clock has moved so much more than time has: it was set, and not merely slewed."""

STEP_S = 1.0


class Vigil:
    """A thread of its own: the stream's is blocked in a read."""

    def __init__(
        self,
        hang_up: Callable[[], None],
        tell: Callable[[MachineSlept | ClockStepped], None],
        elapsed: Callable[[], float] = elapsed_s,
        monotonic: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        """`hang_up` ends the read. Both are called on this thread; nothing runs before `start`."""
        self._hang_up = hang_up
        self._elapsed = elapsed
        self._monotonic = monotonic
        self._tell = tell
        self._wall = wall
        self._gained = elapsed() - monotonic()
        self._ahead = wall() - elapsed()
        self._sign: float | None = None
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="baton-vigil", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def stop(self) -> None:
        """Watch no more."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(timeout=5)

    def sign(self) -> None:
        """The line was opened, or gave a sign of life."""
        self._sign = self._elapsed()

    def rest(self) -> None:
        """There is no line to watch."""
        self._sign = None

    def _run(self) -> None:
        while not self._stop.wait(STEP_S):
            why = self.look()
            if why:
                log.warning("hanging up on the stream: %s", why)
                self._hang_up()

    def look(self) -> str:
        """Why the line is dead, "" while it is not, or there is none."""
        slept = self._slept()
        self._look_at_the_clock()
        sign = self._sign
        if sign is None:
            return ""
        if slept > SLEPT_S:
            return f"the machine slept {slept:.0f} s"
        silent = self._elapsed() - sign
        return f"no bookmark for {silent:.0f} s" if silent > SILENCE_S else ""

    def _slept(self) -> float:
        """Seconds of sleep since the last look."""
        gained = self._elapsed() - self._monotonic()
        slept, self._gained = gained - self._gained, gained
        if slept > SLEPT_S:
            self._tell(MachineSlept(slept))
        return slept

    def _look_at_the_clock(self) -> None:
        """Nothing here runs by it; but whoever reads it beside the picture should know."""
        ahead = self._wall() - self._elapsed()
        stepped, self._ahead = ahead - self._ahead, ahead
        if abs(stepped) > STEPPED_S:
            self._tell(ClockStepped(stepped))
