"""Reads a folder of sources: tables, district outlines, the recipe."""

import csv
import json
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry as Geometry

Record = dict[str, str]


@dataclass(frozen=True)
class Sources:
    """All the tool reads; `folder` for the files that go into the pack as they are."""

    folder: Path
    recipe: dict[str, Any]
    city: dict[str, Any]
    streets: list[Record]
    villages: list[Record]
    towns: list[Record]
    units: list[Record]
    categories: list[Record]
    districts: dict[str, tuple[str, Geometry]]
    counties: dict[str, tuple[str, Geometry]]


def read_sources(folder: Path) -> Sources:
    """The folder's files in memory; errors are those of a missing or broken file."""

    def table(name: str) -> list[Record]:
        with (folder / name).open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def toml(name: str) -> dict[str, Any]:
        return tomllib.loads((folder / name).read_text(encoding="utf-8"))

    return Sources(
        folder=folder,
        recipe=toml("recipe.toml"),
        city=toml("city.toml"),
        streets=table("streets.csv"),
        villages=table("villages.csv"),
        towns=table("towns.csv"),
        units=table("units.csv"),
        categories=table("categories.csv"),
        districts=_outlines(folder / "districts.geojson"),
        counties=_outlines(folder / "counties.geojson"),
    )


def _outlines(path: Path) -> dict[str, tuple[str, Geometry]]:
    """Area code → (name, outline in degrees)."""
    collection = json.loads(path.read_text(encoding="utf-8"))
    return {
        str(feature["properties"]["adcode"]): (
            feature["properties"]["name"],
            shapely.from_geojson(json.dumps(feature["geometry"])),
        )
        for feature in collection["features"]
    }
