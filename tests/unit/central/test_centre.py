"""Start, book-keeping and restart of a whole centre."""

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from console.central import stream_log as stream_log_module
from console.central.centre import Centre
from console.central.failure import StartFailure
from console.central.ledger import Signature
from console.central.sqlite import FILE_NAME
from console.central.tables import stream_log
from console.domain.role import Role
from console.wire.frames import DomainClock
from tests.builders import T0
from tests.unit.central.desk import Wall, accept, do, events_of, open_centre


def test_a_log_begins_once(tmp_path: Path) -> None:
    wall = Wall()
    for _ in range(2):
        centre = open_centre(tmp_path, wall)
        assert sorted(e.type for e in events_of(centre)) == ["clock.set", "day.began"]
        centre.database.close(clean=True)


def test_a_simulated_city_stands_still_over_night(tmp_path: Path) -> None:
    wall = Wall()
    first = open_centre(tmp_path, wall)
    start = T0 - timedelta(days=300)
    setting = DomainClock(domain_time=start, server_time=T0, rate=60, simulated=True)
    first.writer.set_clock(setting, Signature("feed", Role.FIELD, "clock"))
    wall.turn(seconds=10)
    do(first, accept("C1"))
    first.database.close(clean=False)
    wall.turn(hours=9)
    second = open_centre(tmp_path, wall)
    assert second.clock.now() == start + timedelta(minutes=10)
    assert second.clock.rate == 60
    last = events_of(second)[-1]
    assert (last.type, last.role) == ("clock.set", Role.CENTRE)
    second.database.close(clean=True)


def test_a_real_city_goes_on_with_real_time(tmp_path: Path) -> None:
    wall = Wall()
    first = open_centre(tmp_path, wall)
    do(first, accept("C1"))
    first.database.close(clean=True)
    wall.turn(hours=9)
    second = open_centre(tmp_path, wall)
    assert second.clock.now() == wall.now
    assert events_of(second)[-1].type != "clock.set"
    second.database.close(clean=True)


def visits_of(centre: Centre) -> list[tuple]:
    with centre.database.writing() as connection:
        written = stream_log_module.write(connection, centre.visits.pending())
        rows = connection.execute(select(stream_log).order_by(stream_log.c.id)).all()
    centre.visits.written(written)
    return [(r.seat, r.first_rev, r.last_rev, r.disconnected) for r in rows]


def test_the_log_of_visits_tells_what_was_delivered(centre: Centre, wall: Wall) -> None:
    delivered = [2]
    visit = centre.visits.enter("席 1", wall(), 2, lambda: delivered[0])
    assert visits_of(centre) == [("席 1", 2, 2, None)]
    delivered[0] = 9
    assert visits_of(centre) == [("席 1", 2, 9, None)]
    wall.turn(minutes=1)
    visit.disconnected = wall()
    assert visits_of(centre) == [("席 1", 2, 9, wall())]
    delivered[0] = 99
    assert visits_of(centre) == [("席 1", 2, 9, wall())], "what has ended is not touched again"


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE counter SET at = 9223372036854775807",
        "UPDATE counter SET clock = '{'",
        "DELETE FROM counter",
        "UPDATE cases SET body = 'nonsense'",
        "UPDATE events SET change = '[' WHERE rev = (SELECT max(rev) FROM events)",
    ],
)
def test_rows_that_make_no_sense_are_told_and_not_a_crash(tmp_path: Path, damage: str) -> None:
    first = open_centre(tmp_path, Wall())
    do(first, accept("C1"))
    first.database.close(clean=True)
    with sqlite3.connect(tmp_path / FILE_NAME) as database:
        database.execute(damage)
    database.close()
    with pytest.raises(StartFailure) as caught:
        open_centre(tmp_path, Wall())
    assert caught.value.problem == "database-corrupt"
