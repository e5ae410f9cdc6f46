"""Which incident this screen shows."""

from PySide6.QtCore import QObject, Signal

from console.domain.incident import Incident
from console.live.board import Board
from console.store.changes import ChangeSet


class Focus(QObject):
    """One incident; one that this seat has started is chosen as soon as the centre has taken it."""

    changed = Signal()
    """Another incident is shown, or none."""

    def __init__(self, board: Board, parent: QObject | None = None) -> None:
        """The newest open one, when there is a picture."""
        super().__init__(parent)
        self._board = board
        self._id: str | None = None
        self._expected: str | None = None

    @property
    def id(self) -> str | None:
        """The incident's id."""
        return self._id

    @property
    def incident(self) -> Incident | None:
        """The incident as it stands now."""
        return self._board.picture.incidents.get(self._id) if self._id is not None else None

    def choose(self, incident_id: str | None) -> None:
        """Show another one."""
        if incident_id != self._id:
            self._id = incident_id
            self.changed.emit()

    def expect(self, incident_id: str) -> None:
        """Show it when it is there."""
        self._expected = incident_id

    def refresh(self, changes: ChangeSet) -> None:
        """Follow the board; whoever owns this calls it before the panels look."""
        if not (changes.everything or changes.incidents):
            return
        known = self._board.picture.incidents
        if self._expected in known:
            wanted, self._expected = self._expected, None
            self.choose(wanted)
        elif self.incident is None:
            ordered = newest_first(list(known.values()))
            self.choose(ordered[0].id if ordered and ordered[0].open else None)


def newest_first(incidents: list[Incident]) -> list[Incident]:
    """Open ones first, then those that ended; in both the newest first."""
    return sorted(incidents, key=lambda one: (one.open, one.started_at, one.id), reverse=True)
