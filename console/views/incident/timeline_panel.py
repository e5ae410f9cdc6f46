"""The timeline: what happened in the incident, newest first, and a field for what else must be kept."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from console.domain.event import Event
from console.live.link import Link
from console.store.changes import ChangeSet
from console.tables import paint
from console.tables.row_delegate import Look, RowDelegate
from console.theme import tokens
from console.views.incident.acts import Acts
from console.views.incident.focus import Focus
from console.views.incident.plain_list import PlainList
from console.views.incident.timeline import Line, belongs, lines_of
from console.views.stage import Stage
from console.widgets.section import Section

ROW = 46
LONGEST_NOTE = 500
_TIME = 76


class TimelinePanel(Section):
    """Follows the chosen incident; the past is fetched when it is chosen, the rest comes by itself."""

    loaded = Signal()
    """`events` are others."""

    def __init__(self, stage: Stage, focus: Focus, acts: Acts) -> None:
        """Empty."""
        super().__init__(stage.texts("incident.timeline"))
        self.setObjectName("timeline-panel")
        self._stage, self._focus, self._acts = stage, focus, acts
        self._link: Link | None = None
        self.events: Sequence[Event] = ()
        """What happened in the chosen incident, oldest first."""
        self.list = PlainList(ROW)
        self.list.setObjectName("timeline")
        self.list.setItemDelegate(_LineDelegate(self.list))
        self.list.set_empty(stage.texts("incident.no_timeline"))
        self.note = QLineEdit()
        self.note.setObjectName("incident-note")
        self.note.setMaxLength(LONGEST_NOTE)
        self.note.setPlaceholderText(stage.texts("incident.note_hint"))
        self._button = QPushButton(stage.texts("incident.note"))
        self._button.setObjectName("incident-note-add")
        self._button.clicked.connect(self._add)
        self.note.returnPressed.connect(self._add)
        self.add(self.list, 1)
        self.add(self._entry())

    def _entry(self) -> QWidget:
        entry = QWidget()
        entry.setObjectName("panel")
        row = QHBoxLayout(entry)
        row.setContentsMargins(12, 6, 8, 6)
        row.addWidget(self.note, 1)
        row.addWidget(self._button)
        return entry

    def attach(self, link: Link) -> None:
        """From now on the past can be fetched."""
        self._link = link
        self.show_incident()

    def show_incident(self) -> None:
        """Another incident was chosen, or this one comes into sight."""
        self.events = ()
        self._show()
        incident_id, link = self._focus.id, self._link
        if incident_id is None or link is None:
            return

        def take(found: list[Event]) -> None:
            if self._focus.id == incident_id:
                self._merge(found)

        self._stage.tasks.run(lambda: link.history(incident_id), take, owner=self)

    def refresh(self, changes: ChangeSet) -> None:
        """Follow the board."""
        incident_id = self._focus.id
        if incident_id is None:
            return
        picture = self._stage.board.picture
        self._merge([e for e in changes.events if belongs(e, incident_id, picture)])

    def _merge(self, found: Sequence[Event]) -> None:
        """The past and what came meanwhile, each line once."""
        incident_id, picture = self._focus.id, self._stage.board.picture
        known = {event.rev: event for event in self.events}
        known |= {e.rev: e for e in found if belongs(e, incident_id or "", picture)}
        if len(known) != len(self.events):
            self.events = [known[rev] for rev in sorted(known)]
            self._show()

    def lines(self) -> list[Line]:
        """What is shown, oldest first."""
        board, texts = self._stage.board, self._stage.texts
        now = board.time.domain_now()
        return lines_of(self.events, board.picture, board.city, texts, now)

    def _show(self) -> None:
        self.list.rows.show(self.lines()[::-1])
        incident = self._focus.incident
        reason = self._stage.why_not("note_incident", incident=incident)
        may = incident is not None and incident.open and reason is None
        for widget in (self.note, self._button):
            widget.setEnabled(may)
            widget.setToolTip(reason or "")
        self.loaded.emit()

    def _add(self) -> None:
        incident, words = self._focus.incident, self.note.text().strip()
        if incident is not None and incident.open and words:
            self._acts.note(incident, words)
            self.note.clear()


class _LineDelegate(RowDelegate):
    """Time at the left; what, and below it to whom."""

    def draw_row(self, painter: QPainter, rect: QRect, row: Line, look: Look) -> None:
        """Draw one line."""
        colour = tokens.TEXT if row.loud else tokens.SECOND
        time = QRect(rect.left() + 12, rect.top() + 3, _TIME - 16, 20)
        paint.draw_text(painter, time, row.time, pixels=tokens.FONT_SECOND, colour=colour)
        words = rect.adjusted(_TIME, 3, -10, -23 if row.detail else -3)
        paint.draw_text(painter, words, row.what, bold=row.loud, pixels=15)
        if row.detail:
            below = rect.adjusted(_TIME, 23, -10, -3)
            paint.draw_text(
                painter, below, row.detail, pixels=tokens.FONT_SECOND, colour=tokens.SECOND
            )
