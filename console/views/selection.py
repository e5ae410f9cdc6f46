"""What is chosen on this seat, shared by every panel of every screen: one case, and which cases are shown."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from console.domain.clock import Level

DEPTH = 50


class Selection(QObject):
    """The chosen case, one key goes back to the one before; and the filter of the top bar."""

    changed = Signal(object)
    """The case's id, or None."""
    filtered = Signal()
    """`levels` or `without_place` are others."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Nothing chosen, everything shown."""
        super().__init__(parent)
        self._case: str | None = None
        self._before: list[str] = []
        self.levels: frozenset[Level] = frozenset()
        """Only cases of these levels are shown; none means all."""
        self.without_place = False
        """Only cases without a place are shown."""

    @property
    def case(self) -> str | None:
        """The chosen case's id."""
        return self._case

    @property
    def filtering(self) -> bool:
        """Whether some open cases are not shown."""
        return bool(self.levels) or self.without_place

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

    def filter_levels(self, levels: Iterable[Level]) -> None:
        """Show only these levels; none means all."""
        self.levels = frozenset(levels)
        self.filtered.emit()

    def filter_without_place(self, only: bool) -> None:
        """Show only cases without a place, or all."""
        self.without_place = only
        self.filtered.emit()
