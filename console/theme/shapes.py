"""The five level shapes, drawn alike in rows, legends, counts and the drag ghost."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF

from console.domain.clock import Level
from console.theme.tokens import LEVEL_COLOUR, LEVEL_SIZE, PAGE, WHITE

_CASING = 2.0
"""Dark edge around every shape, so that its contrast does not depend on what lies below."""

_RING_GAP, _RING_WIDTH, _BOLD_WIDTH = 2.0, 2.0, 5.0


def shape_extent(level: int, scale: float = 1.0, *, unsigned: bool = False) -> float:
    """Edge of the square that the whole shape needs, with casing and ring, in pixels."""
    size = LEVEL_SIZE[level] * scale
    ring = 2 * (_RING_GAP + _RING_WIDTH) * scale if unsigned else 0.0
    if unsigned and level is Level.AMBER:
        ring += 0.27 * size
    return size + 2 * _CASING * scale + ring


def draw_shape(
    painter: QPainter,
    centre: QPointF,
    level: int,
    *,
    scale: float = 1.0,
    unsigned: bool = False,
    bold: bool = False,
    colour: str | None = None,
) -> None:
    """Draw a level's shape around `centre`; `colour` replaces its own (a vanished row is grey).

    `bold` is the lit half of a flash: the ring of what is unsigned is thick.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(centre)
    painter.scale(scale, scale)
    fill = QColor(colour or LEVEL_COLOUR[level])
    _DRAW[level](painter, LEVEL_SIZE[level] / 2, fill)
    if unsigned:
        _ring(painter, level, _BOLD_WIDTH if bold else _RING_WIDTH)
    painter.restore()


def shape_pixmap(
    level: int, ratio: float, *, scale: float = 1.0, unsigned: bool = False
) -> QPixmap:
    """The shape as a pixmap for labels and buttons; `ratio` is the device pixel ratio."""
    extent = shape_extent(level, scale, unsigned=unsigned)
    pixmap = QPixmap(round(extent * ratio), round(extent * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    draw_shape(painter, QPointF(extent / 2, extent / 2), level, scale=scale, unsigned=unsigned)
    painter.end()
    return pixmap


def _green(painter: QPainter, half: float, fill: QColor) -> None:
    """Hollow, because four hundred solid ones would hide fifty others."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(PAGE), 3 + 2 * _CASING))
    painter.drawEllipse(QPointF(0, 0), half - 1.5, half - 1.5)
    painter.setPen(QPen(fill, 3))
    painter.drawEllipse(QPointF(0, 0), half - 1.5, half - 1.5)


def _amber(painter: QPainter, half: float, fill: QColor) -> None:
    triangle = QPolygonF(
        [QPointF(0, -half), QPointF(half, half * 0.78), QPointF(-half, half * 0.78)]
    )
    painter.setBrush(fill)
    painter.setPen(_casing_pen())
    painter.drawPolygon(triangle)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawPolygon(triangle)


def _red(painter: QPainter, half: float, fill: QColor) -> None:
    box = QRectF(-half, -half, 2 * half, 2 * half)
    painter.setBrush(fill)
    painter.setPen(_casing_pen())
    painter.drawRect(box)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRect(box)


def _dark_red(painter: QPainter, half: float, fill: QColor) -> None:
    """Never without its white outline: it has too little contrast of its own."""
    _red(painter, half, QColor(WHITE))
    inner = half - 2
    painter.setBrush(fill)
    painter.drawRect(QRectF(-inner, -inner, 2 * inner, 2 * inner))
    painter.setBrush(QColor(WHITE))
    painter.drawRect(QRectF(-inner * 0.62, -2.5, inner * 1.24, 5))


def _suspended(painter: QPainter, half: float, fill: QColor) -> None:
    bar = half * 0.56
    painter.setBrush(fill)
    for left in (-half * 0.8, half * 0.8 - bar):
        painter.setPen(_casing_pen())
        painter.drawRect(QRectF(left, -half, bar, 2 * half))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRect(QRectF(left, -half, bar, 2 * half))


def _casing_pen() -> QPen:
    pen = QPen(QColor(PAGE), 2 * _CASING)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    return pen


def _ring(painter: QPainter, level: int, width: float) -> None:
    """White, outside the shape and of its outline, so that no corner sticks out."""
    half = LEVEL_SIZE[level] / 2
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(WHITE), width))
    if level in (Level.RED, Level.DARK_RED):
        reach = half + _RING_GAP + width / 2 + 0.5
        painter.drawRoundedRect(QRectF(-reach, -reach, 2 * reach, 2 * reach), 5, 5)
        return
    reach = half * (1.27 if level is Level.AMBER else 1.0) + _RING_GAP + width / 2
    painter.drawEllipse(QPointF(0, 0), reach, reach)


_DRAW: Mapping[int, Callable[[QPainter, float, QColor], None]] = {
    Level.SUSPENDED: _suspended,
    Level.GREEN: _green,
    Level.AMBER: _amber,
    Level.RED: _red,
    Level.DARK_RED: _dark_red,
}
