"""Who decides now and who comes next, with a telephone number that can be read from two steps away."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from console.domain.roster import Turn
from console.views.duty.office import Office
from console.views.sight import Sight
from console.widgets.label import ElidedLabel, set_tone
from console.widgets.section import Section


class RosterCard(Section):
    """Follows the roster of the office's scope."""

    edit_wanted = Signal()

    def __init__(self, office: Office) -> None:
        """The turns as they stand."""
        super().__init__(office.stage.texts("duty.roster"))
        self._office = office
        self._texts = office.stage.texts
        edit = QPushButton(self._texts("duty.roster_edit"))
        edit.setObjectName("duty-roster")
        edit.setProperty("kind", "flat")
        edit.clicked.connect(self.edit_wanted)
        self.add_to_head(edit)
        self._now = (ElidedLabel(tone="duty-title"), ElidedLabel(tone="duty-phone"))
        self._next = (ElidedLabel(tone="duty-title"), ElidedLabel(tone="duty-phone"))
        self._spans = (ElidedLabel(tone="second"), ElidedLabel(tone="second"))
        self._lay_out()
        sight = Sight(office.stage.board, self)
        sight.ticked.connect(self.refresh)
        sight.opened.connect(self.refresh)
        office.changed.connect(self.refresh)

    def _lay_out(self) -> None:
        body = QWidget()
        body.setObjectName("panel")
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        for column, who in enumerate((self._now, self._next)):
            grid.addWidget(self._spans[column], 0, column)
            grid.addWidget(who[0], 1, column)
            grid.addWidget(who[1], 2, column)
            grid.setColumnStretch(column, 1)
        box = QVBoxLayout(body)
        box.setContentsMargins(12, 6, 12, 10)
        box.addLayout(grid)
        self.add(body)

    def refresh(self) -> None:
        """Read the roster anew."""
        if not self.isVisible():
            return
        roster, now, code = self._office.roster(), self._office.now(), self._office.scope.code
        self._fill(0, self._now, roster.now(code, now), "duty.on_duty")
        self._fill(1, self._next, roster.next(code, now), "duty.next_duty")

    def _fill(
        self, column: int, who: tuple[ElidedLabel, ElidedLabel], turn: Turn | None, key: str
    ) -> None:
        name, phone = who
        set_tone(name, "duty-gap" if turn is None else "duty-title")
        if turn is None:
            self._spans[column].set_words(self._texts(key, span=""))
            name.set_words(self._texts("duty.nobody"))
            phone.set_words("")
            return
        tz = self._office.city.tz
        start, end = (t.astimezone(tz).strftime("%H:%M") for t in (turn.start, turn.end))
        self._spans[column].set_words(self._texts(key, span=f"{start}–{end}"))
        name.set_words(turn.name)
        phone.set_words(turn.phone)
