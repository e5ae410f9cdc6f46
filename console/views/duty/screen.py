"""The duty chief's screen: figures and chief above, decisions, their page, what to watch, charts below."""

from PySide6.QtGui import QKeyEvent, QResizeEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from console.domain.indicator import IndicatorId
from console.live.link import Link
from console.store.decisions import Waiting
from console.views.duty.charts import DutyCharts
from console.views.duty.decision_list import DecisionList
from console.views.duty.draft import draft_of
from console.views.duty.handover import HandoverPanel
from console.views.duty.head import DutyHead
from console.views.duty.office import Office
from console.views.duty.page import CasePage
from console.views.duty.passport import Passport
from console.views.duty.roster_card import RosterCard
from console.views.duty.roster_dialog import RosterDialog
from console.views.duty.watch import WatchPanel
from console.views.screen import Screen, Spot
from console.views.sight import Sight
from console.views.stage import Stage

LEAST = 420
"""The least height of queue, page and watch."""
CHARTS = 200
"""The least height at which the charts below are shown at all."""
KEYS = ("step", "phrase", "opinion", "agree", "refuse", "handover", "lines")
"""Lines of the key help, as ends of translation keys."""
HEAD, LEFT, PAGE, RIGHT = 104, 480, 880, 560
"""Pixels at 1920×1080; the columns shrink together, beyond them only the page grows."""


class _Centre(QWidget):
    """Takes the height that is left: words that wrap in it would else push the charts away."""

    def hasHeightForWidth(self) -> bool:
        """It makes do with any height."""
        return False


class DutyScreen(Screen):
    """Composes the panels; what is chosen is the stage's selection."""

    key_help = tuple(f"duty.keys.{name}" for name in KEYS)

    def __init__(self, stage: Stage) -> None:
        """Build everything; it fills when the board has a picture."""
        super().__init__(stage)
        self.setObjectName("duty-screen")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.office = Office(stage, self)
        self.head = DutyHead(self.office, stage.readings)
        self.decisions = DecisionList(self.office)
        self.page = CasePage(self.office)
        self.watch = WatchPanel(self.office)
        self.roster = RosterCard(self.office)
        self.handover = HandoverPanel(self.office)
        self.charts = DutyCharts(self.office)
        self._lay_out()
        self._sight = Sight(stage.board, self)
        self._connect()
        self._show_handover(self.handover.resume())

    def _lay_out(self) -> None:
        self.head.setFixedHeight(HEAD)
        self.decisions.setMaximumWidth(LEFT)
        work = QWidget()
        row = _row(work)
        row.addWidget(self.decisions, LEFT)
        row.addWidget(self.page, PAGE)
        self.middle = QStackedWidget()
        self.middle.addWidget(work)
        self.middle.addWidget(self.handover)
        right = QWidget()
        right.setMaximumWidth(RIGHT)
        column = _column(right)
        column.addWidget(self.watch, 1)
        column.addWidget(self.roster)
        centre = _Centre()
        # Long lists would ask for more height than the charts leave.
        centre.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        centre.setMinimumHeight(LEAST)
        both = _row(centre)
        both.addWidget(self.middle, LEFT + PAGE)
        both.addWidget(right, RIGHT)
        box = _column(self)
        box.addWidget(self.head)
        box.addWidget(centre, 1)
        box.addWidget(self.charts)

    def _connect(self) -> None:
        selection = self.stage.selection
        self.head.passport_wanted.connect(self.open_passport)
        self.head.handover_wanted.connect(self.open_handover)
        self.roster.edit_wanted.connect(lambda: RosterDialog(self.office, self).open())
        self.decisions.chosen.connect(self._on_decision)
        self.decisions.refreshed.connect(self._fill_page)
        self.watch.chosen.connect(selection.choose)
        self.handover.chosen.connect(selection.choose)
        self.handover.closed.connect(lambda: self._show_handover(False))
        self.handover.told.connect(self.told)
        self.page.told.connect(self.told)
        self.office.changed.connect(self.handover.forget)
        self.office.changed.connect(lambda: self._show_handover(False))
        selection.changed.connect(self._on_selected)
        self._sight.opened.connect(self._on_opened)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a low display the charts go: what is decided needs the height."""
        super().resizeEvent(event)
        self.charts.setVisible(self.height() >= HEAD + LEAST + CHARTS)

    def attach(self, link: Link) -> None:
        """The centre (or a replay) answers."""
        self.page.attach(link)
        self.handover.attach(link)
        self.charts.attach(link)

    def _on_opened(self) -> None:
        self.charts.panel.build()
        rows = self.decisions.rows
        (rows if rows.isVisible() else self).setFocus()
        self._on_selected(self.stage.selection.case)

    def _on_decision(self, waiting: Waiting | None) -> None:
        case_id = waiting.case.id if waiting is not None else None
        self.page.show_case(case_id, waiting)
        self.stage.selection.choose(case_id)

    def _fill_page(self) -> None:
        """An empty page tells nothing while something waits."""
        if self.page.empty and self.decisions.current() is None:
            self.decisions.step(0)

    def _on_selected(self, case_id: str | None) -> None:
        """What another panel or screen has chosen."""
        if not self._sight.open:
            return
        current = self.decisions.current()
        if current is not None and current.case.id == case_id:
            return
        waiting = self.decisions.of_case(case_id)
        self.decisions.reveal(waiting)
        self.page.show_case(case_id, waiting)

    def open_passport(self, indicator: str) -> None:
        """The passport of a figure; a case chosen in it is chosen everywhere."""
        passport = Passport(
            self.office,
            self.stage.readings,
            IndicatorId(indicator),
            shift=self.head.of_shift,
            parent=self,
        )
        passport.chosen.connect(self.stage.selection.choose)
        passport.open()

    def open_handover(self) -> None:
        """Queue and page make room for the handover."""
        self._show_handover(True)
        self.handover.begin()

    def _show_handover(self, shown: bool) -> None:
        draft_of(self.stage.board).open = shown
        self.middle.setCurrentIndex(int(shown))

    def add_to_menu(self, menu: QMenu) -> None:
        """What the keys do, for the mouse."""
        menu.addAction(self.stage.texts("duty.menu_handover"), self.open_handover)
        menu.addAction(self.stage.texts("duty.menu_scope"), self.head.choose_scope)
        menu.addSeparator()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the opinion, figures take phrases, J and K go down and up, F6 is the handover."""
        number = event.key() - Qt.Key.Key_1
        if self.page.opinion.isVisible() and self.page.opinion.take_key(event):
            return
        if event.modifiers() not in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.page.opinion.isVisible():
            self.page.opinion.field.setFocus()
        elif 0 <= number < 6 and self.page.opinion.isVisible():
            self.page.opinion.take_phrase(number)
        elif event.key() in (Qt.Key.Key_J, Qt.Key.Key_K):
            self.decisions.step(1 if event.key() == Qt.Key.Key_J else -1)
        elif event.key() == Qt.Key.Key_F6:
            self.open_handover()
        else:
            super().keyPressEvent(event)

    def locate(self, kind: str, name: str) -> Spot:
        """Where something is: `decision`, `watch`, `line…` by case, `indicator` by id, `panel` by name."""
        if kind == "decision":
            return self.decisions.place_of(name)
        if kind == "watch":
            return self.watch.place_of(name)
        if kind == "indicator":
            tile = self.head.tiles.get(IndicatorId(name))
            return (tile, tile.rect()) if tile is not None else None
        if kind.startswith("line"):
            return self.handover.place_of(kind, name)
        return self._widget(name) if kind in ("button", "panel") else None

    def _widget(self, name: str) -> Spot:
        found = self.findChild(QWidget, name)
        return (found, found.rect()) if found is not None and found.isVisible() else None


def _row(widget: QWidget) -> QHBoxLayout:
    row = QHBoxLayout(widget)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(1)
    return row


def _column(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(1)
    return column
