"""A span of time as a bar: how much happened when, strips of marks above it, and a playhead to move."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from console.theme import tokens
from console.theme.fonts import ui_font

HEIGHT = 64
_STRIP = 6
"""Height of one strip of marks."""
_AXIS = 18
"""Height of the hours below."""
_SIDE = 12
"""Pixels left and right of the span, so that its ends can be taken hold of."""
_BAR = 3
"""Width of one bar of the volume."""
_KEYS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_PageUp: -10,
    Qt.Key.Key_PageDown: 10,
}


@dataclass(frozen=True, slots=True)
class Strip:
    """Marks of one kind in a colour; `places` are fractions of the span, 0 to 1."""

    colour: str
    places: Sequence[float]


class SeekBar(QWidget):
    """Places on it are fractions of the span, 0 to 1; it moves its playhead only when told to."""

    sought = Signal(float)
    """A place was pointed at, also while the pointer moves with the button down."""
    nudged = Signal(int)
    """So many steps back (negative) or on, by the keyboard: 1 or 10, or a great number for the ends."""

    def __init__(self, words: Callable[[float], str], parent: QWidget | None = None) -> None:
        """`words` says what is read at a place."""
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._words = words
        self._counts: Sequence[int] = ()
        self._strips: Sequence[Strip] = ()
        self._hours: Sequence[tuple[float, str]] = ()
        self._flags: Sequence[float] = ()
        self._position = 0.0
        self._branch: float | None = None
        self._hover: float | None = None
        self._picture = QPixmap()

    def show_span(self, counts: Sequence[int], hours: Sequence[tuple[float, str]]) -> None:
        """`counts` in equal parts of the span; `hours` are the words below, with their places."""
        self._counts, self._hours = counts, hours
        self._redraw()

    def show_strips(self, strips: Sequence[Strip]) -> None:
        """Marks above the bars, the first highest."""
        self._strips = strips
        self._redraw()

    def show_flags(self, places: Sequence[float]) -> None:
        """What the user has marked."""
        self._flags = sorted(places)
        self._redraw()

    def show_branch(self, place: float | None) -> None:
        """From here on it is no longer the same story; None: it is."""
        if place != self._branch:
            self._branch = place
            self._redraw()

    def set_position(self, place: float) -> None:
        """Move the playhead."""
        if abs(place - self._position) * self.width() >= 0.25:
            self._position = place
            self.update()

    @property
    def position(self) -> float:
        """Where the playhead stands."""
        return self._position

    def place_of(self, place: float) -> QRect:
        """A small rectangle round a place, for a mouse."""
        return QRect(round(self._x(place)) - 2, HEIGHT // 2 - 2, 5, 5)

    # Hands

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Seek there."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.sought.emit(self._at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read what is there; with the button down seek."""
        self._hover = self._at(event.position().x())
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.sought.emit(self._hover)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is read any more."""
        self._hover = None
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows step, page keys step far, Home and End go to the ends."""
        key = event.key()
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.sought.emit(0.0 if key == Qt.Key.Key_Home else 1.0)
        elif key in _KEYS:
            self.nudged.emit(_KEYS[Qt.Key(key)])
        else:
            super().keyPressEvent(event)

    # Looks

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw the bars for the new width."""
        self._redraw()

    def paintEvent(self, event: QPaintEvent) -> None:
        """What stands still comes from a picture, the playhead over it."""
        ratio = self.devicePixelRatioF()
        if self._picture.isNull() or self._picture.devicePixelRatio() != ratio:
            self._picture = self._draw(ratio)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        x = self._x(self._position)
        painter.fillRect(QRectF(x - 2.5, 0, 5, HEIGHT - _AXIS), QColor(tokens.PAGE))
        painter.fillRect(QRectF(x - 1, 0, 2, HEIGHT - _AXIS), QColor(tokens.WHITE))
        painter.setBrush(QColor(tokens.WHITE))
        painter.setPen(QPen(QColor(tokens.PAGE), 1))
        painter.drawPolygon(QPolygonF([QPointF(x - 6, 0), QPointF(x + 6, 0), QPointF(x, 9)]))
        if self._hover is not None:
            self._draw_hover(painter, self._hover)
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.SELECTION), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(1, 1, self.width() - 2, HEIGHT - 2))
        painter.end()

    def _redraw(self) -> None:
        self._picture = QPixmap()
        self.update()

    def _draw(self, ratio: float) -> QPixmap:
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(QColor(tokens.PANEL))
        painter = QPainter(picture)
        top = len(self._strips) * _STRIP
        if self._branch is not None:
            area = QRectF(self._x(self._branch), 0, 0, HEIGHT - _AXIS)
            area.setRight(self._x(1.0))
            tint = QColor(tokens.TRAINING)
            tint.setAlpha(110)
            painter.fillRect(area, QBrush(tint, Qt.BrushStyle.BDiagPattern))
        self._draw_bars(painter, top + 2)
        for number, strip in enumerate(self._strips):
            colour = QColor(strip.colour)
            for place in strip.places:
                painter.fillRect(QRectF(self._x(place), number * _STRIP, 2, _STRIP - 1), colour)
        self._draw_flags(painter)
        self._draw_hours(painter)
        painter.end()
        return picture

    def _draw_bars(self, painter: QPainter, top: int) -> None:
        width = self.width() - 2 * _SIDE
        bars = max(1, width // _BAR)
        per_bar = len(self._counts) / bars
        if not self._counts:
            return
        edges = [round(n * per_bar) for n in range(bars + 1)]
        # A bar is the mean of its parts, so that bars of 2 and of 3 parts compare.
        heights = [
            sum(self._counts[a:b]) / (b - a)
            if b > a
            else self._counts[min(a, len(self._counts) - 1)]
            for a, b in pairwise(edges)
        ]
        most = max(max(heights), 1e-9)
        base = HEIGHT - _AXIS
        for number, height in enumerate(heights):
            size = height / most * (base - top)
            box = QRectF(_SIDE + number * width / bars, base - size, _BAR - 1, size)
            painter.fillRect(box, QColor(tokens.DATA_PALE))
        painter.fillRect(QRectF(_SIDE, base, width, 1), QColor(tokens.LINE))

    def _draw_flags(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.TRAINING))
        base = HEIGHT - _AXIS
        for place in self._flags:
            x = self._x(place)
            painter.drawRect(QRectF(x - 1, 8, 2, base - 8))
            painter.drawPolygon(QPolygonF([QPointF(x, 8), QPointF(x + 10, 13), QPointF(x, 18)]))

    def _draw_hours(self, painter: QPainter) -> None:
        painter.setFont(ui_font(tokens.FONT_LEAST, figures=True))
        painter.setPen(QColor(tokens.SECOND))
        for place, words in self._hours:
            x = self._x(place)
            painter.fillRect(QRectF(x, HEIGHT - _AXIS, 1, 4), QColor(tokens.LINE))
            box = QRectF(x - 30, HEIGHT - _AXIS + 2, 60, _AXIS - 2)
            box.moveLeft(min(max(box.left(), 2), self.width() - 62))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def _draw_hover(self, painter: QPainter, place: float) -> None:
        x = self._x(place)
        words = self._words(place)
        painter.setFont(ui_font(tokens.FONT_SECOND, figures=True))
        width = painter.fontMetrics().horizontalAdvance(words) + 16
        painter.fillRect(QRectF(x, 0, 1, HEIGHT - _AXIS), QColor(tokens.SECOND))
        left = x + 8 if x + 8 + width < self.width() else x - 8 - width
        box = QRectF(left, 14, width, 24)
        painter.setPen(QPen(QColor(tokens.LINE), 1))
        painter.setBrush(QColor(tokens.RAISED))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(QColor(tokens.TEXT))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def _x(self, place: float) -> float:
        return _SIDE + min(max(place, 0.0), 1.0) * (self.width() - 2 * _SIDE)

    def _at(self, x: float) -> float:
        return min(max((x - _SIDE) / max(1, self.width() - 2 * _SIDE), 0.0), 1.0)
