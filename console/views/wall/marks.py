"""What must never be taken for the real city: marks over the wall's map."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from console.tables.paint import CENTRE, draw_text, width_of
from console.theme import tokens
from console.views.wall.panel import SMALL
from console.views.wall.plan import Plan

HEIGHT, PAD = 108, 28


class Marks(QWidget):
    """Pills in the corner of its parent; empty, it is not there."""

    def __init__(self, parent: QWidget) -> None:
        """No mark."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._plan: Plan | None = None
        self.words: list[tuple[str, bool]] = []
        self.hide()

    def set_plan(self, plan: Plan) -> None:
        """Draw in these sizes."""
        self._plan = plan
        self._place()

    def show_marks(self, marks: Sequence[tuple[str, bool]]) -> None:
        """Words, and whether they tell of a training."""
        if list(marks) != self.words:
            self.words = list(marks)
            self._place()

    def _place(self) -> None:
        plan = self._plan
        if plan is None:
            return
        pad = plan.px(PAD)
        width = sum(self._width(plan, words) + pad for words, _ in self.words)
        self.setGeometry(pad, pad, max(1, width), plan.px(HEIGHT))
        self.setVisible(bool(self.words))
        self.raise_()
        self.update()

    def _width(self, plan: Plan, words: str) -> int:
        return width_of(words, plan.px(SMALL), bold=True) + 2 * plan.px(PAD)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A training is violet; made data stand in a dashed line."""
        plan = self._plan
        if plan is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, line = 0, plan.px(4)
        for words, training in self.words:
            box = QRect(left, 0, self._width(plan, words), self.height())
            painter.setBrush(QColor(tokens.TRAINING if training else tokens.PAGE))
            pen = QPen(QColor(tokens.TRAINING if training else tokens.SECOND), line)
            pen.setStyle(Qt.PenStyle.SolidLine if training else Qt.PenStyle.DashLine)
            painter.setPen(pen)
            inner = QRectF(box).adjusted(line, line, -line, -line)
            painter.drawRoundedRect(inner, 3 * line, 3 * line)
            colour = tokens.PAGE if training else tokens.TEXT
            size = plan.px(SMALL)
            draw_text(painter, box, words, pixels=size, bold=True, colour=colour, align=CENTRE)
            left += box.width() + plan.px(PAD)
        painter.end()
