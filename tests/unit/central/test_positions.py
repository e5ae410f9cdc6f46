"""Which positions are taken, and which are kept as tracks."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from console.central.centre import Centre
from console.central.positions import Batch, Tracks, judge, latest
from console.central.tables import tracks
from console.domain.place import Position
from tests.builders import CITY, T0, at, fix
from tests.unit.central.desk import Wall


def raw(**fields: Any) -> dict[str, Any]:
    return {"worker": "W1", "lon": 110.3, "lat": 20.0, "fix_at": T0.isoformat()} | fields


def test_one_bad_position_does_not_stop_the_rest() -> None:
    good, faults = judge(
        Batch(fixes=[raw(lat=None), raw(), raw(lat=200), raw(worker="W2")]), CITY.workers, T0, 1.0
    )
    assert [f.worker for f in good] == ["W1", "W2"]
    assert [(f.index, f.problem) for f in faults] == [(0, "malformed"), (2, "malformed")]


def test_a_little_ahead_is_now_and_much_ahead_is_refused() -> None:
    soon = raw(fix_at=(T0 + timedelta(seconds=4)).isoformat())
    late = raw(fix_at=(T0 + timedelta(seconds=100)).isoformat())
    good, faults = judge(Batch(fixes=[soon, late]), CITY.workers, T0, 1.0)
    assert [f.fix_at for f in good] == [T0]
    assert [f.problem for f in faults] == ["future"]
    good, faults = judge(Batch(fixes=[late]), CITY.workers, T0, 60.0)
    assert len(good) == 1


def sampled(centre: Centre, *fixes: Any) -> list[tuple[str, Any]]:
    kept = Tracks()
    for one in fixes:
        kept.sample([one])
    with centre.database.writing() as connection:
        count = kept.write(connection)
        assert kept.waiting, "not before the commit"
        rows = connection.execute(select(tracks).order_by(tracks.c.id)).all()
        assert {f.worker for f in latest(connection)} == {row.worker for row in rows}
    kept.written(count)
    assert not kept.waiting
    return [(row.worker, row.fix_at) for row in rows]


def moved(minutes: float, lon: float) -> Any:
    one = fix("W1", minutes)
    return type(one)(
        worker=one.worker,
        position=Position(lon, 20.0),
        fix_at=one.fix_at,
        received_at=one.received_at,
    )


def test_tracks_have_a_point_a_minute_while_moving(centre: Centre) -> None:
    walk = [moved(n / 6, 110.3 + n * 0.001) for n in range(13)]
    assert [when for _, when in sampled(centre, *walk)] == [at(0), at(1), at(2)]


def test_who_stands_leaves_a_point_in_ten_minutes(centre: Centre) -> None:
    stand = [moved(n, 110.3) for n in range(21)]
    assert [when for _, when in sampled(centre, *stand)] == [at(0), at(10), at(20)]


def test_a_restart_knows_the_last_sampled_positions(centre: Centre, wall: Wall) -> None:
    sampled(centre, moved(0, 110.3), moved(5, 110.4))
    with centre.database.reading() as connection:
        (found,) = latest(connection)
    assert found == moved(5, 110.4)
