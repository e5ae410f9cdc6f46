"""The decision queue of a chief: what waits, the most pressing first."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from console.domain.role import Role
from console.store.decisions import Waiting, decisions
from console.views.duty import words
from console.views.duty.office import Office
from console.views.screen import Spot
from console.views.sight import Sight
from console.widgets.empty_state import EmptyState
from console.widgets.line_list import LineList
from console.widgets.section import Section

REFRESH_MS = 400


class DecisionList(Section):
    """Follows the picture; the shift leader sees first returns and extensions too."""

    chosen = Signal(object)
    """The Waiting that is looked at, or None: by hand, or because another is there in its place."""
    refreshed = Signal()
    """The rows are those of the picture."""

    def __init__(self, office: Office) -> None:
        """Empty until the picture is there."""
        super().__init__(office.stage.texts("duty.decisions"))
        self.setObjectName("duty-decisions")
        self._office = office
        self._texts = office.stage.texts
        self._waiting: dict[str, Waiting] = {}
        self.rows = LineList(88)
        self.rows.setObjectName("duty-decision-rows")
        empty = EmptyState(self._texts("duty.no_decisions"), self._texts("duty.no_decisions_hint"))
        body = QWidget()
        self._stack = QStackedLayout(body)
        self._stack.addWidget(empty)
        self._stack.addWidget(self.rows)
        self.add(body, 1)
        self._due = QTimer(self, interval=REFRESH_MS, singleShot=True)
        self._due.timeout.connect(self.refresh)
        sight = Sight(office.stage.board, self)
        sight.changed.connect(lambda _: self._due.isActive() or self._due.start())
        sight.ticked.connect(self._show)
        sight.opened.connect(self.refresh)
        office.changed.connect(self.refresh)
        self.rows.chosen.connect(self._on_chosen)

    def refresh(self) -> None:
        """Read the picture anew."""
        board, office = self._office.stage.board, self._office
        if not self.isVisible():
            return
        first = office.stage.role is Role.SHIFT_LEADER
        found = decisions(board.picture, office.city, office.scope, office.now(), first=first)
        before, current = list(self._waiting), self.rows.current_key()
        self._waiting = {words.key_of(waiting): waiting for waiting in found}
        self._show()
        self.set_title(self._texts("duty.decisions_n", n=len(found)))
        self._stack.setCurrentIndex(int(bool(found)))
        if current is not None and current not in self._waiting:
            self._take_next(before, current)
        elif current is not None:
            self.chosen.emit(self._waiting[current])
        self.refreshed.emit()

    def _take_next(self, before: list[str], gone: str) -> None:
        """The next one takes the place of a decided one, so that the hand need not move."""
        place = before.index(gone) if gone in before else 0
        keys = self.rows.keys()
        self.rows.show_current(keys[min(place, len(keys) - 1)] if keys else None)
        self.chosen.emit(self.current())

    def _show(self) -> None:
        now, city = self._office.now(), self._office.city
        self.rows.set_lines(
            [words.decision_line(w, city, self._texts, now) for w in self._waiting.values()]
        )

    def current(self) -> Waiting | None:
        """The decision that is looked at."""
        return self._waiting.get(self.rows.current_key() or "")

    def of_case(self, case_id: str | None) -> Waiting | None:
        """The first decision about a case."""
        return next((w for w in self._waiting.values() if w.case.id == case_id), None)

    def reveal(self, waiting: Waiting | None) -> None:
        """Show which one is looked at; nothing is told."""
        self.rows.show_current(words.key_of(waiting) if waiting is not None else None)

    def step(self, by: int) -> None:
        """To the next or the former one."""
        keys, current = self.rows.keys(), self.rows.current_key()
        if keys:
            at = keys.index(current) + by if current in keys else 0
            self.rows.show_current(keys[max(0, min(at, len(keys) - 1))])
            self.chosen.emit(self.current())

    def _on_chosen(self, key: str) -> None:
        self.chosen.emit(self._waiting.get(key))

    def place_of(self, case_id: str) -> Spot:
        """Where the row of a case is."""
        found = self.of_case(case_id)
        rect = self.rows.place_of(words.key_of(found)) if found is not None else None
        return None if rect is None else (self.rows.viewport(), rect)
