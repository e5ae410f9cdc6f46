"""Reads the layers of a pack with geopandas, from any declared coordinate system into WGS 84."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from console.domain.city import City
from console.geo.city import load_city
from console.geo.coverage import check_coverage, check_nesting, in_metres
from console.geo.crs import gcj02_to_wgs84_array
from console.geo.layer import Layer, make_layer
from console.geo.outlines import Outlines, check_codes, check_outlines
from console.geo.pack.layers import GCJ02, LAYERS, LayerSource, read_layer_sources
from console.geo.pack.settings import read_toml
from console.geo.problem import PackProblem, Problems

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from console.geo.coverage import Polygonal

_WGS84 = "EPSG:4326"
_NESTED = LAYERS[:4]
_MAGIC = {".gpkg": b"SQLite format 3", ".shp": b"\x00\x00\x27\x0a"}
_GEOJSON = (".geojson", ".json")


def import_layers(folder: Path) -> tuple[dict[str, Layer], tuple[PackProblem, ...]]:
    """Layer name → layer, and the faults one can work with. Raises PackError for all others."""
    city = load_city(folder)
    problems, warnings = Problems(), Problems()
    sources = read_layer_sources(read_toml(folder, problems) or {}, problems)
    problems.raise_any()
    outlines = {name: read_outlines(folder, source, problems) for name, source in sources.items()}
    problems.raise_any()
    parents = parents_of(city)
    for name, layer in outlines.items():
        check_outlines(layer, city.centre, problems)
        if name in parents:
            table = "grids.csv" if name == "grids" else "areas.csv"
            check_codes(layer, parents[name], table, problems)
    problems.raise_any()
    _check_fit(outlines, parents, city, problems, warnings)
    problems.raise_any()
    outlines.setdefault("neighbours", _no_outlines(""))
    return {name: _layer(outlines[name], parents.get(name, {})) for name in LAYERS}, warnings.found


def parents_of(city: City) -> dict[str, dict[str, str]]:
    """Layer name → code → code one level up ("" for districts), from the pack's tables."""
    layers: dict[str, dict[str, str]] = {}
    above: Mapping[str, str] = {"": ""}
    for name in _NESTED[:3]:
        layers[name] = {a.code: a.parent or "" for a in city.areas.values() if (a.parent or "") in above}  # fmt: skip
        above = layers[name]
    layers["grids"] = {grid.code: grid.community for grid in city.grids.values()}
    return layers


def read_outlines(folder: Path, source: LayerSource, problems: Problems) -> Outlines:
    """One layer in WGS 84 degrees with its codes; what is wrong is noted."""
    frame = _frame(folder / source.file, source, problems)
    if frame is None:
        return _no_outlines(source.file)
    wanted = [column for column in (source.code, source.parent, source.label) if column]
    missing = [column for column in wanted if column not in frame.columns]
    for column in missing:
        problems.add(source.file, "", column, "缺少这个字段", "the field is missing")
    if missing:
        return _no_outlines(source.file)
    geometries = np.asarray(frame.geometry.array, dtype=np.object_)
    return Outlines(
        file=source.file,
        codes=_texts(frame, source.code),
        parents=None if source.parent is None else _texts(frame, source.parent),
        names=[""] * len(frame) if source.label is None else _texts(frame, source.label),
        geometries=_straight(geometries, source.crs == GCJ02),
    )


def _no_outlines(file: str) -> Outlines:
    return Outlines(file, [], None, [], np.empty(0, dtype=np.object_))


def _frame(path: Path, source: LayerSource, problems: Problems) -> GeoDataFrame | None:
    """The file as a frame in WGS 84 (or still in GCJ-02); None with a problem noted."""
    import geopandas

    if not _looks_right(path, problems):
        return None
    try:
        # A shape that cannot be built comes as none, and is told with its feature further on.
        frame = geopandas.read_file(path, on_invalid="ignore")
    except (OSError, ValueError, RuntimeError, TypeError) as error:
        problems.add(path.name, "", "", f"无法读取：{error}", f"cannot be read: {error}")
        return None
    if not isinstance(frame, geopandas.GeoDataFrame):
        problems.add(path.name, "", "geometry", "没有图形", "has no geometry")
        return None
    return _in_wgs84(frame, source, problems)


def _looks_right(path: Path, problems: Problems) -> bool:
    """Whether the file is what its ending says: GDAL would go by the content and open anything."""
    try:
        with path.open("rb") as file:
            head = file.read(512).removeprefix(b"\xef\xbb\xbf").lstrip()
    except OSError:
        problems.add(path.name, "", "", "缺少这个文件或无法读取", "the file is missing or cannot be read")  # fmt: skip
        return False
    suffix = path.suffix.lower()
    if not head.startswith(b"{" if suffix in _GEOJSON else _MAGIC[suffix]):
        problems.add(path.name, "", "", f"内容不是 {suffix}", f"its content is not {suffix}")
        return False
    return True


def _in_wgs84(frame: GeoDataFrame, source: LayerSource, problems: Problems) -> GeoDataFrame | None:
    """The frame by its declared coordinate system; None with a problem noted."""
    if source.crs == GCJ02:
        return frame
    own = None if Path(source.file).suffix.lower() in _GEOJSON and source.crs else frame.crs
    declared = _declared(source, own, problems)
    if declared is None:
        return None
    if own is not None and own != declared:
        problems.add(source.file, "", "crs", f"文件自称 {own.name}，city.toml 声明为 {source.crs}", f"the file says {own.name}, city.toml declares {source.crs}")  # fmt: skip
        return None
    return frame.set_crs(declared, allow_override=True).to_crs(_WGS84)


def _declared(source: LayerSource, own: object, problems: Problems) -> object:
    """The coordinate system to read by: the declared one, else the file's own."""
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    if source.crs is None:
        if own is None:
            problems.add(source.file, "", "crs", "没有坐标系，请在 city.toml 中声明 crs", "has no coordinate system; declare crs in city.toml")  # fmt: skip
        return own
    try:
        return CRS.from_user_input(source.crs)
    except CRSError:
        problems.add(source.file, "", "crs", f"未知坐标系“{source.crs[:40]}”", f'unknown coordinate system "{source.crs[:40]}"')  # fmt: skip
        return None


def _texts(frame: GeoDataFrame, column: str) -> list[str]:
    """A column as texts: a code that a file keeps as a number (460105.0) loses its fraction."""
    texts: list[str] = []
    for value in frame[column].tolist():
        if value is None or value != value:
            texts.append("")
        elif isinstance(value, float) and value.is_integer():
            texts.append(str(int(value)))
        else:
            texts.append(str(value).strip())
    return texts


def _straight(geometries: NDArray[np.object_], from_gcj02: bool) -> NDArray[np.object_]:
    """The geometries without heights, converted from GCJ-02 where they are in it."""
    import shapely

    flat = shapely.force_2d(geometries)
    if from_gcj02:
        flat = shapely.transform(flat, gcj02_to_wgs84_array)
    return np.asarray(flat, dtype=np.object_)


def _check_fit(
    outlines: Mapping[str, Outlines],
    parents: Mapping[str, Mapping[str, str]],
    city: City,
    problems: Problems,
    warnings: Problems,
) -> None:
    above: dict[str, Polygonal] = {}
    for name in _NESTED:
        layer = outlines[name]
        metres = in_metres(layer, city.centre)
        check_coverage(layer, metres, problems, warnings)
        if above:
            check_nesting(layer, metres, parents[name], above, problems, warnings)
        above = dict(zip(layer.codes, metres.tolist(), strict=True))


def _layer(outlines: Outlines, parents: Mapping[str, str]) -> Layer:
    up = [parents.get(code, "") for code in outlines.codes]
    return make_layer(outlines.codes, up, outlines.names, outlines.geometries)
