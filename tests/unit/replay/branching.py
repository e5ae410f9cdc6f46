"""A branch of the small made day, and a trainee who decides in it, for tests."""

from datetime import datetime, timedelta
from functools import cache

from console.domain.assignment import AssignmentRole
from console.domain.command import Assist, Command, Dispatch
from console.domain.event import EntityKind, Event
from console.domain.role import Role
from console.replay.branch import Branch, World
from console.replay.timeline import MarkKind, Timeline
from console.wire.commands import wrap
from tests.unit.field.model_city import point_in_grid
from tests.unit.field.rehearsing import CITY, locate
from tests.unit.replay.made import recording

WORLD = World(city=CITY, locate=locate, point_in_grid=point_in_grid)
BEGINS = recording().about.begins


@cache
def timeline() -> Timeline:
    line = Timeline(recording(), CITY)
    line.marks(MarkKind.RED)
    return line


def at(hours: float) -> datetime:
    return BEGINS + timedelta(hours=hours)


def branch(hours: float) -> Branch:
    """Taken over so many hours after midnight."""
    return Branch(timeline(), at(hours), WORLD)


def history(first: datetime, last: datetime) -> list[Event]:
    return [recording().events[n] for n in timeline().between(first, last)]


def decisions(first: datetime, last: datetime) -> list[tuple[datetime, Command]]:
    """What history's dispatchers ordered, under ids of a trainee's own."""
    found: list[tuple[datetime, Command]] = []
    for event in history(first, last):
        if event.kind != EntityKind.ASSIGNMENT or "id" not in event.change:
            continue
        if event.role is not Role.FIELD:
            continue  # a chief's, who is simulated in the branch as well
        order = event.change
        if order["role"] == AssignmentRole.LEAD:
            command: Command = Dispatch(
                case=order["case"],
                assignment=f"own-{order['id']}",
                unit=order["unit"],
                worker=order["worker"],
            )
        else:
            command = Assist(
                case=order["case"],
                assignment=f"own-{order['id']}",
                unit=order["unit"],
                worker=order["worker"],
                guard=order["role"] == AssignmentRole.GUARD,
            )
        found.append((event.at, command))
    return found


def decide(taken: Branch, orders: list[tuple[datetime, Command]]) -> None:
    """Give the orders at their times; every one must be accepted."""
    for number, (moment, command) in enumerate(orders):
        taken.run_until(moment)
        answer = taken.submit(wrap(command, f"key-{number}"))
        assert answer.committed, answer
