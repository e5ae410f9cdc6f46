"""What turns red within 30 minutes, what was promised, the hard cases."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from console.store.watch import Watch, watch
from console.views.duty import words
from console.views.duty.office import Office
from console.views.screen import Spot
from console.views.sight import Sight
from console.widgets.empty_state import EmptyState
from console.widgets.line_list import Line, LineList
from console.widgets.section import Section

REFRESH_MS = 2000
_ROW = 60
_PARTS = {"red": 3, "promises": 2, "hard": 1}
"""Part → how many of the rows it gets."""


class WatchPanel(QWidget):
    """Follows the picture; a row chosen is the case chosen."""

    chosen = Signal(str)

    def __init__(self, office: Office) -> None:
        """Empty until the picture is there."""
        super().__init__()
        self._office = office
        self._texts = office.stage.texts
        self.parts = {name: _Part(name, office) for name in _PARTS}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(1)
        for name, part in self.parts.items():
            box.addWidget(part, _PARTS[name])
            part.rows.chosen.connect(self._on_chosen)
        self._found = Watch([], [], [])
        self._number = 0
        self._due = QTimer(self, interval=REFRESH_MS, singleShot=True)
        self._due.timeout.connect(self.refresh)
        sight = Sight(office.stage.board, self)
        sight.changed.connect(lambda _: self._due.isActive() or self._due.start())
        sight.ticked.connect(self._on_tick)
        sight.opened.connect(self.refresh)
        office.changed.connect(self.refresh)

    def _on_tick(self) -> None:
        """Minutes go on each second; what comes into the next 30 minutes is looked for with the rest."""
        self._show()
        if not self._due.isActive():
            self._due.start()

    def refresh(self) -> None:
        """Look the picture through on a thread: all open cases have a clock to be read."""
        if not self.isVisible():
            return
        self._number += 1
        number, office, now = self._number, self._office, self._office.now()
        frozen, city, scope = office.stage.board.picture.fork(), office.city, office.scope

        def done(found: Watch) -> None:
            if number == self._number:
                self._found = found
                self._show()

        office.stage.tasks.run(lambda: watch(frozen, city, scope, now), done, owner=self)

    def _show(self) -> None:
        texts, now, found = self._texts, self._office.now(), self._found
        picture, city = self._office.stage.board.picture, self._office.city
        red = [words.red_line(r, picture, city, texts, now) for r in found.red]
        self.parts["red"].show_lines(red)
        self.parts["promises"].show_lines(
            [words.promise_line(p, city, texts, now) for p in found.promises]
        )
        self.parts["hard"].show_lines(
            [words.case_line(c, picture, city, texts, now) for c in found.hard]
        )

    def _on_chosen(self, key: str) -> None:
        self.chosen.emit(case_of(key))

    def place_of(self, case_id: str) -> Spot:
        """Where the row of a case is in any part."""
        for part in self.parts.values():
            for line in part.rows.lines():
                if case_of(line.key) == case_id and (rect := part.rows.place_of(line.key)):
                    return part.rows.viewport(), rect
        return None


def case_of(key: str) -> str:
    """The case's id of a row's key; a case can stand in a part twice."""
    return key.partition("#")[0]


class _Part(Section):
    def __init__(self, name: str, office: Office) -> None:
        super().__init__(office.stage.texts(f"duty.part.{name}"))
        self._name, self._texts = name, office.stage.texts
        self.rows = LineList(_ROW)
        self.rows.setObjectName(f"duty-{name}-rows")
        body = QWidget()
        self._stack = QStackedLayout(body)
        self._stack.addWidget(EmptyState(self._texts(f"duty.no_{name}")))
        self._stack.addWidget(self.rows)
        self.add(body, 1)

    def show_lines(self, lines: list[Line]) -> None:
        """Show the lines, or what an empty part says."""
        self.rows.set_lines(lines)
        title = self._texts(f"duty.part.{self._name}")
        self.set_title(f"{title}{self._texts('list.dot')}{len(lines)}" if lines else title)
        self._stack.setCurrentIndex(int(bool(lines)))
