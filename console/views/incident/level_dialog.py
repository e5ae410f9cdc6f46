"""Recording the response level that the headquarters has ordered: level, number and time of the order."""

from datetime import UTC

from PySide6.QtCore import QDateTime, Qt, QTimeZone
from PySide6.QtWidgets import (
    QComboBox,
    QDateTimeEdit,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from console.domain.incident import Incident, ResponseLevel
from console.views.awaited import Awaited
from console.views.incident.acts import Acts
from console.views.stage import Stage
from console.widgets.label import plain_label

_LONGEST_NUMBER = 60
_WORST_LAST = (ResponseLevel.IV, ResponseLevel.III, ResponseLevel.II, ResponseLevel.I)


class LevelDialog(QDialog):
    """The console never sets a level: it writes down an order that was given elsewhere."""

    def __init__(self, stage: Stage, incident: Incident, acts: Acts, parent: QWidget) -> None:
        """Nothing is proposed but the time now."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        texts = stage.texts
        self.setWindowTitle(texts("incident.level_title"))
        self.setMinimumWidth(460)
        self._stage, self._incident, self._acts = stage, incident, acts
        self._zone = QTimeZone(str(stage.city.tz).encode())
        now = stage.board.time.domain_now()
        self.level = QComboBox()
        self.level.setObjectName("incident-level-choice")
        for level in _WORST_LAST:
            self.level.addItem(texts(f"incident.level.{level.value}"), level.value)
        self.number = QLineEdit()
        self.number.setObjectName("incident-level-number")
        self.number.setMaxLength(_LONGEST_NUMBER)
        self.number.setPlaceholderText(texts("incident.level_number_hint"))
        self.at = QDateTimeEdit(
            QDateTime.fromMSecsSinceEpoch(int(now.timestamp()) * 1000, self._zone)
        )
        self.at.setObjectName("incident-level-time")
        self.at.setTimeZone(self._zone)
        self.at.setDisplayFormat("yyyy-MM-dd HH:mm")
        self._fault = plain_label(tone="red", wrap=True)
        self._fault.hide()
        self._awaited = Awaited(stage, self)
        self._awaited.changed.connect(self._show_waiting)
        self._awaited.committed.connect(self.close)
        self._awaited.refused.connect(self._tell)
        record = self._button = QPushButton(texts("incident.level_record"))
        record.setObjectName("incident-level-record")
        record.setProperty("kind", "main")
        record.setDefault(True)
        record.clicked.connect(self._record)
        form = QFormLayout()
        form.setSpacing(10)
        form.addRow(texts("incident.level_of"), self.level)
        form.addRow(texts("incident.level_number"), self.number)
        form.addRow(texts("incident.level_time"), self.at)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(record)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(12)
        box.addWidget(plain_label(texts("incident.level_note"), tone="second", wrap=True))
        box.addLayout(form)
        box.addWidget(self._fault)
        box.addLayout(buttons)

    def _record(self) -> None:
        number, texts = self.number.text().strip(), self._stage.texts
        ordered_at = self.at.dateTime().toUTC().toPython().replace(tzinfo=UTC)  # type: ignore[attr-defined]
        fault = "" if number else texts("problem.order-number-needed")
        if ordered_at > self._stage.board.time.domain_now():
            fault = texts("incident.level_future")
        if fault:
            self._tell(fault)
            return
        level = ResponseLevel(self.level.currentData())
        self._awaited.give(
            lambda: self._acts.record_level(self._incident, level, number, ordered_at)
        )

    def _show_waiting(self) -> None:
        waiting = self._awaited.waiting
        self._button.setEnabled(not waiting)
        self._tell(self._stage.texts("incident.awaited") if waiting else "")

    def _tell(self, words: str) -> None:
        self._fault.setText(words)
        self._fault.setVisible(bool(words))
