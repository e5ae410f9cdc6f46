"""How the lanes look: one row of 60 pixels a receiver, six columns under one head."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from PySide6.QtCore import (
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QDragMoveEvent, QDropEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.domain.clock import Level
from console.i18n import Texts
from console.live.flash import MOST, Flash
from console.tables import paint
from console.tables.flashing import Flashing
from console.tables.row_delegate import Look, RowDelegate
from console.theme import tokens
from console.theme.shapes import draw_shape
from console.views.incident.lanes import Lane
from console.views.incident.plain_list import PlainList

ROW = 60
HEAD = 30
NAME, UNSIGNED, STAGES = 160, 320, 4
_LEAST_STAGE = 76
_PAD, _TIGHT = 12, 4

DropWay = Callable[[QMimeData], bool]
"""What is dragged → whether a drop on the lanes does, or did, something."""


def columns(rect: QRect) -> list[QRect]:
    """Name, unsigned, then four equal ones: where it is narrow, the wide ones give way to them."""
    name = min(NAME, rect.width() // 5)
    rest = rect.width() - name
    stages = max(_LEAST_STAGE * STAGES, rest - UNSIGNED)
    edges = [0, name]
    edges += [rect.width() - stages + stages * n // STAGES for n in range(STAGES + 1)]
    return [QRect(rect.left() + a, rect.top(), b - a, rect.height()) for a, b in pairwise(edges)]


class LaneHead(QWidget):
    """The names of the lanes, each with how many stand in it."""

    def __init__(self, texts: Texts, parent: QWidget | None = None) -> None:
        """Nobody in any lane."""
        super().__init__(parent)
        self._names = [texts(f"incident.lane.{name}") for name in _LANES]
        self._counts = [0] * (STAGES + 1)
        self.setFixedHeight(HEAD)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_counts(self, rows: Sequence[Lane]) -> None:
        """Count the receivers in each lane."""
        there = [row.reached for row in rows if not row.gone]
        counts = [there.count(number) for number in range(STAGES + 1)]
        if counts != self._counts:
            self._counts = counts
            self.update()

    def sizeHint(self) -> QSize:
        """As wide as it may be."""
        return QSize(NAME + UNSIGNED + STAGES * 120, HEAD)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw the names and counts."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens.PANEL))
        for number, (column, name) in enumerate(
            zip(columns(self.rect()), self._names, strict=True)
        ):
            count = self._counts[number - 1] if number else 0
            alarm = number == 1 and count > 0
            words = f"{name} {count}" if count else name
            paint.draw_text(
                painter,
                column.adjusted(_PAD if number < 2 else _TIGHT, 0, 0, 0),
                words,
                pixels=tokens.FONT_SECOND,
                colour=tokens.TEXT if alarm else tokens.SECOND,
                bold=alarm,
            )
        painter.end()


_LANES = ("name", "unsigned", "acknowledged", "responded", "on_scene", "done")


class LaneList(PlainList):
    """The receivers; cases, workers and teams may be dropped anywhere on it."""

    def __init__(self, texts: Texts, parent: QWidget | None = None) -> None:
        """Empty."""
        super().__init__(ROW, parent)
        self.setObjectName("lanes")
        self.setItemDelegate(_LaneDelegate(texts("incident.lane.late"), self))
        self._ways: tuple[DropWay, DropWay] = (lambda _: False, lambda _: False)
        self._flashing: Flashing | None = None
        self._unsigned: tuple[str, ...] = ()

    def set_flash(self, flash: Flash) -> None:
        """The longest waiting of those who have not signed flash."""
        self._flashing = Flashing(self, flash, lambda: self._unsigned)

    def show_unsigned(self, rows: Sequence[Lane]) -> None:
        """Who has not signed, the longest wait first."""
        unsigned = tuple(row.id for row in rows if row.unsigned)[:MOST]
        if unsigned != self._unsigned:
            self._unsigned = unsigned
            if self._flashing is not None:
                self._flashing.refresh()

    def bold(self, row_id: str) -> bool:
        """Whether a row is in the lit half of its flash."""
        return self._flashing is not None and self._flashing.bold(row_id)

    def set_ways(self, may: DropWay, drop: DropWay) -> None:
        """Who says whether something may be dropped here, and who takes it."""
        self._ways = (may, drop)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Between the rows is as good as on one: all of it belongs to the incident."""
        event.setAccepted(self._ways[0](event.mimeData()))

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand it on."""
        may, drop = self._ways
        event.setAccepted(may(event.mimeData()) and drop(event.mimeData()))


class _LaneDelegate(RowDelegate):
    """Draws one receiver."""

    def __init__(self, late: str, view: LaneList) -> None:
        """`late` stands on the mark of those who signed late."""
        super().__init__(view)
        self._lanes = view
        self._late = late

    def mark(self, index: QModelIndex | QPersistentModelIndex, row: Lane) -> str:
        """Whether its ring is thick now."""
        return "bold" if self._lanes.bold(row.id) else ""

    def draw_row(self, painter: QPainter, rect: QRect, row: Lane, look: Look) -> None:
        """Name, wait, and the time of each lane it has reached."""
        name, unsigned, *stages = columns(rect)
        for column in (unsigned, *stages):
            painter.fillRect(QRect(column.left(), rect.top(), 1, ROW), QColor(tokens.PAGE))
        _draw_name(painter, name, row)
        if row.gone:
            paint.draw_text(
                painter, unsigned.adjusted(_PAD, 0, 0, 0), row.gone, colour=tokens.SECOND
            )
            return
        if row.unsigned:
            _draw_wait(painter, unsigned, row, bold=bool(look.mark))
        else:
            self._draw_signed(painter, unsigned, row)
        for number, column in enumerate(stages):
            _draw_stage(painter, column, row, number)

    def _draw_signed(self, painter: QPainter, column: QRect, row: Lane) -> None:
        words = column.adjusted(_PAD, 0, -_PAD, 0)
        taken = paint.draw_text(
            painter, words, row.signed, pixels=tokens.FONT_SECOND, colour=tokens.SECOND
        )
        if row.late:
            left, middle = words.left() + taken + 10, column.center().y()
            paint.draw_pill(
                painter, left, middle, self._late, colour=tokens.AMBER, line=tokens.AMBER
            )


def _draw_name(painter: QPainter, column: QRect, row: Lane) -> None:
    """A name too long for its line takes both: who it is counts for more than their number."""
    room = column.width() - _PAD - 6
    if paint.width_of(row.name, bold=True) <= room:
        _two_lines(painter, column, row.name, row.second, bold=True)
        return
    painter.setFont(paint.font(tokens.FONT_SECOND, bold=True))
    painter.setPen(QColor(tokens.TEXT))
    flags = int(paint.LEFT) | int(Qt.TextFlag.TextWordWrap)
    painter.drawText(column.adjusted(_PAD, 2, -6, -3), flags, row.name)


def _draw_wait(painter: QPainter, column: QRect, row: Lane, *, bold: bool) -> None:
    """Shape, minutes, and whom the ladder reaches next and when."""
    middle = QPointF(column.left() + 30, column.center().y() + 1)
    draw_shape(painter, middle, row.level, unsigned=True, bold=bold)
    figures = QRect(column.left() + 48, column.top(), 44, ROW)
    colour = tokens.LEVEL_TEXT[row.level]
    paint.draw_figures(painter, figures, row.waits, colour)
    words = column.adjusted(100 - _PAD, 0, 0, 0)
    tone = tokens.AMBER if row.level >= Level.AMBER else tokens.SECOND
    _two_lines(painter, words, row.next_when, row.next_who, first_colour=tone, small=True)


def _draw_stage(painter: QPainter, column: QRect, row: Lane, number: int) -> None:
    """The time at which it came here; where it stands now is filled."""
    here = row.reached == number + 1
    if here:
        box = column.adjusted(5, 10, -4, -11)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.BAND))
        painter.drawRoundedRect(box, 6, 6)
    time = row.stages[number] or ("–" if row.reached > number + 1 else "")
    colour = tokens.TEXT if here else tokens.SECOND
    words = column.adjusted(0, 0, 0, -1)
    paint.draw_text(painter, words, time, colour=colour, bold=here, align=paint.CENTRE)


def _two_lines(
    painter: QPainter,
    column: QRect,
    first: str,
    second: str,
    *,
    bold: bool = False,
    small: bool = False,
    first_colour: str = tokens.TEXT,
) -> None:
    top = column.adjusted(_PAD, 8, -6, -30)
    below = column.adjusted(_PAD, 31, -6, -9)
    pixels = tokens.FONT_SECOND if small else tokens.FONT_MAIN
    colour = tokens.TEXT if small else tokens.SECOND
    paint.draw_text(painter, top, first, pixels=pixels, bold=bold, colour=first_colour)
    paint.draw_text(painter, below, second, pixels=tokens.FONT_SECOND, colour=colour)
