"""One person at work at this seat: the board, what stands behind it, and the windows; ended as a whole."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from console.app.addresses import way_to
from console.app.children import EmbeddedCentral
from console.app.live import Live
from console.app.outboxes import open_outbox
from console.domain.city import City
from console.domain.role import Role
from console.geo.boundaries import Boundaries
from console.live.board import Board
from console.live.door import Person, Way
from console.live.tasks import Tasks
from console.paths import cache_dir
from console.settings import PreferencesFile, Settings
from console.views.window import Window

if TYPE_CHECKING:
    from console.app.base_maps import SeatMaps
    from console.client.session import Session as Account


class Shift(QObject):
    """A trainer's has nothing behind the board: a replay needs only the recordings of the data folder."""

    failed = Signal(object)
    """A StartProblem: the centre cannot be had, or is gone for good."""

    def __init__(
        self,
        settings: Settings,
        city: City,
        boundaries: Boundaries,
        central: EmbeddedCentral | None,
        account: "Account | None",
        person: Person | None,
        parent: QObject,
    ) -> None:
        """Build the window; nothing is connected before `start`. Raises `StartProblem` for the outbox.

        `account` and `person` are None where nobody logs in.
        """
        super().__init__(parent)
        self.settings = settings
        self.person = person
        self.board = Board(city, self)
        self.tasks = Tasks(self)
        self.live: Live | None = None
        if settings.role != Role.TRAINER:
            outbox = open_outbox(settings, person.login if person is not None else "")
            self.live = Live(settings, self.board, self.tasks, outbox, central, account, self)
        self.base_maps = self._make_base_maps(city)
        self.window = Window(
            self.board,
            self.tasks,
            boundaries,
            settings,
            cache_dir(settings.data_dir),
            PreferencesFile(settings.data_dir),
            person=person,
            base_maps=self.base_maps.base_maps if self.base_maps is not None else None,
        )
        if self.base_maps is not None:
            self.base_maps.join(self.window)
        if way_to(settings.api, own_ca=settings.ca_file is not None) is Way.OPEN:
            self.window.stage.notices.add("open-way", lambda texts: texts("session.open_way"))
        if self.live is not None:
            self.live.connected.connect(self.window.attach)
            self.live.feed_told.connect(self.window.show_feed)
            self.live.failed.connect(self.failed)

    def _make_base_maps(self, city: City) -> "SeatMaps | None":
        if not city.base_maps:
            return None
        # Its libraries are loaded only where the city offers base maps.
        from console.app.base_maps import SeatMaps

        return SeatMaps(self.settings, city, self.tasks, self)

    def start(self) -> None:
        """Connect."""
        if self.live is not None:
            self.live.start()
        else:
            # Python sees a signal only between byte codes: the board's timers give it the chance.
            self.board.start()

    def go_on(self) -> None:
        """The same person has logged in again."""
        if self.live is not None:
            self.live.hurry()
        self.window.welcome_back()

    def waiting(self) -> int:
        """How many orders have not reached the centre."""
        return self.live.waiting() if self.live is not None else 0

    def end(self) -> None:
        """End everything in order; the windows close with it."""
        self.board.stop()
        self.tasks.stop()
        if self.live is not None:
            self.live.stop()
        self.window.shut_down()
        if self.base_maps is not None:
            self.base_maps.stop()

    def clear_away(self) -> None:
        """After `end`: let go of the windows too, for the next person."""
        self.window.vanish()
        self.deleteLater()
