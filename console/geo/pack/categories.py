"""Reads categories.csv: what a case can be about, who leads and how long it may take."""

from collections.abc import Mapping
from pathlib import Path

from console.domain.category import DeadlineUnit, Subcategory, Urgency
from console.domain.unit import Unit
from console.geo.pack.table import Row, read_table
from console.geo.problem import Problems

LEAD_TOWN = "@town"
"""As `lead`: the unit of the town in which the case lies."""

LEAD_DISTRICT = "@district"
"""As `lead`: the unit of the district in which the case lies."""

_COLUMNS = (
    "code", "category", "name", "name_en", "category_name", "category_name_en", "urgency",
    "hazard", "sensitive", "check", "lead", "deadline", "deadline_unit", "weight",
)  # fmt: skip


def read_categories(
    folder: Path, units: Mapping[str, Unit], problems: Problems
) -> dict[str, Subcategory]:
    """Code → subcategory; the lead is a unit, `@town` or `@district`."""
    found: dict[str, Subcategory] = {}
    for row in read_table(folder, "categories.csv", _COLUMNS, problems):
        found[row.code] = _subcategory(row)
        if found[row.code].lead not in (LEAD_TOWN, LEAD_DISTRICT):
            row.known("lead", found[row.code].lead, units, "units.csv")
    if found and not any(subcategory.weight for subcategory in found.values()):
        problems.add("categories.csv", "", "weight", "所有权重都是 0", "all weights are 0")
    return found


def _subcategory(row: Row) -> Subcategory:
    return Subcategory(
        code=row.code,
        category=row.text("category"),
        name=row.text("name"),
        name_en=row.text("name_en"),
        category_name=row.text("category_name"),
        category_name_en=row.text("category_name_en"),
        urgency=row.choice("urgency", Urgency),
        hazard=row.flag("hazard"),
        sensitive=row.flag("sensitive"),
        check=row.flag("check"),
        lead=row.text("lead"),
        deadline=row.integer("deadline", least=1),
        deadline_unit=row.choice("deadline_unit", DeadlineUnit),
        weight=row.number("weight"),
    )
