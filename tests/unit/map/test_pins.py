"""What may become a pin, and what of it reaches the page."""

import json
import math
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.place import Position
from console.map.pins import Countdown, Kind, Target
from console.map.row import TEXT_LIMIT
from tests.map.pins import case, place, team, worker


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("field", ["start", "due", "amber"])
def test_endless_clock_is_refused_by_name(field: str, bad: float) -> None:
    with pytest.raises(ValueError, match=field):
        Countdown(**{"start": 0.0, "due": 1.0, "amber": 0.5, field: bad})


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_endless_time_of_position_is_refused_by_name(bad: float) -> None:
    with pytest.raises(ValueError, match="seen_at"):
        worker(seen_at=bad)


@pytest.mark.parametrize(
    ("lon", "lat"), [(math.nan, 20.0), (110.0, math.inf), (20.0, 110.0), (1e9, 20.0)]
)
def test_place_that_is_none_is_refused(lon: float, lat: float) -> None:
    with pytest.raises(ValueError, match="lon"):
        case(position=Position(lon, lat))


@pytest.mark.parametrize("make", [case, worker, team, place])
def test_thing_that_is_no_position_is_refused_by_name(make: Any) -> None:
    with pytest.raises(ValueError, match="position"):
        make(position=(110.3, 20.0))


@pytest.mark.parametrize("pin_id", ["", "x" * 129])
@pytest.mark.parametrize("make", [case, worker, team, place])
def test_id_without_use_is_refused_by_name(make: Any, pin_id: str) -> None:
    with pytest.raises(ValueError, match="id"):
        make(id=pin_id)


@given(st.text())
def test_texts_are_one_short_line(text: str) -> None:
    row = case(category=text * 50).row()
    assert isinstance(row[6], str)
    assert len(row[6]) <= TEXT_LIMIT
    assert "\n" not in row[6]


@given(st.text(max_size=300).filter(lambda t: t.isprintable()))
def test_row_survives_json(text: str) -> None:
    row = case(place=text).row()
    assert json.loads(msgspec.json.encode(row)) == row


def test_flags_of_a_case() -> None:
    assert case().row()[3] == 0
    assert case(urgent=True, unsigned=True).row()[3] == 3
    assert case(suspended=True).row()[3] == 4


def test_target_row() -> None:
    assert Target(kind=Kind.WORKER, id="w1", best=True, label="16:21").row() == [
        *("worker", "w1", 1, "16:21")
    ]


def test_place_of_an_unknown_kind_is_refused_by_name() -> None:
    assert place(kind="unit").row()[3] == "unit"
    with pytest.raises(ValueError, match="kind"):
        place(kind="castle")
