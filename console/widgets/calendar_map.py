"""Months with one cell a day: how much happened as a figure and a shade; days are chosen by mouse and keys."""

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    Qt,
)
from PySide6.QtWidgets import QToolTip, QWidget

from console.theme import tokens
from console.theme.fonts import ui_font
from console.theme.tokens import SHADES

CELL = 62, 46
"""Least width and height of a day, pixels; days grow higher where there is room."""
_HIGHEST = 62
_TITLE, _WEEKDAYS, _ROWS, _DAYS = 30, 22, 6, 7
_GAP = 28
_CORNER = 13
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -7,
    Qt.Key.Key_Down: 7,
}


@dataclass(frozen=True, slots=True)
class DayCell:
    """One day: how much happened (None: unknown), whether it is marked, and what the pointer reads."""

    count: int | None = None
    marked: bool = False
    hint: str = ""


class CalendarMap(QWidget):
    """As many months as there is room for, the last one last; pages back and on."""

    chosen = Signal(object)
    """A date."""
    activated = Signal(object)
    """A date that was double-clicked or entered."""
    turned = Signal()
    """Other months are shown."""

    def __init__(
        self,
        weekdays: Sequence[str],
        month: Callable[[date], str],
        parent: QWidget | None = None,
    ) -> None:
        """`weekdays` are seven short words, Monday first; `month` names the month of a date."""
        super().__init__(parent)
        self.setObjectName("calendar-map")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(_DAYS * CELL[0], _month_height())
        self._weekdays, self._month = weekdays, month
        self._days: Mapping[date, DayCell] = {}
        self._limits: list[int] = []
        self._last = date(2000, 1, 1)
        self._back = 0
        self._chosen: date | None = None

    def show_days(self, days: Mapping[date, DayCell], last: date) -> None:
        """Show these days; nothing is later than the month of `last`."""
        self._days, self._last = days, last
        counts = sorted(cell.count for cell in days.values() if cell.count)
        # Five shades of as many days each: one storm must not make all other days alike.
        self._limits = [counts[len(counts) * n // 5] for n in range(1, 5)] if counts else []
        self.update()

    def choose(self, day: date) -> None:
        """Choose a day and turn to its month."""
        if day > self._last_day():
            return
        self._chosen = day
        self._turn_to(day)
        self.update()
        self.chosen.emit(day)

    @property
    def chosen_day(self) -> date | None:
        """The chosen day."""
        return self._chosen

    def turn(self, months: int) -> None:
        """So many months back (negative) or on."""
        self._back = max(0, self._back - months)
        self.update()
        self.turned.emit()

    def months(self) -> list[date]:
        """First days of the months that are shown, earliest first."""
        columns, rows = self._grid()
        number = columns * rows
        return [_months_before(self._last, self._back + n) for n in reversed(range(number))]

    def can_turn_on(self) -> bool:
        """Whether there are later months."""
        return self._back > 0

    def place_of(self, day: date) -> QRect | None:
        """Its cell, None when it is not shown."""
        for number, first in enumerate(self.months()):
            if (first.year, first.month) == (day.year, day.month):
                return self._cell(number, day)
        return None

    # Hands

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the day below the pointer."""
        day = self._day_at(event.position().x(), event.position().y())
        if day is not None:
            self.choose(day)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take the day below the pointer."""
        day = self._day_at(event.position().x(), event.position().y())
        if day is not None:
            self.activated.emit(day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose, page keys turn, Enter takes."""
        key = event.key()
        day = self._chosen or self._last
        if key in _STEPS:
            self.choose(day + timedelta(days=_STEPS[Qt.Key(key)]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turn(-1 if key == Qt.Key.Key_PageUp else 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._chosen is not None:
            self.activated.emit(self._chosen)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """What the pointer reads at a day."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            day = self._day_at(event.x(), event.y())
            cell = self._days.get(day) if day is not None else None
            words = Qt.convertFromPlainText(cell.hint) if cell is not None and cell.hint else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    # Looks

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the months that fit."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens.PANEL))
        for number, first in enumerate(self.months()):
            self._draw_month(painter, number, first)
        painter.end()

    def _draw_month(self, painter: QPainter, number: int, first: date) -> None:
        left, top = self._corner(number)
        painter.setFont(ui_font(tokens.FONT_MAIN, bold=True))
        painter.setPen(QColor(tokens.TEXT))
        title = QRect(left + 4, top, _DAYS * CELL[0], _TITLE)
        painter.drawText(title, Qt.AlignmentFlag.AlignVCenter, self._month(first))
        painter.setFont(ui_font(tokens.FONT_SECOND))
        painter.setPen(QColor(tokens.SECOND))
        for place, words in enumerate(self._weekdays):
            box = QRect(left + place * CELL[0], top + _TITLE, CELL[0], _WEEKDAYS)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
        for n in range(1, monthrange(first.year, first.month)[1] + 1):
            day = first.replace(day=n)
            self._draw_day(painter, QRectF(self._cell(number, day)), day)

    def _draw_day(self, painter: QPainter, box: QRectF, day: date) -> None:
        cell = self._days.get(day, DayCell())
        box = box.adjusted(1, 1, -1, -1)
        if cell.count is not None:
            shade = SHADES[bisect_right(self._limits, cell.count)]
            painter.fillRect(box, QColor(shade))
        if cell.marked:
            painter.setPen(QPen(QColor(tokens.TRAINING), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(1, 1, -1, -1))
            # A corner, too: for some eyes violet and the blue of what is chosen are one.
            right = box.topRight()
            corner = [right, right + QPointF(-_CORNER, 0), right + QPointF(0, _CORNER)]
            painter.setBrush(QColor(tokens.TRAINING))
            painter.drawPolygon(QPolygonF(corner))
        if day == self._chosen:
            painter.setPen(QPen(QColor(tokens.SELECTION), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            inset = 3 if cell.marked else 1
            painter.drawRect(box.adjusted(inset, inset, -inset, -inset))
        painter.setFont(ui_font(tokens.FONT_LEAST, figures=True))
        past = day <= self._last
        ink = tokens.SECOND if past else tokens.OUTLINE
        painter.setPen(QColor(ink if cell.count is None else tokens.TEXT))
        head = box.adjusted(7, 3, -6, 0)
        painter.drawText(head, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, str(day.day))
        if cell.count is not None:
            painter.setPen(QColor(tokens.TEXT))
            foot = box.adjusted(4, 0, -6, -3)
            to_right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
            painter.drawText(foot, to_right, f"{cell.count}")

    # Places

    def _grid(self) -> tuple[int, int]:
        width, height = _DAYS * CELL[0] + _GAP, _month_height() + _GAP
        return (
            max(1, (self.width() + _GAP) // width),
            max(1, (self.height() + _GAP) // height),
        )

    def _corner(self, number: int) -> tuple[int, int]:
        columns, rows = self._grid()
        row, column = divmod(number, columns)
        spare = self.width() - columns * _DAYS * CELL[0]
        gap = min(spare // max(1, columns), 2 * _GAP)
        left = (self.width() - columns * (_DAYS * CELL[0]) - (columns - 1) * gap) // 2
        return left + column * (_DAYS * CELL[0] + gap), row * (self.height() // rows)

    def _cell(self, number: int, day: date) -> QRect:
        left, top = self._corner(number)
        before = day.replace(day=1).weekday() + day.day - 1
        row, column = divmod(before, _DAYS)
        width, height = CELL[0], self._cell_height()
        return QRect(left + column * width, top + _TITLE + _WEEKDAYS + row * height, width, height)

    def _cell_height(self) -> int:
        _, rows = self._grid()
        free = self.height() // rows - _TITLE - _WEEKDAYS - _GAP
        return min(max(CELL[1], free // _ROWS), _HIGHEST)

    def _day_at(self, x: float, y: float) -> date | None:
        for number, first in enumerate(self.months()):
            for n in range(1, monthrange(first.year, first.month)[1] + 1):
                day = first.replace(day=n)
                if self._cell(number, day).contains(int(x), int(y)):
                    return day if day <= self._last_day() else None
        return None

    def _last_day(self) -> date:
        return self._last.replace(day=monthrange(self._last.year, self._last.month)[1])

    def _turn_to(self, day: date) -> None:
        columns, rows = self._grid()
        back = (self._last.year - day.year) * 12 + self._last.month - day.month
        if not self._back <= back < self._back + columns * rows:
            self._back = back if back < self._back else back - columns * rows + 1
            self.turned.emit()


def _month_height() -> int:
    return _TITLE + _WEEKDAYS + _ROWS * CELL[1]


def _months_before(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)
