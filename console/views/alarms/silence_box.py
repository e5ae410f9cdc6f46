"""Silence for a time with its reason, volume, and whether anything flashes: what a seat may choose for itself."""

from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from console.domain.alarm import SILENCES, SilenceReason
from console.i18n import Texts
from console.views.alarm_seat import AlarmSeat
from console.views.alarms.words import AlarmWords, clock_left
from console.widgets.label import plain_label

_STEPS = 10


class SilenceBox(QWidget):
    """Follows the seat's voice; says which other seats were silenced, until when and why."""

    def __init__(self, seat: AlarmSeat, texts: Texts, words: AlarmWords) -> None:
        """As it stands."""
        super().__init__()
        self._seat, self._texts, self._words = seat, texts, words
        self._reason = QComboBox()
        self._reason.setObjectName("silence-reason")
        for reason in SilenceReason:
            self._reason.addItem(texts(f"silence.reasons.{reason}"), reason.value)
        self._buttons = [self._minutes(minutes) for minutes in SILENCES]
        self._end = QPushButton(texts("silence.end"))
        self._end.setObjectName("silence-end")
        self._end.clicked.connect(seat.voice.end)
        self._left = plain_label(tone="figures")
        self._left.setObjectName("silence-left")
        self._others = plain_label(tone="second", wrap=True)
        self._others.setObjectName("silence-others")
        self._lay_out()
        seat.voice.changed.connect(self._show)
        seat.voice.others_changed.connect(self._show_others)
        self._show()
        self._show_others()

    def _minutes(self, minutes: int) -> QPushButton:
        button = QPushButton(self._texts("silence.minutes", n=minutes))
        button.setObjectName(f"silence-{minutes}")
        button.clicked.connect(partial(self._silence, minutes))
        return button

    def _silence(self, minutes: int) -> None:
        self._seat.silence(minutes, SilenceReason(self._reason.currentData()))

    def _lay_out(self) -> None:
        texts, seat = self._texts, self._seat
        volume = QSlider(Qt.Orientation.Horizontal)
        volume.setObjectName("alarm-volume")
        volume.setRange(0, _STEPS)
        volume.setValue(round(seat.volume * _STEPS))
        volume.setFixedWidth(140)
        volume.valueChanged.connect(lambda value: seat.set_volume(value / _STEPS))
        volume.sliderReleased.connect(seat.try_sound)
        still = QCheckBox(texts("silence.still"))
        still.setObjectName("alarm-still")
        still.setChecked(seat.still)
        still.toggled.connect(seat.set_still)
        first, second = QHBoxLayout(), QHBoxLayout()
        for widget in (plain_label(texts("silence.button")), self._reason, *self._buttons):
            first.addWidget(widget)
        first.addWidget(self._end)
        first.addWidget(self._left)
        first.addStretch(1)
        for widget in (plain_label(texts("silence.volume")), volume, still):
            second.addWidget(widget)
        second.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addLayout(first)
        box.addWidget(plain_label(texts("silence.why"), tone="second", wrap=True))
        box.addLayout(second)
        box.addWidget(self._others)

    def _show(self) -> None:
        left, may = self._seat.voice.left, self._seat.may_silence
        for button in self._buttons:
            button.setEnabled(may)
        self._end.setVisible(left > 0)
        self._left.setText(clock_left(left) if left else "")

    def _show_others(self) -> None:
        found = []
        for seat, event in sorted(self._seat.voice.others.items()):
            until, reason = event.note.get("until"), event.note.get("reason")
            if event.note.get("minutes") and isinstance(until, str):
                why = self._texts(f"silence.reasons.{reason}")
                time = self._words.time(datetime.fromisoformat(until))
                found.append(self._texts("silence.other", seat=seat, time=time, reason=why))
        words = self._texts("list.comma").join(found)
        self._others.setText(self._texts("silence.others", list=words))
        self._others.setVisible(bool(found))
