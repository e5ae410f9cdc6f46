"""A town of two square districts as a folder of sources, small enough to make a pack in a moment."""

import csv
import json
import shutil
from pathlib import Path

HAIKOU = Path(__file__).resolve().parents[3] / "resources" / "sources" / "haikou"

DISTRICTS = {"990101": (110.30, 20.00), "990102": (110.34, 20.00)}
GRIDS = {"990101": 14, "990102": 26}
_SIDE = 0.04

_RECIPE = """
seed = {seed}
frame = [108.5, 18.0, 111.5, 20.3]
[grids]
990101 = 14
990102 = 26
[density]
country = 0.5
town_radius_km = 0.8
built_up = [[110.35, 20.02, 9.0, 1.0]]
[workers]
grid_workers = 18
heads = 8
inspectors = 5
without_grids = 2
grids_without_worker = 1
grids_with_two = 2
night_share = 0.2
evening_share = 0.3
[households]
low = 300
high = 500
[places]
ponding = 2
school = 2
[teams]
district = ["综合应急队|District team|9"]
town = ["综合应急队|Town team|8"]
grid_units = ["U.power"]
"""


def write_tiny_source(folder: Path, seed: int = 1) -> Path:
    """Two districts of 4 km, three towns, six communities, 40 grids; tables from Haikou's."""
    folder.mkdir(parents=True)
    _write_outlines(folder)
    towns = [
        ("990101001", 110.32, 20.02),
        ("990102001", 110.35, 20.02),
        ("990102002", 110.37, 20.01),
    ]
    _write_csv(
        folder / "streets.csv",
        [
            {"street_code": code, "street_name": f"{'甲乙丙'[i]}镇", "district_code": code[:6]}
            for i, (code, _, _) in enumerate(towns)
        ],
    )
    _write_csv(
        folder / "villages.csv",
        [
            {"village_code": f"{code}{n:03d}", "village_name": f"第{n}村委会", "street_code": code}
            for code, _, _ in towns
            for n in (1, 2)
        ],
    )
    _write_csv(
        folder / "towns.csv",
        [
            {"code": code, "lon": lon, "lat": lat, "also": "", "name_en": f"Town {i}", "density": 3}
            for i, (code, lon, lat) in enumerate(towns)
        ],
    )
    for name in ("units.csv", "categories.csv", "city.toml", "README.md"):
        shutil.copyfile(HAIKOU / name, folder / name)
    (folder / "recipe.toml").write_text(_RECIPE.format(seed=seed), encoding="utf-8")
    return folder


def square(west: float, south: float, side: float = _SIDE) -> list[list[float]]:
    """The ring of a square, degrees, anticlockwise and closed."""
    east, north = round(west + side, 6), round(south + side, 6)
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def _write_outlines(folder: Path) -> None:
    features = [
        {
            "type": "Feature",
            "properties": {"adcode": code, "name": f"{'东西'[i]}区"},
            "geometry": {"type": "Polygon", "coordinates": [square(*corner)]},
        }
        for i, (code, corner) in enumerate(DISTRICTS.items())
    ]
    neighbour = {
        "type": "Feature",
        "properties": {"adcode": "990201", "name": "邻县"},
        "geometry": {"type": "Polygon", "coordinates": [square(110.38, 20.0)]},
    }
    _write_collection(folder / "districts.geojson", features)
    _write_collection(folder / "counties.geojson", [*features, neighbour])


def _write_collection(path: Path, features: list[dict[str, object]]) -> None:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")


def _write_csv(path: Path, rows: list[dict[str, object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
