"""What QGIS is asked to draw: the scene and the city as files, and how our map shows each of them.

Not the same in both pictures: our map gathers near cases into chips with counts, QGIS draws a
marker for every case; ours also has rings of the time left, rings of the unsigned, flashing, minutes
on pins, heads and shoulders of workers, the shading of the shore and a graticule, and moves names
out of each other's way, which QGIS is all spared (a name of QGIS stands at its place or not at all).
QGIS smooths the edges of the grids' fills, ours does not; QGIS draws its layers on all cores, ours
on one thread.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import geopandas
import msgspec
import shapely

from benchmarks.mapping.scene import NOW, Scene
from console.domain.city import City
from console.domain.clock import Clock, Level
from console.geo.boundaries import Boundaries
from console.geo.layer import Layer
from console.map.config import page_config
from console.map.geometry import LAYERS
from console.map.layers.areas import AreasLayer
from console.map.layers.cases import CasesLayer
from console.map.layers.grids import GridsLayer
from console.map.layers.names import NamesLayer
from console.map.layers.workers import WorkersLayer
from console.map.pins import CasePin
from console.map.strings import ZH
from console.theme.pairs import blend, mixed
from console.theme.tokens import LEVEL_KEY, MAP_PALETTE

_SHAPES = {
    Level.SUSPENDED: "square",
    Level.GREEN: "circle",
    Level.AMBER: "triangle",
    Level.RED: "square",
    Level.DARK_RED: "square",
}
"""Level → QGIS's simple marker."""
HIGHEST = 99.0
"""Above every zoom."""


def write_plan(
    scene: Scene, city: City, boundaries: Boundaries, view: dict[str, Any], folder: Path
) -> Path:
    """Write a FlatGeobuf file with a spatial index for each layer, and the plan that names them.

    `view` has size (pixels), centre (lon, lat) and zooms, some perhaps more than once. The files
    are in EPSG:3857, as the arrays of our page are: QGIS projects nothing while it draws.
    """
    config = msgspec.json.decode(page_config(city, ZH, MAP_PALETTE))
    load = scene.grid_load()
    for kind in LAYERS:
        _write_areas(kind, getattr(boundaries, kind), config["names"], load, folder)
    cases, workers = list(scene.cases.values()), list(scene.workers.values())
    levels = [int(_level(case, config["darkRedFactor"])) for case in cases]
    _write({"look": levels}, _points(cases), folder / "cases.fgb")
    old = [NOW - worker.seen_at > config["staleSeconds"] for worker in workers]
    looks = [2 * late + worker.inspector for late, worker in zip(old, workers, strict=True)]
    _write({"look": looks}, _points(workers), folder / "workers.fgb")
    plan = {**view, "page": MAP_PALETTE["page"], "pictures": _pictures(view["zooms"])}
    file = folder / "plan.json"
    file.write_text(json.dumps(plan, ensure_ascii=False), encoding="utf-8")
    return file


def _write_areas(
    kind: str, layer: Layer, names: dict[str, str], load: dict[str, int], folder: Path
) -> None:
    """The areas, grids with their load, and in a file of its own where their names stand."""
    if kind == "grids":
        counts = [load.get(code, 0) for code in layer.codes]
        _write({"load": counts}, layer.geometries, folder / f"{kind}.fgb")
        return
    texts = [names.get(code) or own for code, own in zip(layer.codes, layer.names, strict=True)]
    _write({"name": texts}, layer.geometries, folder / f"{kind}.fgb")
    _write({"name": texts}, shapely.points(layer.labels), folder / f"{kind}-names.fgb")


def _write(columns: dict[str, Sequence[Any]], shapes: Any, file: Path) -> None:
    frame = geopandas.GeoDataFrame(columns, geometry=shapes, crs=4326)
    frame.to_crs(3857).to_file(file, driver="FlatGeobuf", SPATIAL_INDEX="YES")


def _points(pins: Iterable[Any]) -> Any:
    return shapely.points([(pin.position.lon, pin.position.lat) for pin in pins])


def _level(case: CasePin, dark_red_factor: float) -> Level:
    """The level that the case's pin has at the scene's time."""
    if case.suspended:
        return Level.SUSPENDED
    if case.holder is None:
        return Level.GREEN
    now, start, due = (
        datetime.fromtimestamp(at, UTC) for at in (NOW, case.holder.start, case.holder.due)
    )
    return Clock(start, due, case.holder.amber).level(now, dark_red_factor)


def _pictures(zooms: Sequence[float]) -> dict[str, list[dict[str, Any]]]:
    """Layers from below, by picture. "full" is all that ours shows, "plain" the cases alone on the land."""
    land = {"file": "districts", "kind": "area", "fill": MAP_PALETTE["panel"], "zooms": zooms}
    dot = ["circle", 16, MAP_PALETTE["green"], MAP_PALETTE["green"], 0]
    plain = {"file": "cases", "kind": "dots", "looks": {"": dot}, "zooms": zooms}
    full = [*_land(zooms, land), *_lines(zooms), *_pins(zooms), *_names(zooms)]
    return {"full": [one for one in full if one["zooms"]], "plain": [land, plain]}


def _colour(low: str, high: str, share: float) -> str:
    """So much of the way between two colours of the palette."""
    return blend(MAP_PALETTE[high], share, MAP_PALETTE[low])


def _at(zooms: Sequence[float], low: float, high: float) -> list[float]:
    """Those from `low` to below `high`."""
    return [zoom for zoom in zooms if low <= zoom < high]


def _land(zooms: Sequence[float], land: dict[str, Any]) -> list[dict[str, Any]]:
    numbers: Mapping[str, Any] = GridsLayer.options
    steps: list[float] = numbers["steps"]
    fills = mixed(MAP_PALETTE["load_low"], MAP_PALETTE["load_high"], len(steps))
    ends = [*steps[1:], 1_000_000]
    ranges = [[low, high, fill] for low, high, fill in zip(steps, ends, fills, strict=True)]
    near = numbers["linesFrom"]
    line = {"line": _colour("panel", "line", 0.45), "width": 1}
    neighbours = {
        "fill": _colour("page", "panel", 0.5),
        "line": _colour("page", "line", 0.35),
        "width": 1,
    }
    grids = {"file": "grids", "kind": "steps", "steps": ranges}
    lined = {**grids, "steps": [[0, 1, None], *ranges], **line}
    return [
        {"file": "neighbours", "kind": "area", **neighbours, "zooms": zooms},
        land,
        {**grids, "zooms": _at(zooms, 0, near)},
        {**lined, "zooms": _at(zooms, near, HIGHEST)},
    ]


def _lines(zooms: Sequence[float]) -> list[dict[str, Any]]:
    numbers: Mapping[str, Any] = AreasLayer.options
    bold = numbers["townLinesBoldFrom"]
    far = _at(zooms, numbers["townLinesFrom"], bold)
    near = _at(zooms, bold, HIGHEST)
    communities = _at(zooms, numbers["communityLinesFrom"], HIGHEST)
    rows = (
        ("communities", _colour("panel", "line", 0.75), 1, communities),
        ("towns", _colour("line", "second", 0.08), 1, far),
        ("towns", _colour("line", "second", 0.25), 1.5, near),
        ("districts", _colour("line", "second", 0.55), 2, zooms),
    )
    return [
        {"file": file, "kind": "area", "line": line, "width": width, "zooms": seen}
        for file, line, width, seen in rows
    ]


def _pins(zooms: Sequence[float]) -> list[dict[str, Any]]:
    """Each look is [shape, size, fill, stroke, width of the stroke]."""
    page, text, panel = (MAP_PALETTE[name] for name in ("page", "text", "panel"))
    numbers: Mapping[str, Any] = WorkersLayer.options
    of_cases: Mapping[str, Any] = CasesLayer.options
    small, large = numbers["dotSize"], numbers["glyphSize"]
    fresh, stale = _colour("second", "panel", 0.1), _colour("panel", "second", 0.5)
    dots = [["circle", small, colour, page, 1] for colour in (fresh, fresh, stale, stale)]
    glyphs = [
        [shape, large, fill, stroke, 2]
        for fill, stroke in ((text, page), (panel, text))
        for shape in ("circle", "diamond")
    ]
    near = numbers["glyphFrom"]
    cases = {
        str(int(level)): [shape, of_cases["sizes"][level], MAP_PALETTE[LEVEL_KEY[level]], page, 2]
        for level, shape in _SHAPES.items()
    }
    cases[str(int(Level.DARK_RED))][3] = MAP_PALETTE["unsigned"]
    workers = {"file": "workers", "kind": "dots"}
    return [
        {
            **workers,
            "looks": {str(i): dot for i, dot in enumerate(dots)},
            "opacity": numbers["dotShare"],
            "zooms": _at(zooms, numbers["dotsFrom"], near),
        },
        {
            **workers,
            "looks": {str(i): glyph for i, glyph in enumerate(glyphs)},
            "zooms": _at(zooms, near, HIGHEST),
        },
        {"file": "cases", "kind": "dots", "looks": cases, "zooms": zooms},
    ]


def _names(zooms: Sequence[float]) -> list[dict[str, Any]]:
    """Names at the places that ours tries first; `rank` says whose stays where two meet, 10 before 0."""
    looks = (
        ("districts", MAP_PALETTE["text"], 10, True),
        ("towns", MAP_PALETTE["second"], 8, False),
        ("communities", _colour("second", "line", 0.2), 5, False),
        ("neighbours", _colour("line", "second", 0.35), 2, False),
    )
    numbers: Mapping[str, Any] = NamesLayer.options
    found = []
    for kind, colour, rank, bold in looks:
        low, high = numbers["zooms"][kind]
        size = numbers["fontSizes"][kind]
        found.append(
            {
                "file": f"{kind}-names",
                "kind": "names",
                "colour": colour,
                "halo": [MAP_PALETTE["page"], size / 10],
                "size": size,
                "bold": bold,
                "rank": rank,
                "zooms": [zoom for zoom in zooms if low <= zoom <= high],
            }
        )
    return found
