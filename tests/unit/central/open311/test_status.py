"""What anybody may know of a report, and what nobody is told."""

from dataclasses import replace

import numpy as np
import shapely

from console.central.open311.status import NOTES, public
from console.domain.case import TERMINAL, CaseState
from console.geo.layer import make_layer
from tests.builders import CITY, TOWN, at, case, subcategory

SQUARE = np.array([shapely.box(110.3, 20.0, 110.4, 20.1)], dtype=object)
GRIDS = make_layer(["1111"], ["111"], [""], SQUARE)
REPORT = case(id="G2026", grid="1111")


def test_every_state_has_words() -> None:
    assert set(NOTES) == set(CaseState)


def test_the_place_is_the_middle_of_the_grid_and_the_town() -> None:
    told = public(REPORT, TOWN, CITY, GRIDS)
    assert (told["long"], told["lat"]) == (110.35, 20.05)
    assert told["address"] == "区1区11"
    assert (told["service_code"], told["agency_responsible"]) == ("0101", f"单位{TOWN}")
    assert told["requested_datetime"] == "2026-06-03T10:00:00+08:00"
    assert REPORT.place not in str(told)
    nowhere = public(case(position=None, grid=None, town=None, district=None), None, CITY, GRIDS)
    assert (nowhere["lat"], nowhere["long"], nowhere["address"]) == (None, None, None)
    elsewhere = public(case(grid="9"), None, CITY, GRIDS)
    assert elsewhere["lat"] is None, "a grid of an older pack"


def test_of_a_sensitive_service_only_state_and_times_are_told() -> None:
    city = replace(CITY, categories={"0101": subcategory("0101", sensitive=True)})
    for hidden in (city, replace(CITY, categories={})):
        told = public(REPORT, TOWN, hidden, GRIDS)
        known = {name for name, value in told.items() if value is not None}
        assert known == {
            "service_request_id",
            "status",
            "status_notes",
            "requested_datetime",
            "updated_datetime",
            "expected_datetime",
        }


def test_what_is_over_is_closed() -> None:
    for state in CaseState:
        told = public(case(state=state, closed_at=at(7)), None, CITY, GRIDS)
        assert told["status"] == ("closed" if state in TERMINAL else "open")
        assert told["updated_datetime"] == "2026-06-03T10:07:00+08:00"
