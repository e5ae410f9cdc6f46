"""A driver over an offline centre of the model city, for tests."""

from datetime import date, datetime, timedelta
from functools import cache

from console.domain.clock import WorkTime
from console.domain.place import Position
from console.domain.role import Role
from console.domain.rules.scene import Located
from console.field.calls import Call, calls_of_day
from console.field.chance import Chance
from console.field.driver import Driver
from console.field.offline import Offline
from console.field.people import People
from console.store.picture import Picture
from console.wire.frames import DayVolumes
from tests.unit.field.model_city import CENTRE, STEP, model_city, point_in_grid

CITY = model_city()
DAY = date(2026, 6, 3)
MIDNIGHT = datetime.combine(DAY, datetime.min.time(), CITY.tz)
HERE_RING = tuple(
    Position(CENTRE.lon + x, CENTRE.lat + y)
    for x, y in ((0.01, 0.01), (0.03, 0.01), (0.03, 0.03), (0.01, 0.03))
)
"""A square of some two kilometres inside the model city, as an incident's footprint."""
BY_CELL = {int(code.rsplit("-", 1)[1]): grid for code, grid in CITY.grids.items()}


def hour(number: float) -> datetime:
    """That hour of the day, aware."""
    return MIDNIGHT + timedelta(hours=number)


def locate(position: Position) -> Located:
    """The lattice cell's areas."""
    column = int((position.lon - CENTRE.lon) / STEP)
    row = int((position.lat - CENTRE.lat) / STEP)
    grid = BY_CELL.get(row * 12 + column)
    if grid is None:
        return Located()
    return Located(district=grid.district, town=grid.town, community=grid.community, grid=grid.code)


@cache
def calls(day: date, expected: int = 900, seed: int = 1) -> tuple[Call, ...]:
    return tuple(calls_of_day(CITY, day, expected, seed, point_in_grid))


def offline() -> Offline:
    return offline_over(Picture(tz=CITY.tz, day=DayVolumes(day=DAY.isoformat())))


def offline_over(picture: Picture) -> Offline:
    work_time = WorkTime(CITY.calendar, CITY.tz, lambda day: day.weekday() < 5)
    return Offline(CITY, work_time, locate, picture, Role.FIELD)


def driver(seed: int = 1, **more: object) -> Driver:
    people = People(CITY, Chance(seed), point_in_grid)
    return Driver(CITY, seed, people, calls, **more)  # type: ignore[arg-type]
