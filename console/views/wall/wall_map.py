"""The wall's map: totals of the areas, single pins for what burns, nothing to hover or to grasp."""

from math import log2

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from console.domain.footprint import Ring, centre
from console.map.area_badge import AreaBadge
from console.map.footprint import Footprint
from console.map.recycle import RenewedMap
from console.map.style import MapStyle
from console.map.widget import MapWidget
from console.tables.paint import CENTRE
from console.theme import tokens
from console.views.map_flash import follow_flash
from console.views.stage import Stage
from console.views.stage_map import stage_map
from console.views.wall.census import Census, worst
from console.views.wall.panel import EDGE, SMALL, WallPanel, draw_words
from console.views.wall.plan import Plan
from console.views.wall.public import public_name
from console.views.wall.scenes import Scene, SceneKind
from console.views.wall.wall_pins import WallPins

PIN = 56
"""Edge of the worst pin, in units of the plan; the map draws it with 34 px at its scale 1."""
_PIN_AT_ONE = 34
REFIT_MS = 300
TILE = 256
"""Pixels of the whole world's edge at zoom 0."""


class WallMap(QWidget):
    """Shows one scene."""

    resized = Signal()
    """It has another size now, and is to be fitted anew."""

    def __init__(self, stage: Stage) -> None:
        """Empty until it is told."""
        super().__init__()
        self._stage = stage
        self._badges: list[AreaBadge] = []
        self._pins = WallPins(stage)
        self._plan: Plan | None = None
        self.pages = RenewedMap(self._new_map)
        shield = _Shield()
        box = QStackedLayout(self)
        box.setStackingMode(QStackedLayout.StackingMode.StackAll)
        box.addWidget(self.pages)
        box.addWidget(shield)
        box.setCurrentWidget(shield)
        self._settled = QTimer(self, interval=REFIT_MS, singleShot=True)
        self._settled.timeout.connect(self.resized)

    @property
    def map(self) -> MapWidget:
        """The map in sight."""
        return self.pages.map

    def _new_map(self) -> MapWidget:
        gone = _Gone(self._stage.texts("wall.map_gone"))
        if self._plan is not None:
            gone.set_plan(self._plan)
        made = stage_map(self._stage, gone)
        follow_flash(made, self._stage.flash)
        return made

    def set_plan(self, plan: Plan) -> None:
        """Draw in these sizes."""
        self._plan = plan
        style = MapStyle(
            pin_scale=max(0.5, PIN / _PIN_AT_ONE * plan.unit),
            type_px=max(14.0, plan.px(SMALL)),
            gather=True,
            workers=False,
            legend=False,
            controls=False,
            interactive=False,
        )
        self.pages.tell("style", lambda shown: shown.set_style(style))
        for gone in self.findChildren(_Gone):
            gone.set_plan(plan)

    def set_clock(self) -> None:
        """The pins' clocks run as the board's."""
        keeper = self._stage.board.time
        self.pages.tell(
            "clock", lambda shown: shown.set_clock(keeper.domain_now().timestamp(), keeper.rate)
        )

    def show_census(self, census: Census, scene: Scene) -> None:
        """What is to be seen in this scene."""
        pins = self._pins.of(census, scene)
        self.pages.tell("cases", lambda shown: shown.set_cases(pins))
        badges = self._totals(census, scene)
        if badges != self._badges:
            self._badges = badges
            self.pages.tell("areas", lambda shown: shown.set_areas(badges))
        incidents = self._stage.board.picture.incidents.values()
        areas = [
            Footprint(id=i.id, ring=i.footprint, label=public_name(i.name))
            for i in incidents
            if i.open and len(i.footprint) > 2
        ]
        self.pages.tell("footprints", lambda shown: shown.set_footprints(areas))

    def fit(self, scene: Scene) -> None:
        """Show the scene whole; figures leave the map below them as it is."""
        look = self.pages.tell
        if scene.kind is SceneKind.CITY:
            look("look", lambda shown: shown.fit_city())
        elif scene.kind is SceneKind.DISTRICT:
            look("look", lambda shown: shown.fit_area(scene.code))
        elif scene.kind is SceneKind.INCIDENT:
            incident = self._stage.board.picture.incidents.get(scene.code)
            if incident is not None and incident.footprint:
                ring = incident.footprint
                zoom = zoom_of(ring, self.width(), self.height())
                look("look", lambda shown: shown.fly_to(centre(ring), zoom))

    def shut_down(self) -> None:
        """End the map's page."""
        self.pages.shut_down()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit anew when the size stands."""
        super().resizeEvent(event)
        self._settled.start()

    def _totals(self, census: Census, scene: Scene) -> list[AreaBadge]:
        """Districts; towns only of the one district that is shown, and those with a case."""
        city = self._stage.city
        counted = census.districts
        codes = [area.code for area in city.areas.values() if area.parent is None]
        if scene.kind is SceneKind.DISTRICT:
            counted = census.towns
            codes = [area.code for area in city.areas.values() if area.parent == scene.code]
        if scene.kind is SceneKind.INCIDENT:
            return []
        badges = []
        for code in codes:
            counts = counted.get(code, [])
            total = sum(counts)
            if total or scene.kind is not SceneKind.DISTRICT:
                badges.append(AreaBadge(code=code, level=worst(counts), text=str(total)))
        return badges


class _Gone(WallPanel):
    """Stands where the map was, when its page cannot be brought back."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words

    def draw(self, painter: QPainter) -> None:
        """The words, across the middle."""
        size = self.fitting(self._words, SMALL, self.width() - self.plan.px(2 * EDGE))
        draw_words(painter, self.rect(), self._words, size, tokens.AMBER, align=CENTRE)


class _Shield(QWidget):
    """Lies over the map: no pin is touched, nothing is dropped there; what a hand does goes to the screen.

    A class of its own, because the style sheet would paint a plain QWidget.
    """


def zoom_of(ring: Ring, width: int, height: int) -> float:
    """The map's zoom at which the ring fills half of so many pixels."""
    lons, lats = [p.lon for p in ring], [p.lat for p in ring]
    # A degree of latitude is at most so much wider on the map as far from the equator as cities lie.
    wide = max(max(lons) - min(lons), 1e-4) / 360
    high = max(max(lats) - min(lats), 1e-4) / 360 * 1.3
    zoom = log2(min(width / (2 * TILE * wide), height / (2 * TILE * high)))
    return min(16.0, max(8.0, zoom))
