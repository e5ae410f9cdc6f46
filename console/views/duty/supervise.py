"""Open a supervision (督办): what is wanted, in set phrases or own words."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from console.views.awaited import Awaited
from console.views.stage import Stage
from console.widgets.label import plain_label
from console.wire.commands import Envelope

_PHRASES = 3


class SuperviseDialog(QDialog):
    """Nothing is sent without words; Ctrl+Enter sends, Esc leaves."""

    def __init__(self, stage: Stage, send: Callable[[str], Envelope], parent: QWidget) -> None:
        """`send` gets the words; the dialog stays until the centre has taken them."""
        texts = stage.texts
        super().__init__(parent)
        self.setObjectName("duty-dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(texts("duty.supervise"))
        self.setMinimumWidth(560)
        self._texts, self._send = texts, send
        self._awaited = Awaited(stage, self)
        self._awaited.changed.connect(self._show)
        self._awaited.committed.connect(self.accept)
        self._said = plain_label(tone="amber", wrap=True)
        self._said.hide()
        self._awaited.refused.connect(self._tell)
        box = QVBoxLayout(self)
        box.setSpacing(10)
        box.addWidget(plain_label(texts("duty.supervise_prompt"), wrap=True))
        self.field = QPlainTextEdit()
        self.field.setObjectName("supervise-words")
        self.field.setTabChangesFocus(True)
        self.field.setFixedHeight(110)
        for number in range(_PHRASES):
            words = texts(f"duty.phrase.supervise.{number + 1}")
            phrase = QPushButton(words)
            phrase.setProperty("kind", "phrase")
            phrase.setObjectName(f"supervise-phrase-{number + 1}")
            phrase.setAutoDefault(False)
            phrase.clicked.connect(lambda _=False, w=words: self.field.setPlainText(w))
            box.addWidget(phrase)
        box.addWidget(self.field)
        kinds = QDialogButtonBox.StandardButton
        self._buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
        self._ok = self._buttons.button(kinds.Ok)
        self._ok.setText(texts("duty.supervise_send"))
        self._ok.setObjectName("supervise-send")
        self._ok.setShortcut("Ctrl+Return")
        self._buttons.button(kinds.Cancel).setText(texts("duty.cancel"))
        self._buttons.accepted.connect(self._done)
        self._buttons.rejected.connect(self.reject)
        self.field.textChanged.connect(self._show)
        box.addWidget(self._said)
        box.addWidget(self._buttons)
        self._show()
        self.field.setFocus()

    def _words(self) -> str:
        return " ".join(self.field.toPlainText().split())[:500]

    def _show(self) -> None:
        waiting = self._awaited.waiting
        self._ok.setEnabled(bool(self._words()) and not waiting)
        self._tell(self._texts("duty.supervise_sent") if waiting else "")

    def _tell(self, words: str) -> None:
        self._said.setText(words)
        self._said.setVisible(bool(words))

    def _done(self) -> None:
        self._awaited.give(lambda: self._send(self._words()))
