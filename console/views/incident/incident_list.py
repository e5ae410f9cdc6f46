"""The incidents of the picture: open ones on top, those that ended today below."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QColor, QPainter

from console.domain.incident import Incident, IncidentState
from console.i18n import Texts
from console.store.picture import Picture
from console.tables import paint
from console.tables.row_delegate import Look, RowDelegate
from console.tables.rows import age_text
from console.theme import tokens
from console.views.incident.focus import Focus, newest_first
from console.views.incident.lanes import unsigned
from console.views.incident.plain_list import PlainList
from console.views.stage import Stage
from console.widgets.section import Section

ROW = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRow:
    """Name, state and age; how many have not signed."""

    id: str
    name: str
    second: str
    unsigned: int
    open: bool
    unconfirmed: bool

    @property
    def spoken(self) -> str:
        """The row in words."""
        return f"{self.name} · {self.second}"


def incident_row(incident: Incident, picture: Picture, texts: Texts, now: datetime) -> IncidentRow:
    """The row of one incident at `now` (aware UTC domain time)."""
    end = incident.ended_at or now
    ran = age_text((end - incident.started_at).total_seconds(), texts)
    words = (
        texts(f"incident.state.{incident.state.value}"),
        texts("incident.ran", age=ran),
        texts("incident.cases_n", n=len(picture.cases_of(incident.id))),
    )
    return IncidentRow(
        id=incident.id,
        name=incident.name,
        second=texts("list.dot").join(words),
        unsigned=len(unsigned(picture.orders_of(incident.id))),
        open=incident.open,
        unconfirmed=incident.state is IncidentState.STARTED,
    )


class IncidentList(Section):
    """Choosing a row shows that incident."""

    chosen = Signal(str)

    def __init__(self, stage: Stage, focus: Focus) -> None:
        """Empty until there is a picture."""
        super().__init__(stage.texts("incident.list"))
        self.setObjectName("incident-list-panel")
        self._stage, self._focus = stage, focus
        self.list = PlainList(ROW)
        self.list.setObjectName("incidents")
        self.list.setItemDelegate(_IncidentDelegate(self.list))
        self.list.set_empty(stage.texts("incident.list_none"))
        self.list.row_selected.connect(self.chosen)
        self.add(self.list, 1)

    def show_incidents(self) -> None:
        """Read the incidents of the picture."""
        board, texts = self._stage.board, self._stage.texts
        now, picture = board.time.domain_now(), board.picture
        known = newest_first(list(picture.incidents.values()))
        self.list.rows.show([incident_row(one, picture, texts, now) for one in known])
        count = sum(one.open for one in known)
        title = texts("incident.list_n", n=count) if known else texts("incident.list")
        self.set_title(title)
        self._mark()

    def step(self, by: int) -> None:
        """Show the next incident of the list, or the one before."""
        rows = self.list.rows.rows
        if rows:
            here = self.list.row_of_id(self._focus.id or "")
            self.list.select_row(0 if here is None else (here + by) % len(rows))

    def _mark(self) -> None:
        row = self.list.row_of_id(self._focus.id or "")
        if row is not None and self.list.current_id() != self._focus.id:
            blocked = self.list.blockSignals(True)
            self.list.select_row(row)
            self.list.blockSignals(blocked)


class _IncidentDelegate(RowDelegate):
    """Draws one incident."""

    def draw_row(self, painter: QPainter, rect: QRect, row: IncidentRow, look: Look) -> None:
        """Name and facts; at the right the unsigned in a red block."""
        right = rect.right() - 12
        if row.unsigned:
            right = _draw_count(painter, rect, right, str(row.unsigned)) - 8
        first = QRect(rect.left() + 14, rect.top() + 8, right - rect.left() - 14, 24)
        below = QRect(first.left(), rect.top() + 34, first.width(), 20)
        colour = tokens.TEXT if row.open else tokens.SECOND
        paint.draw_text(painter, first, row.name, bold=row.open, colour=colour)
        tone = tokens.AMBER if row.unconfirmed else tokens.SECOND
        paint.draw_text(painter, below, row.second, pixels=tokens.FONT_SECOND, colour=tone)


def _draw_count(painter: QPainter, rect: QRect, right: int, count: str) -> int:
    width = max(34, paint.width_of(count, tokens.FONT_FIGURES, bold=True) + 16)
    box = QRect(right - width, rect.center().y() - 16, width, 32)
    painter.fillRect(box, QColor(tokens.RED))
    paint.draw_text(
        painter,
        box,
        count,
        pixels=tokens.FONT_FIGURES,
        colour=tokens.ON_LEVEL,
        bold=True,
        align=paint.CENTRE,
    )
    return box.left()
