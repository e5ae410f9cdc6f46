"""Two small buttons beside a citizen's masked number: call, and show in full for a minute."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from console.live.link import refusal_code
from console.views.awaited import refusal
from console.views.private.look import Look
from console.views.reason_dialog import ReasonDialog
from console.views.stage import Stage

REASONS = 5
"""Set phrases for why somebody looks."""


class PrivateBar(QWidget):
    """A button that cannot be used says why."""

    told = Signal(str)
    """Words for the status line."""

    def __init__(self, stage: Stage, look: Look) -> None:
        """Follow the look."""
        super().__init__()
        self._stage, self._texts, self._look = stage, stage.texts, look
        self._no_telephone = False
        self.dial, self.show_all = QPushButton(), QPushButton()
        self.dial.setObjectName("private-dial")
        self.show_all.setObjectName("private-reveal")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for button in (self.dial, self.show_all):
            button.setProperty("kind", "small")
            row.addWidget(button)
        self.dial.setText(self._texts("private.dial"))
        self.dial.clicked.connect(look.dial)
        self.show_all.clicked.connect(self._toggle)
        look.changed.connect(self.refresh)
        look.failed.connect(self._on_failed)
        look.dialled.connect(lambda: self.told.emit(self._texts("private.dialling")))
        self.refresh()

    def refresh(self) -> None:
        """What may be done now, and for how long the data still stand in full."""
        texts, look = self._texts, self._look
        left = look.left
        words = texts("private.mask", n=left) if left else texts("private.reveal")
        if self.show_all.text() != words:
            self.show_all.setText(words)
        if self.show_all.property("open") != bool(left):
            self.show_all.setProperty("open", bool(left))
            self.show_all.style().unpolish(self.show_all)
            self.show_all.style().polish(self.show_all)
        why = self._why_not("reveal")
        self._offer(self.show_all, None if left else why, "private.reveal_hint")
        why = self._why_not("dial") or self._why_not_dial()
        self._offer(self.dial, why, "private.dial_hint")

    def _offer(self, button: QPushButton, why_not: str | None, hint: str) -> None:
        button.setEnabled(why_not is None and not self._look.busy)
        words = why_not or self._texts(hint)
        if button.toolTip() != words:
            button.setToolTip(words)
            button.setAccessibleDescription(words)

    def _why_not(self, operation: str) -> str | None:
        texts, stage = self._texts, self._stage
        if stage.training:
            return texts("private.training")
        if stage.why_not(operation) is not None:
            return texts("private.not_yours", role=texts(f"role.{stage.role}"))
        if not self._look.attached:
            return texts("private.no_link")
        return texts("private.no_case") if self._look.case is None else None

    def _why_not_dial(self) -> str | None:
        details = self._look.details
        if self._no_telephone:
            return self._texts("private.no_telephone")
        if details is not None and not details.phone:
            return self._texts("private.no_number")
        return None

    def _toggle(self) -> None:
        if self._look.left:
            self._look.mask()
            return
        phrases = [self._texts(f"private.why_{number + 1}") for number in range(REASONS)]
        dialog = ReasonDialog(
            self._texts,
            phrases,
            self.window(),
            title=self._texts("private.reveal_title"),
            prompt=self._texts("private.reveal_prompt"),
        )
        case = self._look.case

        def go() -> None:
            if self._look.case == case:
                self._look.reveal(dialog.words())

        dialog.accepted.connect(go)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_failed(self, name: str, error: Exception) -> None:
        code = refusal_code(error)
        if code == "no-telephone":
            self._no_telephone = True
        key = "private.failed" if name == "reveal" else "private.dial_failed"
        self.told.emit(self._texts(key, reason=refusal(code, self._texts)))
