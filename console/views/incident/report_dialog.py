"""A situation report: which one, its summary, its sheet as PDF; reported upward only while live."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from console.domain.incident import Incident, ReportKind
from console.domain.roster import Roster
from console.live.board import Freshness
from console.views.awaited import Awaited
from console.views.incident.acts import Acts
from console.views.incident.figures import figures_of
from console.views.incident.sheets import SheetMaker
from console.views.incident.timeline import Line
from console.views.incident.words import summary
from console.views.stage import Stage
from console.widgets.export import choose_file
from console.widgets.label import plain_label

LONGEST_SUMMARY = 2000


def kinds_now(incident: Incident) -> list[ReportKind]:
    """The reports that may be made now: the first one once, then follow-ups, and a final one."""
    if not incident.reports:
        return [ReportKind.FIRST]
    if incident.report_due is None:
        return []
    return [ReportKind.FOLLOW_UP, ReportKind.FINAL] if incident.open else [ReportKind.FINAL]


def sheet_maker(stage: Stage, incident: Incident, draft: str = "") -> SheetMaker:
    """The sheets of an incident as it stands now; in a training they say so."""
    board = stage.board
    now = board.time.domain_now()
    figures = figures_of(incident, board.picture, board.city, now)
    roster = Roster(board.city.rotas, board.picture.turns.values(), board.city.tz)
    training = stage.texts("app.training") if stage.training else ""
    return SheetMaker(incident, figures, roster, board.city, stage.texts, now, training, draft)


class ReportDialog(QDialog):
    """Prefilled from the figures. Offline nothing is reported, but a draft may be kept."""

    told = Signal(str)
    """Words for the status line."""

    def __init__(
        self,
        stage: Stage,
        incident: Incident,
        acts: Acts,
        lines: Sequence[Line],
        picture: QImage,
        parent: QWidget,
    ) -> None:
        """`lines` are the timeline's, `picture` the map as it is shown."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        texts = stage.texts
        self.setWindowTitle(texts("incident.report_title", name=incident.name))
        self.resize(760, 720)
        self._stage, self._incident, self._acts = stage, incident, acts
        self._lines, self._picture = lines, picture
        board = stage.board
        now = board.time.domain_now()
        figures = figures_of(incident, board.picture, board.city, now)
        self.kind = QComboBox()
        self.kind.setObjectName("incident-report-kind")
        for kind in kinds_now(incident):
            self.kind.addItem(texts(f"incident.report.{kind.value}"), kind.value)
        self.words = QPlainTextEdit()
        self.words.setObjectName("incident-report-words")
        self.words.setPlainText(summary(incident, figures, board.city, texts, now))
        self._image = QLabel()
        self._image.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._show_picture()
        self._fault = plain_label(tone="red", wrap=True)
        self._fault.setObjectName("incident-report-fault")
        self.send = QPushButton(texts("incident.report_send"))
        self.send.setObjectName("incident-report-send")
        self.send.setProperty("kind", "main")
        self.send.clicked.connect(self._send)
        self.draft = QPushButton(texts("incident.report_draft"))
        self.draft.setObjectName("incident-report-draft")
        self.draft.clicked.connect(self._save_draft)
        self._lay_out()
        self._file: Path | None = None
        self._refusal = ""
        self._awaited = Awaited(stage, self)
        self._awaited.changed.connect(self._allow)
        self._awaited.committed.connect(self._on_committed)
        self._awaited.refused.connect(self._on_refused)
        board.ticked.connect(self._allow)
        self._allow()

    def _lay_out(self) -> None:
        texts = self._stage.texts
        buttons = QHBoxLayout()
        buttons.addWidget(self.draft)
        buttons.addStretch(1)
        buttons.addWidget(self.send)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(10)
        box.addWidget(self.kind)
        box.addWidget(plain_label(texts("incident.report_words"), tone="second"))
        box.addWidget(self.words, 1)
        box.addWidget(self._image)
        box.addWidget(plain_label(texts("incident.report_note"), tone="second", wrap=True))
        box.addWidget(self._fault)
        box.addLayout(buttons)

    def _show_picture(self) -> None:
        if self._picture.isNull():
            self._image.setText(self._stage.texts("incident.report_no_map"))
            return
        shown = self._picture.scaled(
            680,
            240,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        shown.setDevicePixelRatio(1.0)
        self._image.setPixmap(QPixmap.fromImage(shown))

    def fault(self) -> str:
        """Why nothing can be reported now, in words; "" when it can."""
        texts = self._stage.texts
        reason = self._stage.why_not("report_upward")
        if reason is None and not self.kind.count():
            reason = texts("incident.report_over")
        if reason is None and self._stage.board.freshness() is Freshness.OFFLINE:
            reason = texts("incident.report_offline")
        return reason or ""

    def _allow(self) -> None:
        waiting = self._awaited.waiting
        fault = self._stage.texts("incident.awaited") if waiting else self.fault()
        words = fault or self._refusal
        self._fault.setText(words)
        self._fault.setVisible(bool(words))
        self.send.setEnabled(not fault)

    def _send(self) -> None:
        words = self.words.toPlainText().strip()[:LONGEST_SUMMARY]
        self._refusal = ""
        if self.fault() or self._awaited.waiting:
            self._allow()
            return
        kind = ReportKind(self.kind.currentData())
        path = self._ask_file(kind)
        if path is not None and self._write(path, kind, ""):
            self._file = path
            self._awaited.give(lambda: self._acts.report(self._incident, kind, words))

    def _on_committed(self) -> None:
        self.told.emit(self._stage.texts("incident.report_saved", file=str(self._file)))
        self.close()

    def _on_refused(self, reason: str) -> None:
        self._refusal = reason
        self._allow()

    def _save_draft(self) -> None:
        offline = self._stage.board.freshness() is Freshness.OFFLINE
        stamp = self._stage.texts("incident.draft_offline" if offline else "incident.draft")
        kind = ReportKind(self.kind.currentData() or ReportKind.FINAL.value)
        path = self._ask_file(kind)
        if path is not None and self._write(path, kind, stamp):
            self.told.emit(self._stage.texts("incident.draft_saved", file=str(path)))

    def _ask_file(self, kind: ReportKind) -> Path | None:
        texts = self._stage.texts
        name = f"{self._incident.name} {texts(f'incident.report.{kind.value}')}.pdf"
        return choose_file(self, texts("incident.report_save"), file_name(name), "PDF (*.pdf)")

    def _write(self, path: Path, kind: ReportKind, stamp: str) -> bool:
        maker = sheet_maker(self._stage, self._incident, stamp)
        words = self.words.toPlainText().strip()[:LONGEST_SUMMARY]
        try:
            maker.report(kind, words, self._lines, self._picture).write(path)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            self._fault.setText(self._stage.texts("incident.write_failed", reason=reason))
            self._fault.show()
            return False
        return True


def file_name(words: str) -> str:
    """A name that every file system takes."""
    return "".join("_" if c in '<>:"/\\|?*' or not c.isprintable() else c for c in words)
