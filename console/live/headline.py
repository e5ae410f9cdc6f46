"""The headline figures, counted once for every panel that shows them, so that no two can disagree."""

from collections import Counter
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, QTimer, Signal

from console.domain.case import TERMINAL
from console.domain.clock import Level, case_level
from console.live.board import Board
from console.store.changes import ChangeSet

COUNT_MS = 500
"""At most this often; and once a second in any case, for levels change as time passes."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Open cases by level (those without a place too), and how many have no place."""

    levels: dict[Level, int] = field(default_factory=dict)
    without_place: int = 0


class Headline(QObject):
    """Follows the board."""

    changed = Signal()
    """`figures` are new."""

    def __init__(self, board: Board, parent: QObject | None = None) -> None:
        """All zero until the board has a picture."""
        super().__init__(parent)
        self.figures = Figures()
        self._board = board
        self._due = QTimer(self, interval=COUNT_MS, singleShot=True)
        self._due.timeout.connect(self.count)
        board.changed.connect(self._refresh)
        board.ticked.connect(self.count)

    def _refresh(self, changes: ChangeSet) -> None:
        if changes.everything:
            self.count()
        elif not self._due.isActive():
            self._due.start()

    def count(self) -> None:
        """Count now."""
        board, policy = self._board, self._board.city.policy
        now = board.time.domain_now()
        levels: Counter[Level] = Counter()
        nowhere = 0
        for case in board.picture.cases.values():
            if case.state not in TERMINAL:
                levels[case_level(case, board.picture.lead(case), policy, now)] += 1
                nowhere += case.position is None
        self.figures = Figures(dict(levels), nowhere)
        self.changed.emit()
