"""The map as a Qt widget: pins in, gestures and drops out; the page behind it may die and come back."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from time import monotonic

import msgspec
import shiboken6
from PySide6.QtCore import QCoreApplication, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from console.domain.city import City
from console.domain.place import Position
from console.geo.boundaries import Boundaries
from console.map.config import page_config
from console.map.drop import DropPlace, DropPolicy
from console.map.files import page_files
from console.map.hit import Viewport
from console.map.host import MapHost
from console.map.picture import Picture
from console.map.pins import CasePin, Kind, Target, WorkerPin
from console.map.strings import MapStrings
from console.map.view import MapView

SETTLE_MS = 300
"""After a drag nothing moves by itself for so long."""


class MapWidget(QWidget):
    """The live map of one city.

    Keeps the latest pins, so that a page that crashed is filled again. Call `register_scheme`
    (scheme.py) before the QApplication is made. Signals come after the page's own event has been
    handled, so a slot may run a QDrag. Kinds are "case" or "worker".
    """

    page_ready = Signal()
    first_pins_drawn = Signal()
    case_pressed = Signal(str)
    worker_pressed = Signal(str)
    case_clicked = Signal(str)
    worker_clicked = Signal(str)
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
    gave_up = Signal()

    def __init__(
        self,
        boundaries: Boundaries,
        city: City,
        strings: MapStrings,
        palette: Mapping[str, str],
        page_cache_dir: Path,
        fallback: QWidget,
        parent: QWidget | None = None,
    ) -> None:
        """`palette` has the colours of config.py `COLOURS`; `fallback` is shown when the page is given up."""
        super().__init__(parent)
        self._city = city
        self._palette = palette
        self._config = page_config(city, strings, palette)
        self._grid_index = boundaries.grids.index
        self._picture = Picture()
        self._selected: dict[Kind, str | None] = dict.fromkeys(Kind)
        self._targets: list[list[object]] | None = None
        self._clock: tuple[float, float, float] | None = None
        self._alive = False
        self._first_drawn = False
        self._send_timer = QTimer(self, singleShot=True, interval=0)
        self._settle_timer = QTimer(self, singleShot=True, interval=SETTLE_MS)
        files = page_files(boundaries, city, page_cache_dir, lambda: self._config)
        self._host = MapHost(files, QColor(palette["page"]), self)
        self._drops = DropPlace(self._picture, self)
        self._view = MapView(self._drops, self)
        self._view.setPage(self._host.page)
        self._fallback = fallback
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._view)
        self._stack.addWidget(fallback)
        self._connect()
        self._host.load()

    @property
    def view(self) -> MapView:
        """The web view, for focus and tests."""
        return self._view

    @property
    def viewport(self) -> Viewport | None:
        """What the page shows, None before it has said so."""
        return self._drops.viewport

    def set_cases(self, pins: Iterable[CasePin]) -> None:
        """Make exactly these the cases on the map; only differences travel."""
        self._picture.set(Kind.CASE, pins)
        self._picture.mark()
        self._send()

    def update_cases(self, upserts: Iterable[CasePin], removed: Iterable[str]) -> None:
        """Put or replace some cases, take others away."""
        self._picture.update(Kind.CASE, upserts, removed)
        if not self._first_drawn and self._picture.known(Kind.CASE):
            self._picture.mark()
        self._send()

    def set_workers(self, pins: Iterable[WorkerPin]) -> None:
        """Make exactly these the workers on the map; only differences travel."""
        self._picture.set(Kind.WORKER, pins)
        self._send()

    def update_workers(self, upserts: Iterable[WorkerPin], removed: Iterable[str]) -> None:
        """Put or replace some workers, take others away."""
        self._picture.update(Kind.WORKER, upserts, removed)
        self._send()

    def set_grid_load(self, load: Mapping[str, int]) -> None:
        """Open cases by grid code; codes that the city does not have are left out."""
        known = self._grid_index
        self._picture.set_load({known[code]: n for code, n in load.items() if code in known})
        self._send()

    def select(self, kind: str, pin_id: str | None) -> None:
        """Outline one pin of the kind, or none; ValueError for an unknown kind."""
        self._selected[Kind(kind)] = pin_id
        self._say(type="select", kind=Kind(kind).value, id=pin_id)

    def show_targets(self, targets: Sequence[Target]) -> None:
        """A drag runs: outline these, label the best, dim all else."""
        self._targets = [target.row() for target in targets]
        self._say(type="targets", rows=self._targets)

    def clear_targets(self) -> None:
        """The drag has ended."""
        self._targets = None
        self._drops.leave()
        self._say(type="targets", rows=None)

    def freeze(self, frozen: bool) -> None:
        """While frozen no pin moves, comes or goes; released, it takes 300 ms more."""
        if frozen:
            self._settle_timer.stop()
            self._picture.held = True
        else:
            self._settle_timer.start()

    def fly_to(self, place: Position, zoom: float) -> None:
        """Centre the map there; zoom 8 (the region) to 18 (a house)."""
        self._say(type="fly", lon=place.lon, lat=place.lat, zoom=zoom)

    def fit_city(self) -> None:
        """Show the whole city."""
        self._say(type="fit", code=None)

    def fit_area(self, code: str) -> None:
        """Show one district, town, community or grid; an unknown code does nothing."""
        self._say(type="fit", code=code)

    def set_clock(self, epoch_seconds: float, rate: float) -> None:
        """Domain time now and how fast it runs: rings and levels go on by themselves."""
        self._clock = (epoch_seconds, rate, monotonic())
        self._say(type="clock", epoch=epoch_seconds, rate=rate)

    def set_strings(self, strings: MapStrings) -> None:
        """Change the language; the texts of the pins are the caller's to send anew."""
        self._config = page_config(self._city, strings, self._palette)
        self._say(type="config", config=msgspec.Raw(self._config))

    def set_drop_policy(self, policy: DropPolicy) -> None:
        """Ask `policy` whether a drag may be dropped on what is under it."""
        self._drops.policy = policy

    def can_drag(self) -> bool:
        """Whether the page answers: no drag from or over a map that hangs."""
        return self._alive and not self._host.watchdog.late()

    def shut_down(self) -> None:
        """End view, page and profile in the order that QtWebEngine asks for; also done at quit."""
        self._alive = False
        self._send_timer.stop()
        if shiboken6.isValid(self._view):
            self._view.hide()
            shiboken6.delete(self._view)
        self._host.close()

    def showEvent(self, event: QShowEvent) -> None:
        """A visible page must beat."""
        self._host.watchdog.set_visible(True)
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """A hidden page may sleep."""
        self._host.watchdog.set_visible(False)
        super().hideEvent(event)

    def _connect(self) -> None:
        events = self._host.events
        self._send_timer.timeout.connect(self._send_one)
        self._settle_timer.timeout.connect(self._thaw)
        self._view.told.connect(self._send)
        self._drops.edge.pan.connect(lambda dx, dy: self._say(type="pan", dx=dx, dy=dy))
        self._drops.dropped.connect(self.dropped)
        self._drops.foreign.connect(self.foreign_drop)
        self._host.page.loadStarted.connect(self._on_load_started)
        self._host.gave_up.connect(self._on_gave_up)
        events.view_changed.connect(self._on_view_changed)
        # Queued: a slot may open a menu or run a drag, which must not happen inside the channel.
        queued = Qt.ConnectionType.QueuedConnection
        events.ready.connect(self._on_ready, queued)
        events.drawn.connect(self._on_drawn, queued)
        events.pressed.connect(self._on_pressed, queued)
        events.clicked.connect(self._on_clicked, queued)
        events.double_clicked.connect(self.double_clicked, queued)
        events.drag_wanted.connect(self.drag_wanted, queued)
        events.hovered.connect(self.hovered, queued)
        events.context_menu.connect(self._on_context_menu, queued)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.shut_down)

    def _say(self, **message: object) -> None:
        if self._alive:
            self._picture.say(**message)
            self._send()

    def _send(self) -> None:
        if self._alive and not self._send_timer.isActive():
            self._send_timer.start()

    def _send_one(self) -> None:
        """One slice for each turn of the event loop: a snapshot never holds the GUI up."""
        message = self._picture.next_message()
        if message is None or not self._alive:
            return
        self._host.send(message)
        self._send_timer.start()

    def _thaw(self) -> None:
        self._picture.held = False
        self._send()

    def _on_load_started(self) -> None:
        self._alive = False

    def _on_ready(self) -> None:
        self._alive = True
        # A page that died in a drag is filled at once: an empty map would be worse than a moving one.
        self._picture.held = False
        self._picture.begin_again()
        if self._clock is not None:
            epoch, rate, at = self._clock
            self._say(type="clock", epoch=epoch + (monotonic() - at) * rate, rate=rate)
        for kind, pin_id in self._selected.items():
            self._say(type="select", kind=kind.value, id=pin_id)
        if self._targets is not None:
            self._say(type="targets", rows=self._targets)
        self._send()
        self.page_ready.emit()

    def _on_drawn(self) -> None:
        if not self._first_drawn and self._picture.known(Kind.CASE):
            self._first_drawn = True
            self.first_pins_drawn.emit()

    def _on_view_changed(self, viewport: Viewport, zoom: float) -> None:
        self._drops.viewport = viewport
        self.view_changed.emit(viewport, zoom)

    def _on_pressed(self, kind: str, pin_id: str, _modifiers: int) -> None:
        self._by_kind(kind, self.case_pressed.emit, self.worker_pressed.emit)(pin_id)

    def _on_clicked(self, kind: str, pin_id: str) -> None:
        self._by_kind(kind, self.case_clicked.emit, self.worker_clicked.emit)(pin_id)

    @staticmethod
    def _by_kind(
        kind: str, case: Callable[[str], None], worker: Callable[[str], None]
    ) -> Callable[[str], None]:
        return case if kind == Kind.CASE else worker

    def _on_context_menu(self, kind: str, pin_id: str, at: QPoint) -> None:
        self.context_menu.emit(kind, pin_id, self._view.mapToGlobal(at))

    def _on_gave_up(self) -> None:
        self._alive = False
        self._stack.setCurrentWidget(self._fallback)
        self.gave_up.emit()
