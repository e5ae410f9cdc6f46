"""The running console on the GUI thread: application, board, what is behind it, and the windows."""

import logging
import signal
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from console.app.children import EmbeddedCentral
from console.app.live import Live
from console.app.probe import Probe
from console.app.problems import StartProblem
from console.app.tally import Tally
from console.client.outbox import Outbox
from console.domain.city import City
from console.geo.boundaries import Boundaries
from console.live.board import Board
from console.live.measure import Measure
from console.live.tasks import Tasks
from console.map.scheme import register_scheme
from console.paths import cache_dir
from console.settings import PreferencesFile, Settings
from console.store.changes import ChangeSet
from console.theme.qss import dress
from console.views.window import Window
from console.wire.messages import LinkChanged, LinkState

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
        outbox: Outbox | None,
        central: EmbeddedCentral | None,
    ) -> None:
        """Build the window; nothing is connected before `run`.

        Without an outbox nothing is ever connected: a replay needs only the recordings of the
        data folder.
        """
        register_scheme()
        # A screen, and with it QtWebEngine, is loaded only when it is entered: that needs this first.
        QApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
        self._app = QApplication(["baton"])
        super().__init__()
        self._app.setApplicationName("Baton")
        self._app.setApplicationDisplayName("指挥棒 Baton")
        dress(self._app)
        self._settings = settings
        self._city = city
        self._board = Board(city, self)
        self._tasks = Tasks(self)
        self._tally = Tally()
        self._live = (
            Live(settings, self._board, self._tasks, outbox, central, self)
            if outbox is not None
            else None
        )
        self._failure: StartProblem | None = None
        self._window = Window(
            self._board,
            self._tasks,
            boundaries,
            settings,
            cache_dir(settings.data_dir),
            PreferencesFile(settings.data_dir),
        )
        self._board.changed.connect(self._count)
        self._board.link_changed.connect(self._on_link)
        if self._live is not None:
            self._live.connected.connect(self._window.attach)
            self._live.feed_told.connect(self._window.show_feed)
            self._live.failed.connect(self._fail)
        if settings.probe is not None:
            Probe(settings.probe, self._window.locate, self)
        self._measure = Measure(settings.measure, self) if settings.measure is not None else None
        self._window.first_pins.connect(self._on_first_pins)

    def run(self) -> int:
        """Show, connect, work, and end everything in order; returns the exit code."""
        signal.signal(signal.SIGINT, lambda *_: self._app.quit())
        signal.signal(signal.SIGTERM, lambda *_: self._app.quit())
        self._show()
        if self._live is not None:
            self._live.start()
        else:
            # Python sees a signal only between byte codes: the board's timers give it the chance.
            self._board.start()
        try:
            self._app.exec()
        finally:
            self._end()
        if self._failure is not None:
            raise self._failure
        return 0

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

    def _show(self) -> None:
        shot = self._settings.shot
        if shot is not None:
            scale = self._window.devicePixelRatioF()
            self._window.resize(round(shot.width / scale), round(shot.height / scale))
            self._window.show()
            QTimer.singleShot(round(shot.after * 1000), lambda: self._finish(shot.file))
        elif self._settings.unattended:
            seconds = UNATTENDED_S
            _say(
                f"没有显示器：离屏运行约 {seconds} 秒后保存 console.png。",
                f"No display: working offscreen for about {seconds} s, then saving console.png.",
            )
            self._window.resize(1920, 1080)
            self._window.show()
            QTimer.singleShot(seconds * 1000, lambda: self._finish(Path("console.png")))
        else:
            self._window.show_remembered()
        if self._settings.for_seconds is not None:
            QTimer.singleShot(round(self._settings.for_seconds * 1000), self._app.quit)

    def _finish(self, file: Path) -> None:
        """Take the picture and end."""
        if not self._window.grab().save(str(file)):
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
        self._window.show_failure(problem.zh, problem.en)
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
        self._board.stop()
        self._tasks.stop()
        if self._live is not None:
            self._live.stop()
        self._window.shut_down()


def _say(zh: str, en: str) -> None:
    print(f"{zh}\n{en}", flush=True)
