"""The map as a Qt widget: pins in, gestures and drops out; the page behind it may die and come back."""

from collections.abc import Mapping
from pathlib import Path

import shiboken6
from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QColor, QHideEvent, QPixmap, QShowEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from console.domain.city import City
from console.domain.place import Position
from console.geo.boundaries import Boundaries
from console.map.arrival import Arrival
from console.map.basemap.base_maps import BaseMaps
from console.map.basemap.endpoint import TileEndpoint
from console.map.config import page_config
from console.map.drawing import Drawing
from console.map.drop import DropPlace, DropPolicy
from console.map.files import page_files
from console.map.gestures import MapGestures
from console.map.hit import Viewport
from console.map.host import MapHost
from console.map.pins import Kind
from console.map.place_menu import PlaceMenu
from console.map.strings import MapStrings
from console.map.style import MapStyle
from console.map.teller import Teller
from console.map.view import MapView


class MapWidget(MapGestures):
    """The live map of one city: what is on it (content.py), what is done on it (gestures.py), its page.

    Call `prepare_engine` (engine.py) before the QApplication is made. Signals come after the
    page's own event has been handled, so a slot may run a QDrag.
    """

    page_ready = Signal()
    whole = Signal()
    """All of a new page is drawn: the land, and what it has been told so far."""
    first_pins_drawn = Signal()
    view_changed = Signal(object, float)
    dropped = Signal(bytes, str, str, Position)
    """mime bytes, kind, id (both empty on the bare map), place"""
    foreign_drop = Signal()
    """Something that is none of ours was dragged over the map."""
    drawn = Signal(list)
    """Positions of the drawn area's open ring, 3 to 400"""
    drawing_ended = Signal()
    """The tool is down: after `drawn`, when it was cancelled, hidden, or lost with the page."""
    page_lost = Signal()
    """The page has died, or hangs and is ended: a drag that runs is void. It comes back by itself."""
    gave_up = Signal()
    """It has died too often: `fallback` stands in its place."""
    came_back = Signal()
    """The page is in its place again."""

    def __init__(
        self,
        boundaries: Boundaries,
        city: City,
        strings: MapStrings,
        palette: Mapping[str, str],
        page_cache_dir: Path,
        fallback: QWidget,
        parent: QWidget | None = None,
        *,
        base_maps: BaseMaps | None = None,
    ) -> None:
        """`palette` has the colours of config.py `COLOURS`; `fallback` is shown when the page is given up.

        `base_maps` None: there is the own map only.
        """
        super().__init__(boundaries, parent)
        config = page_config(city, strings, palette)
        files = page_files(boundaries, city, page_cache_dir, lambda: config)
        self._host = MapHost(files, QColor(palette["page"]), self)
        self._teller = Teller(self._picture, self._host, self)
        self._arrival = Arrival(self)
        self._drops = DropPlace(self._picture, self)
        self._drawing = Drawing(self)
        self._view = MapView(self._drops, self)
        self._view.setPage(self._host.page)
        self._fallback = fallback
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._view)
        self._stack.addWidget(fallback)
        self._base_maps, self._strings = base_maps, strings
        PlaceMenu(self._host.events, self._view, strings)
        self._connect()
        if base_maps is not None:
            self._offer(base_maps)
        self._host.load()

    @property
    def view(self) -> MapView:
        """The web view, for focus and tests."""
        return self._view

    @property
    def viewport(self) -> Viewport | None:
        """What the page shows, None before it has said so."""
        return self._drops.viewport

    @property
    def given_up(self) -> bool:
        """Whether the fallback stands in the page's place."""
        return self._host.given_up

    @property
    def trying(self) -> bool:
        """Whether a page that was given up is being tried behind the fallback."""
        return self._host.trying

    def try_again(self) -> None:
        """Bring a page back that was given up, as soon as it is ready."""
        self._host.try_again()

    def draw(self, tool: str | None) -> None:
        """Take out "circle", "polygon" or "lasso", or put the tool down (None); ValueError for another.

        `drawing_ended` comes when no tool is out any more: not when one takes another's place.
        Without a living page on the screen the tool is down again at once.
        """
        self._drawing.take(tool)
        self._view.drawing = self._drawing.tool is not None
        self._teller.say(type="draw", tool=tool, serial=self._drawing.serial)
        if self._drawing.tool is not None:
            if self._teller.listens and not self.given_up:
                self._view.setFocus()
            else:
                self._drawing.put_down()

    def picture(self) -> QPixmap:
        """The map as it is on the screen, in the screen's pixels; a hidden map gives an empty one."""
        return self.grab() if self._teller.on_screen else QPixmap()

    def set_style(self, style: MapStyle) -> None:
        """Draw the map in these sizes and with these parts."""
        self._drops.open = style.interactive
        super().set_style(style)

    def clear_targets(self) -> None:
        """The drag has ended."""
        self._drops.leave()
        self._tell_targets(None)

    def freeze(self, frozen: bool) -> None:
        """While frozen no pin moves, comes or goes; released, it takes 300 ms more."""
        self._teller.freeze(frozen)

    def fly_to(self, place: Position, zoom: float) -> None:
        """Centre the map there; zoom 8 (the region) to 18 (a house)."""
        self._teller.aim(type="fly", lon=place.lon, lat=place.lat, zoom=zoom)
        if self.given_up:
            frame = Viewport.around(place, zoom, self.width(), self.height())
            self._on_view_changed(frame, zoom, fitted=False)

    def fit_city(self) -> None:
        """Show the whole city."""
        self._teller.aim(type="fit", code=None)

    def fit_area(self, code: str) -> None:
        """Show one district, town, community or grid; an unknown code does nothing."""
        self._teller.aim(type="fit", code=code)

    def set_drop_policy(self, policy: DropPolicy) -> None:
        """Ask `policy` whether a drag may be dropped on what is under it."""
        self._drops.policy = policy

    def can_drag(self) -> bool:
        """Whether the page answers: no drag from or over a map that hangs."""
        return self._teller.alive and not self.given_up and not self._host.watchdog.late()

    def shut_down(self) -> None:
        """End view, page and profile in the order that QtWebEngine asks for; also done at quit."""
        self._teller.stop()
        if shiboken6.isValid(self._view):
            self._view.hide()
            shiboken6.delete(self._view)
        self._host.close()

    def showEvent(self, event: QShowEvent) -> None:
        """A visible page must beat, and is told what it has missed."""
        self._teller.on_screen = True
        self._watch()
        super().showEvent(event)
        self._tell_clock()
        self._teller.tell()

    def hideEvent(self, event: QHideEvent) -> None:
        """A hidden page may sleep: it is told nothing, and no tool stays out."""
        if self._drawing.tool is not None:
            self.draw(None)
        self._teller.on_screen = False
        self._watch()
        super().hideEvent(event)

    def _connect(self) -> None:
        self.content_changed.connect(self._teller.tell)
        self._view.told.connect(self._teller.tell)
        self._arrival.whole.connect(self.whole)
        self._drops.edge.pan.connect(lambda dx, dy: self._teller.say(type="pan", dx=dx, dy=dy))
        self._drops.dropped.connect(self.dropped)
        self._drops.foreign.connect(self.foreign_drop)
        self._drawing.drawn.connect(self.drawn)
        self._drawing.ended.connect(self._on_drawing_ended)
        self._hear(self._host.events)
        self._follow(self._host)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.shut_down)

    def _follow(self, host: MapHost) -> None:
        """How the page stands, and what it has drawn."""
        host.page.loadStarted.connect(self._on_page_lost)
        host.lost.connect(self._on_page_lost)
        host.lost.connect(self.page_lost)
        host.gave_up.connect(self._on_gave_up)
        host.came_back.connect(self._on_came_back)
        host.events.view_changed.connect(self._on_view_changed)
        # Queued as the gestures are: a slot runs outside the channel.
        queued = Qt.ConnectionType.QueuedConnection
        host.events.ready.connect(self._on_ready, queued)
        host.events.drawn.connect(self._on_drawn, queued)
        host.events.landed.connect(self._arrival.landed, queued)
        host.events.ring_drawn.connect(self._drawing.finish, queued)
        host.events.drawing_cancelled.connect(self._drawing.cancelled, queued)

    def _offer(self, base_maps: BaseMaps) -> None:
        self._host.serve_tiles(TileEndpoint(base_maps, self))
        self._host.events.base_map_chosen.connect(
            base_maps.choose, Qt.ConnectionType.QueuedConnection
        )
        base_maps.changed.connect(self._tell_base_map)
        self._tell_base_map()

    def _tell_base_map(self) -> None:
        if self._base_maps is not None:
            self.set_base_map(self._base_maps.message(self._strings))

    def _on_page_lost(self) -> None:
        self._teller.alive = False
        self._arrival.begin_again()
        self._drawing.put_down()

    def _on_drawing_ended(self) -> None:
        self._view.drawing = False
        self.drawing_ended.emit()

    def _on_ready(self) -> None:
        self._teller.begin_again()
        self._tell_clock()
        self._teller.aim_again()
        self._teller.tell()
        self.page_ready.emit()

    def _on_drawn(self) -> None:
        self._arrival.filled()
        if not self._first_drawn and self._picture.known(Kind.CASE):
            self._first_drawn = True
            self.first_pins_drawn.emit()

    def _on_view_changed(self, viewport: Viewport, zoom: float, fitted: bool) -> None:
        self._drops.viewport = viewport
        if not fitted:
            # Where a hand has moved the map, it is again after a crash.
            at = viewport.to_position(viewport.width / 2, viewport.height / 2)
            self._teller.aimed = {"type": "fly", "lon": at.lon, "lat": at.lat, "zoom": zoom}
        self.view_changed.emit(viewport, zoom)

    def _watch(self) -> None:
        """Only a page in sight must beat."""
        self._host.watchdog.set_visible(self._teller.on_screen and not self.given_up)

    def _on_gave_up(self) -> None:
        self._watch()
        self._stack.setCurrentWidget(self._fallback)
        self.gave_up.emit()

    def _on_came_back(self) -> None:
        self._stack.setCurrentWidget(self._view)
        self._watch()
        self.came_back.emit()
