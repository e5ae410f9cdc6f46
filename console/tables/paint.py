"""Pieces that the delegates of all lists draw with: fonts, words, pills, key caps, ticks, outlines."""

from functools import cache

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPen

from console.theme import tokens
from console.theme.fonts import ui_font

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter
_TAB_FREE = Qt.TextFlag.TextSingleLine


@cache
def font(pixels: int, *, bold: bool = False, figures: bool = False) -> QFont:
    """A font of the console, made once."""
    return ui_font(pixels, bold=bold, figures=figures)


@cache
def metrics(pixels: int, *, bold: bool = False) -> QFontMetrics:
    """The measures of a font, made once."""
    return QFontMetrics(font(pixels, bold=bold))


def draw_text(
    painter: QPainter,
    rect: QRect,
    words: str,
    *,
    pixels: int = tokens.FONT_MAIN,
    colour: str = tokens.TEXT,
    bold: bool = False,
    align: Qt.AlignmentFlag = LEFT,
) -> int:
    """One line of plain words, elided to the rectangle; returns its width in pixels."""
    if rect.width() <= 0 or not words:
        return 0
    measure = metrics(pixels, bold=bold)
    shown = measure.elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
    painter.setFont(font(pixels, bold=bold))
    painter.setPen(QColor(colour))
    painter.drawText(rect, int(align) | int(_TAB_FREE), shown)
    return measure.horizontalAdvance(shown)


def width_of(words: str, pixels: int = tokens.FONT_MAIN, *, bold: bool = False) -> int:
    """How wide a line is, in pixels."""
    return metrics(pixels, bold=bold).horizontalAdvance(words)


def draw_figures(painter: QPainter, rect: QRect, figures: str, colour: str) -> int:
    """Minutes, right-aligned: large figures, the unit behind them small; returns the width taken."""
    # The font's line stands low in its box: without this the figures look sunk.
    rect = rect.adjusted(0, -3, 0, -3)
    digits = figures.rstrip("时天hd")
    unit = figures[len(digits) :]
    unit_width = width_of(unit, tokens.FONT_SECOND) if unit else 0
    if unit:
        below = rect.adjusted(0, 4, 0, 4)
        draw_text(painter, below, unit, pixels=tokens.FONT_SECOND, colour=colour, align=RIGHT)
    painter.setFont(font(tokens.FONT_FIGURES, bold=True, figures=True))
    painter.setPen(QColor(colour))
    painter.drawText(rect.adjusted(0, 0, -unit_width, 0), RIGHT, digits)
    return unit_width + width_of(digits, tokens.FONT_FIGURES, bold=True)


def draw_pill(
    painter: QPainter,
    left: int,
    middle: int,
    words: str,
    *,
    fill: str | None = None,
    colour: str = tokens.TEXT,
    line: str | None = None,
) -> int:
    """A rounded mark with words, its middle at `middle`; returns its width."""
    width = width_of(words, tokens.FONT_SECOND, bold=True) + 12
    rect = QRectF(left + 0.5, middle - 10 + 0.5, width - 1, 19)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(line), 1) if line else Qt.PenStyle.NoPen)
    painter.drawRoundedRect(rect, 4, 4)
    painter.restore()
    box = QRect(left, middle - 10, width, 20)
    draw_text(
        painter, box, words, pixels=tokens.FONT_SECOND, colour=colour, bold=True, align=CENTRE
    )
    return width


def draw_key_cap(painter: QPainter, centre: QPoint, key: str) -> None:
    """A key of the keyboard, 24 pixels square."""
    rect = QRectF(centre.x() - 11.5, centre.y() - 11.5, 23, 23)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(tokens.PAGE))
    painter.setPen(QPen(QColor(tokens.SECOND), 1))
    painter.drawRoundedRect(rect, 4, 4)
    painter.restore()
    draw_text(painter, rect.toRect(), key, pixels=14, colour=tokens.TEXT, bold=True, align=CENTRE)


def draw_ticks(painter: QPainter, right: int, middle: int, marks: str) -> int:
    """✓, ✓✓, ✓✓✓ or ✗ drawn as lines, for few fonts have them; returns the width taken."""
    if not marks:
        return 0
    refused = marks.startswith("✗")
    colour = {1: tokens.SECOND, 2: tokens.TEXT, 3: tokens.GREEN}[min(len(marks), 3)]
    pen = QPen(QColor(tokens.RED if refused else colour), 2)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    step = 7
    left = right - 12 - step * (len(marks) - 1)
    for number in range(len(marks)):
        painter.drawPath(_tick(left + step * number, middle, refused=refused))
    painter.restore()
    return right - left


def _tick(left: int, middle: int, *, refused: bool) -> QPainterPath:
    path = QPainterPath(QPointF(left + 1, middle))
    if refused:
        path = QPainterPath(QPointF(left + 1, middle - 5))
        path.lineTo(left + 11, middle + 5)
        path.moveTo(left + 11, middle - 5)
        path.lineTo(left + 1, middle + 5)
        return path
    path.lineTo(left + 4, middle + 4)
    path.lineTo(left + 11, middle - 5)
    return path


def draw_chevron(painter: QPainter, centre: QPoint, *, down: bool) -> None:
    """A small arrow: right when closed, down when open."""
    x, y = centre.x(), centre.y()
    path = QPainterPath(QPointF(x - 5, y - 3) if down else QPointF(x - 3, y - 5))
    path.lineTo(*((x, y + 3) if down else (x + 3, y)))
    path.lineTo(*((x + 5, y - 3) if down else (x - 3, y + 5)))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(tokens.SECOND), 2))
    painter.drawPath(path)
    painter.restore()


def draw_row_ground(
    painter: QPainter, rect: QRect, *, selected: bool, hovered: bool, target: bool
) -> None:
    """A row's background: raised when hovered, a double outline when selected, one as a target."""
    painter.fillRect(rect, QColor(tokens.RAISED if selected or hovered else tokens.PANEL))
    painter.fillRect(rect.adjusted(0, rect.height() - 1, 0, 0), QColor(tokens.PAGE))
    if not selected and not target:
        return
    painter.save()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = QPen(QColor(tokens.SELECTION), 2)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    painter.drawRect(rect.adjusted(1, 1, -1, -2))
    if selected:
        painter.setPen(QPen(QColor(tokens.SELECTION), 1))
        painter.drawRect(rect.adjusted(3, 3, -4, -5))
    painter.restore()


def draw_empty(painter: QPainter, rect: QRect, title: str, hint: str) -> None:
    """What is said where nothing is: a line, and a smaller one below it."""
    middle = rect.center().y()
    lines = (
        (title, tokens.FONT_MAIN, tokens.TEXT, middle - 24),
        (hint, tokens.FONT_SECOND, tokens.SECOND, middle + 2),
    )
    for words, pixels, colour, top in lines:
        line = QRect(rect.left() + 16, top, rect.width() - 32, 24)
        draw_text(painter, line, words, pixels=pixels, colour=colour, align=CENTRE)
