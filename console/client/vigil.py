"""Watches over an open stream: one that says nothing for too long, or slept with the machine, is dead."""

import logging
import threading
import time
from collections.abc import Callable

from console.wire.elapsed import elapsed_s

log = logging.getLogger(__name__)

SILENCE_S = 15.0
"""Without a bookmark or an event for so long the line is half open, whatever else still trickles."""

SLEPT_S = 2.0
"""The clock that counts sleep has gained so much on the one that does not: the machine slept."""

STEP_S = 1.0


class Vigil:
    """A thread of its own: the stream's is blocked in a read."""

    def __init__(
        self,
        hang_up: Callable[[], None],
        elapsed: Callable[[], float] = elapsed_s,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """`hang_up` ends the read; it is called on this thread. Nothing runs before `start`."""
        self._hang_up = hang_up
        self._elapsed = elapsed
        self._monotonic = monotonic
        self._gained = elapsed() - monotonic()
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
        gained = self._elapsed() - self._monotonic()
        slept, self._gained = gained - self._gained, gained
        sign = self._sign
        if sign is None:
            return ""
        if slept > SLEPT_S:
            return f"the machine slept {slept:.0f} s"
        silent = self._elapsed() - sign
        return f"no bookmark for {silent:.0f} s" if silent > SILENCE_S else ""
