"""Sizes that can be drawn, and badges that can."""

import math
from dataclasses import fields

import pytest

from console.domain.clock import Level
from console.map.area_badge import AreaBadge
from console.map.style import MapStyle


@pytest.mark.parametrize("field", ["pin_scale", "type_px"])
@pytest.mark.parametrize("bad", [math.nan, math.inf, 0, -1, 1e6])
def test_size_that_cannot_be_drawn_is_refused_by_name(field: str, bad: float) -> None:
    with pytest.raises(ValueError, match=field):
        MapStyle(**{field: bad})  # type: ignore[arg-type]


def test_page_is_told_every_field() -> None:
    assert set(MapStyle().row()) == {field.name for field in fields(MapStyle)}


def test_badge_row() -> None:
    badge = AreaBadge(code="460105", level=Level.RED, text="37 件\n", zooms=(8, 12))
    assert badge.row() == ["460105", 3, "37 件", 8, 12]
    assert AreaBadge(code="460105", level=None, text="0").row()[1] is None


def test_badge_of_no_area_or_zoom_is_refused() -> None:
    with pytest.raises(ValueError, match="id"):
        AreaBadge(code="", level=None, text="0")
    with pytest.raises(ValueError, match="zooms"):
        AreaBadge(code="460105", level=None, text="0", zooms=(0, math.nan))
