"""What is round a screen in every window: top bar and banner above, status line below, red while offline."""

from functools import partial

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from console.views.alarms.strip import AlarmStrip, show_alarms
from console.views.notice_bar import NoticeBar
from console.views.screen import Screen
from console.views.stage import Stage
from console.views.status_bar import StatusBar
from console.views.switcher import Switcher
from console.views.top_bar import TopBar
from console.widgets.banner import Banner

OFFLINE_FRAME = 6
"""Width of the red frame round everything while the centre is away."""
HANDLE_MS = 3000
"""Over a bare screen the menu's button stays so long after the mouse has moved."""


class Frame(QWidget):
    """Follows the board; a bare screen hides bar and status line."""

    menu_wanted = Signal(QPoint)
    """Where to open the menu, in global coordinates."""

    def __init__(self, stage: Stage, switcher: Switcher, body: QWidget) -> None:
        """`body` is the screen, or the stack of them."""
        super().__init__()
        self.setObjectName("frame")
        self._board = stage.board
        self._bare = False
        self.top = TopBar(stage, switcher)
        self.banner = Banner()
        self.notices = NoticeBar(stage.notices, stage.texts)
        self.alarms = _strip(stage)
        self.status = StatusBar(stage.board, stage.orders, stage.texts)
        self._box = box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(1)
        box.addWidget(self.top)
        box.addWidget(self.banner)
        box.addWidget(self.notices)
        if self.alarms is not None:
            box.addWidget(self.alarms)
            self.alarms.list_wanted.connect(partial(show_alarms, stage, self))
        box.addWidget(body, 1)
        box.addWidget(self.status)
        self._handle = QPushButton("☰", self)
        self._handle.setObjectName("bare-menu-button")
        self._handle.setToolTip(stage.texts("window.menu"))
        self._handle.hide()
        self._hide_handle = QTimer(self, interval=HANDLE_MS, singleShot=True)
        self._hide_handle.timeout.connect(self._handle.hide)
        self._handle.clicked.connect(self.want_menu)
        self.top.menu_wanted.connect(self.want_menu)
        stage.board.ticked.connect(self._show_offline)

    def serve(self, screen: Screen) -> None:
        """What the screen says stands in the status line."""
        screen.said.connect(self.status.say_key)
        screen.told.connect(self.status.say)

    def want_menu(self) -> None:
        """Ask for the menu below its button."""
        below = 8 + self._handle.height() if self._bare else self.top.height()
        self.menu_wanted.emit(self.mapToGlobal(QPoint(8, below)))

    def set_bare(self, bare: bool) -> None:
        """Whether the screen fills the window."""
        self._bare = bare
        self.top.setHidden(bare)
        self.status.setHidden(bare)
        if self.alarms is not None:
            self.alarms.setHidden(bare)
        self._handle.hide()
        self._show_offline()

    def show_handle(self) -> None:
        """The mouse moved: over a bare screen it finds the menu."""
        self._handle.adjustSize()
        self._handle.move(8, 8)
        self._handle.raise_()
        self._handle.show()
        self._hide_handle.start()

    def _show_offline(self) -> None:
        """Offline: a red frame round everything; timers keep running as estimates.

        A bare screen draws its own, in its own measure.
        """
        offline = self.top.offline and not self._bare
        if self.property("offline") != offline:
            self.setProperty("offline", offline)
            margin = OFFLINE_FRAME if offline else 0
            self._box.setContentsMargins(margin, margin, margin, margin)
            self.style().unpolish(self)
            self.style().polish(self)


def _strip(stage: Stage) -> AlarmStrip | None:
    """None where nothing is an alarm: in a replay, at a wall's or an auditor's seat."""
    seat = stage.alarm_seat
    return AlarmStrip(seat, stage) if seat is not None and seat.alarms.kinds else None
