"""The running console on the GUI thread: who may work here, their shift, and the end of it all."""

import gc
import logging
import signal
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from console.app.children import EmbeddedCentral
from console.app.garbage import collect_due
from console.app.probe import Probe
from console.app.problems import StartProblem
from console.app.shift import Shift
from console.app.tally import Tally
from console.domain.city import City
from console.domain.role import Role
from console.geo.boundaries import Boundaries
from console.live.door import Person
from console.live.measure import Measure
from console.map.engine import prepare_engine
from console.settings import Settings
from console.store.changes import ChangeSet
from console.theme.qss import dress
from console.views.login.leaving import LeaveDialog
from console.views.screen import Spot
from console.views.spots import find_spot
from console.wire.messages import LinkChanged, LinkState

if TYPE_CHECKING:
    from console.app.entrance import Entrance

log = logging.getLogger(__name__)

UNATTENDED_S = 60
"""How long the console works when there is no display to show it on."""


class Session(QObject):
    """Everything of one run; `run` returns when it is over."""

    def __init__(
        self,
        settings: Settings,
        city: City,
        boundaries: Boundaries,
        central: EmbeddedCentral | None,
    ) -> None:
        """Nothing is shown or connected before `run`; `central` None means the one of `settings.api`."""
        prepare_engine()
        # A screen, and with it QtWebEngine, is loaded only when it is entered: that needs this first.
        QApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
        self._app = QApplication(["baton"])
        super().__init__()
        self._app.setApplicationName("Baton")
        self._app.setApplicationDisplayName("指挥棒 Baton")
        # Between two people there is no window for a moment; the windows say themselves when it is over.
        self._app.setQuitOnLastWindowClosed(False)
        dress(self._app)
        self._settings = settings
        self._city = city
        self._boundaries = boundaries
        self._central = central
        self._tally = Tally()
        self._failure: StartProblem | None = None
        self._shift: Shift | None = None
        self._entrance: Entrance | None = None
        self._shown_before = False
        if settings.by_login:
            self._entrance = self._make_entrance()
        if settings.probe is not None:
            Probe(settings.probe, self._locate, self)
        self._measure = Measure(settings.measure, self) if settings.measure is not None else None

    def run(self) -> int:
        """Show, connect, work, and end everything in order; returns the exit code."""
        signal.signal(signal.SIGINT, lambda *_: self._app.quit())
        signal.signal(signal.SIGTERM, lambda *_: self._app.quit())
        # Python sees a signal only between byte codes: the pulse gives it the chance.
        gc.disable()
        pulse = QTimer(self, interval=500)
        pulse.timeout.connect(collect_due)
        pulse.start()
        if self._entrance is not None:
            self._entrance.ask()
        else:
            self._begin(None, Role(self._settings.role))
        try:
            self._app.exec()
        finally:
            self._end()
        if self._failure is not None:
            raise self._failure
        return 0

    def _make_entrance(self) -> "Entrance":
        # Its libraries are loaded only where somebody has to log in.
        from console.app.entrance import Entrance

        made = Entrance(self._settings, self._city, self)
        made.entered.connect(self._on_entered)
        made.left.connect(self._app.quit)
        return made

    # -- who works here ----------------------------------------------------------------------

    def _on_entered(self, person: Person, role: Role) -> None:
        """Somebody is in: the same person goes on where they were, another one gets a shift of their own."""
        shift = self._shift
        if shift is None:
            self._begin(person, role)
        elif (shift.person, shift.settings.role) == (person, role.value):
            shift.go_on()
        else:
            # Other rights: nothing of the former shift may be done in them.
            left = shift.person if shift.waiting() else None
            self._end_shift()
            self._begin(person, role)
            if left is not None and left.login != person.login:
                self._tell_of(left.name)

    def _tell_of(self, name: str) -> None:
        """Orders of somebody else wait on this computer."""
        if self._shift is not None:
            self._shift.window.stage.notices.add(
                "other-person", lambda texts: texts("session.other_person", name=name)
            )

    def _begin(self, person: Person | None, role: Role) -> None:
        settings, account = replace(self._settings, role=role.value), None
        if self._entrance is not None:
            settings = replace(settings, lang=self._entrance.lang)
            account = self._entrance.account
        try:
            shift = Shift(
                settings, self._city, self._boundaries, self._central, account, person, self
            )
        except StartProblem as problem:
            self._failure = problem
            QTimer.singleShot(0, self._app.quit)
            return
        self._shift = shift
        shift.board.changed.connect(self._count)
        shift.board.link_changed.connect(self._on_link)
        shift.failed.connect(self._fail)
        shift.window.first_pins.connect(self._on_first_pins)
        shift.window.log_in_wanted.connect(self._ask_again)
        shift.window.log_out_wanted.connect(self._ask_to_leave)
        self._show(shift)
        shift.start()

    def _ask_again(self, why: str) -> None:
        """The login over the picture, which goes on below it."""
        if self._entrance is not None and self._shift is not None:
            self._entrance.ask_again(self._shift.window, why, self._shift.settings.role)

    def _ask_to_leave(self) -> None:
        """Somebody wants to log out: at once, unless orders of theirs wait."""
        shift = self._shift
        if shift is None or shift.person is None:
            return
        waiting = shift.waiting()
        if not waiting:
            self._log_out()
            return
        dialog = LeaveDialog(shift.person.name, waiting, shift.window.texts, shift.window)
        dialog.accepted.connect(self._log_out)
        dialog.open()

    def _log_out(self) -> None:
        if self._entrance is not None and self._shift is not None:
            self._entrance.lang = self._shift.window.texts.lang
            self._entrance.leave()
            self._end_shift()
            self._entrance.ask(resume=False)

    def _end_shift(self) -> None:
        shift, self._shift = self._shift, None
        if shift is not None:
            shift.end()
            shift.clear_away()

    def _locate(self, kind: str, name: str) -> Spot:
        if self._shift is not None:
            return self._shift.window.locate(kind, name)
        return find_spot(kind, name, [])

    # -- how it is shown ---------------------------------------------------------------------

    def _on_first_pins(self) -> None:
        self._mark("first_pins")
        if self._settings.until_pins:
            self._app.quit()
        elif self._measure is not None:
            # The warm-up is over when the charts are there too.
            QTimer.singleShot(10_000, lambda: self._mark("steady"))

    def _mark(self, moment: str) -> None:
        if self._measure is not None:
            self._measure.mark(moment)

    def _show(self, shift: Shift) -> None:
        shot, window = self._settings.shot, shift.window
        if shot is not None:
            scale = window.devicePixelRatioF()
            window.resize(round(shot.width / scale), round(shot.height / scale))
            window.show()
        elif self._settings.unattended:
            window.resize(1920, 1080)
            window.show()
        else:
            window.show_remembered()
        if not self._shown_before:
            self._shown_before = True
            self._set_the_end()

    def _set_the_end(self) -> None:
        """A run that nobody ends by hand ends by itself."""
        shot = self._settings.shot
        if shot is not None:
            QTimer.singleShot(round(shot.after * 1000), lambda: self._finish(shot.file))
        elif self._settings.unattended:
            seconds = UNATTENDED_S
            _say(
                f"没有显示器：离屏运行约 {seconds} 秒后保存 console.png。",
                f"No display: working offscreen for about {seconds} s, then saving console.png.",
            )
            QTimer.singleShot(seconds * 1000, lambda: self._finish(Path("console.png")))
        if self._settings.for_seconds is not None:
            QTimer.singleShot(round(self._settings.for_seconds * 1000), self._app.quit)

    def _finish(self, file: Path) -> None:
        """Take the picture and end."""
        if self._shift is None or not self._shift.window.grab().save(str(file)):
            self._failure = StartProblem(
                f"无法写入截图 {file}。", f"The screenshot {file} cannot be written."
            )
        elif self._settings.unattended:
            _say("这段时间里：", "What happened:")
            print(self._tally.text())
            _say(f"截图：{file}", f"Picture: {file}")
        self._app.quit()

    def _fail(self, problem: StartProblem) -> None:
        """The centre cannot be had: say so on the window and, without a watcher, end."""
        self._failure = problem
        if self._shift is not None:
            self._shift.window.show_failure(problem.zh, problem.en)
        if self._settings.shot is not None or self._settings.unattended:
            self._app.quit()

    def _on_link(self, link: LinkChanged) -> None:
        if link.state is LinkState.REFUSED:
            log.error("the centre refuses this console: %s %s", link.code, link.detail)

    def _count(self, changes: ChangeSet) -> None:
        self._tally.add(changes.events)

    def _end(self) -> None:
        if self._measure is not None:
            self._measure.write()
        if self._entrance is not None:
            self._entrance.stop()
        if self._shift is not None:
            self._shift.end()


def _say(zh: str, en: str) -> None:
    print(f"{zh}\n{en}", flush=True)
