"""The model of the case queue: keeps its own order, holds still during a drag, groups in a flood."""

from collections import Counter
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
from console.tables.queue_order import (
    Entry,
    QueueFilter,
    QueueOrder,
    QueueTab,
    entry_of,
    group_of,
    in_tab,
    sort_key,
)
from console.tables.roles import DEPTH_ROLE, GONE_ROLE, ID_ROLE, ROW_ROLE
from console.tables.rows import GroupRow, QueueRow, group_row, queue_row
from console.tables.search import normalise

__all__ = ["CaseQueueModel", "QueueOrder", "QueueTab"]

GROUP_FROM, GROUP_UNTIL = 200, 180
"""Rows waiting from which they are grouped, and below which they no longer are."""

BATCH_LIMIT = 600
"""From so many changes at once the view is reset rather than told of each."""

_SEEN_LIMIT = 400
"""How many drawn rows are remembered; a screen shows under forty."""

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
        self._texts = texts
        self._picture = Picture(tz=city.tz)
        self._now = datetime.fromtimestamp(0, city.tz)
        self._moment = 0.0
        self._entries: dict[str, Entry] = {}
        self._counts: Counter[QueueTab] = Counter()
        self._mine: set[str] = set()
        self._told: dict[str, str] = {}
        self._tab = QueueTab.WAITING
        self._order = QueueOrder.WORST
        self._filter = QueueFilter()
        self._rows = Arrangement(_ModelHooks(self))
        self._seen: dict[str, QueueRow | GroupRow] = {}
        self._holding = False
        self._waiting_changes: set[str] = set()
        self._pending: set[str] = set()
        self._gone: set[str] = set()

    # -- what is shown ---------------------------------------------------------------------

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How many rows are shown, group heads included."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The row as text (DisplayRole), its id, its `QueueRow` or `GroupRow`, whether it has gone."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        reference = self._rows.at(index.row())
        if role == ID_ROLE:
            return reference
        if role == ROW_ROLE:
            return self.row(index.row())
        if role == GONE_ROLE:
            return reference in self._gone
        if role == DEPTH_ROLE:
            return self._rows.depth(index.row())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            row = self.row(index.row())
            return f"{row.minutes} {row.category} {row.second}"
        return None

    def row(self, number: int) -> QueueRow | GroupRow:
        """What a row says; made when it is first drawn."""
        reference = self._rows.at(number)
        found = self._seen.get(reference)
        if found is None:
            if len(self._seen) >= _SEEN_LIMIT:
                self._seen.clear()
            found = self._seen[reference] = self._make_row(reference)
        return found

    def _make_row(self, reference: str) -> QueueRow | GroupRow:
        if is_head(reference):
            group = reference[1:]
            entries = [self._entries[case] for case in self._rows.members(group)]
            first = self._row_of_entry(entries[0])
            urgent = sum(entry.case.urgency.value == "urgent" for entry in entries)
            levels = [entry.level(self._moment) for entry in entries]
            return group_row(
                reference,
                first,
                entries[0].case,
                self._city,
                self._texts,
                level=max(levels),
                count=len(entries),
                urgent=urgent,
                opened=self._rows.is_open(group),
            )
        return self._row_of_entry(self._entries[reference])

    def _row_of_entry(self, entry: Entry) -> QueueRow:
        told = self._told.get(entry.case.id)
        return queue_row(entry.case, entry.lead, self._city, self._texts, self._now, told)

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
        entry = self._entries.get(case_id)
        return entry.case if entry is not None else None

    def can_take(self, case_id: str) -> bool:
        """Whether a row may be dragged or dropped on: it is shown and has not gone meanwhile."""
        return case_id in self._rows and case_id not in self._gone

    # -- figures ----------------------------------------------------------------------------

    @property
    def tab(self) -> QueueTab:
        """The tab that is shown."""
        return self._tab

    @property
    def shown_cases(self) -> int:
        """Cases that are shown, those in closed groups counted."""
        return self._rows.cases

    @property
    def grouped(self) -> bool:
        """Whether rows are grouped by place and category."""
        return self._rows.grouped

    @property
    def pending_new(self) -> int:
        """New cases that wait for the end of a drag."""
        return len(self._pending)

    def tab_counts(self) -> dict[QueueTab, int]:
        """Open cases per tab."""
        open_cases = sum(self._counts.values())
        mine = sum(1 for case in self._mine if (e := self._entries.get(case)) is not None and e.tab)
        return {
            **{tab: self._counts[tab] for tab in QueueTab},
            QueueTab.MINE: mine,
            QueueTab.ALL: open_cases,
        }

    def level_counts(self) -> dict[Level, int]:
        """Open cases per level, worst first."""
        found = Counter(e.level(self._moment) for e in self._entries.values() if e.tab is not None)
        return {level: found[level] for level in sorted(Level, reverse=True)}

    def without_place(self) -> int:
        """Open cases that stand on no map."""
        return sum(e.case.position is None for e in self._entries.values() if e.tab is not None)

    # -- what it follows ----------------------------------------------------------------------

    def reset(self, picture: Picture, now: datetime) -> None:
        """Take a whole picture anew."""
        self._follow(picture, now)
        self._entries = {
            case.id: entry_of(case, picture.lead(case), self._city)
            for case in picture.cases.values()
        }
        self._counts = Counter(e.tab for e in self._entries.values() if e.tab is not None)
        self._told = {case: tick for case, tick in self._told.items() if case in self._entries}
        self._holding = False
        self._forget_held()
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
        self._picture, self._now, self._moment = picture, now, now.timestamp()

    def _refresh_all(self, ids: set[str]) -> None:
        for case_id in ids:
            self._enter(case_id)
        if len(ids) > BATCH_LIMIT:
            self._rearrange()
            return
        for case_id in ids:
            self._place(case_id)
        self._regroup()

    def _enter(self, case_id: str) -> Entry | None:
        """Read a case from the picture; its row stays where it is."""
        before = self._entries.pop(case_id, None)
        if before is not None and before.tab is not None:
            self._counts[before.tab] -= 1
        case = self._picture.cases.get(case_id)
        if case is None:
            self._told.pop(case_id, None)
            return None
        entry = entry_of(case, self._picture.lead(case), self._city)
        self._entries[case_id] = entry
        if entry.tab is not None:
            self._counts[entry.tab] += 1
        return entry

    def _place(self, case_id: str) -> None:
        """Bring a case's row to its place, or take it out."""
        entry = self._entries.get(case_id)
        before = self._rows.with_head(case_id)
        if entry is None or not self._wanted(entry):
            self._rows.drop(case_id)
        else:
            self._rows.put(case_id, sort_key(entry, self._order), group_of(entry.case))
        self._touch(case_id, *before)

    def _wanted(self, entry: Entry) -> bool:
        searching = bool(self._filter.text)
        return in_tab(entry, self._tab, self._mine, searching=searching) and self._filter.takes(
            entry, self._city, self._moment
        )

    def _touch(self, case_id: str, *others: str) -> None:
        """Have a row drawn anew, the head of its group, and other rows that it changed."""
        for reference in {case_id, *self._rows.with_head(case_id), *others}:
            self._seen.pop(reference, None)
            row = self._rows.row_of(reference)
            if row is not None:
                self._redraw(row)

    def _redraw(self, row: int) -> None:
        index = self.index(row)
        self.dataChanged.emit(index, index)

    def _rearrange(self) -> None:
        """Arrange everything anew."""
        shown = [e for e in self._entries.values() if self._wanted(e)]
        items = [(e.case.id, sort_key(e, self._order), group_of(e.case)) for e in shown]
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
        self._now, self._moment = now, now.timestamp()
        if self._filter.levels is not None and not self._holding:
            self._refilter()
        for reference, old in list(self._seen.items()):
            row = self._rows.row_of(reference)
            if row is None:
                del self._seen[reference]
                continue
            new = self._make_row(reference)
            if new != old:
                self._seen[reference] = new
                self._redraw(row)
        self.counts_changed.emit()

    def _refilter(self) -> None:
        """Levels change by themselves: rows come and go under a level filter."""
        for case_id, entry in self._entries.items():
            if self._wanted(entry) is not (case_id in self._rows):
                self._place(case_id)
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
        if mine:
            self._mine.add(case_id)
        else:
            self._mine.discard(case_id)
        if not self._holding and self._tab is QueueTab.MINE:
            self._place(case_id)
        self.counts_changed.emit()

    def set_tick(self, case_id: str, tick: str) -> None:
        """Note how far an own order is: stored, committed, acknowledged, held, refused or lost."""
        self._told[case_id] = tick
        self._touch(case_id)

    def toggle_group(self, number: int) -> bool:
        """Open or close the group whose head stands in a row; False when there is none."""
        if not 0 <= number < len(self._rows) or not is_head(self._rows.at(number)):
            return False
        reference = self._rows.at(number)
        self._rows.toggle(reference[1:])
        self._seen.pop(reference, None)
        row = self._rows.row_of(reference)
        if row is not None:
            self._redraw(row)
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
            known = self._entries.get(case_id)
            entry = self._enter(case_id)
            fits = entry is not None and self._wanted(entry)
            if case_id in self._rows:
                self._gone_or_back(case_id, gone=not fits)
                if entry is None and known is not None:
                    # Its row still stands; what it last was is drawn in grey.
                    self._entries[case_id] = known
                    self._counts_keep(known)
                self._touch(case_id)
            elif fits:
                self._pending.add(case_id)
            else:
                self._pending.discard(case_id)
        if len(self._pending) != before:
            self.pending_changed.emit(len(self._pending))

    def _gone_or_back(self, case_id: str, *, gone: bool) -> None:
        if gone:
            self._gone.add(case_id)
        else:
            self._gone.discard(case_id)

    def _counts_keep(self, entry: Entry) -> None:
        """A case kept only for its grey row is counted until the row goes."""
        if entry.tab is not None:
            self._counts[entry.tab] += 1
