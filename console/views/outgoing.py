"""The way of this seat's orders to the centre: over the link, or back with the reason why not."""

from PySide6.QtCore import QObject, Signal

from console.live.board import Board
from console.live.link import Link
from console.wire.commands import Envelope
from console.wire.messages import CommandMoved, NotStored, Tick


class Outgoing(QObject):
    """Ends with the board."""

    offline = Signal()
    """An order was given before there was a link: it goes nowhere."""

    def __init__(self, board: Board) -> None:
        """No link yet."""
        super().__init__(board)
        self._board = board
        self.link: Link | None = None

    def submit(self, envelope: Envelope) -> None:
        """Send an order, or say what kept it back."""
        if self.link is None:
            self.offline.emit()
            return
        try:
            self.link.submit(envelope)
        except NotStored as error:
            # By the board, as every other refusal comes: whoever gave it hears of it after it was given.
            refused = error.refusal(envelope.key)
            self._board.sink(CommandMoved(envelope, Tick.REFUSED, refused))
