"""Reads units.csv, teams.csv and duties.csv: who receives cases and who is responsible for what."""

from collections.abc import Mapping
from pathlib import Path

from console.domain.category import Subcategory
from console.domain.place import Position
from console.domain.unit import Duty, Team, Unit, UnitKind
from console.geo.pack.areas import Level
from console.geo.pack.table import Row, read_table
from console.geo.problem import Problems

_UNIT_COLUMNS = ("code", "parent", "name", "name_en", "kind", "area", "phone", "duty_leader")
_TEAM_COLUMNS = ("code", "unit", "name", "name_en", "size", "lon", "lat", "phone")
_DUTY_COLUMNS = ("unit", "subcategory", "article")
_AREA_OF_KIND = {UnitKind.DISTRICT: Level.DISTRICT, UnitKind.TOWN: Level.TOWN}


def read_units(folder: Path, levels: Mapping[str, Level], problems: Problems) -> dict[str, Unit]:
    """Code → unit: one tree, each district and town with exactly one unit."""
    units: dict[str, Unit] = {}
    rows: dict[str, Row] = {}
    answers_for: dict[str, str] = {}
    for row in read_table(folder, "units.csv", _UNIT_COLUMNS, problems):
        unit = _unit(row)
        rows[unit.code], units[unit.code] = row, unit
        _check_area(row, unit, levels, answers_for)
    for row in rows.values():
        _check_parents(row, units)
    for area, level in levels.items():
        if units and level is not Level.COMMUNITY and area not in answers_for:
            problems.add("units.csv", area, "area", "没有单位负责这个区或镇街", "no unit answers for this district or town")  # fmt: skip
    return units


def read_teams(
    folder: Path, units: Mapping[str, Unit], centre: Position, problems: Problems
) -> dict[str, Team]:
    """Code → team with the place where it waits."""
    teams: dict[str, Team] = {}
    for row in read_table(folder, "teams.csv", _TEAM_COLUMNS, problems):
        unit = row.text("unit")
        row.known("unit", unit, units, "units.csv")
        teams[row.code] = Team(
            code=row.code,
            unit=unit,
            name=row.text("name"),
            name_en=row.text("name_en"),
            size=row.integer("size", least=1),
            position=row.position(centre),
            phone=row.text("phone"),
        )
    return teams


def read_duties(
    folder: Path,
    units: Mapping[str, Unit],
    categories: Mapping[str, Subcategory],
    problems: Problems,
) -> tuple[Duty, ...]:
    """Which unit is responsible for which subcategory, in the file's order."""
    duties: dict[tuple[str, str], Duty] = {}
    for row in read_table(folder, "duties.csv", _DUTY_COLUMNS, problems, unique=False):
        subcategory = row.text("subcategory")
        row.known("unit", row.code, units, "units.csv")
        row.known("subcategory", subcategory, categories, "categories.csv")
        duty = Duty(unit=row.code, subcategory=subcategory, article=row.integer("article", least=1))
        if (duty.unit, subcategory) in duties:
            row.wrong("subcategory", f"“{subcategory}”在这个单位下出现了两次", f'"{subcategory}" stands twice for this unit')  # fmt: skip
        duties[duty.unit, subcategory] = duty
    return tuple(duties.values())


def _unit(row: Row) -> Unit:
    return Unit(
        code=row.code,
        parent=row.optional("parent"),
        name=row.text("name"),
        name_en=row.text("name_en"),
        kind=row.choice("kind", UnitKind),
        area=row.optional("area"),
        phone=row.text("phone"),
        duty_leader=row.text("duty_leader"),
    )


def _check_area(
    row: Row, unit: Unit, levels: Mapping[str, Level], answers_for: dict[str, str]
) -> None:
    level = _AREA_OF_KIND.get(unit.kind)
    if level is None:
        if unit.area is not None:
            row.wrong("area", "只有区和镇街单位才填 area", "only units of districts and towns have an area")  # fmt: skip
        return
    if unit.area is None or levels.get(unit.area) != level:
        row.wrong("area", f"“{unit.area or ''}”不是 areas.csv 中的 {level}", f'"{unit.area or ""}" is not a {level} of areas.csv')  # fmt: skip
        return
    other = answers_for.setdefault(unit.area, unit.code)
    if other != unit.code:
        row.wrong("area", f"{unit.area} 已由 {other} 负责", f"{other} already answers for {unit.area}")  # fmt: skip


def _check_parents(row: Row, units: Mapping[str, Unit]) -> None:
    """The parent has to exist and the way up has to end."""
    passed = {row.code}
    parent = units[row.code].parent
    if parent is not None and not row.known("parent", parent, units, "units.csv"):
        return
    while parent is not None and parent in units:
        if parent in passed:
            row.wrong("parent", "上级关系成了一个圈", "the parents form a circle")
            return
        passed.add(parent)
        parent = units[parent].parent
