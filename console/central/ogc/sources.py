"""The collections that are offered, each with its words and where its features come from."""

from functools import partial
from typing import Any

from console.central.centre import Centre
from console.central.ogc.cases import Cases
from console.central.ogc.feature import About, Bounds, Source
from console.central.ogc.outlines import Outlines
from console.central.ogc.workers import Workers
from console.domain.city import City


def sources_of(centre: Centre) -> dict[str, Source]:
    """Collection id → its source, in the order in which they are listed."""
    city = centre.city
    tag = city.pack_hash
    areas = partial(_area, city)
    bounds = partial(_bounds, centre)
    found: tuple[Source, ...] = (
        Outlines(
            About("districts", "区 · Districts", "The districts of the city", tag),
            lambda: centre.outlines().districts,
            bounds,
            areas,
        ),
        Outlines(
            About("towns", "镇街 · Towns", "Towns and sub-districts, with their district", tag),
            lambda: centre.outlines().towns,
            bounds,
            areas,
        ),
        Outlines(
            About("grids", "网格 · Grids", "The grids, with the areas they nest in", tag),
            lambda: centre.outlines().grids,
            bounds,
            partial(_grid, city),
        ),
        Workers(
            About(
                "workers",
                "网格员 · Workers",
                "Grid workers and inspectors without names; a position only while on duty, with its age",
            ),
            centre,
        ),
        Cases(
            About(
                "cases",
                "办件 · Cases",
                "Open cases and those closed today; of a sensitive category only the district and the times",
            ),
            centre,
        ),
    )
    return {source.about.id: source for source in found}


def _bounds(centre: Centre) -> Bounds:
    return centre.outlines().extent


def _area(city: City, code: str) -> dict[str, Any]:
    area = city.areas[code]
    return {
        "code": code,
        "parent": area.parent,
        "name": area.name,
        "name_en": area.name_en,
        "synthetic": area.synthetic,
    }


def _grid(city: City, code: str) -> dict[str, Any]:
    grid = city.grids[code]
    return {
        "code": code,
        "community": grid.community,
        "community_name": city.area_name(grid.community),
        "town": grid.town,
        "town_name": city.area_name(grid.town),
        "district": grid.district,
        "district_name": city.area_name(grid.district),
        "households": grid.households,
        "synthetic": grid.synthetic,
    }
