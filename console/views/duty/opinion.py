"""The chief's opinion and the acts it is for: set phrases, 同意, 不同意, 改由."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from console.i18n import Texts
from console.views.duty.acts import Act
from console.widgets.label import ElidedLabel

PHRASES = 6
_AGREES, _REFUSES = frozenset({Act.AGREE, Act.REDIRECT}), frozenset({Act.REFUSE})
_MEANS: Mapping[str, Mapping[int, frozenset[Act]]] = {
    "return": {1: _REFUSES, 2: _AGREES, 4: _REFUSES},
    "request": {1: _AGREES, 2: _REFUSES, 6: _REFUSES},
    "reply": {1: _AGREES, 2: _REFUSES, 3: _REFUSES, 4: _REFUSES},
}
"""The acts that a set phrase of each kind of decision goes with; the others go with every act."""
_MOST = 500


class OpinionBox(QWidget):
    """An opinion is needed: without one no button decides. Ctrl+Enter agrees; Enter in the list comes here."""

    decided = Signal(str, str)
    """(an Act, the opinion); the receiver of a redirection is asked for by the page."""

    def __init__(self, texts: Texts) -> None:
        """Nothing to decide yet."""
        super().__init__()
        self._texts = texts
        self._why: dict[Act, str | None] = {}
        self._kind = ""
        self.field = QPlainTextEdit()
        self.field.setObjectName("duty-opinion")
        self.field.setPlaceholderText(texts("duty.opinion_hint"))
        self.field.setAccessibleName(texts("duty.opinion"))
        self.field.setTabChangesFocus(True)
        self.field.setMinimumHeight(44)
        self.field.setMaximumHeight(76)
        self.field.textChanged.connect(self._show_buttons)
        self.field.installEventFilter(self)
        self._phrases = [QPushButton() for _ in range(PHRASES)]
        self.buttons = {act: QPushButton() for act in Act}
        self._said = ElidedLabel(tone="amber")
        self._lay_out()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(6)
        for number, phrase in enumerate(self._phrases):
            phrase.setObjectName(f"duty-phrase-{number + 1}")
            phrase.setProperty("kind", "phrase")
            phrase.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            phrase.clicked.connect(lambda _=False, n=number: self.take_phrase(n))
            grid.addWidget(phrase, number // 3, number % 3)
        row = QHBoxLayout()
        row.setSpacing(10)
        for act, button in self.buttons.items():
            button.setObjectName(f"duty-{act.value}")
            button.clicked.connect(lambda _=False, a=act: self.decide(a))
            row.addWidget(button)
        self.buttons[Act.AGREE].setProperty("kind", "main")
        row.addWidget(self._said, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addLayout(grid)
        box.addWidget(self.field)
        box.addLayout(row)

    def offer(self, kind: str, why: dict[Act, str | None], names: dict[Act, str]) -> None:
        """For a kind of decision: its phrases, why an act may not be done (None: it may), the acts' names."""
        self._why, self._kind = why, kind
        for number, phrase in enumerate(self._phrases):
            words = self._texts(f"duty.phrase.{kind}.{number + 1}")
            phrase.setText(f"{number + 1}  {words}")
            phrase.setToolTip(words)
            phrase.setProperty("words", words)
        for act, button in self.buttons.items():
            button.setVisible(act in why)
            button.setText(names.get(act, ""))
        self._show_buttons()

    def clear(self) -> None:
        """For the next decision."""
        self.field.clear()

    @property
    def opinion(self) -> str:
        """What is written."""
        return " ".join(self.field.toPlainText().split())[:_MOST]

    def take_phrase(self, number: int) -> None:
        """Add a set phrase to the opinion."""
        phrase = str(self._phrases[number].property("words") or "")
        before = self.field.toPlainText().strip()
        self.field.setPlainText(
            f"{before}{self._texts('list.comma')}{phrase}" if before else phrase
        )
        self.field.moveCursor(self.field.textCursor().MoveOperation.End)

    def decide(self, act: Act) -> None:
        """Tell it, if it may be done; a redirection is told before the receiver is known."""
        if self.buttons[act].isVisibleTo(self) and self.buttons[act].isEnabled():
            self.decided.emit(act.value, self.opinion)

    def _show_buttons(self) -> None:
        said = "" if self.opinion else self._texts("duty.opinion_needed")
        for act, barred in self._why.items():
            why = barred or said or self._contradiction(act)
            self.buttons[act].setEnabled(not why)
            self.buttons[act].setToolTip(why)
        named = [
            self._texts("duty.act_barred", act=self.buttons[act].text(), why=why)
            for act, why in self._why.items()
            if why
        ]
        self._said.set_words(" ".join([said, *named] if said else named))

    def _contradiction(self, act: Act) -> str:
        """Why the act does not go with the phrases that stand in the opinion; "" when it does."""
        for number, acts in _MEANS.get(self._kind, {}).items():
            phrase = self._texts(f"duty.phrase.{self._kind}.{number}")
            if act not in acts and phrase in self.opinion:
                return self._texts("duty.contradicts", phrase=phrase)
        return ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+Enter agrees, Ctrl+Shift+Enter refuses, Alt with a figure takes a phrase."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self.take_key(event) or super().eventFilter(watched, event)
        return super().eventFilter(watched, event)

    def take_key(self, event: QKeyEvent) -> bool:
        """Whether the key was one of the decision's own."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.decide(Act.REFUSE if shift else Act.AGREE)
            return True
        number = event.key() - Qt.Key.Key_1
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and 0 <= number < PHRASES:
            self.take_phrase(number)
            return True
        return False
