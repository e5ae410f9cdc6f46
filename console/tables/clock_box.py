"""One clock of a case as a small panel: shape, name, minutes, and a word about its end."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.domain.clock import Level
from console.tables import paint
from console.theme import tokens
from console.theme.shapes import draw_shape

HEIGHT = 48


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockFace:
    """What a clock box says."""

    level: Level
    name: str
    figures: str
    note: str
    unsigned: bool = False


class ClockBox(QWidget):
    """Draws a face; empty until it has one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """No face."""
        super().__init__(parent)
        self._face: ClockFace | None = None
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Two of them share a column."""
        return QSize(190, HEIGHT)

    def show_face(self, face: ClockFace) -> None:
        """Show another face."""
        if face != self._face:
            self._face = face
            self.setToolTip(f"{face.name} {face.figures}\n{face.note}")
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the face."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.RAISED))
        painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        if self._face is not None:
            self._draw(painter, self._face)
        painter.end()

    def _draw(self, painter: QPainter, face: ClockFace) -> None:
        draw_shape(painter, QPointF(24, HEIGHT / 2), face.level, scale=0.8, unsigned=face.unsigned)
        left, width = 48, self.width() - 48 - 8
        colour = tokens.LEVEL_TEXT[face.level]
        figures = paint.width_of(face.figures, bold=True)
        right = QRect(left, 2, width, 24)
        paint.draw_text(painter, right, face.figures, colour=colour, bold=True, align=paint.RIGHT)
        name = QRect(left, 2, width - figures - 6, 24)
        paint.draw_text(painter, name, face.name, pixels=tokens.FONT_SECOND, colour=tokens.SECOND)
        note = QRect(left, 25, width, 20)
        paint.draw_text(painter, note, face.note, pixels=tokens.FONT_SECOND, colour=tokens.SECOND)
