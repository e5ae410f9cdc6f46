"""An incident screen on a made picture, with the centre's rules behind it and a clock that a test moves."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QPixmap

from console.domain.assignment import Assignment
from console.domain.city import City
from console.domain.command import Command
from console.domain.event import Event
from console.domain.incident import Incident
from console.domain.place import Position
from console.domain.role import Role
from console.domain.rules.scene import Located
from console.field.offline import Offline
from console.live.board import Board
from console.live.timekeeper import Timekeeper
from console.store.changes import ChangeSet
from console.views.incident.screen import IncidentScreen
from console.wire.commands import Envelope, wrap
from console.wire.frames import DomainClock
from console.wire.messages import CommandMoved, Tick
from tests.builders import work_time
from tests.qt.desk_picture import NOW
from tests.qt.views.stand_ins import StandInMap

DISTRICT = "460106"
CENTRE = Position(110.3266, 20.0297)


class LinkageMap(StandInMap):
    """The stand-in with what only the linkage uses."""

    drawn = Signal(list)
    drawing_ended = Signal()
    pin_clicked = Signal(str, str)
    pin_pressed = Signal(str, str)

    def __init__(self, *parts: Any, **named: Any) -> None:
        super().__init__(*parts, **named)
        self.tool: str | None = None
        self.footprints: dict[str, Any] = {}
        self.hours: dict[str, int] = {}
        self.teams: list[Any] = []
        self.places: list[Any] = []

    def draw(self, tool: str | None) -> None:
        self.tool = tool

    def finish(self, ring: Sequence[Position]) -> None:
        """What the page does at the end of a drawing."""
        self.tool = None
        self.drawn.emit(list(ring))
        self.drawing_ended.emit()

    def set_style(self, style: object) -> None:
        self.style_of_map = style

    def set_footprints(self, footprints: Any) -> None:
        self.footprints = {one.id: one for one in footprints}

    def set_footprint_grids(self, hours: Any) -> None:
        self.hours = dict(hours)

    def set_teams(self, pins: Any) -> None:
        self.teams = list(pins)

    def set_places(self, pins: Any) -> None:
        self.places = list(pins)

    def picture(self) -> QPixmap:
        picture = QPixmap(640, 360)
        picture.fill(QColor("#223344"))
        return picture


def locate(position: Position) -> Located:
    """Everything within half a degree is in one district, the rest in none."""
    near = abs(position.lon - CENTRE.lon) < 0.5 and abs(position.lat - CENTRE.lat) < 0.5
    return Located(district=DISTRICT) if near else Located()


@dataclass
class Linkage:
    """The screen and who stands behind it. Minutes count from NOW."""

    screen: IncidentScreen
    board: Board
    centre: "RuleCentre"

    @property
    def incident(self) -> Incident:
        found = self.screen.focus.incident
        assert found is not None
        return found

    def orders(self) -> list[Assignment]:
        return list(self.board.picture.orders_of(self.incident.id))


@dataclass
class RuleCentre:
    """Answers every command at once by the rules; keeps what was sent and what happened."""

    board: Board
    city: City
    role: Role
    sent: list[Envelope] = field(default_factory=list)
    log: list[Event] = field(default_factory=list)
    minutes: float = 0.0

    def __post_init__(self) -> None:
        self.board.time = Timekeeper(lambda: self.minutes * 60)
        self.hear()
        picture = self.board.picture
        self.rules = Offline(self.city, work_time(), locate, picture, self.role)

    @property
    def now(self) -> datetime:
        return NOW + timedelta(minutes=self.minutes)

    def hear(self) -> None:
        clock = DomainClock(domain_time=self.now, server_time=self.now, rate=1.0, simulated=False)
        self.board.time.hear(clock, self.minutes * 60)

    def go_to(self, minutes: float, *, silent: bool = False) -> None:
        """Let time pass, the centre's timers with it; `silent` leaves the console without news."""
        self.minutes = minutes
        if not silent:
            self.hear()
            self._publish(self.rules.run_timers(self.now))
        self.board.ticked.emit()

    def submit(self, envelope: Envelope) -> None:
        self.sent.append(envelope)
        answers, changes = self.rules.send([envelope], self.now)
        self._publish(changes)
        tick = Tick.COMMITTED if answers[0].status == 201 else Tick.REFUSED
        self.board.command_moved.emit(CommandMoved(envelope, tick, answers[0]))

    def field(self, command: Command) -> None:
        """What the field says."""
        answers, changes = self.rules.send(
            [wrap(command, f"f{len(self.log)}")], self.now, Role.FIELD
        )
        assert answers[0].status == 201, answers[0].problem
        self._publish(changes)

    def _publish(self, changes: ChangeSet) -> None:
        self.log += self.rules.take()
        if changes:
            self.board.changed.emit(changes)

    def history(self, _: str) -> list[Event]:
        return list(self.log)

    def types(self) -> list[str]:
        return [envelope.type for envelope in self.sent]
