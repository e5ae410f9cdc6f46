"""Asks for the reason that goes into the log: a set phrase or own words."""

from collections.abc import Sequence

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from console.i18n import Texts
from console.widgets.label import plain_label


class ReasonDialog(QDialog):
    """Without a reason there is no going on."""

    def __init__(
        self,
        texts: Texts,
        phrases: Sequence[str],
        parent: QWidget,
        *,
        title: str = "",
        prompt: str = "",
    ) -> None:
        """The first phrase is proposed; `title` and `prompt` say what the reason is for."""
        super().__init__(parent)
        self.setWindowTitle(title or texts("reason.title"))
        self.setMinimumWidth(420)
        self._words = QComboBox()
        self._words.setEditable(True)
        self._words.setObjectName("reason-words")
        self._words.addItems(list(phrases))
        self._go = QPushButton(texts("app.ok"))
        self._go.setObjectName("reason-ok")
        self._go.setProperty("kind", "main")
        self._go.setDefault(True)
        self._go.clicked.connect(self.accept)
        back = QPushButton(texts("app.cancel"))
        back.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(back)
        buttons.addWidget(self._go)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(12)
        box.addWidget(plain_label(prompt or texts("reason.prompt"), wrap=True))
        box.addWidget(self._words)
        box.addLayout(buttons)
        self._words.editTextChanged.connect(lambda words: self._go.setEnabled(bool(words.strip())))
        self._words.setFocus()

    def reason(self) -> str:
        """What was chosen or written."""
        return self._words.currentText().strip()


def ask_reason(texts: Texts, phrases: Sequence[str], parent: QWidget) -> str:
    """Ask and wait; "" when the user thought better of it."""
    dialog = ReasonDialog(texts, phrases, parent)
    sure = dialog.exec() == QDialog.DialogCode.Accepted
    words = dialog.reason() if sure else ""
    dialog.deleteLater()
    return words
