"""A new password: the old one, and the new one twice."""

from PySide6.QtCore import Signal

from console.i18n import Texts
from console.views.login.page import Page
from console.widgets.label import plain_label

LEAST = 10
"""Characters of a password at least; the centre knows more rules and has the last word."""


class PasswordPage(Page):
    """Goes on only with two new ones that are alike."""

    wanted = Signal(str, str)
    """Old and new."""

    def __init__(self, texts: Texts) -> None:
        """Empty fields."""
        super().__init__(texts, texts("session.password_go"), "login-password-go")
        self.column.addWidget(plain_label(texts("session.must_change"), wrap=True))
        self.old = self.add_field("session.old", "login-old", secret=True)
        self.new = self.add_field("session.new", "login-new", secret=True)
        self.again = self.add_field("session.again", "login-again", secret=True)
        self.close_column()
        self.go.clicked.connect(self._ask)
        for field in (self.old, self.new, self.again):
            field.textChanged.connect(lambda _: self._judge())
        self._judge()

    def begin(self, old: str) -> None:
        """With the password that was just typed, "" when there was none."""
        self.old.setText(old)
        (self.new if old else self.old).setFocus()

    def set_busy(self, busy: bool) -> None:
        """While it is asked nothing can be changed."""
        for field in (self.old, self.new, self.again):
            field.setEnabled(not busy)
        self.name_button(self.texts("session.asking") if busy else "")
        self.go.setEnabled(not busy)
        if not busy:
            self._judge()

    def _judge(self) -> None:
        """Why it does not go on stands there while one types."""
        new, again = self.new.text(), self.again.text()
        words = ""
        if new and len(new) < LEAST:
            words = self.texts("session.too_short", n=LEAST)
        elif new and new == self.old.text():
            words = self.texts("session.same_as_old")
        elif again and new != again:
            words = self.texts("session.not_alike")
        self.tell(words)
        self.go.setEnabled(not words and bool(self.old.text() and new) and new == again)

    def _ask(self) -> None:
        if self.go.isEnabled():
            self.wanted.emit(self.old.text(), self.new.text())
