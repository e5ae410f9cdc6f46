"""The map of the linkage: tools to draw with, footprints hatched by hour, teams and vulnerable places."""

import math
from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, QPoint, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from console.domain.place import Place, PlaceKind, Position, distance_m
from console.domain.unit import Team
from console.geo.touched import tidied
from console.map.footprint import Footprint
from console.map.pins import PlacePin, TeamPin
from console.map.strings import STRINGS
from console.map.style import MapStyle
from console.map.widget import MapWidget
from console.store.inside import circle, first_calls
from console.theme.tokens import MAP_PALETTE
from console.views.city_map import CityMap
from console.views.incident.acts import Acts
from console.views.incident.focus import Focus
from console.views.incident.start_dialog import RADIUS_M
from console.views.incident.start_panel import StartPanel
from console.views.names import receiver_name
from console.views.stage import Stage
from console.widgets.empty_state import EmptyState

TOOLS = ("circle", "polygon", "lasso")
DRAFT = "draft"
"""The id of the ring that is drawn and not confirmed yet."""
NEAR_M = 4_000.0
"""Teams and places so far round an area are shown."""
_MARGIN = 12
_SHARE = 0.7
"""A footprint takes so much of the map's height when it is looked at."""

VULNERABLE = frozenset({PlaceKind.SCHOOL, PlaceKind.HOSPITAL, PlaceKind.CARE_HOME})


class MapPanel(QWidget):
    """Holds the map widget; the start panel lies over its right top corner."""

    said = Signal(str)
    """A translation key for the status line."""

    def __init__(self, stage: Stage, focus: Focus, acts: Acts) -> None:
        """Nothing drawn."""
        super().__init__()
        self.setObjectName("incident-map-panel")
        self._stage, self._focus = stage, focus
        texts = stage.texts
        fallback = EmptyState(texts("map.crashed"), "")
        self.map = MapWidget(
            stage.boundaries, stage.city, STRINGS[texts.lang], MAP_PALETTE, stage.cache, fallback
        )
        # The legend would cover a third of so low a map; the desk's map has it.
        self.map.set_style(MapStyle(legend=False))
        CityMap(stage.board, self.map, texts, stage.selection)
        self.start = StartPanel(stage, acts, self.map)
        self.start.hide()
        self._draft: tuple[Position, ...] = ()
        self._aimed: str | None = None
        self._tool_out: str | None = None
        self._helped: tuple[Position, ...] = ()
        self._buttons: dict[str, QPushButton] = {}
        self._tools = self._make_tools()
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.map)
        self.map.installEventFilter(self)
        self.start.installEventFilter(self)
        self.map.drawn.connect(self.offer)
        self.map.drawing_ended.connect(self._put_down)
        self.start.closed.connect(self.drop_draft)
        stage.selection.changed.connect(self._allow_case)

    def _make_tools(self) -> QWidget:
        tools = QWidget(self.map)
        tools.setObjectName("incident-tools")
        row = QHBoxLayout(tools)
        row.setContentsMargins(6, 6, 6, 6)
        row.setSpacing(6)
        reason = self._stage.why_not("start_incident")
        for tool in TOOLS:
            button = self._tool(f"incident.tool.{tool}", f"incident-{tool}", row)
            button.setCheckable(True)
            button.setEnabled(reason is None)
            button.setToolTip(reason or self._stage.texts(f"incident.tool_hint.{tool}"))
            button.clicked.connect(lambda _=False, tool=tool: self.draw(tool))
            self._buttons[tool] = button
        self._case = self._tool("incident.tool.case", "incident-case", row)
        self._case.clicked.connect(self.offer_case)
        self._allow_case()
        tools.adjustSize()
        tools.move(_MARGIN, _MARGIN)
        return tools

    def _tool(self, key: str, name: str, row: QHBoxLayout) -> QPushButton:
        button = QPushButton(self._stage.texts(key))
        button.setObjectName(name)
        row.addWidget(button)
        return button

    def _show_helpers(self) -> None:
        """Teams and places near the area that is looked at; all of them would cover the city."""
        incident = self._focus.incident
        area = self._draft or (incident.footprint if incident is not None else ())
        if area == self._helped:
            return
        self._helped = area
        city = self._stage.city
        near = [t for t in city.teams.values() if area and is_near(t.position, area)]
        self.map.set_teams([self._team_pin(team) for team in near])
        places = [p for p in city.places if area and is_near(p.position, area)]
        self.map.set_places([self._place_pin(place) for place in places])

    def _team_pin(self, team: Team) -> TeamPin:
        city, texts = self._stage.city, self._stage.texts
        return TeamPin(
            id=team.code,
            position=team.position,
            name=texts.pick(team.name, team.name_en),
            unit=receiver_name(city, "unit", team.unit, texts),
        )

    def _place_pin(self, place: Place) -> PlacePin:
        return PlacePin(
            id=place.id,
            kind=place.kind,
            position=place.position,
            name=self._stage.texts.pick(place.name, place.name_en),
            vulnerable=place.kind in VULNERABLE,
        )

    def draw(self, tool: str) -> None:
        """Take a tool out, or put it down when it is out already."""
        wanted = None if tool == self._tool_out else tool
        self._tool_out = wanted
        for name, button in self._buttons.items():
            button.setChecked(name == wanted)
        self.map.draw(wanted)

    def _put_down(self) -> None:
        self._tool_out = None
        for button in self._buttons.values():
            button.setChecked(False)

    def offer_case(self) -> None:
        """The surroundings of the chosen case."""
        case_id = self._stage.selection.case
        case = self._stage.board.picture.cases.get(case_id or "")
        if case is None or case.position is None:
            self.said.emit("incident.no_case")
        else:
            ring = circle(case.position, RADIUS_M)
            self.map.fly_to(case.position, fitting_zoom(ring, self.map.height()))
            self.offer(ring, case.id)

    def offer(self, ring: Sequence[Position], chosen: str | None = None) -> None:
        """Show what is inside a ring, ready to be confirmed."""
        self._draft = tidied(ring)
        self.start.show_ring(self._draft, chosen, self._focus.incident)
        self.start.show()
        self.start.raise_()
        self._place_start()
        self.start.name.setFocus()
        self.show_footprints()

    def escape(self) -> None:
        """Put the tool down; without one forget the ring."""
        if self._tool_out is not None:
            self.draw(self._tool_out)
        else:
            self.drop_draft()

    def drop_draft(self) -> None:
        """Forget the ring."""
        self._draft = ()
        self.start.hide()
        self.show_footprints()

    def _allow_case(self, _: object = None) -> None:
        case = self._stage.board.picture.cases.get(self._stage.selection.case or "")
        reason = self._stage.why_not("start_incident")
        placed = case is not None and case.position is not None
        self._case.setEnabled(reason is None and placed)
        self._case.setToolTip(reason or self._stage.texts("incident.tool_hint.case"))

    def show_footprints(self) -> None:
        """Every open incident's area, the chosen one's brighter; and the ring that is being offered."""
        texts, focus = self._stage.texts, self._focus
        known = self._stage.board.picture.incidents.values()
        areas = [
            Footprint(id=one.id, ring=one.footprint, label=one.name, selected=one.id == focus.id)
            for one in known
            if one.open or one.id == focus.id
        ]
        if len(self._draft) >= 3:
            label = texts("incident.draft_area")
            areas.append(Footprint(id=DRAFT, ring=self._draft, label=label, selected=True))
        self.map.set_footprints(areas)
        self._show_helpers()
        self._allow_case()

    def show_hours(self) -> None:
        """Hatch the grids of the chosen incident by how long ago the first call came there."""
        incident = self._focus.incident
        now = self._stage.board.time.domain_now()
        cases = self._stage.board.picture.cases_of(incident.id) if incident is not None else []
        self.map.set_footprint_grids(hours_ago(first_calls(cases), now))

    def aim(self) -> None:
        """Look at the chosen incident, once when it is chosen."""
        incident = self._focus.incident
        if incident is not None and self._aimed != incident.id:
            self._aimed = incident.id
            self.map.fly_to(
                middle(incident.footprint), fitting_zoom(incident.footprint, self.map.height())
            )

    def picture(self) -> QImage:
        """The map frame for a report; empty when the map is not on the screen."""
        lying = [widget for widget in (self.start, self._tools) if not widget.isHidden()]
        for widget in lying:
            widget.hide()
        image = self.map.picture().toImage()
        for widget in lying:
            widget.show()
        return image

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The start panel keeps to its corner when the map changes its size."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._place_start()
        return False

    def _place_start(self) -> None:
        left = self.map.width() - self.start.width() - _MARGIN
        self.start.move(QPoint(max(_MARGIN, left), _MARGIN))


def hours_ago(firsts: dict[str, datetime], now: datetime) -> dict[str, int]:
    """Grid code → whole hours since the first call there."""
    return {grid: max(0, int((now - at).total_seconds() // 3600)) for grid, at in firsts.items()}


def middle(ring: Sequence[Position]) -> Position:
    """Where to look: the middle of the ring's box."""
    lons, lats = [p.lon for p in ring], [p.lat for p in ring]
    return Position((min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2)


def is_near(place: Position, ring: Sequence[Position]) -> bool:
    """Whether the place lies inside or a few kilometres round the ring."""
    centre = middle(ring)
    reach = max(distance_m(centre, corner) for corner in ring)
    return distance_m(centre, place) <= reach + NEAR_M


def fitting_zoom(ring: Sequence[Position], height: int) -> float:
    """The zoom at which the ring fills most of a map `height` pixels high."""
    lons, lats = [p.lon for p in ring], [p.lat for p in ring]
    shrink = math.cos(math.radians(lats[0]))
    span = max(max(lats) - min(lats), (max(lons) - min(lons)) * shrink * 0.5, 1e-4)
    # A world of 256 pixels at zoom 0 is 360 degrees wide; degrees of latitude are stretched.
    zoom = math.log2(max(height, 200) * _SHARE * 360 * shrink / (256 * span))
    return min(max(zoom, 9.0), 16.5)
