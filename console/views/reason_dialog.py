"""Asks for the reason that goes into the log: a set phrase or own words."""

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QDialog, QWidget

from console.i18n import Texts
from console.views.words_dialog import WordsDialog


class ReasonDialog(WordsDialog):
    """Its words are the reason."""

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
        field = QComboBox()
        field.setEditable(True)
        field.setObjectName("reason-words")
        field.addItems(list(phrases))
        prompt = prompt or texts("reason.prompt")
        super().__init__(texts, field, parent, name="reason-ok", prompt=prompt)
        self.setWindowTitle(title or texts("reason.title"))
        self.setMinimumWidth(420)


def ask_reason(texts: Texts, phrases: Sequence[str], parent: QWidget) -> str:
    """Ask and wait; "" when the user thought better of it."""
    dialog = ReasonDialog(texts, phrases, parent)
    sure = dialog.exec() == QDialog.DialogCode.Accepted
    words = dialog.words() if sure else ""
    dialog.deleteLater()
    return words
