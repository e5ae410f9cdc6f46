"""The small panel of a drawn area: what is inside at once, a name, and the start of the incident."""

import uuid
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from console.domain.case import Case
from console.domain.category import Urgency
from console.domain.footprint import Ring
from console.domain.incident import Incident
from console.geo.touched import touched_towns
from console.store.inside import Inside, holder, look_inside
from console.views.awaited import refusal
from console.views.incident.acts import Acts
from console.views.incident.naming import proposed_name, ring_fault
from console.views.names import receiver_name
from console.views.stage import Stage
from console.widgets.label import ElidedLabel, plain_label
from console.wire.messages import CommandMoved, Tick

WIDTH = 400
_LONGEST_NAME = 60
_RINGS = ("start_incident", "set_footprint")
"""The commands that carry a ring."""
FACTS = ("cases", "workers", "teams", "units", "places")


class StartPanel(QFrame):
    """Shows one ring; confirmed, it starts an incident or becomes the chosen incident's footprint."""

    started = Signal(str)
    """The id of the incident that this seat is about to start."""
    closed = Signal()
    """The ring is not wanted any more."""

    def __init__(self, stage: Stage, acts: Acts, parent: QWidget | None = None) -> None:
        """Nothing drawn yet."""
        super().__init__(parent)
        self.setObjectName("incident-start")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH)
        self._stage, self._acts = stage, acts
        self._ring: Ring = ()
        self._cases: tuple[str, ...] = ()
        self._incident: Incident | None = None
        self._about = ""
        """The id of the incident whose ring is on its way; only its fate is told here."""
        self._taken = plain_label(tone="amber", wrap=True)
        self._taken.setObjectName("incident-taken")
        self._fault = plain_label(tone="red", wrap=True)
        self._fault.setObjectName("incident-fault")
        self.name = QLineEdit()
        self.name.setObjectName("incident-name")
        self.name.setMaxLength(_LONGEST_NAME)
        self.name.returnPressed.connect(self._start)
        self._figures = {fact: plain_label(tone="figures") for fact in FACTS}
        self._words = {fact: ElidedLabel(tone="second") for fact in FACTS}
        self._attach = QCheckBox()
        self._attach.setObjectName("incident-attach-all")
        self._attach.setChecked(True)
        self.start = self._button("incident.start", "incident-confirm-start", self._start)
        self.start.setProperty("kind", "main")
        self._redraw = self._button("incident.redraw_this", "incident-redraw", self._set_footprint)
        self._lay_out()
        stage.orders.moved.connect(self._on_moved)

    def _button(self, key: str, name: str, act: object) -> QPushButton:
        button = QPushButton(self._stage.texts(key))
        button.setObjectName(name)
        button.clicked.connect(act)
        return button

    def _lay_out(self) -> None:
        texts = self._stage.texts
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(2, 1)
        for row, fact in enumerate(FACTS):
            figure = self._figures[fact]
            figure.setAlignment(Qt.AlignmentFlag.AlignRight)
            grid.addWidget(plain_label(texts(f"incident.inside.{fact}")), row, 0)
            grid.addWidget(figure, row, 1)
            grid.addWidget(self._words[fact], row, 2)
        drop = self._button("app.cancel", "incident-cancel-start", self._cancel)
        buttons = QHBoxLayout()
        buttons.addWidget(drop)
        buttons.addStretch(1)
        buttons.addWidget(self._redraw)
        buttons.addWidget(self.start)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 16, 12)
        box.setSpacing(8)
        box.addWidget(plain_label(texts("incident.inside.title"), tone="heading"))
        box.addLayout(grid)
        box.addWidget(self._taken)
        box.addWidget(plain_label(texts("incident.name"), tone="second"))
        box.addWidget(self.name)
        box.addWidget(self._attach)
        box.addWidget(self._fault)
        box.addLayout(buttons)

    def show_ring(
        self, ring: Ring, chosen: str | None = None, incident: Incident | None = None
    ) -> None:
        """Say what is inside an open ring of (lon, lat), round the case `chosen` or drawn by hand.

        `incident` is the one whose footprint the ring may become.
        """
        self._ring, self._incident, self._about = tuple(ring), incident, ""
        fault = ring_fault(self._ring, self._stage.boundaries)
        towns = () if fault else touched_towns(self._stage.boundaries, self._ring)
        board = self._stage.board
        inside = look_inside(() if fault else self._ring, board.picture, board.city, towns)
        self._say_inside(inside)
        case = board.picture.cases.get(chosen or "")
        texts = self._stage.texts
        name = "" if fault else proposed_name(inside.cases, towns, case, board.city, texts)
        self.name.setText(name[:_LONGEST_NAME])
        self.name.selectAll()
        self._allow(fault)
        self.adjustSize()

    def _say_inside(self, inside: Inside) -> None:
        texts, city = self._stage.texts, self._stage.city
        free = self._free(inside.cases)
        self._cases = tuple(case.id for case in free)
        urgent = sum(case.urgency is Urgency.URGENT for case in free)
        units = [receiver_name(city, "unit", one.unit, texts) for one in inside.units]
        teams = [texts.pick(team.name, team.name_en) for team in inside.teams]
        places = [texts.pick(place.name, place.name_en) for place in inside.places]
        self._say("cases", len(free), texts("incident.inside.urgent", n=urgent))
        self._say("workers", len(inside.workers), texts("incident.inside.on_duty"))
        for fact, names in (("teams", teams), ("units", units), ("places", places)):
            self._say(fact, len(names), texts("list.comma").join(names))
        self._attach.setText(texts("incident.attach_n", n=len(self._cases)))
        self._attach.setVisible(bool(self._cases))

    def _free(self, cases: Sequence[Case]) -> list[Case]:
        """The cases that a new incident would take; how many it would not is said."""
        texts, picture = self._stage.texts, self._stage.board.picture
        holders = {case.id: holder(case, picture) for case in cases}
        names = dict.fromkeys(other.name for other in holders.values() if other is not None)
        free = [case for case in cases if holders[case.id] is None]
        quoted = texts("list.comma").join(texts("incident.quoted", name=name) for name in names)
        self._taken.setText(texts("incident.taken", n=len(cases) - len(free), names=quoted))
        self._taken.setVisible(bool(names))
        return free

    def _say(self, fact: str, count: int, words: str) -> None:
        self._figures[fact].setText(str(count))
        self._words[fact].set_words(words if count else "")

    def _allow(self, fault: str | None) -> None:
        """What is wrong with the ring, or with who asks, and what may be done with it."""
        stage = self._stage
        self._tell(stage.texts(f"problem.{fault}") if fault else "")
        for button, operation in ((self.start, "start_incident"), (self._redraw, "set_footprint")):
            reason = stage.why_not(operation)
            button.setEnabled(fault is None and reason is None)
            button.setToolTip(reason or "")
        self._redraw.setVisible(self._incident is not None and self._incident.open)

    def _tell(self, words: str) -> None:
        self._fault.setText(words)
        self._fault.setVisible(bool(words))
        self.adjustSize()

    def fault(self) -> str:
        """What it says is wrong, "" when nothing is."""
        return self._fault.text()

    def _start(self) -> None:
        name = self.name.text().strip()
        if not name:
            self._tell(self._stage.texts("problem.name-needed"))
        elif self.start.isEnabled():
            cases: Sequence[str] = self._cases if self._attach.isChecked() else ()
            self.start.setEnabled(False)
            self._about = uuid.uuid4().hex
            self.started.emit(self._about)
            self._acts.start(self._about, name, self._ring, cases)

    def _set_footprint(self) -> None:
        incident = self._incident
        if incident is not None:
            self._about = incident.id
            self.closed.emit()
            self._acts.redraw(incident, self._ring)

    def _cancel(self) -> None:
        self.closed.emit()

    def _on_moved(self, moved: CommandMoved) -> None:
        """A ring that was refused is offered again; whatever else is refused is told elsewhere."""
        body, waits = moved.envelope.body, moved.tick in (Tick.STORED, Tick.HELD)
        ours = moved.envelope.type in _RINGS and body.get("incident") == self._about
        if waits or not ours:
            return
        self._about = ""
        if moved.tick is Tick.REFUSED and moved.answer is not None:
            self.show()
            self._allow(None)
            self._tell(refusal(moved.answer.problem or "", self._stage.texts))
