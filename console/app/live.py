"""What stands behind a live board: the centre, the link to it, and the embedded feed. A trainer has none."""

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from console.app.children import Centre, EmbeddedCentral, FeedChild
from console.app.connection import make_link
from console.app.problems import StartProblem
from console.client.outbox import Outbox
from console.live.board import Board
from console.live.tasks import Tasks
from console.settings import Settings
from console.wire.messages import Tick

if TYPE_CHECKING:
    from console.client.link import LiveLink
    from console.client.session import Session as Account

log = logging.getLogger(__name__)


class Live(QObject):
    """Connects in the background; ends everything in order."""

    connected = Signal(object)
    """The Link: commands can be given from now on."""
    feed_told = Signal(object)
    """What the feed says of itself, a dict."""
    failed = Signal(object)
    """A StartProblem: the centre cannot be had, or is gone for good."""

    def __init__(
        self,
        settings: Settings,
        board: Board,
        tasks: Tasks,
        outbox: Outbox,
        central: EmbeddedCentral | None,
        account: "Account | None",
        parent: QObject,
    ) -> None:
        """Nothing is connected before `start`; `central` None means the one of `settings.api`.

        `account` is who logged in there, None where a token does.
        """
        super().__init__(parent)
        self._settings = settings
        self._board = board
        self._tasks = tasks
        self._outbox = outbox
        self._central = central
        self._account = account
        self._link: LiveLink | None = None
        self._feed: FeedChild | None = None

    def start(self) -> None:
        """Look for the centre on a task's thread."""
        self._tasks.run(self._reach, self._connect, self._fail)

    def _reach(self) -> tuple[Centre | None, "LiveLink"]:
        centre = self._central.wait() if self._central is not None else None
        board = self._board
        link = make_link(
            self._settings, centre, self._account, board.city.code, self._outbox, board.sink
        )
        return centre, link

    def _connect(self, reached: tuple[Centre | None, "LiveLink"]) -> None:
        centre, self._link = reached
        if self._central is not None:
            self._central.watch(self.failed.emit)
        self._board.diverged.connect(self._link.relist)
        self._board.start()
        self._link.start()
        self.connected.emit(self._link)
        if centre is not None and self._settings.feed.source != "none":
            self._feed = FeedChild(self._settings, centre, self.feed_told.emit)

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, StartProblem):
            log.error("start failed", exc_info=error)
            error = StartProblem(f"启动失败：{error}", f"The start failed: {error}")
        self.failed.emit(error)

    def hurry(self) -> None:
        """Somebody has logged in again: try now what waits."""
        if self._link is not None:
            self._link.hurry()

    def waiting(self) -> int:
        """How many orders have not reached the centre."""
        return self._outbox.count(Tick.STORED) + self._outbox.count(Tick.HELD)

    def stop(self) -> None:
        """End feed and link; the outbox is closed with the link."""
        if self._feed is not None:
            self._feed.end()
        if self._link is not None:
            self._link.stop()
        else:
            self._outbox.close()
