"""What is chosen on this seat: one case, shared by every panel of every screen."""

from PySide6.QtCore import QObject, Signal

DEPTH = 50


class Selection(QObject):
    """The chosen case; one key goes back to the one before."""

    changed = Signal(object)
    """The case's id, or None."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Nothing chosen."""
        super().__init__(parent)
        self._case: str | None = None
        self._before: list[str] = []

    @property
    def case(self) -> str | None:
        """The chosen case's id."""
        return self._case

    def choose(self, case_id: str | None) -> None:
        """Choose a case (None: nothing)."""
        if case_id == self._case:
            return
        if self._case is not None:
            self._before = [*self._before[1 - DEPTH :], self._case]
        self._case = case_id
        self.changed.emit(case_id)

    def back(self) -> None:
        """Choose what was chosen before."""
        if self._before:
            self._case = self._before.pop()
            self.changed.emit(self._case)
