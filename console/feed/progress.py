"""How far a long job is: a bar for a person at a terminal, JSON lines for a program."""

import sys
import threading
from collections.abc import Mapping
from typing import TextIO

from console.feed.status import Status

_WIDTH = 40


class Stopped(Exception):
    """The job was told to end before it was done."""


class Progress:
    """One job in stages, each with its share of the whole; `tell` is given the fraction of a stage."""

    def __init__(
        self,
        status: Status,
        err: TextIO | None = None,
        *,
        stop: threading.Event | None = None,
        about: Mapping[str, object] | None = None,
    ) -> None:
        """Draws on standard error where that is a terminal, else reports through `status`, `about` with it.

        Once `stop` is set every `tell` raises `Stopped`.
        """
        self._status, self._about = status, about or {}
        self._stop = stop or threading.Event()
        self._err = err or sys.stderr
        self._bar = self._err.isatty()
        self._begun, self._share, self._shown = 0.0, 0.0, -1

    def stage(self, share: float) -> None:
        """The next stage begins, the one before is done."""
        self._begun, self._share = self._begun + self._share, share
        self.tell(0.0)

    def tell(self, fraction: float) -> None:
        """So much of the stage is done, 0 to 1; only whole percents are shown. Raises `Stopped`."""
        if self._stop.is_set():
            raise Stopped
        percent = int(100 * min(self._begun + self._share * fraction, 1.0) + 1e-9)
        if percent <= self._shown:
            return
        self._shown = percent
        if self._bar:
            full = percent * _WIDTH // 100
            self._err.write(f"\r[{'#' * full}{'.' * (_WIDTH - full)}] {percent:3d} %")
            self._err.write("\n" if percent == 100 else "")
            self._err.flush()
        else:
            self._status.say("making", done=percent / 100, **self._about)
