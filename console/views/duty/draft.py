"""What was said in a handover that is not logged yet; it outlives the screen that shows it."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QObject

from console.live.board import Board
from console.views.duty.handover_lines import Row


class HandoverDraft(QObject):
    """A child of the board, so that a screen built anew (torn off, in the other language) finds it again."""

    def __init__(self, board: Board) -> None:
        """Nothing was said yet."""
        super().__init__(board)
        self.open = False
        """Whether the handover is in sight."""
        self.clear()

    def clear(self) -> None:
        """Logged, or of another scope: nothing is kept."""
        self.scope = ""
        self.since: datetime | None = None
        """When the shift began, UTC; None where nothing was gathered."""
        self.rows: Sequence[Row] = ()
        self.names = ("", "")
        """Who goes and who comes."""
        self.key: str | None = None
        """Of the command that is on its way."""


def draft_of(board: Board) -> HandoverDraft:
    """The one of this board."""
    return board.findChild(HandoverDraft) or HandoverDraft(board)
