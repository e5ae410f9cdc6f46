"""One line below the top bar: what calls at this seat, the loudest first.

It is there on a quiet day too: a line that came and went would move everything under the pointer.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from console.domain.role import Role
from console.tables import paint
from console.theme import tokens
from console.views.alarm_seat import AlarmSeat
from console.views.alarms.list_dialog import AlarmList
from console.views.alarms.words import AlarmWords, clock_left
from console.views.stage import Stage
from console.widgets.label import plain_label, set_tone

HEIGHT = 36
CHIP, GAP, PADDING = 300, 6, 28
"""Largest width of one alarm, what lies between two, and what is round its words."""
SURE = 2
"""So many singles stand before any group has room."""
SETTLE_MS = 150
"""A burst is shown once."""

Chip = tuple[str, str, Callable[[], object]]
"""Words, priority, and what a click does."""


class AlarmStrip(QWidget):
    """Follows the seat's alarms. Singles stand before groups; what has no room is counted."""

    list_wanted = Signal()

    def __init__(self, seat: AlarmSeat, stage: Stage) -> None:
        """As it stands."""
        super().__init__()
        self.setObjectName("alarm-strip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        self._seat, self._stage, self._texts = seat, stage, stage.texts
        self._words = AlarmWords(stage.texts, stage.city, stage.notices)
        self._shown: list[tuple[str, str]] = []
        self._count = plain_label(tone="alarm-count")
        self._count.setObjectName("alarm-count")
        self._chips = QHBoxLayout()
        self._chips.setSpacing(GAP)
        self._more = plain_label(tone="second")
        self._more.setObjectName("alarm-more")
        self._load = plain_label(tone="second")
        self._load.setObjectName("alarm-load")
        self._seen = self._button("alarm-seen", "alarm.seen", seat.acknowledge_first)
        self._list = self._button("alarm-list", "alarm.button", self.list_wanted.emit)
        self._silence = self._button("alarm-silence", "silence.button", seat.toggle_silence)
        self._seen.setToolTip(stage.texts("alarm.seen_hint"))
        self._list.setToolTip(stage.texts("alarm.open_hint"))
        self._silence.setToolTip(stage.texts("silence.hint"))
        self._lay_out()
        self._due = QTimer(self, interval=SETTLE_MS, singleShot=True)
        self._due.timeout.connect(self.show_alarms)
        seat.alarms.changed.connect(self._soon)
        seat.voice.changed.connect(self._show_silence)
        stage.board.ticked.connect(self._show_load)
        self.show_alarms()

    def _button(self, name: str, key: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(self._texts(key))
        button.setObjectName(name)
        button.setProperty("kind", "small")
        button.clicked.connect(act)
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(10)
        row.addWidget(self._count)
        row.addLayout(self._chips)
        row.addWidget(self._more)
        row.addStretch(1)
        for widget in (self._load, self._seen, self._list, self._silence):
            row.addWidget(widget)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has room for more, or for less."""
        super().resizeEvent(event)
        self._soon()

    def _soon(self) -> None:
        if not self._due.isActive():
            self._due.start()

    def show_alarms(self) -> None:
        """As they stand now."""
        book = self._seat.alarms.book
        waiting = len(book.waiting)
        words = self._texts("alarm.waiting", n=waiting) if waiting else self._texts("alarm.none")
        self._count.setText(words)
        set_tone(self._count, "alarm-count" if waiting else "second")
        self._seen.setVisible(bool(book.singles))
        self._show_load()
        self._show_silence()
        self._fill()

    def _all_chips(self) -> list[tuple[Chip, int]]:
        """Every single and every group, each with how many alarms it stands for."""
        book, picture = self._seat.alarms.book, self._stage.board.picture
        found: list[tuple[Chip, int]] = []
        for alarm in book.singles:
            act = partial(self._stage.selection.choose, alarm.subject)
            can = alarm.subject in picture.cases
            words = self._words.line(alarm, picture)
            found.append(((words, alarm.priority.name, act if can else self.list_wanted.emit), 1))
        for group in book.groups:
            chip = (
                self._words.group(group, picture),
                group.alarms[0].priority.name,
                self.list_wanted.emit,
            )
            found.append((chip, len(group.alarms)))
        return found

    def _fill(self) -> None:
        """As many as have room, in their order: two singles, then groups, then more singles."""
        chips = self._all_chips()
        groups = [entry for entry in chips if entry[1] > 1]
        singles = [entry for entry in chips if entry[1] == 1]
        room = self.width() - self._taken()
        fits = []
        for entry in (*singles[:SURE], *groups, *singles[SURE:]):
            room -= self._width_of(entry[0][0]) + GAP
            if room < 0:
                break
            fits.append(entry)
        shown = [entry for entry in chips if entry in fits]
        rest = sum(count for _, count in chips) - sum(count for _, count in shown)
        self._more.setText(self._texts("alarm.more", n=rest))
        self._more.setVisible(rest > 0)
        looks = [(words, loud) for (words, loud, _), _ in shown]
        if looks == self._shown:
            return
        self._shown = looks
        while (item := self._chips.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for (words, loud, act), _ in shown:
            chip = self._chip(words, loud, act)
            self._chips.addWidget(chip)
            chip.show()  # at once, in the place of the one before

    def _width_of(self, words: str) -> int:
        return min(CHIP, paint.width_of(words, tokens.FONT_SECOND, bold=True) + PADDING)

    def _taken(self) -> int:
        """The width of everything that is no chip."""
        parts = (self._count, self._load, self._seen, self._list, self._silence)
        width = sum(part.sizeHint().width() + 10 for part in parts if not part.isHidden())
        return width + 24 + self.fontMetrics().horizontalAdvance(self._texts("alarm.more", n=888))

    def _chip(self, words: str, loud: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton()
        button.setObjectName("alarm-chip")
        button.setProperty("kind", "alarm")
        button.setProperty("loud", loud.lower())
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        button.ensurePolished()
        room = CHIP - PADDING
        cut = button.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
        button.setText(cut.replace("&", "&&"))
        button.setMaximumWidth(CHIP)
        button.setAccessibleName(words)
        button.setToolTip(words)
        button.clicked.connect(act)
        return button

    def _show_load(self) -> None:
        """The shift leader always sees how much this seat bears, everybody when it is too much."""
        alarms = self._seat.alarms
        lately, budget = alarms.lately(), alarms.budget
        over = lately > budget.peak
        minutes = int(budget.window.total_seconds() // 60)
        key = "alarm.load_over" if over else "alarm.load"
        words = self._texts(key, n=lately, minutes=minutes, steady=budget.steady, peak=budget.peak)
        self._load.setToolTip(words)
        self._load.setText(self._texts("alarm.load_short", n=lately, minutes=minutes))
        leader = self._stage.role is Role.SHIFT_LEADER
        self._load.setVisible(over or (leader and lately > 0))

    def _show_silence(self) -> None:
        left = self._seat.voice.left
        key = "silence.left" if left else "silence.button"
        self._silence.setText(self._texts(key, time=clock_left(left)))
        self._silence.setEnabled(self._seat.may_silence)


def show_alarms(stage: Stage, parent: QWidget) -> None:
    """The list of the shift, once however often it is asked for."""
    if stage.alarm_seat is None:
        return
    shown = parent.window().findChild(AlarmList)
    if shown is None:
        shown = AlarmList(stage.alarm_seat, stage, parent.window())
    shown.show()
    shown.raise_()
    shown.activateWindow()
