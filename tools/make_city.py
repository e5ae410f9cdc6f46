"""Makes a city pack from a folder of sources: `python -m tools.make_city --help`."""

import argparse
import shutil
from pathlib import Path

import numpy as np

from tools.citymaker.areas import MadeArea, MadeAreas, make_areas, make_density
from tools.citymaker.chiefs import make_rotas
from tools.citymaker.places import make_places
from tools.citymaker.plane import Plane
from tools.citymaker.receivers import Row, make_duties, make_teams, make_units, team_rows
from tools.citymaker.roster import grid_rows, make_roster
from tools.citymaker.sources import Sources, read_sources
from tools.citymaker.spots import Spots
from tools.citymaker.write import write_layer, write_table

_RESOURCES = Path(__file__).resolve().parent.parent / "resources"


def make_city(source: Path, out: Path) -> None:
    """Write the whole pack into `out`; the same sources give the same bytes."""
    sources = read_sources(source)
    rng = np.random.default_rng(int(sources.recipe["seed"]))
    plane = Plane(*sources.city["city"]["centre"])
    areas = make_areas(sources, plane, rng)
    out.mkdir(parents=True, exist_ok=True)
    _write_areas(areas, out)
    levels = [*areas.towns, *areas.communities, *areas.grids]
    _write_tables(sources, areas, Spots(levels, make_density(sources, plane), plane, rng), out)
    for name in ("city.toml", "README.md"):
        shutil.copyfile(source / name, out / name)


def _write_areas(areas: MadeAreas, out: Path) -> None:
    write_layer(out / "districts.geojson", areas.districts)
    write_layer(out / "towns.geojson", areas.towns)
    write_layer(out / "communities.geojson", areas.communities)
    write_layer(out / "grids.geojson", areas.grids, named=False)
    write_layer(out / "neighbours.geojson", areas.neighbours)
    named = [
        ("district", areas.districts),
        ("town", areas.towns),
        ("community", areas.communities),
    ]
    write_table(
        out / "areas.csv", [_area_row(level, area) for level, made in named for area in made]
    )


def _area_row(level: str, area: MadeArea) -> Row:
    return {
        "code": area.code,
        "level": level,
        "parent": area.parent or "",
        "name": area.name,
        "name_en": area.name_en,
        "synthetic": int(area.synthetic),
    }


def _write_tables(sources: Sources, areas: MadeAreas, spots: Spots, out: Path) -> None:
    units = make_units(sources, areas, spots.rng)
    teams = make_teams(sources, areas, spots)
    roster = make_roster(sources, areas, spots)
    categories: list[Row] = [
        {column: value for column, value in row.items() if column != "assist"}
        for row in sources.categories
    ]
    write_table(out / "units.csv", units)
    write_table(out / "roster.csv", make_rotas(units, int(sources.recipe["seed"])))
    write_table(out / "duties.csv", make_duties(sources, units))
    write_table(out / "teams.csv", team_rows(teams))
    write_table(out / "workers.csv", roster.workers)
    write_table(out / "grids.csv", grid_rows(sources, areas, roster.heads, teams, spots))
    write_table(out / "categories.csv", categories)
    write_table(out / "places.csv", make_places(sources, areas, spots))


def main() -> None:
    """Read the two folders from the command line and make the pack."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=Path, default=_RESOURCES / "sources" / "haikou")
    parser.add_argument("--out", type=Path, default=_RESOURCES / "cities" / "haikou")
    options = parser.parse_args()
    make_city(options.source, options.out)


if __name__ == "__main__":
    main()
