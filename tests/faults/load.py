"""Operators at the consoles of a city, who go on giving orders whatever happens."""

import itertools
import threading
import time
from collections.abc import Sequence
from random import Random

from tests.faults.consoles import Operator
from tests.faults.living import City

BACKLOG = 100
"""Orders without an end at which operators stop giving new ones: on a machine that is busy with other
things an outage may take very long."""


class Load(threading.Thread):
    """Operators who give so many commands a second together, in turn, until they are told to rest.

    While nothing comes to its end they wait.
    """

    def __init__(self, operators: Sequence[Operator], per_s: float) -> None:
        super().__init__(name="load", daemon=True)
        self._operators = operators
        self._pause = 1.0 / per_s
        self._enough = threading.Event()
        self.commands = 0
        self.seconds = 0.0

    def run(self) -> None:
        began = time.monotonic()
        for operator in itertools.cycle(self._operators):
            ahead = self.commands * self._pause - (time.monotonic() - began)
            if self._enough.wait(max(ahead, self._pause / 4)):
                break
            if sum(len(each.console.unsettled()) for each in self._operators) < BACKLOG:
                self.commands += operator.act()
        self.seconds = time.monotonic() - began

    def rest(self) -> None:
        """No more from here on."""
        self._enough.set()
        self.join()


def operators(city: City, rnd: Random) -> list[Operator]:
    """Somebody at each console."""
    return [Operator(console, Random(rnd.getrandbits(64))) for console in city.consoles]
