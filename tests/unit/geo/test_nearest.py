"""The nearest workers are those a search through all of them finds."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.place import Position, distance_m
from console.domain.worker import Fix
from console.geo.nearest import WorkerIndex

_NOW = datetime(2026, 5, 1, tzinfo=UTC)

_position = st.builds(Position, st.floats(110.1, 110.7), st.floats(19.5, 20.1))


def _fix(worker: str, position: Position) -> Fix:
    return Fix(worker=worker, position=position, fix_at=_NOW, received_at=_NOW)


@given(st.lists(_position, max_size=60), _position, st.integers(0, 12))
def test_agrees_with_a_search_through_all(
    people: list[Position], here: Position, count: int
) -> None:
    index = WorkerIndex()
    index.update(_fix(f"W{i:04d}", position) for i, position in enumerate(people))
    found = index.nearest(here, count)
    expected = sorted(distance_m(here, position) for position in people)[:count]
    assert [metres for _, metres in found] == pytest.approx(expected, rel=0.005, abs=0.01)
    for worker, metres in found:
        away = distance_m(here, people[int(worker[1:])])
        assert metres == pytest.approx(away, rel=0.005, abs=0.01)


def test_a_worker_who_moved_is_found_at_the_new_place() -> None:
    index = WorkerIndex()
    index.update([_fix("a", Position(110.3, 20.0)), _fix("b", Position(110.31, 20.0))])
    assert [worker for worker, _ in index.nearest(Position(110.3, 20.0), 1)] == ["a"]
    index.update([_fix("a", Position(110.5, 20.0))])
    assert [worker for worker, _ in index.nearest(Position(110.3, 20.0), 2)] == ["b", "a"]
    assert len(index) == 2


def test_limits() -> None:
    index = WorkerIndex()
    assert index.nearest(Position(110.3, 20.0), 5) == []
    index.update(_fix(f"W{i}", Position(110.3 + i / 1000, 20.0)) for i in range(600))
    among = index.nearest(Position(110.3, 20.0), 5, among={"W7", "W9", "unknown"})
    assert [worker for worker, _ in among] == ["W7", "W9"]
    near = index.nearest(Position(110.3, 20.0), 600, within_m=350.0)
    assert [worker for worker, _ in near] == ["W0", "W1", "W2", "W3"]
    assert index.nearest(Position(110.3, 20.0), 0) == []
    assert index.nearest(Position(110.3, 20.0), 5, among=()) == []


def test_equal_distances_go_by_id() -> None:
    index = WorkerIndex()
    index.update(_fix(worker, Position(110.3, 20.0)) for worker in ("c", "a", "b"))
    assert [worker for worker, _ in index.nearest(Position(110.3, 20.0), 2)] == ["a", "b"]
