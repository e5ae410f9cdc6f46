"""Positions come out newest first-hand, and columns from outside are judged."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from console.domain.place import Position
from console.domain.worker import Fix
from console.replay.tracks import Columns, Tracks, tracks_of
from tests.unit.replay.made import recording

BEGIN = datetime(2026, 6, 3, tzinfo=UTC)
GOOD = Columns(workers=["a"], who=[0, 0], heard=[1, 2], fixed=[1, 2], lon=[110, 110], lat=[20, 20])


def fix(worker: str, heard: int, fixed: int | None = None) -> Fix:
    minute = timedelta(minutes=1)
    measured = BEGIN + (heard if fixed is None else fixed) * minute
    place = Position(round(110.3 + heard / 1000, 6), 20.0)
    return Fix(worker=worker, position=place, fix_at=measured, received_at=BEGIN + heard * minute)


def test_the_latest_of_each_worker_in_a_span() -> None:
    tracks = tracks_of([fix("a", 1), fix("b", 2), fix("a", 3), fix("a", 5)], BEGIN)
    at = [BEGIN + timedelta(minutes=n) for n in range(7)]
    assert tracks.latest(at[0]) == []
    assert tracks.latest(at[4]) == [fix("b", 2), fix("a", 3)]
    assert tracks.latest(at[6], after=at[3]) == [fix("a", 5)]
    assert tracks.latest(at[3], after=at[2]) == [fix("a", 3)]


def test_a_late_report_of_an_older_place_is_left_out() -> None:
    tracks = tracks_of([fix("a", 3), fix("a", 4, fixed=1), fix("a", 6, fixed=5)], BEGIN)
    assert [f.fix_at for f in tracks.latest(BEGIN + timedelta(minutes=4))] == [fix("a", 3).fix_at]
    assert len(tracks) == 2


@pytest.mark.parametrize(
    "change",
    [
        {"who": [0]},
        {"who": [0, 1]},
        {"who": [-1, 0]},
        {"heard": [2, 1]},
        {"fixed": [2, 1]},
        {"lat": [20, 91_000_000]},
        {"lon": [10**30, 110]},
        {"heard": [1, 10**15]},
    ],
)
def test_columns_that_do_not_fit_are_refused(change: dict[str, list[int]]) -> None:
    Tracks(GOOD, BEGIN)
    with pytest.raises(ValueError):
        Tracks(replace(GOOD, **change), BEGIN)


def test_a_made_day_has_positions_of_those_on_duty_only() -> None:
    columns = recording().tracks.columns()
    assert len(columns.workers) > 40
    assert len(columns.who) > 5_000
