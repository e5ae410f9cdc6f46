"""All alarms of the shift, with their states: acknowledge one, or a group that was opened."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from console.domain.alarm import Alarm, AlarmKind
from console.store.alarms import Group, NotOpened
from console.views.alarm_seat import AlarmSeat
from console.views.alarms.silence_box import SilenceBox
from console.views.alarms.words import MARK, AlarmWords
from console.views.stage import Stage
from console.widgets.label import plain_label

_COLUMNS = ("state", "kind", "what", "district", "since")
_WIDTHS = (84, 190, 380, 130, 90)
_ALARM, _GROUP = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole.value + 1


class AlarmList(QDialog):
    """Follows the seat's alarms while it is open; waits above, what has ended below."""

    def __init__(self, seat: AlarmSeat, stage: Stage, parent: QWidget) -> None:
        """As they stand now."""
        super().__init__(parent)
        self.setObjectName("alarm-dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._seat, self._stage, self._texts = seat, stage, stage.texts
        self._words = AlarmWords(stage.texts, stage.city, stage.notices)
        self.setWindowTitle(self._texts("alarm.title"))
        self.resize(980, 620)
        self._load = plain_label(tone="second", wrap=True)
        self.tree = QTreeWidget()
        self.tree.setObjectName("alarm-tree")
        self._seen = QPushButton(self._texts("alarm.seen_chosen"))
        self._seen.setObjectName("alarm-seen-chosen")
        self._seen.setProperty("kind", "main")
        self._build()
        seat.alarms.changed.connect(self.show_alarms)
        self.show_alarms()

    def _build(self) -> None:
        tree = self.tree
        tree.setHeaderLabels([self._texts(f"alarm.column.{name}") for name in _COLUMNS])
        tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        tree.setUniformRowHeights(True)
        for column, width in enumerate(_WIDTHS):
            tree.setColumnWidth(column, width)
        tree.itemExpanded.connect(self._open)
        tree.itemSelectionChanged.connect(self._judge)
        tree.itemActivated.connect(self._go)
        self._seen.clicked.connect(self.acknowledge_chosen)
        head = QHBoxLayout()
        head.addWidget(self._load, 1)
        head.addWidget(self._seen)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 16, 12)
        box.setSpacing(10)
        box.addWidget(plain_label(self._texts("alarm.hint"), tone="second", wrap=True))
        box.addLayout(head)
        box.addWidget(tree, 1)
        box.addWidget(SilenceBox(self._seat, self._texts, self._words))

    def show_alarms(self) -> None:
        """Fill anew; what was open stays open, what was chosen stays chosen."""
        opened, chosen, at = self._open_groups(), self._chosen(), self._position()
        self.tree.blockSignals(True)
        self.tree.clear()
        book = self._seat.alarms.book
        waiting = {alarm.id for alarm in book.waiting}
        for alarm in book.singles:
            self.tree.addTopLevelItem(self._item(alarm))
        for group in book.groups:
            item = self._group_item(group)
            self.tree.addTopLevelItem(item)
            item.setExpanded(group.key in opened)
        for alarm in book.all:
            if alarm.id not in waiting:
                self.tree.addTopLevelItem(self._item(alarm))
        self._choose(chosen)
        self.tree.blockSignals(False)
        self.tree.verticalScrollBar().setValue(at)
        self._say_load()
        self._judge()

    def _position(self) -> int:
        return self.tree.verticalScrollBar().value()

    def _say_load(self) -> None:
        alarms = self._seat.alarms
        lately, budget = alarms.lately(), alarms.budget
        key = "alarm.load_over" if lately > budget.peak else "alarm.load"
        minutes = int(budget.window.total_seconds() // 60)
        self._load.setText(
            self._texts(key, n=lately, minutes=minutes, steady=budget.steady, peak=budget.peak)
        )

    def _item(self, alarm: Alarm) -> QTreeWidgetItem:
        words, picture = self._words, self._stage.board.picture
        kind = f"{MARK[alarm.priority]} {words.kind(alarm.kind)}"
        cells = [words.state(alarm), kind, words.subject(alarm, picture)]
        cells += [words.district(alarm.district), words.time(alarm.raised_at)]
        item = QTreeWidgetItem(cells)
        item.setData(0, _ALARM, alarm.id)
        if alarm.waits:
            font = item.font(0)
            font.setBold(True)
            item.setFont(0, font)
        return item

    def _group_item(self, group: Group) -> QTreeWidgetItem:
        kind, district = group.key
        first = group.alarms[0]
        cells = [self._words.state(first), f"{MARK[first.priority]} {self._words.kind(kind)}"]
        cells += [f"×{len(group.alarms)}", self._words.district(district or None)]
        item = QTreeWidgetItem([*cells, self._words.time(first.raised_at)])
        item.setData(0, _GROUP, (str(kind), district))
        item.setToolTip(2, self._texts("alarm.show_group"))
        item.addChildren([self._item(alarm) for alarm in group.alarms])
        return item

    def _tops(self) -> list[QTreeWidgetItem]:
        found = (self.tree.topLevelItem(n) for n in range(self.tree.topLevelItemCount()))
        return [item for item in found if item is not None]

    def _open_groups(self) -> set[tuple[AlarmKind, str]]:
        return {key for item in self._tops() if item.isExpanded() and (key := _key(item))}

    def _chosen(self) -> object:
        item = self.tree.currentItem()
        return None if item is None else _named(item)

    def _choose(self, wanted: object) -> None:
        tops = self._tops()
        children = (item.child(n) for item in tops for n in range(item.childCount()))
        for item in (*tops, *children):
            if item is not None and wanted is not None and wanted == _named(item):
                self.tree.setCurrentItem(item)

    def _open(self, item: QTreeWidgetItem) -> None:
        """Somebody looks into a group: what is in it now may be acknowledged together."""
        key = _key(item)
        if key is not None:
            self._seat.alarms.book.open(key)
        self._judge()

    def _judge(self) -> None:
        item = self.tree.currentItem()
        key = None if item is None else _key(item)
        if item is None:
            can = False
        elif key is not None:
            can = item.isExpanded()
        else:
            waiting = {alarm.id for alarm in self._seat.alarms.book.waiting}
            can = item.data(0, _ALARM) in waiting
        self._seen.setEnabled(can)
        unopened = key is not None and not can
        self._seen.setToolTip(self._texts("alarm.show_group") if unopened else "")

    def acknowledge_chosen(self) -> None:
        """The chosen alarm, or the chosen group as it was when it was opened."""
        item = self.tree.currentItem()
        if item is None:
            return
        key = _key(item)
        if key is None:
            self._seat.alarms.acknowledge(item.data(0, _ALARM))
            return
        try:
            self._seat.alarms.acknowledge_group(key)
        except NotOpened:
            item.setExpanded(True)

    def _go(self, item: QTreeWidgetItem) -> None:
        """Enter or a double click: the case itself."""
        named = {alarm.id: alarm.subject for alarm in self._seat.alarms.book.all}
        subject = named.get(item.data(0, _ALARM), "")
        if subject in self._stage.board.picture.cases:
            self._stage.selection.choose(subject)


def _named(item: QTreeWidgetItem) -> object:
    return item.data(0, _ALARM) or item.data(0, _GROUP)


def _key(item: QTreeWidgetItem) -> tuple[AlarmKind, str] | None:
    found = item.data(0, _GROUP)
    return None if found is None else (AlarmKind(found[0]), found[1])
