"""The emergency linkage: one event, those who were asked, what came of it."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from console.live.link import Link
from console.store.changes import ChangeSet
from console.views.incident.acts import Acts
from console.views.incident.banner import IncidentBanner
from console.views.incident.calls_panel import CallsPanel
from console.views.incident.checklist import Checklist
from console.views.incident.dialogs import Dialogs
from console.views.incident.drags import IncidentDrags
from console.views.incident.focus import Focus
from console.views.incident.incident_list import IncidentList
from console.views.incident.keys import bind_keys
from console.views.incident.lane_panel import LanePanel
from console.views.incident.map_panel import MapPanel
from console.views.incident.places import IncidentPlaces
from console.views.incident.timeline_panel import TimelinePanel
from console.views.screen import Screen, Spot
from console.views.sight import Sight
from console.views.stage import Stage

LEFT, RIGHT = (250, 300), (360, 500)
"""Least and most of the widths of the outer columns."""
MIDDLE, LEAST_MIDDLE = 680, 400
"""The outer columns give way until the map and the six lanes have so much; and less than ever."""
HOURS_MS = 1000
"""The hatching is counted anew at most this often when cases have changed."""


KEYS = ("draw", "ask", "order", "report", "end", "next", "cancel")
"""Lines of the key help, as ends of translation keys."""


class IncidentScreen(Screen):
    """Composes the panels; one look at the board serves all of them."""

    key_help = tuple(f"incident.keys.{name}" for name in KEYS)

    def __init__(self, stage: Stage) -> None:
        """Build everything; it fills when the board has a picture."""
        super().__init__(stage)
        self.focus = Focus(stage.board, self)
        self.acts = Acts(stage, self)
        self.banner = IncidentBanner(stage)
        self.incidents = IncidentList(stage, self.focus)
        self.checklist = Checklist(stage, self.focus, self.acts)
        self.map = MapPanel(stage, self.focus, self.acts)
        self.lanes = LanePanel(stage, self.focus)
        self.timeline = TimelinePanel(stage, self.focus, self.acts)
        self.calls = CallsPanel(stage, self.focus, self.acts)
        self.dialogs = Dialogs(stage, self.focus, self.acts, self)
        self._lay_out()
        drags = IncidentDrags(stage, self.focus, self.acts, self.lanes, self.calls, self.map, self)
        self.dragging = drags.dragging
        self._sight = Sight(stage.board, self)
        self._hours_due = QTimer(self, interval=HOURS_MS, singleShot=True)
        self._connect()
        bind_keys(self, self._keys())
        self._places = IncidentPlaces(
            stage.board,
            self.focus,
            self,
            self.lanes,
            self.map,
            {"incident": self.incidents.list, "call": self.calls.list},
            {
                "map": self.map.map,
                "lanes": self.lanes.list,
                "timeline": self.timeline,
                "calls": self.calls,
                "banner": self.banner,
                "start": self.map.start,
            },
        )
        self._show_all()
        self.lanes.list.setFocus()

    def _lay_out(self) -> None:
        left = self._left = _column(self.incidents, self.checklist)
        right = self._right = _column(self.timeline, self.calls)
        middle = _column(self.map, self.lanes)
        middle.setMinimumWidth(LEAST_MIDDLE)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        row.addWidget(left)
        row.addWidget(middle, 1)
        row.addWidget(right)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(1)
        box.addWidget(self.banner)
        box.addLayout(row, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The outer columns give way to the map and the lanes."""
        left, right = outer(self.width())
        self._left.setFixedWidth(left)
        self._right.setFixedWidth(right)
        self._show_lanes()
        super().resizeEvent(event)

    def _connect(self) -> None:
        self._sight.changed.connect(self._refresh)
        self._sight.ticked.connect(self._tick)
        self._hours_due.timeout.connect(self.map.show_hours)
        self._sight.opened.connect(self.timeline.show_incident)
        self.focus.changed.connect(self._show_focus)
        self.incidents.chosen.connect(self.focus.choose)
        self.map.start.started.connect(self._on_started)
        self.map.said.connect(self.said)
        self.map.offered.connect(self._show_lanes)
        self.map.map.first_pins_drawn.connect(self.first_pins)
        self.map.map.case_clicked.connect(self.stage.selection.choose)
        self.map.map.pin_clicked.connect(self._pin_clicked)
        self.timeline.loaded.connect(lambda: self.checklist.show_steps(self.timeline.events))
        self.dragging.said.connect(self.said)
        self.acts.refused.connect(lambda _, reason: self.told.emit(reason))
        self.dialogs.told.connect(self.told)
        self.lanes.ask_wanted.connect(self.dialogs.ask)
        self.banner.confirm_wanted.connect(self.dialogs.confirm)
        self.banner.level_wanted.connect(self.dialogs.record_level)
        self.banner.report_wanted.connect(self._report)
        self.banner.end_wanted.connect(self._end)
        self.banner.review_wanted.connect(self._save_review)

    def _keys(self) -> dict[str, Callable[[], object]]:
        return {
            "C": lambda: self.map.draw("circle"),
            "P": lambda: self.map.draw("polygon"),
            "L": lambda: self.map.draw("lasso"),
            "S": self.map.offer_case,
            "A": self.dialogs.ask,
            "J": self.calls.attach_proposed,
            "N": self.timeline.note.setFocus,
            "V": self.dialogs.record_level,
            "R": self._report,
            "Ctrl+Return": self.dialogs.confirm,
            "Ctrl+E": self._end,
            "Home": self.map.map.fit_city,
            "Ctrl+Down": lambda: self.incidents.step(1),
            "Ctrl+Up": lambda: self.incidents.step(-1),
            "Escape": self.map.escape,
        }

    def attach(self, link: Link) -> None:
        """The centre answers: the past can be fetched."""
        self.timeline.attach(link)

    def shut_down(self) -> None:
        """End the map's page in the order that QtWebEngine asks for."""
        self.map.map.shut_down()

    def add_to_menu(self, menu: QMenu) -> None:
        """What the keys do, for the mouse."""
        texts = self.stage.texts
        entries = (("ask", self.dialogs.ask), ("report", self._report), ("end", self._end))
        for name, act in entries:
            entry = menu.addAction(texts(f"incident.button.{name}"), act)
            incident = self.focus.incident
            entry.setEnabled(incident is not None and incident.open)
        menu.addSeparator()

    def _refresh(self, changes: ChangeSet) -> None:
        self.focus.refresh(changes)
        self.lanes.refresh(changes)
        self.timeline.refresh(changes)
        self.calls.refresh(changes)
        if changes.everything:
            self._show_all()
        elif changes.incidents:
            self._show_heads()
            self.map.show_footprints()
        if changes.cases and not self._hours_due.isActive():
            self._hours_due.start()

    def _tick(self) -> None:
        """Minutes and countdowns go on."""
        self._show_heads()
        self.lanes.show_lanes()

    def _show_heads(self) -> None:
        self._show_lanes()
        self.banner.show_incident(self.focus.incident)
        self.incidents.show_incidents()

    def _show_lanes(self) -> None:
        """Without an incident, or where it is too low for a ring's panel, the map has all the height."""
        half = (self.height() - self.banner.height()) // 2
        self.lanes.setVisible(self.focus.incident is not None and self.map.needs() <= half)

    def _show_focus(self) -> None:
        """Another incident was chosen."""
        self.timeline.show_incident()
        self._show_all()

    def _show_all(self) -> None:
        self._show_heads()
        self.lanes.show_lanes()
        self.calls.show_calls()
        self.checklist.show_steps(self.timeline.events)
        self.map.show_footprints()
        self.map.show_hours()
        self.map.aim()

    def _on_started(self, incident_id: str) -> None:
        self.focus.expect(incident_id)
        self.map.drop_draft()

    def _pin_clicked(self, kind: str, pin_id: str) -> None:
        if kind == "footprint" and pin_id in self.stage.board.picture.incidents:
            self.focus.choose(pin_id)

    def _report(self) -> None:
        self.dialogs.report(self.timeline.lines(), self.map.picture())

    def _end(self) -> None:
        self.dialogs.end(self.timeline.lines())

    def _save_review(self) -> None:
        self.dialogs.save_review(self.timeline.lines())

    def locate(self, kind: str, name: str) -> Spot:
        """Where something is on this screen (see app/probe.py); `drag` is there while one runs."""
        if kind == "drag":
            return (self, self.rect()) if self.dragging.running else None
        return self._places.find(kind, name)


def outer(width: int) -> tuple[int, int]:
    """Widths of the left and the right column of a screen so wide."""
    right = max(RIGHT[0], min(RIGHT[1], width - LEFT[1] - MIDDLE))
    return max(LEFT[0], min(LEFT[1], width - right - MIDDLE)), right


def _column(*widgets: QWidget) -> QWidget:
    column = QWidget()
    box = QVBoxLayout(column)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(1)
    for widget in widgets:
        box.addWidget(widget, 1)
    return column
