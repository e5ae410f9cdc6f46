"""Makes districts, towns, communities and grids that nest exactly."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from shapely.geometry.base import BaseGeometry as Geometry

from tools.citymaker.density import Density, Hill
from tools.citymaker.names import community_name_en, district_name_en
from tools.citymaker.partition import Splitter, largest_remainder
from tools.citymaker.planar import planar_cells, unite
from tools.citymaker.plane import Plane
from tools.citymaker.sources import Record, Sources
from tools.citymaker.warp import Warp

_LEAST_GRIDS = 2


@dataclass(frozen=True)
class MadeArea:
    """A district, town, community or grid with its outline in degrees (lon, lat)."""

    code: str
    parent: str | None
    name: str
    name_en: str
    synthetic: bool
    outline: Geometry


@dataclass(frozen=True)
class MadeAreas:
    """The four levels, each in code order, and the neighbours for context."""

    districts: list[MadeArea]
    towns: list[MadeArea]
    communities: list[MadeArea]
    grids: list[MadeArea]
    neighbours: list[MadeArea]


def make_areas(sources: Sources, plane: Plane, rng: np.random.Generator) -> MadeAreas:
    """All levels: cut from the district downward, then noded as one map and united upward."""
    splitter = Splitter(make_density(sources, plane), Warp(rng), rng)
    loose: dict[str, Geometry] = {}
    for code, (_, outline) in sorted(sources.districts.items()):
        loose |= _district_grids(sources, code, plane.to_plane(outline), plane, splitter)
    outlines = [outline for _, outline in sources.districts.values()]
    exact = planar_cells([plane.to_degrees(cell) for cell in loose.values()], outlines)
    grids = [
        MadeArea(code, code[:-3], "", "", True, cell)
        for code, cell in zip(loose, exact, strict=True)
    ]
    communities = _communities(sources, grids)
    return MadeAreas(
        districts=_districts(sources, grids),
        towns=_towns(sources, communities),
        communities=communities,
        grids=grids,
        neighbours=[
            MadeArea(code, None, name, district_name_en(name), False, outline)
            for code, (name, outline) in sorted(sources.counties.items())
            if code not in sources.districts and _near(outline, sources)
        ],
    )


def _near(outline: Geometry, sources: Sources) -> bool:
    """Whether all of a county lies in the recipe's frame; far islands say nothing about the city."""
    west, south, east, north = sources.recipe["frame"]
    low_x, low_y, high_x, high_y = outline.bounds
    return bool(west <= low_x and south <= low_y and high_x <= east and high_y <= north)


def make_density(sources: Sources, plane: Plane) -> Density:
    """The recipe's density in metres of the plane."""
    wanted = sources.recipe["density"]
    hills = [(float(t["lon"]), float(t["lat"]), float(t["density"]), float(wanted["town_radius_km"])) for t in sources.towns]  # fmt: skip
    hills += [tuple(hill) for hill in wanted["built_up"]]
    centres = plane.points_to_plane(np.array([hill[:2] for hill in hills]))
    return Density(
        float(wanted["country"]),
        [
            Hill(float(x), float(y), height, radius * 1000)
            for (x, y), (_, _, height, radius) in zip(centres, hills, strict=True)
        ],
    )


def _district_grids(
    sources: Sources, district: str, outline: Geometry, plane: Plane, splitter: Splitter
) -> dict[str, Geometry]:
    """Grid code → cell in metres, for one district; the recipe says how many."""
    towns = [town for town in sources.towns if town["code"].startswith(district)]
    seeds = [(i, lon, lat) for i, town in enumerate(towns) for lon, lat in _seeds(town)]
    town_cells = splitter.towns(
        outline,
        plane.points_to_plane(np.array([seed[1:] for seed in seeds])),
        np.array([seed[0] for seed in seeds]),
    )
    communities: dict[str, Geometry] = {}
    for town, cell in zip(towns, town_cells, strict=True):
        codes = [v["village_code"] for v in sources.villages if v["street_code"] == town["code"]]
        communities |= zip(codes, splitter.split(cell, len(codes)), strict=True)
    counts = largest_remainder(
        [splitter.weight(cell) for cell in communities.values()],
        int(sources.recipe["grids"][district]),
        _LEAST_GRIDS,
    )
    grids: dict[str, Geometry] = {}
    for (code, cell), count in zip(communities.items(), counts, strict=True):
        for number, grid in enumerate(_from_north(splitter.split(cell, count)), start=1):
            grids[f"{code}{number:03d}"] = grid
    return grids


def _seeds(town: Record) -> list[tuple[float, float]]:
    """The town's centre and its outlying seeds, (lon, lat)."""
    pairs = [f"{town['lon']} {town['lat']}", *filter(None, town["also"].split(";"))]
    return [(float(pair.split()[0]), float(pair.split()[1])) for pair in pairs]


def _from_north(cells: Iterable[Geometry]) -> list[Geometry]:
    """Cells numbered as one reads: from north to south, then west to east."""
    return sorted(cells, key=lambda cell: (-round(cell.centroid.y / 150), cell.centroid.x))


def _communities(sources: Sources, grids: Sequence[MadeArea]) -> list[MadeArea]:
    own: dict[str, list[Geometry]] = {}
    for grid in grids:
        own.setdefault(grid.code[:-3], []).append(grid.outline)
    return [
        MadeArea(
            code=village["village_code"],
            parent=village["street_code"],
            name=village["village_name"],
            name_en=community_name_en(village["village_name"]),
            synthetic=True,
            outline=unite(own[village["village_code"]]),
        )
        for village in sorted(sources.villages, key=lambda v: v["village_code"])
    ]


def _districts(sources: Sources, grids: Sequence[MadeArea]) -> list[MadeArea]:
    """The real outlines with the grids' nodes on them, so that all levels nest in any projection.

    Without the nodes a straight edge of 5 km would bow away from its grids when it is projected.
    """
    return [
        MadeArea(
            code=code,
            parent=None,
            name=name,
            name_en=district_name_en(name),
            synthetic=False,
            outline=unite([grid.outline for grid in grids if grid.code.startswith(code)]),
        )
        for code, (name, _) in sorted(sources.districts.items())
    ]


def _towns(sources: Sources, communities: Sequence[MadeArea]) -> list[MadeArea]:
    own: dict[str, list[Geometry]] = {}
    for community in communities:
        own.setdefault(str(community.parent), []).append(community.outline)
    names_en = {town["code"]: town["name_en"] for town in sources.towns}
    return [
        MadeArea(
            code=street["street_code"],
            parent=street["district_code"],
            name=street["street_name"],
            name_en=names_en[street["street_code"]],
            synthetic=True,
            outline=unite(own[street["street_code"]]),
        )
        for street in sorted(sources.streets, key=lambda s: s["street_code"])
    ]
