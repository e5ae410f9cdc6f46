"""Pills: short notices stacked above the bottom of a widget, newest lowest, each with one act."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from console.widgets.label import plain_label

STACKED = 3
"""More push the oldest away."""
_BOTTOM = 16


class Pill(QWidget):
    """Words, an act, and the seconds in which it may still be done."""

    gone = Signal()

    def __init__(self, words: str, act_word: str, act: Callable[[], object], seconds: int) -> None:
        """`seconds` 0: it stays until it is closed or pushed away."""
        super().__init__()
        self.setObjectName("pill")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(40)
        self._act = act
        self._left = seconds
        self._count = plain_label(tone="second")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 8, 0)
        row.setSpacing(10)
        row.addWidget(plain_label(words))
        if act_word:
            button = QPushButton(act_word.replace("&", "&&"))
            button.setProperty("kind", "flat")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(self._done)
            row.addWidget(button)
        row.addWidget(self._count)
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self._tick)
        if seconds:
            self._show_left()
            self._timer.start()

    def _done(self) -> None:
        self._act()
        self.gone.emit()

    def _tick(self) -> None:
        self._left -= 1
        self._show_left()
        if self._left <= 0:
            self._timer.stop()
            self.gone.emit()

    def _show_left(self) -> None:
        self._count.setText(str(self._left))

    def words(self) -> str:
        """What it says."""
        label = self.findChild(QLabel)
        return label.text() if label is not None else ""


class PillStack(QWidget):
    """Lies over the bottom of its parent and follows its size; empty, it takes no clicks."""

    def __init__(self, parent: QWidget) -> None:
        """Empty."""
        super().__init__(parent)
        self._pills: list[Pill] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(6)
        parent.installEventFilter(self)
        self.hide()

    def add(
        self,
        words: str,
        act_word: str = "",
        act: Callable[[], object] = lambda: None,
        seconds: int = 8,
    ) -> Pill:
        """Put a pill below the others."""
        pill = Pill(words, act_word, act, seconds)
        pill.gone.connect(lambda: self.remove(pill))
        self._pills.append(pill)
        self._box.addWidget(pill, alignment=Qt.AlignmentFlag.AlignHCenter)
        # Shown now, or it would have no part in the stack's size yet.
        pill.show()
        while len(self._pills) > STACKED:
            self.remove(self._pills[0])
        self._place()
        return pill

    def remove(self, pill: Pill) -> None:
        """Take a pill away; one that is gone is no matter."""
        if pill not in self._pills:
            return
        self._pills.remove(pill)
        self._box.removeWidget(pill)
        pill.hide()
        pill.deleteLater()
        self._place()

    def pills(self) -> list[Pill]:
        """Those that are shown, newest last."""
        return list(self._pills)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the bottom when the parent changes its size."""
        if watched is self.parent() and event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        self.setVisible(bool(self._pills))
        parent = self.parentWidget()
        if not self._pills or parent is None:
            return
        size = self._box.sizeHint()
        left = (parent.width() - size.width()) // 2
        self.setGeometry(
            left, parent.height() - size.height() - _BOTTOM, size.width(), size.height()
        )
        self.raise_()
