"""What a panel shows of one case's personal data: masked, or for a minute in full."""

import logging
import math
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from console.live.link import Link, NotKept
from console.views.stage import Stage
from console.wire.frames import PrivateDetails
from console.wire.messages import LinkChanged, LinkState

log = logging.getLogger(__name__)

LINGER_MS = 1000
"""Who only passes a case on the way to another one has not looked at it: nothing is asked, nothing recorded."""
KEPT_S = 60.0
"""A look is good for so long: every asking is one more line in the audit."""
SHOWN_S = 60.0
"""How long personal data stand in full on a screen at most."""
AWAY_MS = 300
"""For a moment no window is active when a dialog closes: only what lasts longer is somebody gone away."""


class Look(QObject):
    """One panel's. What is in full is masked as soon as the panel or the whole program is not looked at."""

    changed = Signal()
    """`details`, `left` or what may be done is another."""
    failed = Signal(str, object)
    """`reveal` or `dial` did not go, and the exception."""
    dialled = Signal()

    def __init__(
        self, stage: Stage, panel: QWidget, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """No case yet. `clock` gives seconds that never step back."""
        super().__init__(panel)
        self._stage, self._panel, self._clock = stage, panel, clock
        self._link: Link | None = None
        self._kept: dict[str, tuple[PrivateDetails, float]] = {}
        self._full: PrivateDetails | None = None
        self._told = 0
        self._until = 0.0
        self.case: str | None = None
        self.busy = False
        """Whether an answer is awaited."""
        self._linger = QTimer(self, interval=LINGER_MS, singleShot=True)
        self._linger.timeout.connect(self._fetch)
        self._second = QTimer(self, interval=250)
        self._second.timeout.connect(self._count)
        self._away = QTimer(self, interval=AWAY_MS, singleShot=True)
        self._away.timeout.connect(self.mask)
        panel.installEventFilter(self)
        stage.board.link_changed.connect(self._on_link)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            # A locked screen, another program in front: whoever looks now may be somebody else.
            application.applicationStateChanged.connect(self._on_application)

    def attach(self, link: Link) -> None:
        """From now on it can be asked."""
        self._link = link
        self._begin()
        self.changed.emit()

    @property
    def attached(self) -> bool:
        """Whether there is somebody to ask."""
        return self._link is not None

    @property
    def details(self) -> PrivateDetails | None:
        """What may be shown now; None until it has come."""
        if self._full is not None:
            return self._full
        kept = self._kept.get(self.case or "")
        return kept[0] if kept is not None else None

    @property
    def left(self) -> int:
        """Seconds for which the data still stand in full, 0 while they are masked."""
        if self._full is None:
            return 0
        return max(1, math.ceil(self._until - self._clock()))

    def choose(self, case_id: str | None) -> None:
        """Another case, or the same once more."""
        if case_id != self.case:
            self.mask()
            self.case = case_id
        self._begin()

    # -- masked ------------------------------------------------------------------------------

    def _begin(self) -> None:
        """Ask soon, if nothing fresh is known and somebody looks."""
        now = self._clock()
        self._kept = {c: kept for c, kept in self._kept.items() if now - kept[1] < KEPT_S}
        wanted = self.case is not None and self.case not in self._kept and self._link is not None
        if not wanted or not self._panel.isVisible() or not self._may_look():
            self._linger.stop()
        elif not self._linger.isActive():
            self._linger.start()

    def _may_look(self) -> bool:
        """In a replay there is nothing to look at, which is said."""
        return self._stage.training or self._stage.why_not("look") is None

    def _fetch(self) -> None:
        link, case_id = self._link, self.case
        if link is None or case_id is None or not self._panel.isVisible():
            return

        def take(found: PrivateDetails) -> None:
            self._kept[case_id] = (found, self._clock())
            self.changed.emit()

        def failed(error: Exception) -> None:
            if isinstance(error, NotKept):
                words = self._stage.texts("training.no_private")
                take(PrivateDetails(citizen="", phone="", words=words, address=""))
            else:
                log.warning("the private details of a case cannot be read: %s", error)

        self._stage.tasks.run(lambda: link.private(case_id), take, failed, owner=self)

    # -- in full -----------------------------------------------------------------------------

    def reveal(self, why: str) -> None:
        """Show it in full for a minute; the centre records who looked, and why."""
        link, case_id = self._link, self.case
        if link is None or case_id is None or self.busy:
            return

        def take(found: PrivateDetails) -> None:
            self.busy = False
            if self.case == case_id and self._panel.isVisible():
                self._full, self._until = found, self._clock() + SHOWN_S
                self._second.start()
            self.changed.emit()

        self._ask("reveal", lambda: link.reveal(case_id, why), take)

    def dial(self) -> None:
        """Have the centre's telephone system ring this seat and the citizen; no number is shown."""
        link, case_id = self._link, self.case
        if link is None or case_id is None or self.busy:
            return

        def done(_: object) -> None:
            self.busy = False
            self.dialled.emit()
            self.changed.emit()

        self._ask("dial", lambda: link.dial(case_id), done)

    def _ask(
        self, name: str, work: Callable[[], object], done: Callable[[PrivateDetails], None]
    ) -> None:
        self.busy = True
        self.changed.emit()

        def failed(error: Exception) -> None:
            self.busy = False
            log.warning("%s did not go: %s", name, error)
            self.failed.emit(name, error)
            self.changed.emit()

        self._stage.tasks.run(work, done, failed, owner=self)

    def mask(self) -> None:
        """Show nothing in full any more; what was seen is kept nowhere."""
        self._second.stop()
        if self._full is not None:
            self._full = None
            self.changed.emit()

    def _count(self) -> None:
        if self._clock() >= self._until:
            self.mask()
        elif self.left != self._told:
            self._told = self.left
            self.changed.emit()

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        """Nobody looks at a hidden panel."""
        if event.type() is QEvent.Type.Hide:
            self._linger.stop()
            self.mask()
        elif event.type() is QEvent.Type.Show:
            self._begin()
        return False

    def _on_link(self, link: LinkChanged) -> None:
        # Who could look a moment ago may do so no more.
        if link.state is LinkState.REFUSED:
            self.mask()

    def _on_application(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationActive:
            self._away.stop()
        else:
            self._away.start()
