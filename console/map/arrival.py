"""How far a new page has come: its land, and what it has been told so far."""

from PySide6.QtCore import QObject, Signal


class Arrival(QObject):
    """Of one page after the other."""

    whole = Signal()
    """All of a new page is drawn."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Nothing is drawn."""
        super().__init__(parent)
        self._landed = self._filled = False

    def begin_again(self) -> None:
        """The page is lost."""
        self._landed = self._filled = False

    def landed(self) -> None:
        """All of the land is drawn."""
        self._landed = True
        self._tell()

    def filled(self) -> None:
        """All that the page had been told is drawn; what comes later is no arrival any more."""
        if not self._filled:
            self._filled = True
            self._tell()

    def _tell(self) -> None:
        if self._landed and self._filled:
            self.whole.emit()
