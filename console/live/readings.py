"""The indicators of the board, measured once for every screen, so that no two screens can disagree."""

import logging
import time
from dataclasses import dataclass
from datetime import date, datetime

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from console.domain.indicator import CaseFile, IndicatorId, Period, Reading
from console.domain.roster import CITY, Roster
from console.live.board import Board
from console.live.tasks import Tasks
from console.store.case_files import case_files
from console.store.changes import ChangeSet
from console.store.readings import PictureReadings

log = logging.getLogger(__name__)

LEAST_S = 5.0
"""At most this often."""
SHARE = 10
"""And never more than a tenth of the time: a peak day's measuring must not slow the picture."""

SHOWN = (
    IndicatorId.RESPONSE,
    IndicatorId.HANDLING_IN_TIME,
    IndicatorId.OVERDUE_OPEN,
    IndicatorId.REWORK,
    IndicatorId.RETURN,
    IndicatorId.CALLBACK,
    IndicatorId.SOLUTION,
    IndicatorId.SATISFACTION,
)
"""What screens show; any other is measured when it is asked for."""


@dataclass(frozen=True, slots=True)
class Both:
    """The local day's figures and those since the running shift of the centre began, if wanted."""

    day: PictureReadings
    shift: PictureReadings | None


class Readings(QObject):
    """Follows the board while a widget that listens is in sight; measures on a thread of `tasks`."""

    changed = Signal()
    """New figures, of all scopes at once."""

    def __init__(self, board: Board, tasks: Tasks, parent: QObject | None = None) -> None:
        """Nothing is measured before somebody listens."""
        super().__init__(parent)
        self._board = board
        self._tasks = tasks
        self._listeners: list[QWidget] = []
        self._measured: Both | None = None
        self._running = False
        self._shift_wanted = False
        self._due_at = 0.0
        board.ticked.connect(self._tick)
        board.changed.connect(self._hear)

    def listen(self, widget: QWidget) -> None:
        """Measure as long as the widget is in sight; it ends with the widget."""
        self._listeners.append(widget)
        self._tick()

    def of(
        self, indicator: IndicatorId, scope: str = CITY, *, shift: bool = False
    ) -> Reading | None:
        """The figure of a scope (`CITY` or a unit's code) for the local day or the shift; None before the first."""
        found = self.latest(shift=shift)
        return None if found is None else found.of(indicator, scope)

    def latest(self, *, shift: bool = False) -> PictureReadings | None:
        """All that was measured last, with its moment and rev; None before the first.

        The shift is measured from the first time that somebody asks for it.
        """
        if shift and not self._shift_wanted:
            self._shift_wanted, self._due_at = True, 0.0
        if self._measured is None:
            return None
        return self._measured.shift if shift else self._measured.day

    def _hear(self, changes: ChangeSet) -> None:
        if changes.everything:
            self._measured, self._due_at = None, 0.0
            self._tick()

    def _tick(self) -> None:
        self._listeners = [w for w in self._listeners if shiboken6.isValid(w)]
        due = not self._running and time.monotonic() >= self._due_at
        day = self._board.picture.day.day
        if due and day and any(w.isVisible() for w in self._listeners):
            self._measure(day)

    def _measure(self, day: str) -> None:
        board, began = self._board, time.monotonic()
        # A copy of the picture's tables, not of its entities: those are frozen.
        frozen, now, city = board.picture.fork(), board.time.domain_now(), board.city
        today = Period.of_day(date.fromisoformat(day), city.tz)
        shift = _shift(Roster(city.rotas, frozen.turns.values(), city.tz), today, now)
        self._running, with_shift = True, self._shift_wanted

        def read(files: list[CaseFile], period: Period) -> PictureReadings:
            return PictureReadings(files, SHOWN, period, now, city, frozen.rev)

        def work() -> Both:
            files = list(case_files(frozen))
            return Both(read(files, today), read(files, shift) if with_shift else None)

        def done(found: Both) -> None:
            self._rest(began)
            if frozen.epoch == board.picture.epoch and day == board.picture.day.day:
                self._measured = found
                self.changed.emit()

        def failed(error: Exception) -> None:
            log.error("the indicators could not be measured: %s", error)
            self._rest(began)

        self._tasks.run(work, done, failed, owner=self)

    def _rest(self, began: float) -> None:
        self._running = False
        ended = time.monotonic()
        self._due_at = max(began + LEAST_S, ended + SHARE * (ended - began))


def _shift(roster: Roster, today: Period, now: datetime) -> Period:
    """From the shift's beginning, but not before midnight: what ended earlier has left the picture."""
    turn = roster.now(CITY, now)
    return today if turn is None else Period(max(turn.start, today.start), turn.end)
