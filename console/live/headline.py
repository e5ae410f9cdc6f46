"""The headline figures, counted once for every panel that shows them, so that no two can disagree."""

from dataclasses import dataclass, field

from PySide6.QtCore import QObject, QTimer, Signal

from console.domain.clock import Level
from console.live.board import Board
from console.live.levels import LevelBook
from console.store.changes import ChangeSet

COUNT_MS = 500
"""At most this often; and once a second in any case, for levels change as time passes."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Open cases by level (those without a place too), how many have no place, and which are red or worse."""

    levels: dict[Level, int] = field(default_factory=dict)
    without_place: int = 0
    overdue: set[str] = field(default_factory=set)


class Headline(QObject):
    """Follows the board."""

    changed = Signal()
    """`figures` are new."""

    def __init__(self, board: Board, parent: QObject | None = None) -> None:
        """All zero until the board has a picture."""
        super().__init__(parent)
        self.figures = Figures()
        self._board = board
        self._book = LevelBook(board.city.policy)
        self._dirty: set[str] = set()
        self._whole = True
        self._due = QTimer(self, interval=COUNT_MS, singleShot=True)
        self._due.timeout.connect(self.count)
        board.changed.connect(self._refresh)
        board.ticked.connect(self.count)

    def _refresh(self, changes: ChangeSet) -> None:
        self._whole = self._whole or changes.everything
        self._dirty |= changes.cases | changes.removed_cases
        if changes.everything:
            self.count()
        elif not self._due.isActive():
            self._due.start()

    def count(self) -> None:
        """Count now."""
        picture, now = self._board.picture, self._board.time.domain_now()
        if self._whole:
            self._book.rebuild(picture, now)
        else:
            self._book.update(picture, self._dirty, now)
        self._whole, self._dirty = False, set()
        self.figures = Figures(
            self._book.counts(), self._book.without_place(), self._book.overdue()
        )
        self.changed.emit()
