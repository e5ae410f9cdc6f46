"""The main window: the stack of screens, the windows torn off from it, and what the program itself says."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMenu

from console.geo.boundaries import Boundaries
from console.live.board import Board
from console.live.door import Person
from console.live.link import Link
from console.live.orders import Orders
from console.live.tasks import Tasks
from console.map.basemap.base_maps import BaseMaps
from console.settings import PreferencesFile, Settings
from console.views import screens
from console.views.factories import build
from console.views.frame import Frame
from console.views.held_orders import HeldOrders
from console.views.live_stage import live_stage, words_of
from console.views.news import News
from console.views.outgoing import Outgoing
from console.views.place_window import PlaceWindow
from console.views.qt_words import QtWords
from console.views.remembered import Remembered
from console.views.screen import Screen, Spot
from console.views.spots import find_spot
from console.views.stack import Stack
from console.views.switcher import Switcher
from console.views.torn import TornWindow
from console.views.torn_windows import TornWindows
from console.views.walls import Walls
from console.views.watch import Watch


class Window(PlaceWindow):
    """Holds the screens of this role; ends the program when it is closed."""

    first_pins = Signal()
    log_in_wanted = Signal(str)
    """Who sits here must log in again; why, a translation key."""

    def __init__(
        self,
        board: Board,
        tasks: Tasks,
        boundaries: Boundaries,
        settings: Settings,
        cache: Path,
        preferences: PreferencesFile,
        *,
        person: Person | None = None,
        base_maps: BaseMaps | None = None,
    ) -> None:
        """Show the first screen; it fills when a link is attached and the board has a picture.

        `person` is who logged in, None where nobody has to.
        """
        self._leaving = False
        self._preferences = preferences
        self._outgoing = Outgoing(board)
        super().__init__(
            live_stage(
                board,
                tasks,
                boundaries,
                settings,
                cache,
                preferences,
                self._outgoing.submit,
                person=person,
                base_maps=base_maps,
            )
        )
        self._watch = Watch(self.stage, board)
        self._torn = TornWindows(self.close, self)
        self._walls = Walls(self._torn, lambda: self.stage, self)
        self._remembered = Remembered(self, self._torn, self._walls, preferences)
        self._qt_words = QtWords(self)
        self._connect()
        self._build()
        self._stack.enter(self._remembered.first_screen())

    def _connect(self) -> None:
        self.screen_wanted.connect(self.go)
        self.language_wanted.connect(self.switch_language)
        self._torn.screen_wanted.connect(self.go)
        self._torn.language_wanted.connect(self.switch_language)
        self._torn.log_out_wanted.connect(self.log_out_wanted)
        self._torn.given_back.connect(self._take_back)
        self._outgoing.offline.connect(self._say_offline)

    def _build(self) -> None:
        """Everything that has words in it; the screen in sight is entered by the caller."""
        self._qt_words.speak(self.texts.lang)
        self._stack = Stack(lambda name: build(name, self.stage))
        self._stack.built.connect(self._welcome)
        self._stack.entered.connect(self._on_entered)
        self._switcher = Switcher(screens.seen_by(self.stage.role), self.stage.texts)
        self._switcher.wanted.connect(self.go)
        self.wear(Frame(self.stage, self._switcher, self._stack))
        self.status.held_wanted.connect(self._show_held)
        self.news = News(self.stage, self.banner, self.status)
        self.news.log_in_wanted.connect(self.log_in_wanted)
        if self._outgoing.link is not None:
            self.status.attach(self._outgoing.link)

    # -- what it is made of ------------------------------------------------------------------

    @property
    def orders(self) -> Orders:
        """The orders of this seat."""
        return self.stage.orders

    @property
    def shown(self) -> Screen:
        """The screen in sight."""
        return self._stack.shown

    @property
    def name(self) -> str:
        """The name of the screen in sight."""
        return self._stack.name

    @property
    def torn(self) -> Iterable[TornWindow]:
        """The windows with a screen of their own."""
        return self._torn.windows

    # -- the link ----------------------------------------------------------------------------

    def attach(self, link: Link) -> None:
        """The centre answers: commands can be sent, details fetched."""
        self._outgoing.link = link
        self._watch.attach(link)
        self.status.attach(link)
        for screen in self._stack.screens:
            screen.attach(link)
        self._torn.attach(link)

    def _say_offline(self) -> None:
        self.status.say_key("age.offline_never")

    def _welcome(self, screen: Screen) -> None:
        """A screen was built here."""
        self.frame.serve(screen)
        screen.wanted.connect(self.go)
        screen.bare_changed.connect(self.wear_screen)
        screen.first_pins.connect(self.first_pins)
        if self._outgoing.link is not None:
            screen.attach(self._outgoing.link)

    # -- places ------------------------------------------------------------------------------

    def go(self, name: str) -> None:
        """Show a screen, in its own window when it has one; one that the role may not see says so."""
        if name not in screens.seen_by(self.stage.role):
            role = self.texts(f"role.{self.stage.role}")
            self.status.say_key("window.not_yours", role=role)
        elif name in self._torn.names:
            self._torn.raise_one(name)
        else:
            self._stack.enter(name)
            self.come_forward()

    def _on_entered(self, name: str) -> None:
        self._switcher.show_places(name, self._torn.names)
        self.wear_screen()

    def leave(self) -> None:
        """From a bare screen to one with a bar, as near to home as there is; else out of full screen."""
        home = screens.home_of(self.stage.role)
        free = [n for n in (home, *screens.seen_by(self.stage.role)) if n not in self._torn.names]
        for name in free:
            if name != self.name:
                self.go(name)
                return
        if self.isFullScreen():
            self.toggle_full_screen()

    def tear(self) -> None:
        """Put the screen in sight into a window of its own, on the next display where there is one."""
        name, mine = self.name, screens.seen_by(self.stage.role)
        others = [n for n in mine if n != name and n not in self._torn.names]
        if not others:
            self.status.say_key("window.last_one")
            return
        home = screens.home_of(self.stage.role)
        self._stack.enter(home if home in others else others[0])
        self._stack.end(name)
        self._torn.open_beside(self, name)
        self._switcher.show_places(self.name, self._torn.names)
        self._remembered.write()

    def tear_words(self) -> str:
        """For the menu."""
        return self.texts("window.tear_off")

    def _add_displays(self, menu: QMenu) -> None:
        super()._add_displays(menu)
        self._walls.add_to_menu(menu)

    def _take_back(self) -> None:
        """A torn-off window was closed: its screen can be entered here again."""
        self._switcher.show_places(self.name, self._torn.names)
        self._remembered.write()

    def show_remembered(self) -> None:
        """Show everything where it was left; the first time of all, maximised."""
        self._remembered.put_back()
        self._switcher.show_places(self.name, self._torn.names)

    # -- language, small windows, the end ------------------------------------------------------

    def switch_language(self) -> None:
        """Build everything anew in the other language; selection and places stay."""
        lang = "en" if self.texts.lang == "zh" else "zh"
        self.stage = replace(self.stage, texts=words_of(self.stage.city, lang))
        name = self.name
        self._stack.shut_down()
        self._build()
        self._stack.enter(name)
        self._torn.build(self.stage)
        self._preferences.save(lang=lang)

    def show_feed(self, told: dict[str, Any]) -> None:
        """What the embedded feed says of itself."""
        self.news.show_feed(told)

    def show_failure(self, zh: str, en: str) -> None:
        """Say that the start failed, until the window is closed."""
        self.banner.show_message(self.texts.pick(zh, en), "error")

    def welcome_back(self) -> None:
        """The same person logged in again."""
        person = self.stage.person
        self.banner.clear()
        if person is not None:
            self.status.say_key("session.back_in", name=person.name)

    def _show_held(self) -> None:
        if self._outgoing.link is not None:
            HeldOrders(self._outgoing.link, self.stage.board, self.texts, self).show()

    def locate(self, kind: str, name: str) -> Spot:
        """Where something is on any of the windows (see app/probe.py)."""
        if kind == "screen":
            kind, name = "button", f"screen-{name}"
        return find_spot(kind, name, [self, *self.torn])

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember where everything was and end the program."""
        if not self._leaving:
            self._remembered.write()
        super().closeEvent(event)
        if not self._leaving:
            QApplication.quit()

    def quit(self) -> None:
        """End the program."""
        self.close()

    def vanish(self) -> None:
        """Go away without ending the program, after `shut_down`: the shift is over."""
        self._remembered.write()
        self._leaving = True
        self._torn.vanish()
        self.hide()
        self.deleteLater()

    def shut_down(self) -> None:
        """End the maps' pages in the order that QtWebEngine asks for."""
        self._stack.shut_down()
        self._torn.shut_down()
