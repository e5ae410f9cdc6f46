"""Reads areas.csv and grids.csv: names and nesting of district > town > community > grid."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from console.domain.grid import Area, Grid
from console.domain.unit import Team
from console.domain.worker import Worker
from console.geo.pack.table import Row, read_table
from console.geo.problem import Problems

_AREA_COLUMNS = ("code", "level", "parent", "name", "name_en", "synthetic")
_GRID_COLUMNS = ("code", "community", "town", "district", "households", "head", "teams", "synthetic")  # fmt: skip


class Level(StrEnum):
    """The levels of areas from the outside in; grids have a table of their own."""

    DISTRICT = "district"
    TOWN = "town"
    COMMUNITY = "community"


_ABOVE = {Level.TOWN: Level.DISTRICT, Level.COMMUNITY: Level.TOWN}


def read_areas(folder: Path, problems: Problems) -> tuple[dict[str, Area], dict[str, Level]]:
    """Code → area and code → level; a parent has to be one level up."""
    areas: dict[str, Area] = {}
    levels: dict[str, Level] = {}
    rows: list[Row] = []
    for row in read_table(folder, "areas.csv", _AREA_COLUMNS, problems):
        rows.append(row)
        levels[row.code] = row.choice("level", Level)
        areas[row.code] = Area(
            code=row.code,
            parent=row.optional("parent"),
            name=row.text("name"),
            name_en=row.text("name_en"),
            synthetic=row.flag("synthetic"),
        )
    for row in rows:
        _check_parent(row, areas[row.code], levels)
    return areas, levels


def _check_parent(row: Row, area: Area, levels: Mapping[str, Level]) -> None:
    above = _ABOVE.get(levels[area.code])
    if above is None:
        if area.parent is not None:
            row.wrong("parent", "区没有上级，请留空", "a district has no parent; leave it empty")
    elif area.parent is None:
        row.wrong("parent", "不能为空", "must not be empty")
    elif row.known("parent", area.parent, levels, "areas.csv") and levels[area.parent] != above:
        row.wrong(
            "parent",
            f"“{area.parent}”的 level 应为 {above}",
            f'"{area.parent}" should be of level {above}',
        )


def read_grids(
    folder: Path,
    areas: Mapping[str, Area],
    levels: Mapping[str, Level],
    workers: Mapping[str, Worker],
    teams: Mapping[str, Team],
    problems: Problems,
) -> dict[str, Grid]:
    """Code → grid, its chain of areas, its head and its teams checked."""
    grids: dict[str, Grid] = {}
    for row in read_table(folder, "grids.csv", _GRID_COLUMNS, problems):
        grid = Grid(
            code=row.code,
            community=row.text("community"),
            town=row.text("town"),
            district=row.text("district"),
            households=row.integer("households"),
            head=row.text("head"),
            teams=row.codes("teams"),
            synthetic=row.flag("synthetic"),
        )
        grids[row.code] = grid
        _check_chain(row, grid, areas, levels)
        row.known("head", grid.head, workers, "workers.csv")
        for team in grid.teams:
            row.known("teams", team, teams, "teams.csv")
    return grids


def _check_chain(
    row: Row, grid: Grid, areas: Mapping[str, Area], levels: Mapping[str, Level]
) -> None:
    community = areas.get(grid.community)
    if community is None or levels[grid.community] != Level.COMMUNITY:
        row.wrong("community", f"“{grid.community}”不是 areas.csv 中的社区", f'"{grid.community}" is not a community of areas.csv')  # fmt: skip
        return
    if community.parent != grid.town:
        row.wrong("town", f"社区 {grid.community} 属于 {community.parent}", f"community {grid.community} is in {community.parent}")  # fmt: skip
        return
    town = areas.get(grid.town)
    if town is not None and town.parent != grid.district:
        row.wrong("district", f"镇街 {grid.town} 属于 {town.parent}", f"town {grid.town} is in {town.parent}")  # fmt: skip
