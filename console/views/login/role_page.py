"""In which of their roles somebody works now."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from console.domain.role import Role
from console.i18n import Texts
from console.live.door import Person
from console.views.login.page import Page
from console.views.login.roles import roles_here, screens_of
from console.widgets.label import plain_label


class RolePage(Page):
    """One line a role with the screens that it sees; arrows and Return, or a double click."""

    chosen = Signal(object)
    """A Role."""

    def __init__(self, texts: Texts) -> None:
        """No person yet."""
        super().__init__(texts, texts("session.role_go"), "login-role-go")
        self.column.addWidget(plain_label(texts("session.role"), tone="second"))
        self.list = QListWidget()
        self.list.setObjectName("login-roles")
        self.list.setAccessibleName(texts("session.role"))
        self.list.itemActivated.connect(self._choose)
        self.column.addWidget(self.list)
        self.close_column()
        self.go.clicked.connect(self._choose)

    def ask(self, person: Person, last: str) -> None:
        """Among this person's roles; the last one is proposed."""
        self.list.clear()
        for role in roles_here(person):
            seen = self.texts("list.comma").join(
                self.texts(f"window.{name}") for name in screens_of(role)
            )
            words = self.texts("session.role_line", role=self.texts(f"role.{role}"), screens=seen)
            item = QListWidgetItem(words)
            item.setData(Qt.ItemDataRole.UserRole, role.value)
            self.list.addItem(item)
            if role == last or self.list.count() == 1:
                self.list.setCurrentItem(item)
        self.list.setFocus()

    def _choose(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.chosen.emit(Role(item.data(Qt.ItemDataRole.UserRole)))
