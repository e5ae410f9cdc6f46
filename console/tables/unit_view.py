"""How the unit list looks and is handled."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QPushButton,
    QWidget,
)

from console.domain.city import City
from console.i18n import Texts
from console.store.ranking import RankedUnit
from console.tables import paint
from console.tables.row_delegate import Look, RowDelegate
from console.tables.row_list import DropWay, RowList
from console.tables.rows import UnitRow
from console.tables.units import KEYS, UnitsModel
from console.theme import tokens
from console.widgets.search_edit import SearchEdit
from console.widgets.section import Section

_KEY_X = 24
_TEXT_X = 48
_RIGHT = 34
_GAP = 10
_SEARCH_WIDTH = 290
_FOLD_WIDTH = 34
"""Pixels at the right edge in which a click unfolds the teams."""
_Index = QModelIndex | QPersistentModelIndex


class UnitView(RowList):
    """The ranked units: a case may be dropped on a row; teams unfold below their unit."""

    unit_selected = Signal(str)
    """The id of the unit (or team) whose row became the current one."""
    unit_activated = Signal(str)
    """The id of a unit (or team) that got a double click or Enter."""

    def __init__(self, model: UnitsModel, parent: QWidget | None = None) -> None:
        """Show `model`."""
        super().__init__(parent, row_height=tokens.TAKER_HEIGHT)
        self.units = model
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setItemDelegate(_UnitDelegate(self))
        self.row_selected.connect(self.unit_selected)
        self.row_activated.connect(self.unit_activated)
        self.rested_on.connect(model.unfold)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the arrow at the right unfolds or folds the teams."""
        super().mouseReleaseEvent(event)
        point = event.position().toPoint()
        index = self.indexAt(point)
        left = event.button() is Qt.MouseButton.LeftButton
        if left and index.isValid() and point.x() > self.viewport().width() - _FOLD_WIDTH:
            self.units.toggle(self.id_of(index))


class UnitPanel(Section):
    """The heading with its search, the ranked units, and how many more there are."""

    activated = Signal(str)
    """The code of a unit that got a double click or Enter (on a team: the team's unit)."""

    def __init__(self, city: City, texts: Texts, parent: QWidget | None = None) -> None:
        """Empty: no case is chosen."""
        super().__init__(texts("unit.title"), parent)
        self._city = city
        self._texts = texts
        self.model = UnitsModel(city, texts, self)
        self.view = UnitView(self.model)
        self.search = SearchEdit(texts("unit.search"))
        self.search.setMinimumWidth(_SEARCH_WIDTH)
        self.add_to_head(self.search)
        self.add(self.view, 1)
        self._more = QPushButton()
        self._more.setObjectName("units-more")
        self._more.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._more.clicked.connect(self._page_down)
        self.add(self._more)
        self.search.changed.connect(self._search)
        self.view.unit_activated.connect(lambda row: self.activated.emit(self.model.unit_of(row)))
        self.model.modelReset.connect(self._say_more)
        self.place_of = self.view.place_of
        self.show_units([], chosen=False)

    def show_units(self, ranked: Sequence[RankedUnit], *, chosen: bool) -> None:
        """Show these in this order; `chosen` tells whether a case is."""
        before = self.model.units()
        self.model.show(ranked)
        if chosen:
            self.view.set_empty(self._texts("unit.none"), self._texts("unit.none_hint"))
        else:
            self.view.set_empty(self._texts("unit.choose_case"))
        if self.model.units() != before:
            self.view.scrollToTop()
        self._say_more()

    def _search(self, words: str) -> None:
        self.model.search(words)
        self.view.scrollToTop()

    def _say_more(self) -> None:
        more = len(self.model.units()) - len(KEYS)
        self._more.setText(self._texts("unit.more", n=more))
        self._more.setVisible(more > 0)

    def _page_down(self) -> None:
        """Show the next units; behind the last the first again."""
        bar = self.view.verticalScrollBar()
        bar.setValue(0 if bar.value() == bar.maximum() else bar.value() + bar.pageStep())

    def set_drop(self, may: DropWay, drop: DropWay) -> None:
        """Who says whether something may be dropped on a unit, and who takes it; a team stands for its unit."""
        unit_of = self.model.unit_of
        self.view.set_drop(
            lambda mime, row: may(mime, unit_of(row)), lambda mime, row: drop(mime, unit_of(row))
        )

    def ids(self) -> list[str]:
        """The units shown, best first, without teams."""
        return self.model.units()

    def id_at(self, number: int) -> str | None:
        """The unit with the `number`-th key, None when there is none."""
        units = self.model.units()
        return units[number] if 0 <= number < len(units) else None

    def show_targets(self, valid_ids: Iterable[str]) -> None:
        """A drag has begun: these units, and so their teams, may be dropped on."""
        valid = set(valid_ids)
        teams = {t.code for unit in valid for t in self._city.teams_of_unit.get(unit, ())}
        self.view.show_targets(valid | teams)

    def clear_targets(self) -> None:
        """The drag is over."""
        self.view.clear_targets()


class _UnitDelegate(RowDelegate):
    """Draws a row: key, name, load; the reason, overdue; an arrow where there are teams."""

    def __init__(self, view: UnitView) -> None:
        """For one view."""
        super().__init__(view)
        self._units = view.units

    def mark(self, index: _Index, row: UnitRow) -> str:
        """The unit's key, and "+" when its teams are shown."""
        key = self._units.key_of(row.id) if row.depth == 0 else ""
        return key + ("+" if self._units.is_unfolded(row.id) else "")

    def draw_row(self, painter: QPainter, rect: QRect, row: UnitRow, look: Look) -> None:
        """Draw one row."""
        middle = QPoint(rect.left() + _KEY_X, rect.top() + rect.height() // 2)
        key = look.mark.removesuffix("+")
        if key:
            paint.draw_key_cap(painter, middle, key)
        if row.teams:
            arrow = QPoint(rect.right() - _FOLD_WIDTH // 2, middle.y())
            paint.draw_chevron(painter, arrow, down=look.mark.endswith("+"))
        _draw_lines(painter, rect, row)


def _draw_lines(painter: QPainter, rect: QRect, row: UnitRow) -> None:
    left = rect.left() + _TEXT_X + 16 * row.depth
    right, top, small = rect.right() - _RIGHT, rect.top() + 3, tokens.FONT_SECOND
    width = paint.width_of(row.load, small)
    box = QRect(right - width, top + 2, width + 1, 20)
    paint.draw_text(painter, box, row.load, pixels=small, colour=tokens.SECOND, align=paint.RIGHT)
    room = QRect(left, top, box.left() - _GAP - left, 23)
    paint.draw_text(painter, room, row.name, bold=row.depth == 0)
    width = paint.width_of(row.overdue, small)
    box = QRect(right - width, top + 23, width + 1, 20)
    paint.draw_text(painter, box, row.overdue, pixels=small, colour=tokens.RED, align=paint.RIGHT)
    room = QRect(left, top + 23, box.left() - _GAP - left, 20)
    colour = tokens.TEXT if row.proposed else tokens.SECOND
    paint.draw_text(painter, room, row.reason, pixels=small, colour=colour)
