"""The map of the linkage: tools to draw with, footprints hatched by hour, teams and vulnerable places."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QWidget

from console.domain.place import Place, PlaceKind, Position
from console.domain.unit import Team
from console.geo.touched import tidied
from console.map.footprint import Footprint
from console.map.pins import PlacePin, TeamPin
from console.map.style import MapStyle
from console.store.inside import circle, first_calls
from console.views.incident.acts import Acts
from console.views.incident.draw_tools import DrawTools
from console.views.incident.focus import Focus
from console.views.incident.looking import fitting_zoom, hours_ago, is_near, middle
from console.views.incident.start_dialog import RADIUS_M
from console.views.incident.start_panel import StartPanel
from console.views.names import receiver_name
from console.views.stage import Stage
from console.views.working_map import working_map

DRAFT = "draft"
"""The id of the ring that is drawn and not confirmed yet."""
_MARGIN = 12
_SEEN = (QEvent.Type.ShowToParent, QEvent.Type.HideToParent, QEvent.Type.Resize)

VULNERABLE = frozenset({PlaceKind.SCHOOL, PlaceKind.HOSPITAL, PlaceKind.CARE_HOME})


class MapPanel(QWidget):
    """Holds the map widget; the start panel lies over its right top corner."""

    said = Signal(str)
    """A translation key for the status line."""
    offered = Signal()
    """A ring is offered, or is no more."""

    def __init__(self, stage: Stage, focus: Focus, acts: Acts) -> None:
        """Nothing drawn."""
        super().__init__()
        self.setObjectName("incident-map-panel")
        self._stage, self._focus = stage, focus
        self.map, _ = working_map(stage, f"{stage.settings.seat}/incident")
        # The legend would cover a third of so low a map; the desk's map has it.
        self.map.set_style(MapStyle(legend=False))
        self.start = StartPanel(stage, acts, self.map)
        self.start.hide()
        self._draft: tuple[Position, ...] = ()
        self._aimed: str | None = None
        self._helped: tuple[Position, ...] = ()
        self.tools = DrawTools(stage, self.map)
        self.tools.move(_MARGIN, _MARGIN)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.map)
        self.map.installEventFilter(self)
        self.start.installEventFilter(self)
        self.map.drawn.connect(self.offer)
        self.map.drawing_ended.connect(self.tools.put_down)
        self.tools.wanted.connect(self.map.draw)
        self.tools.case_wanted.connect(self.offer_case)
        self.start.closed.connect(self.drop_draft)

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
        if self.tools.buttons[tool].isEnabled():
            self.tools.take(tool)

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

    def needs(self) -> int:
        """Height in pixels at which all that lies over the map can be reached."""
        return 0 if self.start.isHidden() else self.start.height() + 2 * _MARGIN

    def escape(self) -> None:
        """Put the tool down; without one forget the ring."""
        if self.tools.out is not None:
            self.tools.take(self.tools.out)
        else:
            self.drop_draft()

    def drop_draft(self) -> None:
        """Forget the ring."""
        self._draft = ()
        self.start.hide()
        self.show_footprints()

    def show_footprints(self) -> None:
        """Every open incident's area, the chosen one's brighter; and the ring that is being offered."""
        texts, focus = self._stage.texts, self._focus
        known = self._stage.board.picture.incidents.values()
        bright = DRAFT if self._draft else focus.id
        areas = [
            Footprint(id=one.id, ring=one.footprint, label=one.name, selected=one.id == bright)
            for one in known
            if one.open or one.id == focus.id
        ]
        if len(self._draft) >= 3:
            label = texts("incident.draft_area")
            areas.append(Footprint(id=DRAFT, ring=self._draft, label=label, selected=True))
        self.map.set_footprints(areas)
        self._show_helpers()
        self.tools.allow()

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
        lying = [widget for widget in (self.start, self.tools) if not widget.isHidden()]
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
        if watched is self.start and event.type() in _SEEN:
            self.offered.emit()
        return False

    def _place_start(self) -> None:
        left = self.map.width() - self.start.width() - _MARGIN
        self.start.move(QPoint(max(_MARGIN, left), _MARGIN))
