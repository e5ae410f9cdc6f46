"""Cases and workers as features: what is told of them, and what never is."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from console.central.centre import Centre
from console.central.ogc.cases import Cases
from console.central.ogc.feature import About, Page
from console.central.ogc.query import Box, Query, Span
from console.central.ogc.workers import Workers
from console.domain.command import Dispatch, Private, Reject, SetDuty
from console.domain.place import Position
from console.domain.role import Role
from console.wire.codec import encode
from tests.builders import CITY, RUBBISH, T0, TOWN, WORKER, fix, subcategory
from tests.unit.central.desk import Wall, accept, do, open_centre

HUSHED = "0900"
ABOUT = About("x", "X", "")
HERE = Box(110.2, 19.9, 110.4, 20.1)
SECRET = Private(
    citizen="欧阳娜娜", phone="13800138000", words="漏水了", address="海府路 12号 301室"
)


@pytest.fixture
def centre(tmp_path: Path, wall: Wall) -> Iterator[Centre]:
    city = replace(
        CITY, categories={**CITY.categories, HUSHED: subcategory(HUSHED, sensitive=True)}
    )
    found = open_centre(tmp_path, wall, city)
    yield found
    found.database.close(clean=True)


def page(source: Cases | Workers, **query: Any) -> Page:
    return source.page(Query(**query))


def ids(found: Page) -> list[str]:
    return [feature.id for feature in found.features]


def test_a_case_tells_its_state_level_class_and_times(centre: Centre, wall: Wall) -> None:
    do(centre, accept("C1"))
    do(centre, Dispatch(case="C1", assignment="A1", unit=TOWN))
    wall.turn(minutes=40)
    (feature,) = page(Cases(ABOUT, centre)).features
    told = json.loads(encode(feature))
    assert told["geometry"] == {"type": "Point", "coordinates": [110.32, 20.03]}
    expected = {
        "state": "dispatched",
        "level": "red",
        "urgency": "normal",
        "channel": "phone",
        "category": "01",
        "subcategory": RUBBISH,
        "subcategory_name": f"小类{RUBBISH}",
        "district": "1",
        "district_name": "区1",
        "town": "11",
        "grid": "1111",
        "unit": TOWN,
        "received_at": "2026-06-03T02:00:00Z",
        "closed_at": None,
    }
    assert expected.items() <= told["properties"].items()


def test_nothing_personal_is_told(centre: Centre) -> None:
    do(centre, accept("C1", private=SECRET))
    text = encode(page(Cases(ABOUT, centre)).features).decode()
    for word in ("欧阳", "13800138000", "漏水", "12号", "301"):
        assert word not in text
    assert "海府路" in text, "the street is no secret to those who may come in"


def test_of_a_sensitive_case_only_district_and_times_are_told(centre: Centre) -> None:
    do(centre, accept("C1", category=HUSHED, private=SECRET))
    do(centre, accept("C2"))
    source = Cases(ABOUT, centre)
    told = source.find("C1")
    other = source.find("C2")
    assert told is not None
    assert other is not None
    assert told.geometry is None
    assert told.properties["district"] == "1"
    assert told.properties["received_at"] == T0
    hidden = ("category", "subcategory", "town", "grid", "place", "unit")
    assert {told.properties[name] for name in hidden} == {None}
    assert told.properties.keys() == other.properties.keys()
    assert ids(page(source)) == ["C1", "C2"]
    assert ids(page(source, boxes=(HERE,))) == ["C2"], "a box must not give its place away"


def test_a_box_and_a_time_choose_cases(centre: Centre, wall: Wall) -> None:
    do(centre, accept("C1"))
    wall.turn(minutes=10)
    do(centre, accept("C2", position=Position(111.0, 21.0)))
    do(centre, accept("C3", position=None))
    wall.turn(minutes=10)
    do(centre, Reject(case="C1", reason="重复"), Role.SHIFT_LEADER)
    source = Cases(ABOUT, centre)
    assert ids(page(source)) == ["C1", "C2", "C3"]
    assert source.find("C1").properties["level"] is None  # type: ignore[union-attr]
    assert ids(page(source, boxes=(HERE,))) == ["C1"]
    early, late = T0 + timedelta(minutes=5), T0 + timedelta(minutes=30)
    assert ids(page(source, span=Span(early, early))) == ["C1"]
    assert ids(page(source, span=Span(late, None))) == ["C2", "C3"]
    assert ids(page(source, span=Span(None, T0))) == ["C1"]


def test_workers_have_no_names_and_off_duty_no_place(centre: Centre, wall: Wall) -> None:
    source = Workers(ABOUT, centre)
    centre.mirror.put_fixes([fix(WORKER)])
    (off,) = [f for f in page(source).features if f.id == WORKER]
    assert (off.geometry, off.properties["on_duty"], off.properties["fix_at"]) == (
        None,
        False,
        None,
    )
    assert page(source, boxes=(Box(-180, -90, 180, 90),)).matched == 0
    do(centre, SetDuty(worker=WORKER, on_duty=True), Role.FIELD)
    wall.turn(seconds=90)
    on = source.find(WORKER)
    assert on is not None
    assert on.geometry == {"type": "Point", "coordinates": [110.3, 20.0]}
    assert (on.properties["age_s"], on.properties["stale"]) == (90, False)
    wall.turn(seconds=100)
    again = source.find(WORKER)
    assert again is not None
    assert again.properties["stale"] is True
    text = encode(page(source).features).decode()
    assert all(w.name not in text and w.name_en not in text for w in CITY.workers.values())


def test_a_time_asks_when_a_position_was_measured(centre: Centre, wall: Wall) -> None:
    do(centre, SetDuty(worker=WORKER, on_duty=True), Role.FIELD)
    centre.mirror.put_fixes([fix(WORKER)])
    source = Workers(ABOUT, centre)
    assert ids(page(source, span=Span(T0, None), boxes=(HERE,))) == [WORKER]
    assert ids(page(source, span=Span(T0 + timedelta(seconds=1), None))) == []
    assert source.find("nobody") is None
