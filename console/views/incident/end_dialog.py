"""The end of an incident: its after-action sheet, prefilled with the course, ended and written as PDF."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from console.domain.incident import Incident, Review
from console.views.awaited import Awaited
from console.views.incident.acts import Acts
from console.views.incident.lanes import unsigned
from console.views.incident.report_dialog import file_name, sheet_maker
from console.views.incident.timeline import Line
from console.views.incident.words import course
from console.views.stage import Stage
from console.widgets.export import choose_file
from console.widgets.label import plain_label

FIELDS = ("course", "went_well", "lessons", "follow_up")
NEEDED = ("course", "lessons")


class EndDialog(QDialog):
    """Four fields; course and lessons may not be empty."""

    told = Signal(str)
    """Words for the status line."""

    def __init__(
        self, stage: Stage, incident: Incident, acts: Acts, lines: Sequence[Line], parent: QWidget
    ) -> None:
        """`lines` are the timeline's."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(stage.texts("incident.end_title", name=incident.name))
        self.resize(760, 820)
        self._stage, self._incident, self._acts, self._lines = stage, incident, acts, lines
        board = stage.board
        orders = tuple(board.picture.orders_of(incident.id))
        now = board.time.domain_now()
        self.fields = {name: self._field(name) for name in FIELDS}
        self.fields["course"].setPlainText(course(incident, orders, board.city, stage.texts, now))
        self._fault = plain_label(tone="red", wrap=True)
        self._fault.setObjectName("incident-end-fault")
        self._fault.hide()
        self._lay_out(len(unsigned(orders)))
        self._awaited = Awaited(stage, self)
        self._awaited.changed.connect(self._show_waiting)
        self._awaited.committed.connect(self.close)
        self._awaited.refused.connect(self._tell)

    def _field(self, name: str) -> QPlainTextEdit:
        field = QPlainTextEdit()
        field.setObjectName(f"incident-review-{name}")
        field.setPlaceholderText(self._stage.texts(f"incident.review.{name}_hint"))
        field.setTabChangesFocus(True)
        return field

    def _lay_out(self, waiting: int) -> None:
        texts = self._stage.texts
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(6)
        if waiting:
            box.addWidget(plain_label(texts("incident.end_unsigned", n=waiting), tone="amber"))
        for name, field in self.fields.items():
            needed = texts("incident.review.needed") if name in NEEDED else ""
            words = texts(f"incident.review.{name}") + (" " + needed if needed else "")
            box.addWidget(plain_label(words, tone="heading"))
            box.addWidget(field, 2 if name == "course" else 1)
        box.addWidget(plain_label(texts("incident.end_note"), tone="second", wrap=True))
        box.addWidget(self._fault)
        self.end = QPushButton(texts("incident.end"))
        self.end.setObjectName("incident-end-confirm")
        self.end.setProperty("kind", "main")
        self.end.clicked.connect(self._end)
        self.save = QPushButton(texts("incident.end_save"))
        self.save.setObjectName("incident-end-save")
        self.save.clicked.connect(self._save)
        buttons = QHBoxLayout()
        buttons.addWidget(self.save)
        buttons.addStretch(1)
        buttons.addWidget(self.end)
        box.addLayout(buttons)
        reason = self._stage.why_not("end_incident")
        self.end.setEnabled(reason is None)
        self.end.setToolTip(reason or "")

    def review(self) -> Review:
        """What is written now."""
        said = {name: field.toPlainText().strip() for name, field in self.fields.items()}
        return Review(**said)

    def _end(self) -> None:
        review = self.review()
        if not review.course or not review.lessons:
            self._tell(self._stage.texts("problem.review-incomplete"))
            return
        self._awaited.give(lambda: self._acts.end(self._incident, review))

    def _show_waiting(self) -> None:
        waiting = self._awaited.waiting
        self.end.setEnabled(not waiting)
        self._fault.setVisible(waiting)
        self._fault.setText(self._stage.texts("incident.awaited") if waiting else "")

    def _save(self) -> None:
        """The sheet as PDF, as it is written now."""
        said = save_review(self._stage, self._incident, self.review(), self._lines, self)
        if said:
            self._tell(said)
            self.told.emit(said)

    def _tell(self, words: str) -> None:
        self._fault.setText(words)
        self._fault.show()


def save_review(
    stage: Stage, incident: Incident, review: Review, lines: Sequence[Line], parent: QWidget
) -> str:
    """Ask where to and write the after-action sheet there; what became of it in words, "" for nothing."""
    texts = stage.texts
    name = file_name(f"{incident.name} {texts('incident.review.title')}.pdf")
    path = choose_file(parent, texts("incident.report_save"), name, "PDF (*.pdf)")
    if path is None:
        return ""
    try:
        sheet_maker(stage, incident).review(review, lines).write(path)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return texts("incident.write_failed", reason=reason)
    return texts("incident.review_saved", file=str(path))
