"""The map as a Qt widget: pins in, gestures and drops out; the page behind it may die and come back."""

from collections.abc import Mapping
from pathlib import Path

import shiboken6
from PySide6.QtCore import QCoreApplication, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QHideEvent, QPixmap, QShowEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from console.domain.city import City
from console.domain.place import Position
from console.geo.boundaries import Boundaries
from console.map.basemap.base_maps import BaseMaps
from console.map.basemap.endpoint import TileEndpoint
from console.map.config import page_config
from console.map.content import MapContent
from console.map.drawing import Drawing
from console.map.drop import DropPlace, DropPolicy
from console.map.files import page_files
from console.map.hit import Viewport
from console.map.host import MapHost
from console.map.pins import Kind
from console.map.place_menu import PlaceMenu
from console.map.strings import MapStrings
from console.map.style import MapStyle
from console.map.view import MapView

SETTLE_MS = 300
"""After a drag nothing moves by itself for so long."""


class MapWidget(MapContent):
    """The live map of one city: what is on it (content.py), its page, and what is done on it.

    Call `prepare_engine` (engine.py) before the QApplication is made. Signals come after the
    page's own event has been handled, so a slot may run a QDrag. Kinds are those of `Kind`:
    "case", "worker", "team", "place", "footprint".
    """

    page_ready = Signal()
    whole = Signal()
    """All of a new page is drawn: the land, and what it has been told so far."""
    first_pins_drawn = Signal()
    case_pressed = Signal(str)
    worker_pressed = Signal(str)
    case_clicked = Signal(str)
    worker_clicked = Signal(str)
    pin_pressed = Signal(str, str)
    """kind, id; also for cases and workers"""
    pin_clicked = Signal(str, str)
    double_clicked = Signal(str, str)
    drag_wanted = Signal(str, str)
    context_menu = Signal(str, str, QPoint)
    """kind, id, global position"""
    hovered = Signal(str, str)
    view_changed = Signal(object, float)
    dropped = Signal(bytes, str, str, Position)
    """mime bytes, kind, id (both empty on the bare map), place"""
    foreign_drop = Signal()
    """Something that is none of ours was dragged over the map."""
    drawn = Signal(list)
    """Positions of the drawn area's open ring, 3 to 400"""
    drawing_ended = Signal()
    """The tool is down: after `drawn`, when it was cancelled, hidden, or lost with the page."""
    heat_chosen = Signal(str, str)
    """Another heat is wanted: its period (empty for none) and category (empty for all)."""
    legend_folded = Signal(bool)
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
        self._aimed: dict[str, object] | None = None
        self._alive = False
        self._landed = self._filled = False
        self._on_screen = False
        self._send_timer = QTimer(self, singleShot=True, interval=0)
        self._settle_timer = QTimer(self, singleShot=True, interval=SETTLE_MS)
        files = page_files(boundaries, city, page_cache_dir, lambda: config)
        self._host = MapHost(files, QColor(palette["page"]), self)
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
        self._say(type="draw", tool=tool, serial=self._drawing.serial)
        if self._drawing.tool is not None:
            if self._listens() and not self.given_up:
                self._view.setFocus()
            else:
                self._drawing.put_down()

    def picture(self) -> QPixmap:
        """The map as it is on the screen, in the screen's pixels; a hidden map gives an empty one."""
        return self.grab() if self._on_screen else QPixmap()

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
        if frozen:
            self._settle_timer.stop()
            self._picture.held = True
        else:
            self._settle_timer.start()

    def fly_to(self, place: Position, zoom: float) -> None:
        """Centre the map there; zoom 8 (the region) to 18 (a house)."""
        self._aim(type="fly", lon=place.lon, lat=place.lat, zoom=zoom)
        if self.given_up:
            frame = Viewport.around(place, zoom, self.width(), self.height())
            self._on_view_changed(frame, zoom, fitted=False)

    def fit_city(self) -> None:
        """Show the whole city."""
        self._aim(type="fit", code=None)

    def fit_area(self, code: str) -> None:
        """Show one district, town, community or grid; an unknown code does nothing."""
        self._aim(type="fit", code=code)

    def set_drop_policy(self, policy: DropPolicy) -> None:
        """Ask `policy` whether a drag may be dropped on what is under it."""
        self._drops.policy = policy

    def can_drag(self) -> bool:
        """Whether the page answers: no drag from or over a map that hangs."""
        return self._alive and not self.given_up and not self._host.watchdog.late()

    def shut_down(self) -> None:
        """End view, page and profile in the order that QtWebEngine asks for; also done at quit."""
        self._alive = False
        self._send_timer.stop()
        if shiboken6.isValid(self._view):
            self._view.hide()
            shiboken6.delete(self._view)
        self._host.close()

    def showEvent(self, event: QShowEvent) -> None:
        """A visible page must beat, and is told what it has missed."""
        self._on_screen = True
        self._watch()
        super().showEvent(event)
        self._tell_clock()
        self._send()

    def hideEvent(self, event: QHideEvent) -> None:
        """A hidden page may sleep: it is told nothing, and no tool stays out."""
        if self._drawing.tool is not None:
            self.draw(None)
        self._on_screen = False
        self._watch()
        super().hideEvent(event)

    def _connect(self) -> None:
        events = self._host.events
        self.content_changed.connect(self._send)
        self._send_timer.timeout.connect(self._send_one)
        self._settle_timer.timeout.connect(self._thaw)
        self._view.told.connect(self._send)
        self._drops.edge.pan.connect(lambda dx, dy: self._say(type="pan", dx=dx, dy=dy))
        self._drops.dropped.connect(self.dropped)
        self._drops.foreign.connect(self.foreign_drop)
        self._drawing.drawn.connect(self.drawn)
        self._drawing.ended.connect(self._on_drawing_ended)
        self._host.page.loadStarted.connect(self._on_page_lost)
        self._host.lost.connect(self._on_page_lost)
        self._host.lost.connect(self.page_lost)
        self._host.gave_up.connect(self._on_gave_up)
        self._host.came_back.connect(self._on_came_back)
        events.view_changed.connect(self._on_view_changed)
        # Queued: a slot may open a menu or run a drag, which must not happen inside the channel.
        queued = Qt.ConnectionType.QueuedConnection
        events.ready.connect(self._on_ready, queued)
        events.drawn.connect(self._on_drawn, queued)
        events.landed.connect(self._on_landed, queued)
        events.heat_chosen.connect(self.heat_chosen, queued)
        events.legend_folded.connect(self.legend_folded, queued)
        events.pressed.connect(self._on_pressed, queued)
        events.clicked.connect(self._on_clicked, queued)
        events.double_clicked.connect(self.double_clicked, queued)
        events.drag_wanted.connect(self.drag_wanted, queued)
        events.hovered.connect(self.hovered, queued)
        events.context_menu.connect(self._on_context_menu, queued)
        events.ring_drawn.connect(self._drawing.finish, queued)
        events.drawing_cancelled.connect(self._drawing.cancelled, queued)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.shut_down)

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

    def _listens(self) -> bool:
        return self._alive and self._on_screen

    def _say(self, **message: object) -> None:
        """A passing word: lost on a page that does not listen."""
        if self._listens():
            self._picture.say(**message)
            self._send()

    def _aim(self, **message: object) -> None:
        """Where to look: the latest waits for a page that listens, and is said again after a crash."""
        self._aimed = message
        self._picture.say_latest("aim", **message)
        self._send()

    def _send(self) -> None:
        if self._listens() and not self._send_timer.isActive():
            self._send_timer.start()

    def _send_one(self) -> None:
        """One slice for each turn of the event loop: a snapshot never holds the GUI up."""
        message = self._picture.next_message() if self._listens() else None
        if message is None:
            return
        self._host.send(message)
        self._send_timer.start()

    def _thaw(self) -> None:
        self._picture.held = False
        self._send()

    def _on_page_lost(self) -> None:
        self._alive = self._landed = self._filled = False
        self._drawing.put_down()

    def _on_drawing_ended(self) -> None:
        self._view.drawing = False
        self.drawing_ended.emit()

    def _on_ready(self) -> None:
        self._alive = True
        # A page that died in a drag is filled at once: an empty map would be worse than a moving one.
        self._picture.held = False
        self._picture.begin_again()
        self._tell_clock()
        if self._aimed is not None:
            self._aim(**self._aimed)
        self._send()
        self.page_ready.emit()

    def _on_landed(self) -> None:
        self._landed = True
        self._tell_whole()

    def _tell_whole(self) -> None:
        if self._landed and self._filled:
            self.whole.emit()

    def _on_drawn(self) -> None:
        if not self._filled:
            self._filled = True
            self._tell_whole()
        if not self._first_drawn and self._picture.known(Kind.CASE):
            self._first_drawn = True
            self.first_pins_drawn.emit()

    def _on_view_changed(self, viewport: Viewport, zoom: float, fitted: bool) -> None:
        self._drops.viewport = viewport
        if not fitted:
            # Where a hand has moved the map, it is again after a crash.
            at = viewport.to_position(viewport.width / 2, viewport.height / 2)
            self._aimed = {"type": "fly", "lon": at.lon, "lat": at.lat, "zoom": zoom}
        self.view_changed.emit(viewport, zoom)

    def _on_pressed(self, kind: str, pin_id: str, _modifiers: int) -> None:
        self.pin_pressed.emit(kind, pin_id)
        if kind == Kind.CASE:
            self.case_pressed.emit(pin_id)
        elif kind == Kind.WORKER:
            self.worker_pressed.emit(pin_id)

    def _on_clicked(self, kind: str, pin_id: str) -> None:
        self.pin_clicked.emit(kind, pin_id)
        if kind == Kind.CASE:
            self.case_clicked.emit(pin_id)
        elif kind == Kind.WORKER:
            self.worker_clicked.emit(pin_id)

    def _on_context_menu(self, kind: str, pin_id: str, at: QPoint) -> None:
        self.context_menu.emit(kind, pin_id, self._view.mapToGlobal(at))

    def _watch(self) -> None:
        """Only a page in sight must beat."""
        self._host.watchdog.set_visible(self._on_screen and not self.given_up)

    def _on_gave_up(self) -> None:
        self._watch()
        self._stack.setCurrentWidget(self._fallback)
        self.gave_up.emit()

    def _on_came_back(self) -> None:
        self._stack.setCurrentWidget(self._view)
        self._watch()
        self.came_back.emit()
