"""A small made-up city with boundaries of the shape that console.geo gives."""

from datetime import time
from zoneinfo import ZoneInfo

import numpy as np

from console.domain.city import City, Policy, WorkCalendar
from console.domain.grid import Area
from console.domain.place import Position
from console.domain.shift import Shift
from console.geo.boundaries import Boundaries
from console.geo.layer import Layer

CENTRE = Position(110.33, 19.95)
SIDE = 8
"""Grids along each edge of a district."""
NAMES = (
    ("秀英区", "Xiuying"),
    ("龙华区", "Longhua"),
    ("琼山区", "Qiongshan"),
    ("美兰区", "Meilan"),
)

PALETTE = {
    "page": "#0D141C",
    "panel": "#15202B",
    "raised": "#1E2C3A",
    "line": "#3A4E62",
    "text": "#E9EFF5",
    "second": "#A7B6C4",
    "green": "#35C184",
    "amber": "#FFB224",
    "red": "#FF5A52",
    "dark_red": "#C8102E",
    "suspended": "#8FA6BF",
    "unsigned": "#FFFFFF",
    "select": "#58B4FF",
    "load_low": "#1B2A38",
    "load_high": "#24425A",
    "heat_low": "#1A2B3B",
    "heat_high": "#3E7099",
}
"""SCREENS.md §1."""


def boxes(codes: list[str], rows: list[tuple[float, float, float, float]]) -> Layer:
    """A layer of rectangles (west, south, east, north)."""
    rings = [[(w, s), (e, s), (e, n), (w, n), (w, s)] for w, s, e, n in rows]
    offsets = np.arange(len(rows) + 1, dtype=np.int32)
    coords = np.array(rings, dtype=np.float64).reshape(-1, 2)
    middles = np.array(
        [((w + e) / 2, (s + n) / 2) for w, s, e, n in rows], dtype=np.float64
    ).reshape(-1, 2)
    return Layer(
        codes=codes,
        parents=[""] * len(codes),
        names=[""] * len(codes),
        coords=coords,
        ring_offsets=offsets * 5,
        part_offsets=offsets,
        multi_offsets=offsets,
        labels=middles,
    )


Box = tuple[float, float, float, float]
"""West, south, east, north in degrees."""


def _cut(code: str, box: Box, n: int, m: int) -> list[tuple[str, Box]]:
    w, s, e, n_ = box
    dx, dy = (e - w) / n, (n_ - s) / m
    return [
        (f"{code}{i * m + j + 1:03d}", (w + i * dx, s + j * dy, w + (i + 1) * dx, s + (j + 1) * dy))
        for i in range(n)
        for j in range(m)
    ]


def fake_boundaries(side: int = SIDE) -> Boundaries:
    """Boundaries round `CENTRE`, about 40 km across."""
    lon, lat = CENTRE.lon, CENTRE.lat
    half = 0.19
    corners = [(-1, 0), (0, 0), (0, -1), (-1, -1)]
    districts = [
        (
            f"46010{5 + i}",
            (lon + x * half, lat + y * half, lon + (x + 1) * half, lat + (y + 1) * half),
        )
        for i, (x, y) in enumerate(corners)
    ]
    parts = {
        "districts": districts,
        "towns": [p for c, b in districts for p in _cut(c, b, 2, 2)],
        "communities": [p for c, b in districts for p in _cut(c + "9", b, 4, 4)],
        "grids": [p for c, b in districts for p in _cut(c + "g", b, side, side)],
        "neighbours": [("460202", (lon - 0.6, lat - 0.6, lon - half, lat))],
    }
    layers = {
        name: boxes([c for c, _ in rows], [b for _, b in rows]) for name, rows in parts.items()
    }
    return Boundaries(
        districts=layers["districts"],
        towns=layers["towns"],
        communities=layers["communities"],
        grids=layers["grids"],
        neighbours=layers["neighbours"],
        pack_hash="fake",
    )


def fake_city(boundaries: Boundaries, pack_hash: str = "fake") -> City:
    """The city to these boundaries."""
    areas = {}
    for code, (name, name_en) in zip(boundaries.districts.codes, NAMES, strict=True):
        areas[code] = Area(code=code, parent=None, name=name, name_en=name_en, synthetic=False)
    for code in boundaries.towns.codes:
        areas[code] = Area(
            code=code,
            parent=code[:6],
            name=f"第{code[-1]}镇",
            name_en=f"Town {code[-1]}",
            synthetic=True,
        )
    return City(
        code="460100",
        name="海口市",
        name_en="Haikou",
        tz=ZoneInfo("Asia/Shanghai"),
        case_word="办件",
        case_word_en="case",
        map_approval=None,
        production=False,
        centre=CENTRE,
        credits=("天地图 / 国家基础地理信息中心", "GeoNames"),
        policy=Policy(),
        calendar=WorkCalendar(),
        areas=areas,
        grids={},
        units={},
        duties=(),
        teams={},
        categories={},
        places=(),
        shifts={"day": Shift(code="day", name="白班", name_en="Day", start=time(8), end=time(20))},
        workers={},
        simulator={},
        pack_hash=pack_hash,
    )
