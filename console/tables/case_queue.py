"""The model of the case queue: keeps its own order, holds still during a drag, groups in a flood."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from console.domain.case import Case
from console.domain.city import City
from console.domain.clock import Level
from console.i18n import Texts
from console.store.picture import Picture
from console.tables.arrangement import Arrangement, Hooks, is_head
from console.tables.queue_book import QueueBook
from console.tables.queue_order import (
    Entry,
    QueueFilter,
    QueueOrder,
    QueueTab,
    group_of,
    in_tab,
    sort_key,
)
from console.tables.queue_rows import QueueRows
from console.tables.roles import DEPTH_ROLE, GONE_ROLE, ID_ROLE, ROW_ROLE
from console.tables.rows import GroupRow, QueueRow
from console.tables.search import normalise

__all__ = ["CaseQueueModel", "QueueOrder", "QueueTab"]

GROUP_FROM, GROUP_UNTIL = 200, 180
"""Rows waiting from which they are grouped, and below which they no longer are."""

BATCH_LIMIT = 600
"""From so many changes at once the view is reset rather than told of each."""

_Index = QModelIndex | QPersistentModelIndex


class _ModelHooks(Hooks):
    """Passes the arrangement's changes on to the views."""

    def __init__(self, model: "CaseQueueModel") -> None:
        """For one model."""
        self._model = model

    def inserting(self, row: int) -> None:
        """Tell the views."""
        self._model.beginInsertRows(QModelIndex(), row, row)

    def inserted(self) -> None:
        """Tell the views."""
        self._model.endInsertRows()

    def removing(self, row: int) -> None:
        """Tell the views."""
        self._model.beginRemoveRows(QModelIndex(), row, row)

    def removed(self) -> None:
        """Tell the views."""
        self._model.endRemoveRows()


class CaseQueueModel(QAbstractListModel):
    """Cases of one tab, filtered and ordered; every time is aware UTC domain time."""

    counts_changed = Signal()
    """Counts per tab, per level or of cases without a place may have changed."""
    pending_changed = Signal(int)
    """How many new cases wait for the end of a drag."""

    def __init__(self, city: City, texts: Texts, parent: QObject | None = None) -> None:
        """Empty, on the tab of waiting cases, worst first."""
        super().__init__(parent)
        self._city = city
        self._picture = Picture(tz=city.tz)
        self._moment = 0.0
        self._book = QueueBook(city)
        self._tab = QueueTab.WAITING
        self._order = QueueOrder.WORST
        self._filter = QueueFilter()
        self._rows = Arrangement(_ModelHooks(self))
        self._seen = QueueRows(self._rows, self._book, city, texts)
        self._holding = False
        self._waiting_changes: set[str] = set()
        self._pending: set[str] = set()
        self._gone: set[str] = set()

    # -- what is shown ---------------------------------------------------------------------

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How many rows are shown, group heads included."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The row as text (DisplayRole), its id, its `QueueRow` or `GroupRow`, depth, whether it has gone."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        reference = self._rows.at(index.row())
        if role == ID_ROLE:
            return reference
        if role == ROW_ROLE:
            return self._seen.row(reference)
        if role == GONE_ROLE:
            return reference in self._gone
        if role == DEPTH_ROLE:
            return self._rows.depth(index.row())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            row = self._seen.row(reference)
            return f"{row.minutes} {row.category} {row.second}"
        return None

    def row(self, number: int) -> QueueRow | GroupRow:
        """What a row says."""
        return self._seen.row(self._rows.at(number))

    def row_of(self, case_id: str) -> int | None:
        """Where a case stands, None when it is not shown."""
        return self._rows.row_of(case_id)

    def id_at(self, number: int) -> str:
        """The case in a row; "" for a group's head or no row."""
        if not 0 <= number < len(self._rows):
            return ""
        reference = self._rows.at(number)
        return "" if is_head(reference) else reference

    def first_case(self) -> str | None:
        """The first case that is shown (that of the first group when it is closed), None when there is none."""
        if not len(self._rows):
            return None
        reference = self._rows.at(0)
        return self._rows.members(reference[1:])[0] if is_head(reference) else reference

    def case(self, case_id: str) -> Case | None:
        """A case that this queue knows, in whatever tab."""
        entry = self._book.get(case_id)
        return entry.case if entry is not None else None

    # -- figures ----------------------------------------------------------------------------

    @property
    def tab(self) -> QueueTab:
        """The tab that is shown."""
        return self._tab

    @property
    def grouped(self) -> bool:
        """Whether rows are grouped by place and category."""
        return self._rows.grouped

    @property
    def pending_new(self) -> int:
        """New cases that wait for the end of a drag."""
        return len(self._pending)

    def tab_counts(self) -> dict[QueueTab, int]:
        """Open cases per tab, in the tabs' order."""
        return self._book.tab_counts()

    def level_counts(self) -> dict[Level, int]:
        """Open cases per level, worst first."""
        return self._book.level_counts(self._moment)

    def without_place(self) -> int:
        """Open cases that stand on no map."""
        return self._book.without_place()

    # -- what it follows ----------------------------------------------------------------------

    def reset(self, picture: Picture, now: datetime) -> None:
        """Take a whole picture anew; during a drag its rows wait like any other change."""
        self._follow(picture, now)
        if self._holding:
            self._refresh_in_place({e.case.id for e in self._book} | picture.cases.keys())
        else:
            self._book.reset(picture)
            self._rearrange()
        self.counts_changed.emit()

    def refresh(
        self, picture: Picture, changed: Iterable[str], removed: Iterable[str], now: datetime
    ) -> None:
        """Take in what a batch of events changed: ids of changed and of removed cases."""
        self._follow(picture, now)
        ids = set(changed) | set(removed)
        if self._holding:
            self._refresh_in_place(ids)
        else:
            self._refresh_all(ids)
        self.counts_changed.emit()

    def _follow(self, picture: Picture, now: datetime) -> None:
        self._picture = picture
        self._set_now(now)

    def _set_now(self, now: datetime) -> None:
        self._moment = now.timestamp()
        self._seen.set_now(now)

    def _refresh_all(self, ids: set[str]) -> None:
        if len(ids) > BATCH_LIMIT:
            for case_id in ids:
                self._book.read(case_id, self._picture)
            self._rearrange()
            return
        for case_id in ids:
            self._take_in(case_id)
        self._regroup()

    def _take_in(self, case_id: str) -> None:
        if case_id in self._picture.cases:
            self._book.read(case_id, self._picture)
            self._place(case_id)
            return
        # The row goes before its entry: a view asks for it until it has gone.
        before = self._rows.with_head(case_id)
        self._rows.drop(case_id)
        self._book.read(case_id, self._picture)
        self._touch(case_id, *before)

    def _place(self, case_id: str) -> None:
        """Bring a case's row to its place, or take it out."""
        entry = self._book.get(case_id)
        before = self._rows.with_head(case_id)
        if entry is None or not self._wanted(entry):
            self._rows.drop(case_id)
        else:
            self._rows.put(sort_key(entry, self._order), group_of(entry.case))
        self._touch(case_id, *before)

    def _wanted(self, entry: Entry) -> bool:
        searching = bool(self._filter.text)
        return in_tab(entry, self._tab, self._book.mine, searching=searching) and (
            self._filter.takes(entry, self._city, self._moment)
        )

    def _touch(self, case_id: str, *others: str) -> None:
        """Have a row drawn anew, the head of its group, and other rows that it changed."""
        for reference in {case_id, *self._rows.with_head(case_id), *others}:
            if self._seen.forget(reference):
                self._redraw(reference)

    def _redraw(self, reference: str) -> None:
        row = self._rows.row_of(reference)
        if row is not None:
            index = self.index(row)
            self.dataChanged.emit(index, index)

    def _rearrange(self) -> None:
        """Arrange everything anew."""
        shown = [e for e in self._book if self._wanted(e)]
        items = [(sort_key(e, self._order), group_of(e.case)) for e in shown]
        self.beginResetModel()
        self._seen.clear()
        self._rows.rebuild(items, grouped=self._should_group(len(items)))
        self.endResetModel()

    def _should_group(self, count: int) -> bool:
        limit = GROUP_UNTIL if self._rows.grouped else GROUP_FROM
        return self._tab is QueueTab.WAITING and count >= limit

    def _regroup(self) -> None:
        if self._should_group(self._rows.cases) is not self._rows.grouped:
            self._rearrange()

    def tick(self, now: datetime) -> None:
        """Let time pass: only drawn rows whose words change are drawn anew."""
        self._set_now(now)
        if self._filter.levels is not None and not self._holding:
            self._refilter()
        for reference in self._seen.outdated():
            self._redraw(reference)
        self.counts_changed.emit()

    def _refilter(self) -> None:
        """Levels change by themselves: rows come and go under a level filter."""
        for entry in list(self._book):
            if self._wanted(entry) is not (entry.case.id in self._rows):
                self._place(entry.case.id)
        self._regroup()

    # -- what it is told -----------------------------------------------------------------------

    def set_tab(self, tab: QueueTab) -> None:
        """Show another tab."""
        if tab is not self._tab:
            self._tab = tab
            self._rearrange()

    def set_order(self, order: QueueOrder) -> None:
        """Sort by something else."""
        if order is not self._order:
            self._order = order
            self._rearrange()

    def set_filter(
        self,
        text: str = "",
        levels: Iterable[Level] | None = None,
        *,
        urgent_only: bool = False,
        without_place: bool = False,
    ) -> None:
        """Show only what fits: words (Chinese, pinyin, its initials, English, id), levels, marks."""
        wanted = QueueFilter(
            text=normalise(text),
            levels=None if levels is None else frozenset(levels),
            urgent_only=urgent_only,
            without_place=without_place,
        )
        if wanted != self._filter:
            self._filter = wanted
            self._rearrange()

    def mark_mine(self, case_id: str, *, mine: bool = True) -> None:
        """Note that this seat has a case in hand."""
        (self._book.mine.add if mine else self._book.mine.discard)(case_id)
        if self._holding:
            self._waiting_changes.add(case_id)
        elif self._tab is QueueTab.MINE:
            self._place(case_id)
        self.counts_changed.emit()

    def set_tick(self, case_id: str, tick: str) -> None:
        """Note how far an own order is: stored, committed, acknowledged, held, refused or lost."""
        self._book.told[case_id] = tick
        self._touch(case_id)

    def toggle_group(self, number: int) -> bool:
        """Open or close the group whose head stands in a row; False when there is none."""
        if not 0 <= number < len(self._rows) or not is_head(self._rows.at(number)):
            return False
        reference = self._rows.at(number)
        self._rows.toggle(reference[1:])
        self._seen.forget(reference)
        self._redraw(reference)
        return True

    # -- during a drag ---------------------------------------------------------------------------

    def hold(self) -> None:
        """From now on no row moves, comes or goes; minutes and levels go on in place."""
        self._holding = True

    def release(self) -> None:
        """Let everything that waited happen."""
        if not self._holding:
            return
        self._holding = False
        waiting = set(self._waiting_changes)
        self._forget_held()
        self._refresh_all(waiting)
        self.counts_changed.emit()

    def _forget_held(self) -> None:
        had = bool(self._pending)
        self._waiting_changes.clear()
        self._pending.clear()
        self._gone.clear()
        if had:
            self.pending_changed.emit(0)

    def _refresh_in_place(self, ids: set[str]) -> None:
        before = len(self._pending)
        self._waiting_changes |= ids
        for case_id in ids:
            known = self._book.get(case_id)
            entry = self._book.read(case_id, self._picture)
            fits = entry is not None and self._wanted(entry)
            if case_id in self._rows:
                (self._gone.discard if fits else self._gone.add)(case_id)
                if entry is None and known is not None:
                    # Its row still stands: what it last was is drawn in grey.
                    self._book.keep(known)
                self._touch(case_id)
            elif fits:
                self._pending.add(case_id)
            else:
                self._pending.discard(case_id)
        if len(self._pending) != before:
            self.pending_changed.emit(len(self._pending))
