"""A central API inside the test: the tiny city of the builders, a clock that the test turns."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from starlette.applications import Starlette

from console.central.app import create_app
from console.central.auth import Grant
from console.central.centre import Centre
from console.central.database import Database
from console.central.reception import open_reception
from console.central.sqlite import FILE_NAME, SQLite
from console.central.writer import Order
from console.domain.case import Channel
from console.domain.city import City
from console.domain.command import Accept, Command
from console.domain.place import Position
from console.domain.role import Role
from console.domain.rules.scene import Located
from console.store.picture import Picture
from console.wire.commands import Answer, wrap
from tests.builders import CITY, RUBBISH, T0, TZ

IN_TOWN = Located(district="1", town="11", community="111", grid="1111")


class Wall:
    """Server time that stands until it is turned."""

    def __init__(self, now: datetime = T0) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def turn(self, **by: float) -> None:
        self.now += timedelta(**by)


def open_centre(folder: Path, wall: Callable[[], datetime], city: City = CITY) -> Centre:
    """An opened centre; nothing runs by itself."""
    database = Database(SQLite(folder / FILE_NAME))
    centre = Centre(database, city, lambda: lambda _position: IN_TOWN, server_time=wall)
    centre.open()
    return centre


def application() -> Starlette:
    """The application of a centre that is never run."""
    centre = open_centre(Path(mkdtemp()), Wall())
    reception = open_reception(centre, [Grant(b"t" * 16, frozenset(Role))])
    app = create_app(centre, reception, lambda _error: None)
    centre.database.close(clean=True)
    return app


def order(
    command: Command, role: Role = Role.DISPATCHER, key: str | None = None, **fields: Any
) -> Order:
    """A command as it arrives from a seat."""
    envelope = wrap(command, key or uuid.uuid4().hex, **fields)
    return Order(envelope, command, "seat-1", role, IN_TOWN)


def do(centre: Centre, command: Command, role: Role = Role.DISPATCHER, **fields: Any) -> Answer:
    """Submit one command."""
    (answer,) = centre.writer.submit([order(command, role, **fields)])
    return answer


def accept(case: str = "C1", **fields: Any) -> Accept:
    """A registered case of rubbish."""
    known: dict[str, Any] = {
        "case": case,
        "channel": Channel.PHONE,
        "category": RUBBISH,
        "position": Position(110.32, 20.03),
        "register": True,
    }
    return Accept(**(known | fields))


def events_of(centre: Centre) -> list[Any]:
    """The whole log."""
    from console.central import log_reader

    with centre.database.reading() as connection:
        return log_reader.between(connection, 1, 10**9, 10**9)


def followed(centre: Centre) -> Picture:
    """A picture that has followed the log from its first event."""
    picture = Picture(tz=TZ, epoch=centre.epoch)
    picture.apply(events_of(centre))
    return picture
