"""Blocking calls off the GUI thread, their results back on it."""

import logging
from collections.abc import Callable
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

log = logging.getLogger(__name__)


class _Outcome(QObject):
    done = Signal(object)
    failed = Signal(object)


class _Job(QRunnable):
    def __init__(self, work: Callable[[], Any], outcome: _Outcome) -> None:
        super().__init__()
        self._work = work
        self._outcome = outcome

    def run(self) -> None:
        """Run the work; whatever it raises is told, not lost."""
        try:
            result = self._work()
        except Exception as error:  # the border of a thread: everything is told to the caller
            self._outcome.failed.emit(error)
        else:
            self._outcome.done.emit(result)


class Tasks(QObject):
    """A pool of threads. Callbacks run on the GUI thread, none after `stop`."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Four threads are enough for requests."""
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(4)
        self._open: set[_Outcome] = set()

    def run(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None] | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Run `work` in the background, then `done(result)` or `failed(error)`; neither once `owner` is deleted."""
        outcome = _Outcome(self)
        self._open.add(outcome)

        def finish(call: Callable[[Any], None], value: Any) -> None:
            if outcome in self._open:
                self._open.discard(outcome)
                outcome.deleteLater()
                if owner is None or shiboken6.isValid(owner):
                    call(value)

        outcome.done.connect(lambda value: finish(done, value))
        outcome.failed.connect(lambda error: finish(failed or _log, error))
        self._pool.start(_Job(work, outcome))

    def stop(self) -> None:
        """Forget all callbacks and wait a little for what runs."""
        self._open.clear()
        self._pool.clear()
        self._pool.waitForDone(3000)


def _log(error: Exception) -> None:
    log.warning("a background task failed: %s", error)
