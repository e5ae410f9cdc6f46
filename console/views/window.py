"""The main window: the stack of screens, the windows torn off from it, and what the program itself says."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMenu

from console.domain.role import Role
from console.domain.scope import WHOLE
from console.geo.boundaries import Boundaries
from console.i18n import Texts
from console.live.alarms import Alarms
from console.live.board import Board
from console.live.door import Person
from console.live.flash import Flash
from console.live.headline import Headline
from console.live.link import Link
from console.live.orders import Orders
from console.live.readings import Readings
from console.live.tasks import Tasks
from console.map.basemap.base_maps import BaseMaps
from console.settings import PreferencesFile, Settings
from console.views import displays, screens
from console.views.alarm_seat import AlarmSeat, alarm_file
from console.views.factories import build
from console.views.frame import Frame
from console.views.held_orders import HeldOrders
from console.views.news import News
from console.views.notices import NoticeBook
from console.views.place_window import PlaceWindow
from console.views.qt_words import QtWords
from console.views.screen import Screen, Spot
from console.views.selection import Selection
from console.views.spots import find_spot
from console.views.stack import Stack
from console.views.stage import Stage
from console.views.status_bar import StatusBar
from console.views.switcher import Switcher
from console.views.top_bar import TopBar
from console.views.torn import TornWindow
from console.views.torn_windows import TornWindows
from console.views.walls import Walls
from console.views.watch import Watch
from console.widgets.banner import Banner
from console.wire.commands import Envelope
from console.wire.messages import CommandMoved, NotStored, Tick


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
        self._link: Link | None = None
        self._preferences = preferences
        role = Role(settings.role)
        super().__init__(
            Stage(
                board=board,
                headline=Headline(board, board),
                readings=Readings(board, tasks, board),
                tasks=tasks,
                orders=Orders(
                    board,
                    self._submit,
                    board,
                    role=role,
                    scope=person.scope if person is not None else WHOLE,
                ),
                boundaries=boundaries,
                texts=_texts(board, settings.lang),
                cache=cache,
                settings=settings,
                selection=Selection(board),
                role=role,
                person=person,
                notices=NoticeBook(board),
                base_maps=base_maps,
                flash=Flash(board, board),
            )
        )
        self.stage = replace(self.stage, alarm_seat=self._alarm_seat())
        self._watch = Watch(self.stage, board)
        self._torn = TornWindows(self.close, self)
        self._torn.screen_wanted.connect(self.go)
        self._torn.language_wanted.connect(self.switch_language)
        self._torn.log_out_wanted.connect(self.log_out_wanted)
        self._torn.given_back.connect(self._take_back)
        self._walls = Walls(self._torn, lambda: self.stage, self)
        self.screen_wanted.connect(self.go)
        self.language_wanted.connect(self.switch_language)
        self._qt_words = QtWords(self)
        self._build()
        self._stack.enter(self._first_screen())

    def _alarm_seat(self) -> AlarmSeat:
        """What calls at this seat."""
        stage = self.stage
        file = alarm_file(stage.settings)
        board, headline, scope = stage.board, stage.headline, stage.scope
        alarms = Alarms(board, headline, stage.role, file, board, scope=scope)
        return AlarmSeat(
            board,
            alarms,
            stage.orders,
            stage.notices,
            stage.flash,
            stage.settings,
            self._preferences,
        )

    def _first_screen(self) -> str:
        """What was asked for, where it was left, or the role's home."""
        settings, seen = self.stage.settings, screens.seen_by(self.stage.role)
        left = self._preferences.load().main
        beside = bool(settings.displays) and self.stage.role is not Role.WALL
        if settings.screen in seen and not beside:
            return settings.screen
        if left is not None and left.screen in seen:
            return left.screen
        return screens.home_of(self.stage.role)

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
        if self._link is not None:
            self.status.attach(self._link)

    # -- what it is made of ------------------------------------------------------------------

    @property
    def texts(self) -> Texts:
        """The words of the language in use."""
        return self.stage.texts

    @property
    def orders(self) -> Orders:
        """The orders of this seat."""
        return self.stage.orders

    @property
    def top(self) -> TopBar:
        """The bar at the top."""
        return self.frame.top

    @property
    def banner(self) -> Banner:
        """The line that says what is wrong."""
        return self.frame.banner

    @property
    def status(self) -> StatusBar:
        """The line at the bottom."""
        return self.frame.status

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
        self._link = link
        self._watch.attach(link)
        self.status.attach(link)
        for screen in self._stack.screens:
            screen.attach(link)
        self._torn.attach(link)

    def _submit(self, envelope: Envelope) -> None:
        if self._link is None:
            self.status.say_key("age.offline_never")
            return
        try:
            self._link.submit(envelope)
        except NotStored as error:
            # By the board, as every other refusal comes: whoever gave it hears of it after it was given.
            refused = error.refusal(envelope.key)
            self.stage.board.sink(CommandMoved(envelope, Tick.REFUSED, refused))

    def _welcome(self, screen: Screen) -> None:
        """A screen was built here."""
        self.frame.serve(screen)
        screen.wanted.connect(self.go)
        screen.bare_changed.connect(self.wear_screen)
        screen.first_pins.connect(self.first_pins)
        if self._link is not None:
            screen.attach(self._link)

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
        window = self._torn.open(name, self.stage)
        display = displays.next_to(self.screen())
        if display is self.screen():
            window.resize(self.size() * 0.8)
            window.show()
        else:
            displays.fill(window, display)
        window.activateWindow()
        self._switcher.show_places(self.name, self._torn.names)
        self._remember()

    def tear_words(self) -> str:
        """For the menu."""
        return self.texts("window.tear_off")

    def _add_displays(self, menu: QMenu) -> None:
        super()._add_displays(menu)
        self._walls.add_to_menu(menu)

    def _take_back(self) -> None:
        """A torn-off window was closed: its screen can be entered here again."""
        self._switcher.show_places(self.name, self._torn.names)
        self._remember()

    def show_remembered(self) -> None:
        """Show everything where it was left; the first time of all, maximised."""
        kept = self._preferences.load()
        seen = screens.seen_by(self.stage.role)
        for placed in kept.torn:
            if placed.screen in seen and placed.screen not in (self.name, *self._torn.names):
                displays.put(self._torn.open(placed.screen, self.stage), placed)
        self._switcher.show_places(self.name, self._torn.names)
        if not self._walls.show_all(kept, self):
            if kept.main is None:
                displays.fill(self, QApplication.primaryScreen())
            else:
                displays.put(self, kept.main)
        self._walls.changed.connect(self._remember)
        self._remember()

    def _remember(self) -> None:
        """Where everything stands; a run that nobody watches leaves no trace."""
        if self.stage.settings.shot is not None or self.stage.settings.unattended:
            return
        self._preferences.save(
            main=displays.stand(self, self.name), torn=self._torn.stand(), walls=self._walls.keys
        )

    # -- language, small windows, the end ------------------------------------------------------

    def switch_language(self) -> None:
        """Build everything anew in the other language; selection and places stay."""
        lang = "en" if self.texts.lang == "zh" else "zh"
        self.stage = replace(self.stage, texts=_texts(self.stage.board, lang))
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
        if self._link is not None:
            HeldOrders(self._link, self.stage.board, self.texts, self).show()

    def locate(self, kind: str, name: str) -> Spot:
        """Where something is on any of the windows (see app/probe.py)."""
        if kind == "screen":
            kind, name = "button", f"screen-{name}"
        return find_spot(kind, name, [self, *self.torn])

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember where everything was and end the program."""
        if not self._leaving:
            self._remember()
        super().closeEvent(event)
        if not self._leaving:
            QApplication.quit()

    def quit(self) -> None:
        """End the program."""
        self.close()

    def vanish(self) -> None:
        """Go away without ending the program, after `shut_down`: the shift is over."""
        self._remember()
        self._leaving = True
        self._torn.vanish()
        self.hide()
        self.deleteLater()

    def shut_down(self) -> None:
        """End the maps' pages in the order that QtWebEngine asks for."""
        self._stack.shut_down()
        self._torn.shut_down()


def _texts(board: Board, lang: str) -> Texts:
    city = board.city
    return Texts(lang, city.case_word if lang == "zh" else city.case_word_en)
