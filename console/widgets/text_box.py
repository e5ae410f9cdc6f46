"""A box with a heading and lines of plain words; what does not fit is scrolled to."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QVBoxLayout, QWidget

from console.widgets.label import ElidedLabel


class TextBox(QWidget):
    """Whoever wrote the words: they are never taken for markup."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        """Empty below its heading."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = ElidedLabel(title, tone="second")
        self._words = QPlainTextEdit()
        self._words.setObjectName("box-words")
        self._words.setReadOnly(True)
        self._words.setFrameShape(QFrame.Shape.NoFrame)
        self._words.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._words.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._words.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._words.setMinimumHeight(20)
        self._words.document().setDocumentMargin(0)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 8, 8, 8)
        box.setSpacing(4)
        box.addWidget(self._title)
        box.addWidget(self._words, 1)

    def show_lines(self, title: str, lines: Sequence[str]) -> None:
        """Other words; the scrolling stays where it is while they are the same."""
        self._title.set_words(title)
        words = "\n".join(lines)
        if words != self._words.toPlainText():
            self._words.setPlainText(words)

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.toPlainText()

    def set_in_full(self, in_full: bool) -> None:
        """Whether it holds what is masked otherwise."""
        show_in_full(self._words, in_full)


def show_in_full(box: QPlainTextEdit, in_full: bool) -> None:
    """What is not masked has a mark, and cannot be taken along."""
    if box.property("in-full") == in_full:
        return
    box.setProperty("in-full", in_full)
    flags = Qt.TextInteractionFlag
    box.setTextInteractionFlags(
        flags.NoTextInteraction
        if in_full
        else flags.TextSelectableByMouse | flags.TextSelectableByKeyboard
    )
    box.style().unpolish(box)
    box.style().polish(box)
