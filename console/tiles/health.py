"""Whether a base map's source works: when to ask it again, and when to say that it does not."""

import threading
from collections.abc import Callable
from logging import getLogger
from time import monotonic

from console.tiles.fault import LASTING, Fault, NoPicture

_log = getLogger(__name__)

SEVERAL = 3
"""Failures in a row that are more than one bad tile."""
FIRST_PAUSE_S, LONGEST_PAUSE_S = 2.0, 60.0

Told = Callable[[Fault | None], None]


class Health:
    """Counts failures; while a fault stands, one request is let through after each growing pause.

    `told` is called from the thread that noticed, once when a fault begins, is another one, or is
    over (None).
    """

    def __init__(self, name: str, told: Told, now: Callable[[], float] = monotonic) -> None:
        """`name` is for the log; `now` in seconds of any clock that does not jump."""
        self._name, self._told, self._now = name, told, now
        self._lock = threading.Lock()
        self._row = 0
        self._pause_s = FIRST_PAUSE_S
        self._next = 0.0
        self._trying = False
        self.fault: Fault | None = None

    def may_ask(self) -> bool:
        """Whether to ask the source now; while it fails only one asks, the others go without."""
        with self._lock:
            if self.fault is None:
                return True
            if self._now() < self._next:
                return False
            self._next = self._now() + self._pause_s
            self._trying = True
            return True

    def succeeded(self) -> None:
        """The source has answered as it should."""
        with self._lock:
            over, self.fault = self.fault is not None, None
            self._row, self._pause_s, self._trying = 0, FIRST_PAUSE_S, False
        if over:
            _log.info("base map %s: works again", self._name)
            self._told(None)

    def failed(self, why: NoPicture) -> None:
        """The source has not."""
        with self._lock:
            self._row += 1
            if self._row < SEVERAL and why.fault not in LASTING:
                return
            # Others may still have been on their way when the fault began: they count once.
            if self._trying:
                self._pause_s = min(self._pause_s * 2, LONGEST_PAUSE_S)
            self._trying = False
            anew, self.fault = self.fault is not why.fault, why.fault
            self._next = self._now() + self._pause_s
        if anew:
            _log.warning("base map %s: %s", self._name, why)
            self._told(why.fault)

    def forget(self) -> None:
        """Something was changed (a key): ask again at once."""
        with self._lock:
            self._next, self._pause_s = 0.0, FIRST_PAUSE_S
