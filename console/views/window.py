"""The one window: top bar, the screen in use, status line; menu, language, failures."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QPoint, QRect, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QVBoxLayout, QWidget

from console.client.messages import LinkChanged, LinkState
from console.geo.boundaries import Boundaries
from console.i18n import Texts
from console.live.board import Board
from console.live.headline import Headline
from console.live.link import Link
from console.live.orders import Orders
from console.live.tasks import Tasks
from console.settings import PreferencesFile, Settings
from console.store.changes import ChangeSet
from console.views.desk import Desk
from console.views.held_orders import HeldOrders
from console.views.help import About, KeyHelp
from console.views.status_bar import StatusBar
from console.views.top_bar import TopBar
from console.widgets.banner import Banner
from console.wire.commands import Envelope

OFFLINE_FRAME = 6
"""Width of the red frame round everything while the centre is away."""


class Window(QMainWindow):
    """Builds the screen in one language and builds it anew in the other."""

    first_pins = Signal()

    def __init__(
        self,
        board: Board,
        tasks: Tasks,
        boundaries: Boundaries,
        settings: Settings,
        cache: Path,
        preferences: PreferencesFile,
    ) -> None:
        """Build the screen; it fills when a link is attached and the board has a picture."""
        super().__init__()
        self._board = board
        self._tasks = tasks
        self._boundaries = boundaries
        self._settings = settings
        self._cache = cache
        self._preferences = preferences
        self._headline = Headline(board, self)
        self._link: Link | None = None
        self._refused = False
        self.orders = Orders(board, self._submit, self)
        self.setMinimumSize(1280, 720)
        self._build(settings.lang)
        board.ticked.connect(self._wear_frame)
        board.link_changed.connect(self._show_link)

    def _build(self, lang: str) -> None:
        city = self._board.city
        self.texts = Texts(lang, city.case_word if lang == "zh" else city.case_word_en)
        texts = self.texts
        self.setWindowTitle(texts("app.full_name", city=texts.pick(city.name, city.name_en)))
        self.top = TopBar(self._board, self._headline, texts, self._settings)
        self.banner = Banner()
        self.banner.hide()
        self.desk = Desk(
            self._board,
            self._headline,
            self._tasks,
            self.orders,
            self._boundaries,
            texts,
            self._cache,
        )
        self.status = StatusBar(self._board, self.orders, texts)
        self._frame = frame = QWidget()
        frame.setObjectName("frame")
        self._box = box = QVBoxLayout(frame)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(1)
        box.addWidget(self.top)
        box.addWidget(self.banner)
        box.addWidget(self.desk, 1)
        box.addWidget(self.status)
        self.setCentralWidget(frame)
        self.top.levels_chosen.connect(self.desk.queue.filter_levels)
        self.top.without_place_chosen.connect(self.desk.queue.filter_without_place)
        self.top.menu_wanted.connect(self._show_menu)
        self.desk.said.connect(self.status.say_key)
        self.desk.chord.connect(self._show_chord)
        self.desk.first_pins.connect(self.first_pins)
        self.status.held_wanted.connect(self._show_held)

    def attach(self, link: Link) -> None:
        """The centre answers: commands can be sent, details fetched."""
        self._link = link
        self.desk.attach(link)
        self.status.attach(link)

    def _submit(self, envelope: Envelope) -> None:
        if self._link is None:
            self.status.say_key("age.offline_never")
            return
        self._link.submit(envelope)

    def show_remembered(self) -> None:
        """Show where it was left, or maximised."""
        geometry = self._preferences.load().geometry
        if not geometry or not self.restoreGeometry(QByteArray.fromBase64(geometry.encode())):
            self.resize(1920, 1080)
        self.show()

    def show_feed(self, told: dict[str, Any]) -> None:
        """What the embedded feed says of itself."""
        state = told.get("state")
        if state == "warming":
            percent = round(float(told.get("done", 0)) * 100)
            self.status.say_feed(self.texts("app.preparing", percent=percent))
        elif state == "read":
            self._show_recorded(told)
        elif state == "failed":
            reason = self.texts.pick(str(told.get("zh", "")), str(told.get("en", "")))
            self.status.say_feed(self.texts("status.feed_failed", reason=reason))
        elif state == "ended":
            self.status.say_feed(self.texts("status.feed_ended"))
        else:
            self.status.say_feed("")

    def _show_recorded(self, told: dict[str, Any]) -> None:
        """How a recorded day was read; its bad rows are listed in the data folder."""
        words = self.texts(
            "status.recorded",
            file=told.get("file", ""),
            calls=told.get("calls", 0),
            rejected=told.get("rejected", 0),
            nowhere=told.get("without_place", 0),
        )
        folder = str(self._settings.data_dir)
        if told.get("rejected"):
            words += self.texts("list.dot") + self.texts("status.recorded_list", folder=folder)
        close = (self.texts("app.close"), self.banner.clear)
        self.banner.show_message(words, "notice", (close,))

    def show_failure(self, zh: str, en: str) -> None:
        """Say that the start failed, until the window is closed."""
        self.banner.show_message(self.texts.pick(zh, en), "error")

    def _show_link(self, link: LinkChanged) -> None:
        """A centre that refuses is said until it takes us; one that is away shows in the picture's age."""
        if link.state is LinkState.REFUSED:
            self._refused = True
            key = f"problem.{link.code}"
            reason = self.texts(key) if self.texts.has(key) else link.detail
            self.banner.show_message(self.texts("error.link_refused", reason=reason), "error")
        elif link.state is LinkState.BROKEN:
            self.status.say_key("error.link_broken")
        elif link.state is LinkState.STREAMING:
            if self._refused:
                self.banner.clear()
            self._refused = False
            self.status.say_key("status.ready")

    def _wear_frame(self) -> None:
        """Offline: a red frame round everything; timers keep running as estimates."""
        offline = self.top.offline
        frame = self._frame
        if frame.property("offline") != offline:
            frame.setProperty("offline", offline)
            margin = OFFLINE_FRAME if offline else 0
            self._box.setContentsMargins(margin, margin, margin, margin)
            frame.style().unpolish(frame)
            frame.style().polish(frame)

    def _show_chord(self, waiting: bool) -> None:
        self.status.say_key("keys.digits" if waiting else "status.ready")

    def _show_menu(self) -> None:
        menu = QMenu(self)
        menu.addAction(self.texts("menu.language"), self._switch_language)
        menu.addAction(self.texts("menu.undo"), self.orders.undo)
        menu.addAction(self.texts("menu.charts"), self.desk.fold_charts)
        menu.addSeparator()
        menu.addAction(self.texts("menu.help"), lambda: KeyHelp(self.texts, self).show())
        menu.addAction(
            self.texts("menu.about"), lambda: About(self._board.city, self.texts, self).show()
        )
        menu.addSeparator()
        menu.addAction(self.texts("app.quit"), self.close)
        menu.exec(self.top.mapToGlobal(QPoint(8, self.top.height())))
        menu.deleteLater()

    def _show_held(self) -> None:
        if self._link is not None:
            HeldOrders(self._link, self._board, self.texts, self).show()

    def _switch_language(self) -> None:
        lang = "en" if self.texts.lang == "zh" else "zh"
        chosen, folded = self.desk.selection.case, self.desk.charts.isHidden()
        self.desk.map.shut_down()
        old = self._frame
        self._build(lang)
        old.deleteLater()
        self._preferences.save(lang=lang)
        if self._link is not None:
            self.attach(self._link)
        self._board.changed.emit(ChangeSet(everything=True))
        self.desk.selection.choose(chosen)
        if folded:
            self.desk.fold_charts()

    def locate(self, kind: str, name: str) -> tuple[QWidget, QRect] | None:
        """Where something is on the screen (see app/probe.py)."""
        if kind == "button":
            button = self.findChild(QWidget, name)
            return (button, button.rect()) if button is not None else None
        return self.desk.locate(kind, name)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember where the window was and end the program."""
        self._preferences.save(geometry=bytes(self.saveGeometry().toBase64().data()).decode())
        super().closeEvent(event)
        QApplication.quit()

    def shut_down(self) -> None:
        """End the map's page in the order that QtWebEngine asks for."""
        self.desk.map.shut_down()
