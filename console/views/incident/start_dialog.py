"""Starting an incident from any screen: the surroundings of a case, in a window of its own."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QMenu, QVBoxLayout, QWidget

from console.store.inside import circle
from console.views.incident.acts import Acts
from console.views.incident.start_panel import StartPanel
from console.views.stage import Stage

RADIUS_M = 500.0
"""The surroundings of a case."""


class StartDialog(QDialog):
    """What lies round a case; confirmed, the incident is started and the window closes."""

    def __init__(
        self, stage: Stage, case_id: str, parent: QWidget, started: Callable[[], object]
    ) -> None:
        """Needs a case with a place: ask `can_start` before. `started` is called when the centre has taken it."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        # What is typed beside it must not reach the keys of the screen behind.
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(stage.texts("incident.from_case"))
        self.panel = StartPanel(stage, Acts(stage, self), self)
        case = stage.board.picture.cases.get(case_id)
        ring = circle(case.position, RADIUS_M) if case is not None and case.position else ()
        self.panel.show_ring(ring, case_id)
        self.panel.closed.connect(self.close)
        self._board, self._started, self._then = stage.board, "", started
        self.panel.started.connect(self._expect)
        stage.board.changed.connect(self._look)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.panel)

    def _expect(self, incident_id: str) -> None:
        self._started = incident_id

    def _look(self) -> None:
        """A refusal keeps it open, so it waits for the incident itself."""
        if self._started in self._board.picture.incidents:
            self.close()
            self._then()


def can_start(stage: Stage, case_id: str | None) -> bool:
    """Whether the case has a place and this role may start an incident."""
    case = stage.board.picture.cases.get(case_id or "")
    placed = case is not None and case.position is not None
    return placed and stage.why_not("start_incident") is None


def add_start_action(
    menu: QMenu,
    stage: Stage,
    case_id: str,
    parent: QWidget,
    started: Callable[[], object] = lambda: None,
) -> None:
    """Put "start an incident here" into a case's menu of any screen."""
    act = menu.addAction(
        stage.texts("incident.from_case"),
        lambda: StartDialog(stage, case_id, parent, started).show(),
    )
    act.setEnabled(can_start(stage, case_id))
    act.setToolTip(stage.why_not("start_incident") or "")
