"""The lines below the banner that stay until the operator has acknowledged them."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from console.i18n import Texts
from console.views.notices import Notice, NoticeBook
from console.widgets.label import plain_label

MOST = 3
"""Lines in sight; what came later is counted, and follows when these are acknowledged."""


class NoticeBar(QWidget):
    """Hidden while there is nothing to acknowledge."""

    def __init__(self, book: NoticeBook, texts: Texts) -> None:
        """Follow the book."""
        super().__init__()
        self.setObjectName("notice-bar")
        self._book, self._texts = book, texts
        self._quiet = False
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(1)
        book.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        while (item := self._box.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        notices = self._book.open
        more = len(notices) - MOST
        for number, notice in enumerate(notices[:MOST], start=1):
            line = self._line(notice, more if number == MOST else 0)
            self._box.addWidget(line)
            line.show()  # at once, in the place of the one before
        self.setVisible(bool(notices) and not self._quiet)

    def set_quiet(self, quiet: bool) -> None:
        """Out of sight, whatever is to be said: strangers look at this window."""
        if quiet != self._quiet:
            self._quiet = quiet
            self._show()

    def _line(self, notice: Notice, more: int) -> QWidget:
        line = QWidget()
        line.setObjectName("notice")
        line.setProperty("kind", notice.kind)
        line.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        line.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(line)
        row.setContentsMargins(16, 4, 8, 4)
        row.setSpacing(12)
        words = plain_label(notice.text(self._texts), wrap=True)
        words.setObjectName(f"notice-words-{notice.name}")
        line.setAccessibleName(words.text())
        row.addWidget(words, 1)
        if more > 0:
            row.addWidget(plain_label(self._texts("notice.more", n=more)))
        seen = QPushButton(self._texts("notice.ok"))
        seen.setObjectName(f"notice-ok-{notice.name}")
        seen.clicked.connect(partial(self._book.acknowledge, notice.name))
        row.addWidget(seen)
        return line
