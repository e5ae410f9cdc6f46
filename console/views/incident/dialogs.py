"""The dialogs of the linkage: one of each kind, over a screen that waits until it is closed."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QWidget

from console.domain.incident import Incident
from console.store.changes import ChangeSet
from console.views.incident.acts import Acts
from console.views.incident.ask_dialog import AskDialog
from console.views.incident.end_dialog import EndDialog, save_review
from console.views.incident.focus import Focus
from console.views.incident.level_dialog import LevelDialog
from console.views.incident.report_dialog import ReportDialog
from console.views.incident.timeline import Line
from console.views.stage import Stage

ENDED_WITH = ("ask", "level")
"""The dialogs that have no use once their incident is over."""


class Dialogs(QObject):
    """Opens them for the chosen incident; without one, or without the right, it says why."""

    told = Signal(str)
    """Words for the status line."""

    def __init__(self, stage: Stage, focus: Focus, acts: Acts, parent: QWidget) -> None:
        """None open."""
        super().__init__(parent)
        self._stage, self._focus, self._acts, self._parent = stage, focus, acts, parent
        self._open: dict[str, tuple[QDialog, str]] = {}
        stage.board.changed.connect(self._close_ended)

    def ask(self) -> None:
        """Whom to ask."""
        incident = self._allowed("call_in")
        if incident is not None:
            self._show(
                "ask",
                incident,
                lambda: AskDialog(self._stage, incident, self._acts, self._parent),
            )

    def record_level(self) -> None:
        """The headquarters' order."""
        incident = self._allowed("record_level")
        if incident is not None:
            self._show(
                "level",
                incident,
                lambda: LevelDialog(self._stage, incident, self._acts, self._parent),
            )

    def confirm(self) -> None:
        """No dialog: one press confirms."""
        incident = self._allowed("confirm_incident")
        if incident is not None:
            self._acts.confirm(incident)

    def report(self, lines: Sequence[Line], picture: QImage) -> None:
        """A situation report; also after the end, while the final one is owed."""
        incident = self._allowed("report_upward", ended=True)
        if incident is not None:
            self._show("report", incident, lambda: self._new_report(incident, lines, picture))

    def end(self, lines: Sequence[Line]) -> None:
        """The after-action sheet."""
        incident = self._allowed("end_incident")
        if incident is not None:
            self._show("end", incident, lambda: self._new_end(incident, lines))

    def save_review(self, lines: Sequence[Line]) -> None:
        """The after-action sheet of an incident that has ended, as PDF."""
        incident = self._focus.incident
        if incident is not None and incident.review is not None:
            said = save_review(self._stage, incident, incident.review, lines, self._parent)
            if said:
                self.told.emit(said)

    def _new_report(
        self, incident: Incident, lines: Sequence[Line], picture: QImage
    ) -> ReportDialog:
        dialog = ReportDialog(self._stage, incident, self._acts, lines, picture, self._parent)
        dialog.told.connect(self.told)
        return dialog

    def _new_end(self, incident: Incident, lines: Sequence[Line]) -> EndDialog:
        dialog = EndDialog(self._stage, incident, self._acts, lines, self._parent)
        dialog.told.connect(self.told)
        return dialog

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

    def _show(self, name: str, incident: Incident, make: Callable[[], QDialog]) -> None:
        """Make a dialog, or bring the one of this name to the front that is open."""
        dialog = self._open.get(name, (None, ""))[0]
        if dialog is None:
            dialog = make()
            # What is typed beside a dialog must not reach the keys of the screen behind it.
            dialog.setWindowModality(Qt.WindowModality.WindowModal)
            dialog.finished.connect(lambda: self._open.pop(name, None))
            self._open[name] = (dialog, incident.id)
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    def _close_ended(self, changes: ChangeSet) -> None:
        """Nothing can be asked or recorded any more; what was written for a sheet stays."""
        known = self._stage.board.picture.incidents
        for name in ENDED_WITH if changes.everything or changes.incidents else ():
            dialog, incident_id = self._open.get(name, (None, ""))
            incident = known.get(incident_id)
            if dialog is not None and (incident is None or not incident.open):
                dialog.close()
