"""Orders from an outage: one list, all unticked, to be sent or voided by the operator."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from console.domain.case import life_state
from console.i18n import Texts
from console.live.board import Board
from console.live.link import Link
from console.tables.rows import age_text
from console.views.awaited import refusal
from console.views.names import receiver_name
from console.wire.messages import NotStored, Stored


class HeldOrders(QDialog):
    """Says what each order was, how old it is, and how the case stands now."""

    def __init__(self, link: Link, board: Board, texts: Texts, parent: QWidget) -> None:
        """List what waits at this moment."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(texts("held.title"))
        self.resize(720, 420)
        self._link = link
        self._board = board
        self._texts = texts
        hint = self._hint = QLabel(texts("held.hint"))
        hint.setWordWrap(True)
        self._list = QListWidget()
        for stored in link.held():
            self._add(stored)
        send, void = QPushButton(texts("held.send")), QPushButton(texts("held.discard"))
        self._list.setObjectName("held-list")
        send.setObjectName("held-send")
        void.setObjectName("held-void")
        send.clicked.connect(lambda: self._settle(self._link.release))
        void.clicked.connect(lambda: self._settle(self._link.discard))
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(void)
        buttons.addWidget(send)
        box = QVBoxLayout(self)
        box.addWidget(hint)
        box.addWidget(self._list, 1)
        box.addLayout(buttons)

    def _add(self, stored: Stored) -> None:
        envelope = stored.envelope
        case = self._board.picture.cases.get(str(envelope.body.get("case", "")))
        age = age_text((datetime.now(UTC) - stored.stored_at).total_seconds(), self._texts)
        words = [self._texts(f"operation.{envelope.type}"), self._receiver(stored)]
        words.append(self._texts("held.age", age=age))
        if case is not None:
            state = life_state(case, self._board.picture.lead(case))
            words += [
                case.place,
                self._texts("held.now", state=self._texts(f"state.{state.value}")),
            ]
        item = QListWidgetItem(" · ".join(word for word in words if word))
        item.setData(Qt.ItemDataRole.UserRole, envelope.key)
        item.setCheckState(Qt.CheckState.Unchecked)
        self._list.addItem(item)

    def _receiver(self, stored: Stored) -> str:
        body = stored.envelope.body
        asked = body.get("asked", [body])
        names = [self._name(one) for one in asked if isinstance(one, dict)]
        return self._texts("list.comma").join(name for name in names if name)

    def _name(self, body: dict[str, Any]) -> str:
        city, kinds = self._board.city, ("worker", "team", "unit")
        names = (receiver_name(city, kind, body.get(kind), self._texts) for kind in kinds)
        return next((name for name in names if name), "")

    def _settle(self, act: Callable[[str], None]) -> None:
        for row in reversed(range(self._list.count())):
            item = self._list.item(row)
            if item.checkState() is Qt.CheckState.Checked:
                try:
                    act(str(item.data(Qt.ItemDataRole.UserRole)))
                except NotStored as error:
                    self._hint.setText(refusal(error.code, self._texts))
                    return
                self._list.takeItem(row)
        if not self._list.count():
            self.close()
