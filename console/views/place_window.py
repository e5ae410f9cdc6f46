"""What the main window and the torn-off ones have in common: frame, keys, menu, displays."""

from abc import abstractmethod
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QMenu

from console.domain.role import SCREENS, Role
from console.i18n import Texts
from console.views import displays
from console.views.alarms.list_dialog import AlarmList
from console.views.alarms.strip import show_alarms
from console.views.frame import Frame
from console.views.help import About, KeyHelp
from console.views.pointer import Pointer
from console.views.screen import Screen
from console.views.screens import key_of, seen_by, title_of
from console.views.stage import Stage
from console.views.status_bar import StatusBar
from console.views.top_bar import TopBar
from console.widgets.banner import Banner


class PlaceWindow(QMainWindow):
    """A window that shows one screen at a time."""

    screen_wanted = Signal(str)
    """The name of a screen that the user wants to see, wherever it is."""
    language_wanted = Signal()
    log_out_wanted = Signal()

    frame: Frame
    moored = False
    """Whether it belongs to one display, from which it is not taken to another."""

    def __init__(self, stage: Stage) -> None:
        """Empty; `wear` gives it a frame."""
        super().__init__()
        self.stage = stage
        self._pointer = Pointer(self)
        self._pointer.back.connect(self._go_back)
        self._pointer.moved.connect(self._show_handle)
        for name in SCREENS:
            self._add_key(key_of(name), partial(self.screen_wanted.emit, name))
        self._add_key("Ctrl+Shift+T", self.tear)
        self._add_key("F10", lambda: self.frame.want_menu())
        self._add_key("F11", self.toggle_full_screen)
        self._add_key("Alt+Left", self._go_back)
        self._add_key("Backspace", self._go_back)
        self._add_key("Ctrl+L", self._show_alarms)
        self._add_key("Ctrl+Y", self._seen)
        self._add_key("Ctrl+M", self._silence)
        self._escape = self._add_key("Esc", self.leave)

    def _add_key(self, key: str, act: Callable[[], object]) -> QShortcut:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.activated.connect(act)
        return shortcut

    @property
    def texts(self) -> Texts:
        """The words of the language in use."""
        return self.stage.texts

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
    @abstractmethod
    def shown(self) -> Screen:
        """The screen in sight."""

    @property
    @abstractmethod
    def name(self) -> str:
        """The name of the screen in sight."""

    @abstractmethod
    def tear(self) -> None:
        """Put the screen into a window of its own, or back."""

    @abstractmethod
    def leave(self) -> None:
        """Esc over a bare screen: there is no bar to click."""

    @abstractmethod
    def tear_words(self) -> str:
        """What `tear` does, for the menu."""

    def wear(self, frame: Frame) -> None:
        """Show this frame from now on."""
        for opened in self.findChildren(AlarmList):
            # Its words are those of the frame before.
            opened.close()
        self.frame = frame
        frame.menu_wanted.connect(self._show_menu)
        self.setCentralWidget(frame)
        frame.show()

    def wear_screen(self) -> None:
        """Title and bars are those of the screen in sight."""
        texts, city = self.texts, self.stage.city
        name = texts("app.full_name", city=texts.pick(city.name, city.name_en))
        self.setWindowTitle(f"{title_of(self.name, texts)} · {name}")
        self.frame.set_bare(self.shown.bare)
        self.frame.notices.set_quiet(self.shown.public and self.stage.role is not Role.WALL)
        self.setMinimumSize(*self.shown.least_size)
        self._escape.setEnabled(self._is_stuck())

    def _is_stuck(self) -> bool:
        """Nothing on the screen leads back."""
        return self.shown.bare and not self.shown.own_way_out

    def _show_alarms(self) -> None:
        if self.frame.alarms is not None:
            show_alarms(self.stage, self)

    def _seen(self) -> None:
        if self.stage.alarm_seat is not None:
            self.stage.alarm_seat.acknowledge_first()

    def _silence(self) -> None:
        if self.stage.alarm_seat is not None:
            self.stage.alarm_seat.toggle_silence()

    def _go_back(self) -> None:
        self.shown.go_back()

    def _show_handle(self) -> None:
        if self._is_stuck():
            self.frame.show_handle()

    def come_forward(self) -> None:
        """Before the other windows, also when it was minimised."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.raise_()
        self.activateWindow()

    def toggle_full_screen(self) -> None:
        """Over the whole display, or back."""
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    def _show_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setObjectName("menu")
        menu.setToolTipsVisible(True)
        self._add_screens(menu)
        self._add_displays(menu)
        self.shown.add_to_menu(menu)
        self._add_alarms(menu)
        texts, keys = self.texts, self.shown.key_help
        menu.addAction(texts("menu.language"), self.language_wanted.emit)
        menu.addAction(texts("menu.help"), lambda: KeyHelp(texts, self, keys).show())
        menu.addAction(texts("menu.about"), lambda: About(self.stage.city, texts, self).show())
        menu.addSeparator()
        if self.stage.person is not None:
            words = texts("session.log_out", name=self.stage.person.name)
            menu.addAction(words.replace("&", "&&"), self.log_out_wanted.emit)
        menu.addAction(texts("app.quit"), lambda: self.quit())
        menu.exec(at)
        menu.deleteLater()

    @abstractmethod
    def quit(self) -> None:
        """End the program."""

    def _add_screens(self, menu: QMenu) -> None:
        """All of them: one that the role does not see says why."""
        texts, seen = self.texts, seen_by(self.stage.role)
        role = texts(f"role.{self.stage.role}")
        for name in SCREENS:
            words = title_of(name, texts)
            action = menu.addAction(words, partial(self.screen_wanted.emit, name))
            action.setCheckable(True)
            action.setChecked(name == self.name)
            action.setShortcut(QKeySequence(key_of(name)))
            if name not in seen:
                reason = texts("window.not_yours", role=role)
                action.setText(f"{words} · {reason}")
                action.setToolTip(reason)
                action.setEnabled(False)
        menu.addSeparator()

    def _add_alarms(self, menu: QMenu) -> None:
        seat, texts = self.stage.alarm_seat, self.texts
        if seat is None or self.frame.alarms is None:
            return
        opened = menu.addAction(texts("alarm.open_list"), self._show_alarms)
        opened.setShortcut(QKeySequence("Ctrl+L"))
        key = "silence.end" if seat.voice.left else "silence.button"
        silence = menu.addAction(texts(key), seat.toggle_silence)
        silence.setShortcut(QKeySequence("Ctrl+M"))
        silence.setEnabled(seat.may_silence)
        menu.addSeparator()

    def _add_displays(self, menu: QMenu) -> None:
        texts = self.texts
        tear = menu.addAction(self.tear_words(), self.tear)
        tear.setShortcut(QKeySequence("Ctrl+Shift+T"))
        for number, display in enumerate(displays.displays(), start=1):
            if display is not self.screen() and not self.moored:
                words = texts("window.to_display", n=number, name=display.name())
                menu.addAction(words.replace("&", "&&"), partial(displays.move, self, display))
        full = menu.addAction(texts("window.full_screen"), self.toggle_full_screen)
        full.setShortcut(QKeySequence("F11"))
        full.setCheckable(True)
        full.setChecked(self.isFullScreen())
        menu.addSeparator()
