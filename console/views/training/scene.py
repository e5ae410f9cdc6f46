"""A replay that is open: its own board and all that belongs to it. It outlives the screen that shows it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from console.domain.role import Role
from console.field.geometry import Geometry
from console.live.board import Board
from console.live.flash import Flash
from console.live.headline import Headline
from console.live.orders import Orders
from console.live.readings import Readings
from console.live.replayed import ReplayLink
from console.replay.branch import World
from console.replay.expectation import Expectation
from console.replay.timeline import Timeline
from console.settings import FeedChoice
from console.views.selection import Selection
from console.views.stage import Stage
from console.views.training.counting import Counting
from console.wire.frames import DayVolumes

SEATS = {
    "desk": Role.DISPATCHER,
    "wall": Role.WALL,
    "duty": Role.DUTY_CHIEF,
    "incident": Role.EMERGENCY,
}
"""Whose seat the trainee takes on each screen, whatever their role is outside."""

ABSENT = {"duty": (Role.DUTY_CHIEF,)}
"""Whose rulings are left to a trainee who takes over on that screen; elsewhere the simulated chief rules."""


class Scene(QObject):
    """Made of a timeline; nothing in it knows the live board, its link or its log.

    It is a child of the live board only so that a screen that is built anew (torn off, in the other
    language) finds it again.
    """

    bookmarked = Signal()
    """`bookmarks` are others."""

    def __init__(
        self,
        live: Stage,
        timeline: Timeline,
        *,
        begin: datetime | None = None,
        title: str = "",
        notes: str = "",
        expectations: tuple[Expectation, ...] = (),
        volumes: Iterable[DayVolumes] = (),
    ) -> None:
        """Stands paused at `begin` (UTC domain time); nothing is told before `start`.

        `title`, `notes` and `expectations` are a scenario's.
        """
        super().__init__(live.board)
        city = live.city
        self.timeline, self.title, self.notes = timeline, title, notes
        self.board = Board(city, self)
        geometry = Geometry(live.boundaries, city)
        world = World(city=city, locate=geometry.locate, point_in_grid=geometry.point_in_grid)
        self.link = ReplayLink(
            timeline, world, self.board.sink, begin=begin, volumes=volumes, parent=self
        )
        self.counting = Counting(self.link, live.tasks, expectations, self)
        self.headline = Headline(self.board, self)
        self.readings = Readings(self.board, live.tasks, self)
        self.selection = Selection(self)
        self.bookmarks: list[datetime] = []
        """What the user marked, UTC domain times in order."""
        self.place = "desk"
        """The screen in sight."""
        self._orders: dict[Role, Orders] = {}
        self._flash = Flash(self.board, self)
        self.board.diverged.connect(self.link.relist)

    def start(self) -> None:
        """Tell the first picture and follow the clock."""
        self.board.start()
        self.link.start()
        self.board.drain()

    def end(self) -> None:
        """Let go of the day."""
        self.link.stop()
        self.board.stop()
        self.setParent(None)
        self.deleteLater()

    def stage(self, live: Stage, place: str = "desk") -> Stage:
        """What a screen of the replay stands on: the words and files of `live`, everything else its own."""
        seat = SEATS[place]
        settings = replace(
            live.settings,
            role=seat.value,
            seat=live.texts("training.seat"),
            api=(),
            # The top bar says "recorded", not "simulated".
            feed=FeedChoice(source=self.title),
        )
        return replace(
            live,
            board=self.board,
            headline=self.headline,
            readings=self.readings,
            orders=self._orders_of(seat),
            selection=self.selection,
            settings=settings,
            role=seat,
            training=True,
            flash=self._flash,
            alarm_seat=None,
        )

    def _orders_of(self, seat: Role) -> Orders:
        if seat not in self._orders:
            self._orders[seat] = Orders(self.board, self.link.submit, self, role=seat)
        return self._orders[seat]

    def bookmark(self) -> bool:
        """Mark the position, or take its mark away; whether it is marked now."""
        here = self.link.playback.position
        near = [mark for mark in self.bookmarks if abs((mark - here).total_seconds()) < 1]
        if near:
            self.bookmarks.remove(near[0])
        else:
            self.bookmarks = sorted([*self.bookmarks, here])
        self.bookmarked.emit()
        return not near

    def fraction_of(self, moment: datetime) -> float:
        """Where a moment (UTC) lies in the day, 0 to 1."""
        playback = self.link.playback
        return (moment - playback.begins) / (playback.ends - playback.begins)

    def moment_of(self, fraction: float) -> datetime:
        """The moment (UTC) at a fraction of the day."""
        playback = self.link.playback
        return playback.begins + (playback.ends - playback.begins) * fraction


def scene_of(live: Board) -> Scene | None:
    """The replay that is open on this machine."""
    return live.findChild(Scene)
