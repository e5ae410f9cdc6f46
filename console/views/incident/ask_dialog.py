"""Whom to ask: units by their duties and areas, teams and workers inside, several in one command."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from console.domain.assignment import Assignment
from console.domain.case import Case
from console.domain.city import City
from console.domain.incident import Incident
from console.geo.touched import touched_towns
from console.store.inside import concerned, district_of, look_inside
from console.tables.search import haystack, matches, normalise
from console.views.incident.acts import Acts
from console.views.stage import Stage
from console.widgets.label import plain_label
from console.widgets.search_edit import SearchEdit

LONGEST_WORDS = 300
MOST_LEADS, MOST_TICKED = 6, 8
"""So many are ticked beforehand at most: a tick that nobody has thought about is an order too many."""
_TICK = 20
_KIND, _ID, _FOUND = (Qt.ItemDataRole.UserRole + n for n in range(3))


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One receiver that may be asked: kind `unit`, `team` or `worker`; `why` it is proposed, "" if not.

    `ticked`: beforehand, because it leads what is attached or the area is its own.
    """

    kind: str
    id: str
    name: str
    name_en: str
    why: str
    ticked: bool = False


def choices(stage: Stage, incident: Incident) -> list[Choice]:
    """The proposed units first (above all those ticked beforehand), then the teams inside, then every other unit of the city.

    Proposed by what is attached; before anything is, by what lies inside.
    """
    city, texts, picture = stage.city, stage.texts, stage.board.picture
    towns = touched_towns(stage.boundaries, incident.footprint)
    inside = look_inside(incident.footprint, picture, city, towns)
    attached = picture.cases_of(incident.id)
    found = []
    ticked = _ticked(attached, towns, city)
    for one in concerned(attached or inside.cases, city, towns):
        unit = city.units[one.unit]
        why = texts(f"incident.why.{one.reason}", n=one.cases)
        found.append(
            Choice(
                kind="unit",
                id=unit.code,
                name=unit.name,
                name_en=unit.name_en,
                why=why,
                ticked=unit.code in ticked,
            )
        )
    found.sort(key=lambda choice: not choice.ticked)
    proposed = {one.id for one in found}
    for team in inside.teams:
        why = texts("incident.why.team", n=team.size)
        found.append(
            Choice(kind="team", id=team.code, name=team.name, name_en=team.name_en, why=why)
        )
    rest = (unit for unit in city.units.values() if unit.code not in proposed)
    found += (Choice(kind="unit", id=u.code, name=u.name, name_en=u.name_en, why="") for u in rest)
    return found


def _ticked(attached: Sequence[Case], towns: Sequence[str], city: City) -> set[str]:
    """Who leads most of what is attached, and the units of the area's town and district."""
    leads = [one.unit for one in concerned(attached, city) if one.reason == "lead"]
    places = Counter(case.town for case in attached if case.town)
    known = [town for town in towns if town in city.areas]
    town = next(iter((*known, *(name for name, _ in places.most_common(1)))), "")
    areas = (town, district_of(town, city))
    own = [city.unit_of_area[area].code for area in areas if area in city.unit_of_area]
    return set([*own, *leads[:MOST_LEADS]][:MOST_TICKED])


def already(orders: Iterable[Assignment]) -> set[tuple[str, str]]:
    """(kind, id) of everybody who is asked and not done."""
    active = [order for order in orders if order.active]
    found = {("unit", o.unit) for o in active if o.unit and not o.team}
    found |= {("team", o.team) for o in active if o.team}
    return found | {("worker", o.worker) for o in active if o.worker}


class AskDialog(QDialog):
    """A list with ticks; what is proposed is ticked, what was asked already cannot be ticked again."""

    def __init__(self, stage: Stage, incident: Incident, acts: Acts, parent: QWidget) -> None:
        """List who could be asked at this moment."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(stage.texts("incident.ask_title", name=incident.name))
        self.resize(640, 680)
        self._stage, self._incident, self._acts = stage, incident, acts
        self.search = SearchEdit(stage.texts("incident.ask_search"))
        self.search.setObjectName("incident-ask-search")
        self.search.changed.connect(self._filter)
        self.list = QListWidget()
        self.list.setObjectName("incident-choices")
        self.list.itemChanged.connect(self._count)
        self.words = QLineEdit()
        self.words.setObjectName("incident-ask-words")
        self.words.setMaxLength(LONGEST_WORDS)
        self.words.setPlaceholderText(stage.texts("incident.ask_words"))
        self.send = QPushButton()
        self.send.setObjectName("incident-ask-send")
        self.send.setProperty("kind", "main")
        self.send.setDefault(True)
        self.send.clicked.connect(self._send)
        self._fill(choices(stage, incident))
        self._lay_out()
        self._count()

    def _lay_out(self) -> None:
        texts = self._stage.texts
        none = QPushButton(texts("incident.ask_none"))
        none.setObjectName("incident-ask-none")
        none.setAutoDefault(False)
        none.clicked.connect(lambda: self._tick_all(Qt.CheckState.Unchecked))
        buttons = QHBoxLayout()
        buttons.addWidget(none)
        buttons.addStretch(1)
        buttons.addWidget(self.send)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 16)
        box.setSpacing(10)
        box.addWidget(plain_label(texts("incident.ask_note"), tone="second", wrap=True))
        box.addWidget(self.search)
        box.addWidget(self.list, 1)
        box.addWidget(self.words)
        box.addLayout(buttons)

    def _fill(self, found: Sequence[Choice]) -> None:
        texts = self._stage.texts
        asked = already(self._stage.board.picture.orders_of(self._incident.id))
        for choice in found:
            done = (choice.kind, choice.id) in asked
            why = texts("incident.why.asked") if done else choice.why
            words = [texts.pick(choice.name, choice.name_en), why]
            item = QListWidgetItem(texts("list.dot").join(word for word in words if word))
            item.setData(_KIND, choice.kind)
            item.setData(_ID, choice.id)
            item.setData(_FOUND, haystack(choice.name, choice.name_en, choice.id))
            ticked = done or choice.ticked
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            if done:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(item)

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]

    def _free(self) -> list[QListWidgetItem]:
        """Those who are not asked yet."""
        return [item for item in self._items() if item.flags() & Qt.ItemFlag.ItemIsEnabled]

    def chosen(self) -> list[tuple[str, str]]:
        """(kind, id) of everybody ticked."""
        ticked = (i for i in self._free() if i.checkState() is Qt.CheckState.Checked)
        return [(str(item.data(_KIND)), str(item.data(_ID))) for item in ticked]

    def tick(self, receiver: str, *, on: bool = True) -> None:
        """Tick a unit or team by its id."""
        for item in self._free():
            if item.data(_ID) == receiver:
                item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def place_of(self, receiver: str) -> tuple[QWidget, QRect] | None:
        """Where the tick of a receiver is, None while it is scrolled or searched away."""
        for item in self._free():
            if item.data(_ID) == receiver and not item.isHidden():
                seen = self.list.visualItemRect(item) & self.list.viewport().rect()
                return None if seen.height() < _TICK else (self.list.viewport(), _tick_of(seen))
        return None

    def _tick_all(self, state: Qt.CheckState) -> None:
        for item in self._free():
            item.setCheckState(state)

    def _filter(self, words: str) -> None:
        query = normalise(words)
        for item in self._items():
            item.setHidden(bool(query) and not matches(str(item.data(_FOUND)), query))

    def _count(self) -> None:
        number = len(self.chosen())
        self.send.setText(self._stage.texts("incident.ask_n", n=number))
        self.send.setEnabled(number > 0)

    def _send(self) -> None:
        self._acts.call_in(self._incident, self.chosen(), self.words.text().strip())
        self.close()


def _tick_of(row: QRect) -> QRect:
    return QRect(row.left() + 4, row.center().y() - _TICK // 2, _TICK, _TICK)
