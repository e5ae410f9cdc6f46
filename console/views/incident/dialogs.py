"""The dialogs of the linkage, one at a time and never in the way of the screen behind them."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QWidget

from console.domain.incident import Incident
from console.views.incident.acts import Acts
from console.views.incident.ask_dialog import AskDialog
from console.views.incident.end_dialog import EndDialog, save_review
from console.views.incident.focus import Focus
from console.views.incident.level_dialog import LevelDialog
from console.views.incident.report_dialog import ReportDialog
from console.views.incident.timeline import Line
from console.views.stage import Stage


class Dialogs(QObject):
    """Opens them for the chosen incident; without one, or without the right, it says why."""

    told = Signal(str)
    """Words for the status line."""

    def __init__(self, stage: Stage, focus: Focus, acts: Acts, parent: QWidget) -> None:
        """None open."""
        super().__init__(parent)
        self._stage, self._focus, self._acts, self._parent = stage, focus, acts, parent

    def ask(self) -> None:
        """Whom to ask."""
        incident = self._allowed("call_in")
        if incident is not None:
            self._show(AskDialog(self._stage, incident, self._acts, self._parent))

    def record_level(self) -> None:
        """The headquarters' order."""
        incident = self._allowed("record_level")
        if incident is not None:
            self._show(LevelDialog(self._stage, incident, self._acts, self._parent))

    def confirm(self) -> None:
        """No dialog: one press confirms."""
        incident = self._allowed("confirm_incident")
        if incident is not None:
            self._acts.confirm(incident)

    def report(self, lines: Sequence[Line], picture: QImage) -> None:
        """A situation report; also after the end, while the final one is owed."""
        incident = self._allowed("report_upward", ended=True)
        if incident is not None:
            dialog = ReportDialog(self._stage, incident, self._acts, lines, picture, self._parent)
            dialog.told.connect(self.told)
            self._show(dialog)

    def end(self, lines: Sequence[Line]) -> None:
        """The after-action sheet."""
        incident = self._allowed("end_incident")
        if incident is not None:
            dialog = EndDialog(self._stage, incident, self._acts, lines, self._parent)
            dialog.told.connect(self.told)
            self._show(dialog)

    def save_review(self, lines: Sequence[Line]) -> None:
        """The after-action sheet of an incident that has ended, as PDF."""
        incident = self._focus.incident
        if incident is not None and incident.review is not None:
            said = save_review(self._stage, incident, incident.review, lines, self._parent)
            if said:
                self.told.emit(said)

    def _allowed(self, operation: str, *, ended: bool = False) -> Incident | None:
        incident, texts = self._focus.incident, self._stage.texts
        reason = self._stage.why_not(operation)
        if incident is None:
            reason = texts("incident.none_hint")
        elif not incident.open and not ended:
            reason = texts("problem.incident-ended")
        if reason is not None:
            self.told.emit(reason)
            return None
        return incident

    def _show(self, dialog: QDialog) -> None:
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()
