"""Layers come in from any format and declared coordinate system; a broken one is named."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pytest
import shapely

from console.geo.boundaries import load_boundaries
from console.geo.crs import wgs84_to_gcj02
from console.geo.problem import PackError, PackProblem

_GRID = "990101001001001"


def _problems(pack: Path) -> list[PackProblem]:
    with pytest.raises(PackError) as caught:
        load_boundaries(pack, None)
    return caught.value.problems


def _edit(file: str, change: Callable[[list[dict[str, Any]]], None]) -> Callable[[Path], None]:
    def edit(pack: Path) -> None:
        collection = json.loads((pack / file).read_text("utf-8"))
        change(collection["features"])
        (pack / file).write_text(json.dumps(collection), "utf-8")

    return edit


def _outline(
    change: Callable[[list[list[float]]], object], file: str = "grids.geojson"
) -> Callable[[Path], None]:
    """Change the outer ring of the file's first feature."""
    return _edit(file, lambda features: change(features[0]["geometry"]["coordinates"][0]) and None)


def _moved(ring: list[list[float]], by: float) -> None:
    ring[:] = [[lon + by, lat] for lon, lat in ring]


def _bow_tie(ring: list[list[float]]) -> None:
    ring[:] = [[110.30, 20.00], [110.31, 20.01], [110.31, 20.00], [110.30, 20.01], [110.30, 20.00]]


def _toml(old: str, new: str) -> Callable[[Path], None]:
    def edit(pack: Path) -> None:
        text = (pack / "city.toml").read_text("utf-8")
        assert old in text
        (pack / "city.toml").write_text(text.replace(old, new), "utf-8")

    return edit


def _write(file: str, content: bytes) -> Callable[[Path], None]:
    return lambda pack: (pack / file).write_bytes(content) and None


_POINT = {"type": "Point", "coordinates": [110.3, 20.0]}
_SQLITE = b"SQLite format 3\0" + b"\0" * 100

_BREAKAGES: list[tuple[Callable[[Path], None], str, str, str, str]] = [
    (lambda pack: (pack / "grids.geojson").unlink(), "grids.geojson", "", "", "missing"),
    (_write("grids.geojson", b"{ no json"), "grids.geojson", "", "", "cannot be read"),
    (_write("grids.geojson", _SQLITE), "grids.geojson", "", "", "not .geojson"),
    (_write("grids.geojson", b'<OGRVRTDataSource/>'), "grids.geojson", "", "", "not .geojson"),
    (_edit("grids.geojson", lambda f: f[3].update(geometry=_POINT)), "grids.geojson", "990101001001004", "geometry", "not a polygon"),
    (_edit("grids.geojson", lambda f: f[3].update(geometry=None)), "grids.geojson", "990101001001004", "geometry", "not a polygon"),
    (_edit("grids.geojson", lambda f: f.pop(0)), "grids.geojson", _GRID, "geometry", "no outline"),
    (_edit("grids.geojson", lambda f: f.append(f[0])), "grids.geojson", _GRID, "code", "twice"),
    (_edit("grids.geojson", lambda f: f[0]["properties"].update(code="g9")), "grids.geojson", "g9", "code", "not in grids.csv"),
    (_edit("grids.geojson", lambda f: f[0]["properties"].update(code=None)), "grids.geojson", "#1", "code", "no code"),
    (_edit("grids.geojson", lambda f: f[0]["properties"].update(parent="990102001001")), "grids.geojson", _GRID, "parent", "990101001001"),
    (_edit("towns.geojson", lambda f: f[0]["properties"].update(code="990102")), "towns.geojson", "990102", "code", "not in areas.csv"),
    (_edit("grids.geojson", lambda f: [x["properties"].pop("code") for x in f] and None), "grids.geojson", "", "code", "field is missing"),
    (_outline(_bow_tie), "grids.geojson", _GRID, "geometry", "not valid"),
    (_outline(lambda ring: [point.reverse() for point in ring]), "grids.geojson", _GRID, "geometry", "swapped"),
    (_outline(lambda ring: _moved(ring, 40.0)), "grids.geojson", _GRID, "geometry", "km from"),
    (_outline(lambda ring: _moved(ring, 0.003)), "grids.geojson", _GRID, "geometry", "overlaps"),
    (_outline(lambda ring: _moved(ring, -0.5)), "grids.geojson", _GRID, "geometry", "outside its parent"),
    (_outline(lambda ring: _moved(ring, 0.01), "districts.geojson"), "districts.geojson", "990101", "geometry", "overlaps 990102"),
    (_toml('file = "grids.geojson"', 'file = "../grids.geojson"'), "city.toml", "grids", "file", "this folder"),
    (_toml('file = "grids.geojson"', 'file = "grids.exe"'), "city.toml", "grids", "file", ".gpkg"),
    (_toml("[layers.towns]", "[layers.towers]"), "city.toml", "layers", "towers", "no such layer"),
    (_toml("[layers.towns]", "[layers.towers]"), "city.toml", "towns", "", "missing"),
    (_toml('crs = "EPSG:4326"', 'crs = "EPSG:999999"'), "grids.geojson", "", "crs", "unknown"),
    (_toml('crs = "EPSG:4326"', 'crs = "EPSG:32649"'), "grids.geojson", _GRID, "geometry", "km from"),
]  # fmt: skip


@pytest.mark.parametrize(("edit", "file", "feature", "field", "words"), _BREAKAGES)
def test_a_broken_layer_says_which_file_which_feature_what(
    pack: Path, edit: Callable[[Path], None], file: str, feature: str, field: str, words: str
) -> None:
    edit(pack)
    found = _problems(pack)
    assert any(
        (p.file, p.feature, p.field) == (file, feature, field) and words in p.en for p in found
    ), [p.text("en") for p in found]
    assert all(p.zh for p in found)


def test_an_overlap_names_both_features(pack: Path) -> None:
    _outline(lambda ring: _moved(ring, 0.002))(pack)
    overlaps = [p for p in _problems(pack) if "overlaps" in p.en]
    assert overlaps
    assert all(_GRID in (p.feature, p.en.split()[1]) for p in overlaps)


def test_several_broken_features_are_told_at_once(pack: Path) -> None:
    _outline(_bow_tie)(pack)
    _edit("towns.geojson", lambda f: f.pop(1) and None)(pack)
    assert {p.file for p in _problems(pack)} == {"grids.geojson", "towns.geojson"}


def test_a_gap_and_loose_borders_are_warnings(pack: Path) -> None:
    frame = geopandas.read_file(pack / "grids.geojson")
    frame.geometry = shapely.buffer(frame.geometry.to_numpy(), -2e-5)
    (pack / "grids.geojson").unlink()
    frame.to_file(pack / "grids.geojson", driver="GeoJSON")
    found = load_boundaries(pack, None).warnings
    assert any("uncovered" in w.en for w in found)
    assert {w.file for w in found} == {"grids.geojson"}


def _redeclare(pack: Path, file: str, crs: str | None) -> None:
    """Let city.toml take the grids from another file."""
    text = (pack / "city.toml").read_text("utf-8")
    declared = "" if crs is None else f'crs = "{crs}"'
    old = 'file = "grids.geojson"\ncrs = "EPSG:4326"'
    assert old in text
    (pack / "city.toml").write_text(text.replace(old, f'file = "{file}"\n{declared}'), "utf-8")


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:4490", "EPSG:32649", "EPSG:3857"])
@pytest.mark.parametrize("file", ["real.gpkg", "real.shp"])
@pytest.mark.parametrize("declared", [True, False])
def test_shapefile_and_geopackage(pack: Path, file: str, crs: str, declared: bool) -> None:
    expected = load_boundaries(pack, None).grids
    geopandas.read_file(pack / "grids.geojson").to_crs(crs).to_file(pack / file)
    (pack / "grids.geojson").unlink()
    _redeclare(pack, file, crs if declared else None)
    imported = load_boundaries(pack, None).grids
    assert imported.codes == expected.codes
    apart = shapely.hausdorff_distance(imported.geometries, expected.geometries)
    assert apart.max() < 1e-7  # degrees, about a centimetre


def test_gcj02_is_converted_to_wgs84(pack: Path) -> None:
    expected = load_boundaries(pack, None).grids
    frame = geopandas.read_file(pack / "grids.geojson")
    frame.geometry = shapely.transform(
        frame.geometry.to_numpy(), lambda points: np.array([wgs84_to_gcj02(*p) for p in points])
    )
    frame.to_file(pack / "shifted.gpkg")
    _redeclare(pack, "shifted.gpkg", "gcj02")
    imported = load_boundaries(pack, None).grids
    apart = shapely.hausdorff_distance(imported.geometries, expected.geometries)
    assert apart.max() < 1e-7


def test_gcj02_taken_for_wgs84_does_not_fit(pack: Path) -> None:
    frame = geopandas.read_file(pack / "grids.geojson")
    frame.geometry = shapely.transform(
        frame.geometry.to_numpy(), lambda points: np.array([wgs84_to_gcj02(*p) for p in points])
    )
    (pack / "grids.geojson").unlink()
    frame.to_file(pack / "grids.geojson", driver="GeoJSON")
    assert any("outside its parent" in p.en for p in _problems(pack))


def test_a_file_that_contradicts_the_declaration(pack: Path) -> None:
    geopandas.read_file(pack / "grids.geojson").to_crs("EPSG:3857").to_file(pack / "real.gpkg")
    _redeclare(pack, "real.gpkg", "EPSG:4326")
    (problem,) = _problems(pack)
    assert (problem.file, problem.field) == ("real.gpkg", "crs")


def test_a_shapefile_without_a_coordinate_system(pack: Path) -> None:
    geopandas.read_file(pack / "grids.geojson").to_file(pack / "real.shp")
    (pack / "real.prj").unlink()
    _redeclare(pack, "real.shp", None)
    (problem,) = _problems(pack)
    assert problem.field == "crs"
    assert "declare crs" in problem.en


def test_codes_kept_as_numbers(pack: Path) -> None:
    frame = geopandas.read_file(pack / "grids.geojson")
    frame["code"] = frame["code"].astype("float64")
    frame["parent"] = frame["parent"].astype("int64")
    frame.to_file(pack / "real.gpkg")
    _redeclare(pack, "real.gpkg", "EPSG:4326")
    assert load_boundaries(pack, None).grids.codes[0] == _GRID


def test_neighbours_may_be_left_out(pack: Path) -> None:
    text = (pack / "city.toml").read_text("utf-8")
    start = text.index("[layers.neighbours]")
    end = text.index("# How calls fall")
    (pack / "city.toml").write_text(text[:start] + text[end:], "utf-8")
    assert load_boundaries(pack, None).neighbours.codes == []
