"""A list of tall rows: a level's shape, up to three lines, figures at the right; it keeps its order under the pointer."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from console.theme import tokens
from console.theme.fonts import ui_font
from console.theme.shapes import draw_shape

TITLE, SECOND, FIGURES = 20, 18, 24
_SHAPE = 60
_PAD = 12
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row; `level` chooses the shape (None: none), `colour` that of the figures, `tone` the third line's."""

    key: str
    title: str
    second: str = ""
    third: str = ""
    figures: str = ""
    note: str = ""
    level: int | None = None
    unsigned: bool = False
    colour: str = tokens.TEXT
    tone: str = tokens.SECOND

    @property
    def words(self) -> str:
        """Everything it says, for the tool tip and for readers of the screen."""
        parts = (self.title, self.second, self.third, f"{self.figures} {self.note}".strip())
        return "\n".join(part for part in parts if part)


class _Model(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return line.words
        if role == Qt.ItemDataRole.ToolTipRole:
            return Qt.convertFromPlainText(line.words)
        return None

    def put(self, lines: list[Line]) -> None:
        if [line.key for line in lines] == [line.key for line in self.lines]:
            for row, (old, new) in enumerate(zip(self.lines, lines, strict=True)):
                if old != new:
                    self.lines[row] = new
                    self.dataChanged.emit(self.index(row), self.index(row))
            return
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()


class LineList(QListView):
    """Chosen by mouse or arrow keys; what is chosen stays chosen while the rows change."""

    chosen = Signal(str)
    """The key of the row that is current now, by the user's hand."""
    opened = Signal(str)
    """The key of a row that was pressed twice, or Enter."""

    def __init__(self, height: int = 88, parent: QWidget | None = None) -> None:
        """`height` of a row in pixels: 88 has room for three lines, 60 for two."""
        super().__init__(parent)
        self._model = _Model()
        self._quiet = False
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(height, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.selectionModel().currentChanged.connect(self._on_current)
        self.activated.connect(lambda index: self.opened.emit(self._model.lines[index.row()].key))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters and figures are keys of the screen, not a search in the rows."""
        if event.text().strip() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Other rows. While the pointer is over the list known rows keep their order, new ones come last."""
        wanted = list(lines)
        if self.underMouse():
            known = {line.key: number for number, line in enumerate(self._model.lines)}
            wanted.sort(key=lambda line: known.get(line.key, len(known)))
        key, top = self.current_key(), self.verticalScrollBar().value()
        self._quiet = True
        self._model.put(wanted)
        self.show_current(key)
        self.verticalScrollBar().setValue(top)
        self._quiet = False

    def keys(self) -> list[str]:
        """The rows from the top down."""
        return [line.key for line in self._model.lines]

    def lines(self) -> list[Line]:
        """The rows from the top down, as they are shown."""
        return list(self._model.lines)

    def current_key(self) -> str | None:
        """The row that is chosen."""
        index = self.currentIndex()
        return self._model.lines[index.row()].key if index.isValid() else None

    def show_current(self, key: str | None) -> None:
        """Show a row as chosen; nothing is told. None, or a row that is gone: nothing is chosen."""
        keys, before = self.keys(), self._quiet
        self._quiet = True
        index = self._model.index(keys.index(key)) if key in keys else QModelIndex()
        if index != self.currentIndex():
            self.setCurrentIndex(index)
        self._quiet = before

    def place_of(self, key: str) -> QRect | None:
        """The row's rectangle in the viewport, None when it is not in sight."""
        keys = self.keys()
        if key not in keys:
            return None
        rect = self.visualRect(self._model.index(keys.index(key)))
        inside = rect.intersected(self.viewport().rect())
        return inside if inside.height() > rect.height() // 2 else None

    def _on_current(self, index: QModelIndex, _: QModelIndex) -> None:
        if index.isValid() and not self._quiet:
            self.chosen.emit(self._model.lines[index.row()].key)


class _Delegate(QStyledItemDelegate):
    def __init__(self, height: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._height = height
        self._title, self._second = ui_font(TITLE, bold=True), ui_font(SECOND)
        self._figures = ui_font(FIGURES, bold=True, figures=True)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(200, self._height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        line: Line = index.data(Qt.ItemDataRole.UserRole)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        _ground(painter, rect, state)
        left = rect.left() + _PAD
        if line.level is not None:
            middle = QPointF(rect.left() + _SHAPE / 2, rect.top() + rect.height() / 2)
            draw_shape(painter, middle, line.level, unsigned=line.unsigned)
            left = rect.left() + _SHAPE
        self._draw_words(painter, QRect(left, rect.top(), rect.right() - _PAD - left, 0), line)
        painter.restore()

    def _draw_words(self, painter: QPainter, box: QRect, line: Line) -> None:
        texts = [(line.title, self._title, tokens.TEXT), (line.second, self._second, tokens.SECOND)]
        if line.third:
            texts.append((line.third, self._second, line.tone))
        high = 27
        top = box.top() + (self._height - high * len(texts)) // 2
        for number, (words, font, colour) in enumerate(texts):
            row = QRect(box.left(), top + number * high, box.width(), high)
            if number == 0:
                row.setRight(row.right() - self._draw_end(painter, row, line.figures, line.colour))
            elif number == 1 and line.note:
                row.setRight(row.right() - self._draw_end(painter, row, line.note, tokens.SECOND))
            _draw(painter, row, words, font, colour)

    def _draw_end(self, painter: QPainter, row: QRect, words: str, colour: str) -> int:
        """Words at the right end; returns the width they take."""
        if not words:
            return 0
        font = self._second if colour is tokens.SECOND else self._figures
        painter.setFont(font)
        painter.setPen(QColor(colour))
        painter.drawText(row, _RIGHT, words)
        return QFontMetrics(font).horizontalAdvance(words) + _PAD


def _ground(painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
    selected = bool(state & QStyle.StateFlag.State_Selected)
    hovered = bool(state & QStyle.StateFlag.State_MouseOver)
    painter.fillRect(rect, QColor(tokens.RAISED if selected or hovered else tokens.PANEL))
    painter.setPen(QPen(QColor(tokens.PAGE), 1))
    painter.drawLine(rect.bottomLeft(), rect.bottomRight())
    if selected:
        painter.fillRect(QRect(rect.left(), rect.top(), 4, rect.height()), QColor(tokens.SELECTION))


def _draw(painter: QPainter, row: QRect, words: str, font: QFont, colour: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, row.width())
    painter.drawText(row, int(_LEFT) | int(Qt.TextFlag.TextSingleLine), shown)
