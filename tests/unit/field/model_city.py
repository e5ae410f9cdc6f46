"""A small made-up city on a lattice, with the real categories: fast to build, no geometry needed."""

import csv
import tomllib
from datetime import time
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from console.domain.category import DeadlineUnit, Subcategory, Urgency
from console.domain.city import City, Policy, WorkCalendar
from console.domain.grid import Area, Grid
from console.domain.place import Position
from console.domain.shift import Shift
from console.domain.unit import Duty, Team, Unit, UnitKind
from console.domain.worker import Worker, WorkerKind

SOURCE = Path(__file__).parents[3] / "resources" / "sources" / "haikou"
DISTRICTS, TOWNS, COMMUNITIES, GRIDS = 2, 3, 4, 5
STEP = 0.006
CENTRE = Position(110.34, 20.02)


def point_in_grid(code: str, u: float, v: float) -> Position:
    """A point of the lattice cell that the grid's number names."""
    n = int(code.rsplit("-", 1)[1])
    row, column = divmod(n, 12)
    lon = CENTRE.lon + (column + u) * STEP
    return Position(lon, CENTRE.lat + (row + v) * STEP)


@cache
def model_city(workers: int = 60) -> City:
    """2 districts, 6 towns, 24 communities, 120 grids, the units of Haikou's tables."""
    areas, grids = _areas()
    units = _units(areas)
    categories, duties = _categories(units)
    with (SOURCE / "city.toml").open("rb") as file:
        told = tomllib.load(file)
    shifts = {
        s["code"]: Shift(
            code=s["code"],
            name=s["name"],
            name_en=s["name_en"],
            start=time.fromisoformat(s["start"]),
            end=time.fromisoformat(s["end"]),
        )
        for s in told["shifts"]
    }
    return City(
        code="999900",
        name="样城",
        name_en="Model",
        tz=ZoneInfo("Asia/Shanghai"),
        case_word="办件",
        case_word_en="case",
        map_approval=None,
        production=False,
        centre=CENTRE,
        credits=(),
        policy=Policy(),
        calendar=WorkCalendar(),
        areas=areas,
        grids=grids,
        units=units,
        duties=tuple(duties),
        teams={
            f"T{n}": Team(
                code=f"T{n}",
                unit=unit,
                name="队",
                name_en="team",
                size=6,
                position=CENTRE,
                phone="",
            )
            for n, unit in enumerate(["U.power", "U.water", "B.urban"])
        },
        categories=categories,
        places=(),
        shifts=shifts,
        workers=_workers(grids, workers),
        simulator=told["simulator"],
        pack_hash="model",
    )


def _areas() -> tuple[dict[str, Area], dict[str, Grid]]:
    areas: dict[str, Area] = {}
    grids: dict[str, Grid] = {}

    def area(code: str, parent: str | None, name: str) -> str:
        areas[code] = Area(code=code, parent=parent, name=name, name_en=name, synthetic=True)
        return code

    for d in range(DISTRICTS):
        district = area(f"D{d}", None, f"{'东西'[d]}区")
        for t in range(TOWNS):
            town = area(f"{district}T{t}", district, f"{'甲乙丙'[t]}街道")
            for c in range(COMMUNITIES):
                community = area(f"{town}C{c}", town, f"第{c}社区")
                for _ in range(GRIDS):
                    code = f"{community}-{len(grids)}"
                    grids[code] = Grid(
                        code=code,
                        community=community,
                        town=town,
                        district=district,
                        households=300 + (len(grids) * 37) % 200,
                        head="",
                        teams=(),
                        synthetic=True,
                    )
    return areas, grids


def _units(areas: dict[str, Area]) -> dict[str, Unit]:
    units: dict[str, Unit] = {}

    def unit(code: str, name: str, kind: UnitKind, area: str | None) -> None:
        units[code] = Unit(
            code=code,
            parent=None,
            name=name,
            name_en=name,
            kind=kind,
            area=area,
            phone="",
            duty_leader="",
        )

    with (SOURCE / "units.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            unit(row["code"], row["name"], UnitKind(row["kind"]), None)
    for area in areas.values():
        if area.parent is None:
            unit(f"A.{area.code}", area.name, UnitKind.DISTRICT, area.code)
        elif areas[area.parent].parent is None:
            unit(f"A.{area.code}", area.name, UnitKind.TOWN, area.code)
    return units


def _categories(units: dict[str, Unit]) -> tuple[dict[str, Subcategory], list[Duty]]:
    found: dict[str, Subcategory] = {}
    duties: list[Duty] = []
    with (SOURCE / "categories.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found[row["code"]] = Subcategory(
                code=row["code"],
                category=row["category"],
                name=row["name"],
                name_en=row["name_en"],
                category_name=row["category_name"],
                category_name_en=row["category_name_en"],
                urgency=Urgency(row["urgency"]),
                hazard=row["hazard"] == "1",
                sensitive=row["sensitive"] == "1",
                check=row["check"] == "1",
                lead=row["lead"],
                deadline=int(row["deadline"]),
                deadline_unit=DeadlineUnit(row["deadline_unit"]),
                weight=float(row["weight"]),
            )
            named = [row["lead"], *filter(None, row["assist"].split(";"))]
            for n, unit in enumerate(_receivers(named, units)):
                duties.append(Duty(unit=unit, subcategory=row["code"], article=n + 1))
    return found, duties


def _receivers(named: list[str], units: dict[str, Unit]) -> list[str]:
    """The units that "@town" and "@district" mean, and those named outright."""
    kinds = {"@town": UnitKind.TOWN, "@district": UnitKind.DISTRICT}
    found: list[str] = []
    for name in named:
        found += [u.code for u in units.values() if u.kind is kinds.get(name)] or [name]
    return found


def _workers(grids: dict[str, Grid], count: int) -> dict[str, Worker]:
    workers: dict[str, Worker] = {}
    codes = list(grids)
    for n in range(count):
        own = codes[(2 * n) % len(codes) : (2 * n) % len(codes) + 2]
        grid = grids[own[0]]
        shift = "night" if n % 30 == 29 else ("day", "day", "evening")[n % 3]
        workers[f"W{n:04d}"] = Worker(
            id=f"W{n:04d}",
            name="员工",
            name_en="Worker",
            kind=WorkerKind.INSPECTOR if n % 8 == 7 else WorkerKind.GRID_WORKER,
            district=grid.district,
            town=grid.town,
            grids=tuple(own),
            home=point_in_grid(own[0], 0.5, 0.5),
            shift=shift,
        )
    return workers
