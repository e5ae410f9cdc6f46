"""The calls inside the incident, and the proposal to attach those about the same matter."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRect, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from console.store.changes import ChangeSet
from console.store.inside import repeats_inside
from console.tables import paint
from console.tables.row_delegate import Look, RowDelegate
from console.theme import tokens
from console.theme.shapes import draw_shape
from console.views.incident.acts import Acts
from console.views.incident.calls import Call, calls_of, rows_of
from console.views.incident.focus import Focus
from console.views.incident.plain_list import PlainList
from console.views.stage import Stage
from console.widgets.label import ElidedLabel
from console.widgets.section import Section

REFRESH_MS = 500
"""A flood of calls is counted at most twice a second."""


class CallsPanel(Section):
    """Follows the chosen incident. Choosing a row chooses the case on every screen."""

    drag_wanted = Signal(list)
    """Ids of cases that are being dragged."""

    def __init__(self, stage: Stage, focus: Focus, acts: Acts) -> None:
        """Empty."""
        super().__init__(stage.texts("incident.calls"))
        self.setObjectName("calls-panel")
        self._stage, self._focus, self._acts = stage, focus, acts
        self._opened: set[str] = set()
        self._dismissed: set[str] = set()
        self._proposed: list[str] = []
        self._held = False
        self._due = QTimer(self, interval=REFRESH_MS, singleShot=True)
        self._due.timeout.connect(self.show_calls)
        self._words = ElidedLabel()
        self._bar = self._make_bar()
        self.list = PlainList(tokens.ROW_HEIGHT)
        self.list.setObjectName("calls")
        self.list.setItemDelegate(_CallDelegate(stage.texts("incident.not_attached"), self.list))
        self.list.row_selected.connect(stage.selection.choose)
        self.list.row_activated.connect(self._toggle)
        self.list.row_clicked.connect(self._clicked)
        self.list.drag_wanted.connect(self.drag_wanted)
        self.list.menu_wanted.connect(self._show_menu)
        self.add(self._bar)
        self.add(self.list, 1)

    def _make_bar(self) -> QWidget:
        texts = self._stage.texts
        bar = QWidget()
        bar.setObjectName("incident-proposal")
        self._attach = QPushButton()
        self._attach.setObjectName("incident-attach")
        self._attach.setProperty("kind", "main")
        self._attach.clicked.connect(self.attach_proposed)
        dismiss = QPushButton(texts("incident.dismiss"))
        dismiss.setObjectName("incident-dismiss")
        dismiss.clicked.connect(self._dismiss)
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 6, 8, 6)
        row.addWidget(self._words, 1)
        row.addWidget(self._attach)
        row.addWidget(dismiss)
        bar.hide()
        return bar

    def hold(self, held: bool) -> None:
        """During a drag no row comes or goes."""
        self._held = held
        if not held:
            self._due.start()

    def refresh(self, changes: ChangeSet) -> None:
        """Follow the board."""
        if changes.everything:
            self.show_calls()
        elif (changes.cases or changes.removed_cases) and not self._due.isActive():
            self._due.start()

    def show_calls(self) -> None:
        """Read the calls of the incident."""
        if self._held:
            return
        incident, texts = self._focus.incident, self._stage.texts
        if incident is None:
            self._say([], 0, 0)
            self.list.set_empty(texts("incident.no_incident_calls"))
            return
        board = self._stage.board
        groups = calls_of(incident, board.picture)
        now = board.time.domain_now()
        rows = rows_of(groups, self._opened, incident, board.picture, board.city, texts, now)
        cases = [case for group in groups for case in group]
        self.list.set_empty(texts("incident.no_calls"), texts("incident.no_calls_hint"))
        self._say(rows, len(cases), sum(case.incident != incident.id for case in cases))
        found = repeats_inside(incident, board.picture) if incident.open else []
        self._propose([case.id for case in found if case.id not in self._dismissed])

    def _say(self, rows: Sequence[Call], cases: int, outside: int) -> None:
        texts = self._stage.texts
        title = texts("incident.calls_count", n=cases) if cases else texts("incident.calls")
        if outside:
            title += texts("list.dot") + texts("incident.calls_outside", n=outside)
        self.set_title(title)
        self.list.rows.show(rows)
        if not rows:
            self._propose([])

    def _propose(self, cases: list[str]) -> None:
        self._proposed = cases
        self._bar.setVisible(bool(cases))
        self._words.set_words(self._stage.texts("incident.proposal", n=len(cases)))
        self._attach.setText(self._stage.texts("incident.attach_n", n=len(cases)))
        reason = self._stage.why_not("attach")
        self._attach.setEnabled(reason is None)
        self._attach.setToolTip(reason or "")

    def attach_proposed(self) -> None:
        """Do what is proposed."""
        incident = self._focus.incident
        if incident is not None and self._proposed and self._attach.isEnabled():
            self._acts.attach(incident, self._proposed)
            self._dismiss()

    def _dismiss(self) -> None:
        """Remembered for the session: nobody is asked twice."""
        self._dismissed.update(self._proposed)
        self._propose([])

    def _clicked(self, number: int) -> None:
        row = self.list.rows.rows[number] if number < len(self.list.rows.rows) else None
        if row is not None and row.repeats:
            self._toggle(row.id)

    def _toggle(self, case_id: str) -> None:
        self._opened ^= {case_id}
        self.show_calls()

    def _show_menu(self, case_id: str, at: QPoint) -> None:
        incident, texts = self._focus.incident, self._stage.texts
        case = self._stage.board.picture.cases.get(case_id)
        if incident is None or case is None:
            return
        menu = QMenu(self)
        if case.incident == incident.id:
            act = menu.addAction(texts("incident.detach"), lambda: self._acts.detach(case_id))
            act.setEnabled(self._stage.why_not("detach") is None)
        else:
            ids = self.list.selected_ids()
            act = menu.addAction(
                texts("incident.attach_n", n=len(ids)), lambda: self._acts.attach(incident, ids)
            )
            act.setEnabled(incident.open and self._stage.why_not("attach") is None)
        menu.exec(at)
        menu.deleteLater()


class _CallDelegate(RowDelegate):
    """Shape, time, what and where; how many more say the same."""

    def __init__(self, apart: str, view: PlainList) -> None:
        """`apart` stands on the mark of a case that is not attached."""
        super().__init__(view)
        self._apart = apart

    def draw_row(self, painter: QPainter, rect: QRect, row: Call, look: Look) -> None:
        """Draw one call."""
        left = rect.left() + (20 if row.below else 0)
        middle = QPointF(left + 28, rect.center().y() + 1)
        draw_shape(painter, middle, row.level, scale=0.8, unsigned=row.unsigned)
        right = rect.right() - 12
        if row.repeats:
            right = _draw_fold(painter, rect, right, row)
        first = QRect(left + 56, rect.top() + 3, right - left - 56, 23)
        mark = 0 if row.attached else paint.width_of(self._apart, 14, bold=True) + 20
        words = first.adjusted(0, 0, -mark, 0)
        taken = paint.draw_text(painter, words, row.title, bold=not row.below)
        if mark:
            paint.draw_pill(
                painter,
                first.left() + taken + 8,
                rect.top() + 15,
                self._apart,
                colour=tokens.SECOND,
                line=tokens.SECOND,
            )
        below = QRect(left + 56, rect.top() + 26, right - left - 56, 20)
        words_below = f"{row.time}  {row.second}"
        paint.draw_text(
            painter, below, words_below, pixels=tokens.FONT_SECOND, colour=tokens.SECOND
        )


def _draw_fold(painter: QPainter, rect: QRect, right: int, row: Call) -> int:
    count = f"×{row.repeats + 1}"
    paint.draw_chevron(painter, QPoint(right - 6, rect.center().y()), down=row.opened)
    width = paint.width_of(count, tokens.FONT_FIGURES, bold=True)
    box = QRect(right - 24 - width, rect.top(), width + 2, rect.height())
    paint.draw_figures(painter, box, count, tokens.TEXT)
    return box.left() - 8
